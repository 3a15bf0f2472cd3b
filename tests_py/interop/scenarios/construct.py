"""Constructors, host and port, settings that talk to nobody."""

import os

import ecflow


def where(*arguments):
    client = ecflow.Client(*arguments)
    return client.get_host() + "|" + client.get_port()


def moved(*arguments):
    client = ecflow.Client()
    client.set_host_port(*arguments)
    return client.get_host() + "|" + client.get_port()


def run(recorder, installation):
    call = recorder.call
    forms = [
        (), ("h",), ("h:12",), ("h@12",), ("h:",), (":12",), (":",), ("",), ("h:x",), ("h:12:13",), ("h:99999",),
        ("h:0",), ("h:-1",), (" h : 12 ",), ("[::1]:12",), ("::1",), ("h", "12"), ("h", 12), ("h", ""), ("", "12"),
        ("", ""), ("", 12), ("h", "x"), ("h", -1), ("h", 0), ("h", 99999), ("h", "99999"), ("h", " 12"),
        ("h", "12 "), ("h", "012"), ("h:12", "13"), ("h", "1.5"), ("h", "+12"), ("h", True), ("h h", "12"),
    ]  # fmt: skip
    for form in forms:
        call("Client%r" % (form,), where, *form)
        if form:
            call("set_host_port%r" % (form,), moved, *form)
    for environment in (
        {"ECF_HOST": "envhost"}, {"ECF_PORT": "1234"}, {"ECF_HOST": "envhost", "ECF_PORT": "1234"},
        {"ECF_HOST": ""}, {"ECF_PORT": ""}, {"ECF_PORT": "x"}, {"ECF_HOST": "envhost:55"},
    ):  # fmt: skip
        os.environ.update(environment)
        label = " ".join("%s=%s" % one for one in sorted(environment.items()))
        call(label + " Client()", where)
        call(label + " Client('h:12')", where, "h:12")
        call(label + " Client('h', 12)", where, "h", 12)
        call(label + " Client('h')", where, "h")
        call(label + " set_host_port('h:12')", moved, "h:12")
        for name in environment:
            del os.environ[name]

    client = ecflow.Client()
    recorder.place(client.version(), "<version>")
    call("version()", client.version)
    call("hasattr(ecflow, '__version__')", lambda: hasattr(ecflow, "__version__"))
    call("debug_build()", ecflow.debug_build)
    call("ch_handle()", client.ch_handle)
    call("disable_ssl()", client.disable_ssl)
    if hasattr(client, "get_certificate"):
        call("get_certificate()", client.get_certificate)
    for name in ("set_child_timeout", "set_zombie_child_timeout", "set_connection_attempts",
                 "set_retry_connection_period", "set_child_try_no"):  # fmt: skip
        for value in (0, -1, 1, 10**9):
            call("%s(%d)" % (name, value), getattr(client, name), value)
    for value in ("", "x", "a b"):
        for name in ("set_child_path", "set_child_password", "set_child_pid", "set_user_name"):
            call("%s(%r)" % (name, value), getattr(client, name), value)
    call("set_child_pid(12)", client.set_child_pid, 12)
    call("set_child_init_add_vars([Variable])", client.set_child_init_add_vars, [ecflow.Variable("a", "b")])
    call("set_child_init_add_vars(dict)", client.set_child_init_add_vars, {"a": "b"})
    call("set_child_init_add_vars([str])", client.set_child_init_add_vars, ["a=b"])
    call("set_child_init_add_vars(bad name)", client.set_child_init_add_vars, {"a b": "c"})
    call("set_child_complete_del_vars([str])", client.set_child_complete_del_vars, ["a"])
    call("debug(True)", client.debug, True)
    call("debug(False)", client.debug, False)

    def with_block():
        with ecflow.Client() as inside:
            return inside is not None

    call("with Client() as ci", with_block)

    def raising():
        with ecflow.Client():
            raise KeyError("kept")

    call("with, exception passes", raising)
    call("__enter__ gives itself", lambda: client.__enter__() is client)
    call("__exit__ result", client.__exit__, None, None, None)
    call("two clients are equal", lambda: ecflow.Client() == ecflow.Client())
    call("hash is an int", lambda: isinstance(hash(client), int))

    def attribute():
        client.anything = 1
        return client.anything

    call("own attribute", attribute)

    class Mine(ecflow.Client):
        pass

    call("subclass", lambda: isinstance(Mine("h", 12), ecflow.Client))
    call("unknown attribute", lambda: client.no_such_method)
    os.environ["NO_ECF"] = "1"
    denied = ecflow.Client("127.0.0.1", "19999")
    for name, arguments in (("ping", ()), ("suites", ()), ("server_version", ()), ("stats", ()),
                            ("query", ("state", "/s")), ("child_init", ()), ("group", ("ping",)),
                            ("get_file", ("/t",)), ("get_log", (1,)), ("suspend", ("/s",)),
                            ("check", ("/s",)), ("zombie_get", (0,))):  # fmt: skip
        call("NO_ECF %s%r" % (name, arguments), getattr(denied, name), *arguments)
    del os.environ["NO_ECF"]
