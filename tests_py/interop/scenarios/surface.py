"""Which arguments every method takes: each parameter with values of many types.

Against a port where nobody listens: a call whose arguments are accepted fails
to connect, and that is recorded as "sent"; others are recorded by what they raise.
"""

import os

import ecflow
from recorder import builtin_name

DEAD_PORT = "19999"

# Parameter kinds: a leading keyword name, ":" and one of
# S text, P one path or a list of paths, L list, I int, B bool, E state, C checkpoint mode, D dict or list.
# "*" in front of the keyword: the original has no keyword for it. "?" after the kind: has a default.
METHODS = {
    "__init__": [["*a:S", "*b:S"]],
    "alter": [["paths:P", "alter_type:add", "attribute_type:variable", "name:S?", "value:S?"],
              ["abs_node_path:S", "alter_type:add", "attribute_type:variable", "name:S?", "value:S?"]],
    "archive": [["*a:P"]],
    "begin_all_suites": [["force:B?"]],
    "begin_suite": [["suite_name:S", "force:B?"]],
    "ch_add": [["*a:I", "*b:L"], ["*a:L"]],
    "ch_auto_add": [["*a:I", "*b:B"], ["*a:B"]],
    "ch_drop": [["*a:I"], []],
    "ch_drop_user": [["*a:S"]],
    "ch_handle": [[]],
    "ch_register": [["*a:B", "*b:L"]],
    "ch_remove": [["*a:I", "*b:L"], ["*a:L"]],
    "ch_suites": [[]],
    "check": [["*a:P"]],
    "checkpt": [["mode:C?", "check_pt_interval:I?", "check_pt_save_alarm_time:I?"]],
    "child_abort": [["reason:S?"]],
    "child_complete": [[]],
    "child_event": [["event_name:S", "value:B?"]],
    "child_init": [[]],
    "child_label": [["*a:S", "*b:S"]],
    "child_meter": [["*a:S", "*b:I"]],
    "child_queue": [["queue_name:S", "action:active", "step:S?", "path_to_node_with_queue:S?"]],
    "child_wait": [["*a:/a == complete"]],
    "clear_log": [[]],
    "debug": [["*a:B"]],
    "debug_server_off": [[]],
    "debug_server_on": [[]],
    "delete": [["abs_node_path:S", "force:B?"], ["paths:L", "force:B?"]],
    "delete_all": [["force:B?"]],
    "disable_ssl": [[]],
    "edit_script_edit": [["*a:S"]],
    "edit_script_preprocess": [["*a:S"]],
    "edit_script_submit": [["*a:S", "*b:L", "*c:L", "*d:B", "*e:B"]],
    "enable_http": [[]],
    "enable_https": [[]],
    "flush_log": [[]],
    "force_event": [["*a:P", "*b:set"]],
    "force_state": [["*a:P", "*b:E"]],
    "force_state_recursive": [["*a:P", "*b:E"]],
    "free_all_dep": [["*a:P"]],
    "free_date_dep": [["*a:P"]],
    "free_time_dep": [["*a:P"]],
    "free_trigger_dep": [["*a:P"]],
    "get_certificate": [[]],
    "get_file": [["task:S", "type:script?", "max_lines:10?", "as_bytes:B?"]],
    "get_host": [[]],
    "get_log": [["*a:I"]],
    "get_port": [[]],
    "group": [["*a:ping"]],
    "halt_server": [[]],
    "job_generation": [["*a:S"]],
    "kill": [["*a:P"]],
    "load": [["path_to_defs:S", "force:B?", "check_only:B?", "print:B?", "stats:B?"]],
    "log_msg": [["*a:S"]],
    "new_log": [["path:S?"]],
    "order": [["*a:S", "*b:top"]],
    "ping": [[]],
    "plug": [["*a:S", "*b:S"]],
    "query": [["query_type:variable", "path_to_attribute:/x", "attribute:S?"]],
    "reload_custom_passwd_file": [[]],
    "reload_passwd_file": [[]],
    "reload_wl_file": [[]],
    "requeue": [["abs_node_path:S", "option:force?"], ["paths:L", "option:force?"]],
    "restart_server": [[]],
    "restore": [["*a:P"]],
    "restore_from_checkpt": [[]],
    "resume": [["*a:P"]],
    "run": [["*a:P", "*b:B"]],
    "server_version": [[]],
    "set_child_complete_del_vars": [["*a:L"]],
    "set_child_init_add_vars": [["*a:D"]],
    "set_child_password": [["*a:S"]],
    "set_child_path": [["*a:S"]],
    "set_child_pid": [["*a:S"], ["*a:I"]],
    "set_child_timeout": [["*a:I"]],
    "set_child_try_no": [["*a:I"]],
    "set_connection_attempts": [["*a:I"]],
    "set_host_port": [["*a:S", "*b:10"], ["*a:S", "*b:I"], ["*a:h:10"]],
    "set_retry_connection_period": [["*a:I"]],
    "set_user_name": [["*a:S"]],
    "set_zombie_child_timeout": [["*a:I"]],
    "shutdown_server": [[]],
    "sort_attributes": [["abs_node_path:S", "attribute_name:event", "recursive:B?"],
                        ["paths:L", "attribute_name:event", "recursive:B?"]],
    "stats": [["to_stdout:B?"]],
    "stats_reset": [[]],
    "status": [["*a:P"]],
    "suites": [[]],
    "suspend": [["*a:P"]],
    "terminate_server": [[]],
    "version": [[]],
    "wait_for_server_reply": [["time_out:I"]],
    "zombie_adopt": [["*a:P"]],
    "zombie_block": [["*a:P"]],
    "zombie_fail": [["*a:P"]],
    "zombie_fob": [["*a:P"]],
    "zombie_get": [["*a:I"]],
    "zombie_kill": [["*a:P"]],
    "zombie_remove": [["*a:P"]],
}  # fmt: skip

