"""Every command against a server, right and wrong; after each group the server's whole definition.

The notes of the definition are what test_effects.py compares: they say what the calls did.
"""

import os
import re

import ecflow
import realserver

DEFINITION = """
suite s
  edit ECF_FILES '%s'
  edit ECF_INCLUDE '%s'
  edit NAME 'value'
  limit nothing 0
  limit some 5
  task quiet
    edit ECF_JOB_CMD '/bin/true'
    event ready
    event 2
    meter steps 0 100 50
    label note "empty"
    queue steps 001 002 003
  family f
    inlimit /s:nothing
    repeat integer N 1 3
    task a
      edit FROM 'a'
      label info "none"
      event go
      meter progress 0 10
      trigger /s/quiet == active
    task b
      trigger a == complete
      time 23:59
      date 1.1.2099
    task c
      today 23:59
      late -s +00:15
  endfamily
endsuite
suite other
  family g
    task t
      defstatus complete
  endfamily
endsuite
"""
SCRIPT = "%manual\nthe manual\n%end\n%include <head.h>\n#! %FROM:nobody%\n%NAME%\n"

# Right and wrong, in this order; None: record what the server holds.
CALLS = [
    ("suspend", ("/s/f/a",)), ("suspend", (["/s/f/b", "/s/f/c"],)), ("suspend", ("/nix",)), ("suspend", ("s",)),
    ("suspend", ([],)), ("suspend", ("",)), ("suspend", (["/s", "/nix"],)), None,
    ("resume", ("/s/f/a",)), ("resume", (["/s/f/b", "/s/f/c"],)), ("resume", (["/nix", "/s"],)), None,
    ("force_state", ("/s/f/a", ecflow.State.complete)), ("force_state", ("/nix", ecflow.State.complete)),
    ("force_state", (["/s/f/b"], ecflow.State.aborted)), ("force_state_recursive", ("/s/f", ecflow.State.queued)),
    ("force_state", ("/s/f/c", ecflow.State.unknown)), ("force_state_recursive", (["/other"], ecflow.State.aborted)),
    ("force_event", ("/s/f/a:go", "set")), ("force_event", ("/s/f/a:nix", "set")), ("force_event", ("/s/f/a:go", "nix")),
    ("force_event", (["/s/f/a:go"], "clear")), ("force_event", ("/s/f/a", "set")), None,
    ("requeue", ("/s/f",)), ("requeue", ("/s/f", "force")), ("requeue", ("/s/f", "abort")), ("requeue", (["/s/f"], "force")),
    ("requeue", ("/s/f", "nix")), ("requeue", ("/nix",)), None,
    ("free_trigger_dep", ("/s/f/b",)), ("free_date_dep", ("/s/f/b",)), ("free_time_dep", (["/s/f/b"],)),
    ("free_all_dep", ("/s/f/c",)), ("free_all_dep", ("/nix",)), None,
    ("alter", ("/s/f/a", "add", "variable", "NEW", "a value")), ("alter", (["/s/f/a"], "add", "variable", "N2", "")),
    ("alter", ("/s/f/a", "change", "variable", "NEW", "another")), ("alter", ("/s/f/a", "change", "variable", "NIX", "x")),
    ("alter", ("/s/f/a", "delete", "variable", "N2")), ("alter", ("/s/f/a", "delete", "variable", "NIX")),
    ("alter", ("/s/f/a", "add", "variable", "a b", "x")), ("alter", ("/s/f/a", "nix", "variable", "a", "b")),
    ("alter", ("/s/f/a", "add", "nix", "a", "b")), ("alter", ("/nix", "add", "variable", "a", "b")),
    ("alter", ("/s/f/a", "change", "label", "info", "new\ntext")), ("alter", ("/s/f/a", "change", "meter", "progress", "5")),
    ("alter", ("/s/f/a", "change", "meter", "progress", "500")), ("alter", ("/s/f/a", "change", "meter", "progress", "x")),
    ("alter", ("/s/f/a", "change", "event", "go", "set")), ("alter", ("/s/f/a", "change", "event", "go")),
    ("alter", ("/s/f/a", "change", "event", "go", "nix")), ("alter", ("/s/f", "change", "repeat", "2")),
    ("alter", ("/s/f", "change", "repeat", "20")), ("alter", ("/s/f/b", "change", "trigger", "a == aborted")),
    ("alter", ("/s/f/b", "change", "trigger", "a ==")), ("alter", ("/s/f/b", "change", "complete", "a == 1")),
    ("alter", ("/s", "change", "limit_max", "some", "7")), ("alter", ("/s", "change", "limit_value", "some", "3")),
    ("alter", ("/s", "change", "limit_max", "some", "x")), ("alter", ("/s/f/c", "change", "defstatus", "complete")),
    ("alter", ("/s/f/c", "change", "defstatus", "nix")), ("alter", ("/s/f/c", "change", "late", "-s +00:20")),
    ("alter", ("/s", "change", "clock_type", "virtual")), ("alter", ("/s", "change", "clock_type", "real")),
    ("alter", ("/s", "change", "clock_gain", "100")), ("alter", ("/s", "change", "clock_date", "1.1.2030")),
    ("alter", ("/s", "change", "clock_date", "99.1.2030")), ("alter", ("/s", "change", "clock_sync")),
    ("alter", ("/s/f/b", "add", "time", "12:00")), ("alter", ("/s/f/b", "add", "time", "12:99")),
    ("alter", ("/s/f/b", "add", "today", "+00:10")), ("alter", ("/s/f/b", "add", "date", "2.1.2099")),
    ("alter", ("/s/f/b", "add", "day", "monday")), ("alter", ("/s/f/b", "add", "day", "nixday")),
    ("alter", ("/s/f/b", "delete", "time", "12:00")), ("alter", ("/s/f/b", "delete", "day", "")),
    ("alter", ("/s/f/b", "add", "label", "l2", "text")), ("alter", ("/s/f/b", "delete", "label", "l2")),
    ("alter", ("/s/f/b", "add", "limit", "l3", "4")), ("alter", ("/s/f/b", "add", "inlimit", "/s:some", "2")),
    ("alter", ("/s/f/b", "delete", "inlimit", "/s:some")), ("alter", ("/s/f/b", "add", "late", "-s +00:15 -a 20:00")),
    ("alter", ("/s/f/b", "delete", "late")), ("alter", ("/s/f/b", "add", "zombie", "ecf:fob:label,event:")),
    ("alter", ("/s/f/b", "delete", "zombie", "ecf")), ("alter", ("/s/f/c", "set_flag", "late")),
    ("alter", ("/s/f/c", "set_flag", "nix")), ("alter", ("/s/f/c", "clear_flag", "late")),
    ("alter", ("/", "add", "variable", "SERVER_VAR", "v")), ("alter", ("/", "delete", "variable", "SERVER_VAR")), None,
    ("sort_attributes", ("/s", "variable")), ("sort_attributes", (["/s"], "variable", False)),
    ("sort_attributes", ("/s", "nix")), ("sort_attributes", ("/nix", "event")),
    ("order", ("/other", "top")), ("order", ("/s/f/a", "bottom")), ("order", ("/s/f/a", "nix")), ("order", ("/nix", "top")), None,
    ("query", ("state", "/s/f/b")), ("query", ("dstate", "/s/f/b")), ("query", ("variable", "/s", "NAME")),
    ("query", ("variable", "/s", "NIX")), ("query", ("variable", "/s")), ("query", ("event", "/s/f/a", "go")),
    ("query", ("meter", "/s/f/a", "progress")), ("query", ("label", "/s/f/a", "info")), ("query", ("limit", "/s", "some")),
    ("query", ("limit_max", "/s", "some")), ("query", ("repeat", "/s/f")), ("query", ("repeat", "/s/f", "next")),
    ("query", ("repeat", "/s")), ("query", ("trigger", "/s/f/b", "a == complete")), ("query", ("trigger", "/s/f/b", "a ==")),
    ("query", ("nix", "/s")), ("query", ("state", "/nix")), ("query", ("state", "s")), ("query", ("event", "/s/f/a", "nix")),
    ("check", ("/s",)), ("check", (["/s", "/other"],)), ("check", ("/nix",)), ("check", ("_all_",)),
    ("suites", ()), ("server_version", ()), ("ping", ()), ("stats_reset", ()),
    ("get_file", ("/s/f/a",)), ("get_file", ("/s/f/a", "script")), ("get_file", ("/s/f/a", "manual")),
    ("get_file", ("/s/f/a", "job")), ("get_file", ("/s/f/a", "script", "2")), ("get_file", ("/s/f/a", "script", "x")),
    ("get_file", ("/s/f/a", "script", "10", True)), ("get_file", ("/s/f/a", "nix")), ("get_file", ("/nix",)),
    ("edit_script_edit", ("/s/f/a",)), ("edit_script_edit", ("/s",)), ("edit_script_edit", ("/nix",)),
    ("edit_script_preprocess", ("/s/f/a",)), ("edit_script_preprocess", ("/nix",)),
    ("edit_script_submit", ("/s/f/a", ["FROM=me"], ["echo"], True, False)), ("edit_script_submit", ("/nix", [], [], True, False)),
    ("edit_script_submit", ("/s/f/a", ["FROM"], ["echo"], True, False)), None,
    ("log_msg", ("a line",)), ("log_msg", ("",)), ("get_log", (1,)), ("flush_log", ()), ("clear_log", ()),
    ("new_log", ("",)), ("new_log", ("/nix/nix/log",)),
    ("checkpt", ()), ("checkpt", (ecflow.CheckPt.ON_TIME, 100, 20)), ("checkpt", (ecflow.CheckPt.NEVER,)),
    ("checkpt", (ecflow.CheckPt.ALWAYS, 0, 0)), ("checkpt", (ecflow.CheckPt.UNDEFINED, 50)),
    ("debug_server_on", ()), ("debug_server_off", ()), ("reload_wl_file", ()), ("reload_passwd_file", ()),
    ("reload_custom_passwd_file", ()),
    ("ch_drop", ()), ("ch_register", (True, ["s", "nix"])), ("ch_handle", ()), ("ch_suites", ()), ("ch_add", (["other"],)),
    ("ch_add", (1, ["other"])), ("ch_add", (77, ["other"])), ("ch_remove", (["s"],)), ("ch_remove", (1, ["nix"])),
    ("ch_remove", (77, ["s"])), ("ch_auto_add", (False,)), ("ch_auto_add", (1, True)), ("ch_auto_add", (77, True)),
    ("ch_drop", (77,)), ("ch_suites", ()), ("ch_drop", ()), ("ch_drop", (1,)), ("ch_handle", ()), ("ch_drop_user", ("",)),
    ("ch_register", (False, [])), ("ch_handle", ()), ("ch_drop_user", ("nobody",)), ("ch_drop_user", ("",)), ("ch_handle", ()),
    ("group", ("suites; suspend /other",)), ("group", ("get; suspend /nix",)), ("group", ("nix",)), ("group", ("",)),
    ("group", ("query variable /s:NAME",)), ("group", ("resume /other; query state /s; ping",)), None,
    ("job_generation", ("/s",)), ("job_generation", ("/nix",)), ("kill", ("/s/f/a",)), ("kill", ("/nix",)),
    ("status", ("/s/f/a",)), ("status", ("/nix",)), ("archive", ("/other/g",)), ("archive", ("/s/f/a",)), ("archive", ("/nix",)), None,
    ("restore", ("/other/g",)), ("restore", ("/s/f",)), ("restore", ("/nix",)),
    ("begin_suite", ("s",)), ("begin_suite", ("nix",)), ("begin_suite", ("/s", True)), ("begin_suite", ("",)), None,
    ("run", ("/s/f/b", False)), ("run", ("/nix", True)), ("plug", ("/other/g", "/s/f")), ("plug", ("/nix", "/s")),
    ("plug", ("/s/f", "/nix")), ("zombie_get", (0,)), ("zombie_fob", ("/s/quiet",)), ("zombie_fob", (["/s/quiet"],)),
    ("zombie_fail", ("/nix",)), ("zombie_remove", ("/s/quiet",)), ("zombie_adopt", ("/s/quiet",)),
    ("zombie_block", (["/s/quiet"],)), ("zombie_kill", ("/s/quiet",)),
    ("delete", ("/s/f/b",)), ("delete", (["/s/f/c"], True)), ("delete", ("/nix",)), ("delete", ("s",)), None,
    ("shutdown_server", ()), ("shutdown_server", ()), ("halt_server", ()), ("halt_server", ()), ("restart_server", ()),
    ("restore_from_checkpt", ()), ("halt_server", ()), ("restore_from_checkpt", ()), ("delete_all", (True,)),
    ("restore_from_checkpt", ()), ("delete_all", (True,)), ("suites", ()), ("check", ("",)), ("begin_all_suites", ()), None,
]  # fmt: skip


