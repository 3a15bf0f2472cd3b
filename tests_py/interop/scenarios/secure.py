"""TLS and passwords: every way of enabling, every refusal."""

import os

import ecflow
import realserver


def connect(server):
    client = ecflow.Client("localhost", server.port)
    client.set_connection_attempts(1)
    client.set_retry_connection_period(0)
    return client


def environment(server, **more):
    for name in list(os.environ):
        if name.startswith("ECF_"):
            del os.environ[name]
    os.environ.update(server.environment(**more))
    for name in ("ECF_HOST", "ECF_PORT"):
        os.environ.pop(name, None)


def elsewhere(server):
    """A HOME with a certificate of another server."""
    home = os.path.join(server.directory, "elsewhere")
    realserver.make_certificate(os.path.join(home, ".ecflowrc", "ssl"))
    return home


def places(recorder, server):
    recorder.place(server.directory, "<dir>")
    recorder.place(str(server.port), "<port>")
    recorder.place("%s.%d" % (server.host_name, server.port), "<host>.<port>")


def fresh(recorder, server, label, **more):
    environment(server, **more)
    client = recorder.call(label + ": Client()", connect, server)
    if client is not None:
        recorder.call(label + ": suites()", client.suites)
    return client


def run(recorder, installation):
    call = recorder.call
    newer = hasattr(ecflow.Client, "get_certificate")
    with realserver.RealServer(installation, tls="server") as server:
        places(recorder, server)
        recorder.place(ecflow.Client().version(), "<client>")
        recorder.place(installation.version, "<server>")
        for label, more in (
            ("ECF_SSL=1", {}), ("ECF_SSL empty", {"ECF_SSL": ""}), ("no ECF_SSL", {"ECF_SSL": None}),
            ("ECF_SSL=text", {"ECF_SSL": "text"}), ("no file", {"HOME": "/nix"}),
            ("ECF_SSL_DIR", {"HOME": "/nix", "ECF_SSL_DIR": server.ssl + "/"}),
        ):  # fmt: skip
            client = fresh(recorder, server, label, **more)
            if client is not None and newer:
                call(label + ": get_certificate()", client.get_certificate)
        environment(server, ECF_SSL=None)
        client = connect(server)
        call("enable_ssl()", client.enable_ssl)
        call("enabled: suites()", client.suites)
        call("disable_ssl()", client.disable_ssl)
        call("disabled: suites()", client.suites)
        fresh(recorder, server, "wrong certificate", HOME=elsewhere(server))
        environment(server, HOME="/nix", ECF_SSL=None)
        call("enable_ssl(), no file", connect(server).enable_ssl)
    with realserver.RealServer(installation) as server:
        places(recorder, server)
        fresh(recorder, server, "TLS to plain", HOME=elsewhere(server), ECF_SSL="1")
    me = login()
    with realserver.RealServer(
        installation, passwords={me: "secret"}, custom_passwords={"fred": "fredpw"}
    ) as server:
        places(recorder, server)
        fresh(recorder, server, "password")
        fresh(recorder, server, "no password", ECF_PASSWD=None)
        wrong = os.path.join(server.directory, "wrong")
        realserver.password_file(wrong, {me: "wrong"}, server.host_name, server.port)
        fresh(recorder, server, "wrong password", ECF_PASSWD=wrong)
        fresh(recorder, server, "password file missing", ECF_PASSWD="/nix")
        fresh(recorder, server, "ECF_USER=fred", ECF_USER="fred")
        fresh(recorder, server, "ECF_USER unknown", ECF_USER="nobody")
        client = fresh(recorder, server, "login")
        call("set_user_name('fred')", client.set_user_name, "fred")
        call("fred: suites()", client.suites)
        call("reload_passwd_file()", client.reload_passwd_file)
        call("reload_custom_passwd_file()", client.reload_custom_passwd_file)
    with realserver.RealServer(
        installation, custom_passwords={"fred": "fredpw", "mary": "marypw"}, white_list="-fred\n"
    ) as server:
        places(recorder, server)
        client = fresh(recorder, server, "reader", ECF_USER="fred")
        call("reader: restart_server()", client.restart_server)
        client = fresh(recorder, server, "not listed", ECF_USER="mary")


def login():
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name