PROPERTIES = ("changed_node_paths",)


class Indexed:
    """Neither int nor str, but usable as an index."""

    def __index__(self):
        return 1


PROBES = [
    ("None", None), ("1", 1), ("-1", -1), ("True", True), ("1.0", 1.0), ("1.5", 1.5), ("'x'", "x"), ("''", ""),
    ("b'x'", b"x"), ("['/x']", ["/x"]), ("('/x',)", ("/x",)), ("{'a': 'b'}", {"a": "b"}), ("{'a': 1}", {"a": 1}),
    ("[1]", [1]), ("[None]", [None]), ("[]", []), ("{}", {}), ("2**31", 2**31), ("2**64", 2**64),
    ("State.complete", ecflow.State.complete), ("CheckPt.NEVER", ecflow.CheckPt.NEVER), ("Indexed()", Indexed()),
    ("object()", object()), ("'a\\0b'", "a\0b"), ("'\\ud800'", "\ud800"), ("{1, 2}", {1, 2}),
    ("['a=b']", ["a=b"]),
]  # fmt: skip

GOOD = {"S": "x", "P": ["/x"], "L": ["/x"], "I": 1, "B": True, "E": ecflow.State.complete,
        "C": ecflow.CheckPt.NEVER, "D": {"a": "b"}}  # fmt: skip


def parse(parameter):
    name, _, kind = parameter.partition(":")
    optional = kind.endswith("?")
    kind = kind.rstrip("?")
    return name.lstrip("*"), GOOD.get(kind, kind), name.startswith("*"), optional


def outcome(method, arguments, keywords):
    """ "sent", "ok: value", or what was raised."""
    client = None
    try:
        if method == "__init__":
            ecflow.Client(*arguments, **keywords)
            return "ok"
        client = ecflow.Client("127.0.0.1", DEAD_PORT)
        client.set_connection_attempts(1)
        client.set_retry_connection_period(0)
        value = getattr(client, method)(*arguments, **keywords)
    except Exception as error:
        text = str(error)
        if any(part in text for part in ("Failed to connect", "ran out of end points", "Connection refused")):
            return "sent"
        return builtin_name(error)
    if method in ("version", "get_host", "get_port"):
        return "ok"
    return "ok" if value is None else "ok: %r" % (value,)


def run(recorder, installation):
    os.environ["ECF_DENIED"] = "1"  # child commands give up at once
    nothing = os.open(os.devnull, os.O_WRONLY)
    kept = os.dup(1), os.dup(2)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    try:
        for method in sorted(METHODS):
            if method != "__init__" and not hasattr(ecflow.Client, method):
                recorder.note(method, "absent")
                continue
            recorder.note(method, probe(method))
    finally:
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)


def probe(method):
    """{call: outcome} for one method; calls that end alike share a line."""
    found = {}

    def note(call, arguments, keywords=None):
        found.setdefault(outcome(method, arguments, keywords or {}), []).append(call)

    for form in METHODS[method]:
        parameters = [parse(one) for one in form]
        good = [one[1] for one in parameters]
        names = [one[0] for one in parameters]
        shape = "(%s)" % ", ".join(names)
        note(shape, good)
        note(shape + " one too many", good + ["x", "x"])
        for count in range(len(good)):
            if method != "wait_for_server_reply":  # would wait its 60 seconds
                note("%s first %d" % (shape, count), good[:count])
        for index, (name, _, unnamed, optional) in enumerate(parameters):
            if not unnamed:
                keywords = dict(zip(names[index:], good[index:]))
                note("%s by keyword from %s" % (shape, name), good[:index], keywords)
                if optional:
                    note(
                        "%s only keyword %s" % (shape, name),
                        good[: required(parameters)],
                        {name: good[index]},
                    )
            for label, value in PROBES:
                if method == "wait_for_server_reply" and label.startswith("2**"):
                    continue
                note("%s %s=%s" % (shape, name, label), good[:index] + [value] + good[index + 1 :])
    return found


def required(parameters):
    return sum(1 for one in parameters if not one[3])