def child(recorder, server, client):
    """The commands of a job, for /s/quiet."""
    call = recorder.call
    for name in ("child_init", "child_complete", "child_abort"):
        call("%s without path" % name, getattr(client, name))
    client.set_child_path("/s/quiet")
    call("child_init without password", client.child_init)
    found = re.search(r"task quiet .*passwd:(\S+)", server.client("--migrate").stdout)
    client.set_child_password(found.group(1))
    client.set_child_pid("4711")
    client.set_child_try_no(1)
    client.set_child_timeout(1)
    client.set_child_init_add_vars([ecflow.Variable("BY_JOB", "x"), ecflow.Variable("TWO", "y z")])
    client.set_child_complete_del_vars(["BY_JOB"])
    call("child_init()", client.child_init)
    for name, arguments in (
        ("child_event", ("ready",)), ("child_event", ("ready", False)), ("child_event", ("2",)), ("child_event", ("nix",)),
        ("child_event", ("",)), ("child_meter", ("steps", 20)), ("child_meter", ("steps", 2000)), ("child_meter", ("nix", 1)),
        ("child_label", ("note", "two\nlines")), ("child_label", ("nix", "x")), ("child_label", ("", "x")),
        ("child_queue", ("steps", "active")), ("child_queue", ("steps", "complete", "001")),
        ("child_queue", ("steps", "aborted", "002")), ("child_queue", ("steps", "no_of_aborted")),
        ("child_queue", ("steps", "reset")), ("child_queue", ("steps", "complete")), ("child_queue", ("steps", "nix")),
        ("child_queue", ("nix", "active")), ("child_queue", ("steps", "active", "", "/s/quiet")),
        ("child_queue", ("steps", "active", "x")), ("child_wait", ("/s/quiet == active",)), ("child_wait", ("/s ==",)),
        ("child_wait", ("/nix == complete",)), ("child_wait", ("",)),
    ):  # fmt: skip
        call("%s%r" % (name, arguments), getattr(client, name), *arguments)
    recorder.note("the job has begun", state(server))
    call("child_complete()", client.child_complete)
    recorder.note("the job has ended", state(server))


