"""What both bindings are made to do: one script, told in words of neither.

A step names the Python method, the Go method and the arguments in Python's
order: str, int, bool, State, and at most one list, which Go takes last and
variadic. Standard library only.
"""

import collections

Step = collections.namedtuple("Step", "python go arguments")
State = collections.namedtuple("State", "name number")

DEFINITION = """\
suite s
  edit NAME 'value'
  family f
    defstatus complete
    task t1
      event e1
      event 2 two
      meter m 0 100
      label l "a text"
    task t2
      trigger t1 == complete
      time 10:00
  endfamily
  limit pool 3
endsuite
suite other
  task alone
endsuite
"""


def steps(definition_file):
    """The script, in order."""
    return [
        Step("ping", "Ping", []),
        Step("server_version", "ServerVersion", []),
        Step("load", "Load", [definition_file, False, False]),
        Step("load", "Load", [definition_file, False, False]),  # refused: the suites are there
        Step("suites", "Suites", []),
        Step("restart_server", "RestartServer", []),
        Step("begin_suite", "BeginSuite", ["s", False]),
        Step("begin_suite", "BeginSuite", ["s", False]),
        Step("begin_suite", "BeginSuite", ["nosuch", False]),
        Step("suspend", "Suspend", ["/s/f"]),
        Step("query", "Query", ["dstate", "/s/f", ""]),
        Step("suspend", "Suspend", [["/s/f/t1", "/s/f/t2"]]),
        Step("suspend", "Suspend", ["/s/nosuch"]),
        Step("resume", "Resume", [["/s/f/t1", "/s/f/t2"]]),
        Step("force_event", "ForceEvent", [["/s/f/t1:e1"], "set"]),
        Step("query", "Query", ["event", "/s/f/t1", "e1"]),
        Step("query", "Query", ["event", "/s/f/t1", "nosuch"]),
        Step("alter", "Alter", [["/s"], "change", "variable", "NAME", "b\u00e4d # value"]),
        Step("query", "Query", ["variable", "/s", "NAME"]),
        Step("alter", "Alter", [["/s/f/t1"], "change", "meter", "m", "70"]),
        Step("query", "Query", ["meter", "/s/f/t1", "m"]),
        Step("alter", "Alter", [["/s/f/t1"], "change", "meter", "m", "170"]),  # out of range
        Step("alter", "Alter", [["/s"], "add", "label", "new", "line 1"]),
        Step("alter", "Alter", [["/s"], "delete", "limit", "nosuch", ""]),
        Step("sort_attributes", "SortAttributes", [["/s"], "variable", True]),
        Step("force_state", "ForceState", [["/s/f/t1"], State("aborted", 3)]),
        Step("query", "Query", ["state", "/s/f/t1", ""]),
        Step("free_all_dep", "FreeAllDependencies", ["/s/f/t2"]),
        Step("order", "Order", ["/other", "top"]),
        Step("suites", "Suites", []),
        Step("check", "Check", ["/s"]),
        Step("requeue", "Requeue", [["/s"], "force"]),
        Step("query", "Query", ["state", "/s", ""]),
        Step("log_msg", "LogMessage", ["said by the script"]),
        Step("plug", "Plug", ["/s/f/t2", "/other"]),
        Step("delete", "Delete", [["/s/f"], True]),
        Step("delete", "Delete", [["/s/f"], True]),  # gone
        Step("halt_server", "HaltServer", []),
        Step("restart_server", "RestartServer", []),
        Step("delete_all", "DeleteAll", [True]),
        Step("suites", "Suites", []),
    ]