def state(server):
    """What the server holds: without history and generated variables, and without times that a slow machine changes."""
    text = re.sub(r" (dur|rt):\S+", "", server.client("--migrate").stdout)
    return [line for line in text.splitlines() if not line.lstrip().startswith(("history", "edit ECF_"))]


def run(recorder, installation):
    call = recorder.call
    with realserver.RealServer(installation) as server:
        recorder.place(server.directory, "<dir>")
        recorder.place(str(server.port), "<port>")
        recorder.place("%s.%d" % (server.host_name, server.port), "<host>.<port>")
        os.environ["HOME"] = server.client_home
        files = os.path.join(server.directory, "files")
        for task in ("s/quiet", "s/f/a", "s/f/b", "s/f/c", "other/g/t"):
            os.makedirs(os.path.dirname(os.path.join(files, task)), exist_ok=True)
            with open(os.path.join(files, task + ".ecf"), "w") as out:
                out.write(SCRIPT)
        with open(os.path.join(files, "head.h"), "w") as out:
            out.write("# the head\n")
        path = os.path.join(server.directory, "s.def")
        with open(path, "w") as out:
            out.write(DEFINITION % (files, files))
        bad = os.path.join(server.directory, "bad.def")
        with open(bad, "w") as out:
            out.write("this is no definition\n")
        client = ecflow.Client("localhost", server.port)
        client.set_connection_attempts(1)
        client.set_retry_connection_period(0)
        recorder.place(client.version(), "<client>")
        recorder.place(installation.version, "<server>")
        call("load(nix)", client.load, "/nix.def")
        call("load(bad)", client.load, bad)
        call("load(path, check_only=True)", client.load, path, check_only=True)
        call("suites(), none", client.suites)
        call("load(path)", client.load, path)
        call("load(path) again", client.load, path)
        call("load(path, True)", client.load, path, True)
        recorder.note("loaded", state(server))
        call("suspend('/s/f/a') before begin", client.suspend, "/s/f/a")
        call("resume('/s/f/a') before begin", client.resume, "/s/f/a")
        call("restart_server()", client.restart_server)
        call("begin_suite('other')", client.begin_suite, "other")
        call("begin_all_suites()", client.begin_all_suites)
        call("wait_for_server_reply(5)", client.wait_for_server_reply, 5)
        call("stats(False) is text", lambda: "Server statistics" in client.stats(False))
        child(recorder, server, client)
        for one in CALLS:
            if one is None:
                recorder.note("state", state(server))
                continue
            name, arguments = one
            call("%s%r" % (name, arguments), getattr(client, name), *arguments)
        call("terminate_server()", client.terminate_server)
        server.process.wait(20)
        call("ping(), no server", client.ping)
        call("suites(), no server", client.suites)
        call("wait_for_server_reply(1), no server", client.wait_for_server_reply, 1)
