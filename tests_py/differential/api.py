"""The tree API as the generator of programs sees it: what may be given where.

One line a member in members.txt: name, then the forms of its arguments separated by "|", then "->" and the class
of the result where something can be done with it. "@" is a property, "!" a static method.

Arguments: n name, f format of times, v variable name, s text, i small number, I any number, b bool, p node path,
x expression, h time, D date, d day, y yyyymmdd, z instant, u path of a file; [x] list of x; classes by
their names; key=x a keyword; * mixed things for add(); ** keywords of add().
"""

import os
import re

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "members.txt")) as _lines:
    TABLE = _lines.read()

ATTRIBUTES = (
    "Variable Event Meter Label Limit InLimit Queue Generic Late Autocancel Autoarchive Autorestore Clock Defstatus"
    " Verify ZombieAttr AvisoAttr MirrorAttr Edit Trigger Complete RepeatDate RepeatDateTime RepeatDateList"
    " RepeatDateTimeList RepeatInteger RepeatEnumerated RepeatString RepeatDay Time Today Date Day Cron"
).split()
VECTORS = "NodeVec SuiteVec FamilyVec TaskVec VariableList FlagTypeVec ZombieVec".split()
VECTOR_OF = {
    "NodeVec": "node", "SuiteVec": "Suite", "FamilyVec": "Family", "TaskVec": "Task",
    "VariableList": "Variable", "FlagTypeVec": "FlagType", "ZombieVec": "Zombie",
}  # fmt: skip
ENUMS = {
    "AttrType": "event meter label limit variable all",
    "CheckPt": "NEVER ON_TIME ALWAYS UNDEFINED",
    "ChildCmdType": "init event meter label wait queue abort complete",
    "DState": "unknown complete queued aborted submitted active suspended",
    "Days": "sunday monday tuesday wednesday thursday friday saturday",
    "FlagType": "force_abort user_edit task_aborted edit_failed jobcmd_failed no_script killed late message byrule"
    " queuelimit wait locked zombie no_reque archived restored threshold sigterm not_set log_error checkpt_error"
    " killcmd_failed statuscmd_failed status remote_error",
    "SState": "HALTED SHUTDOWN RUNNING",
    "State": "unknown complete queued aborted submitted active",
    "Style": "NOTHING DEFS STATE MIGRATE",
    "ZombieType": "user ecf ecf_pid ecf_passwd ecf_pid_passwd path",
    "ZombieUserActionType": "fob fail adopt remove block kill",
}
ENUMS = {name: values.split() for name, values in ENUMS.items()}
BASES = {
    "Suite": ("Suite", "NodeContainer", "Node"), "Family": ("Family", "NodeContainer", "Node"),
    "Task": ("Task", "Submittable", "Node"), "Alias": ("Alias", "Submittable", "Node"),
}  # fmt: skip


class Member:
    """A line of the table."""

    def __init__(self, line):
        head, _, self.result = (part.strip() for part in line.partition("->"))
        found = re.match(r"(\w+)\.(\w+) ?([@!]?)(.*)", head)
        self.owner, self.name, self.kind, rest = found.groups()
        if self.kind == "@":
            self.result = rest.strip()
        self.forms = [form.split() for form in rest.split("|")]


MEMBERS = [Member(line) for line in TABLE.strip().split("\n")]


def members(name):
    """What an object of a class has, without its constructor."""
    owners = BASES.get(name, (name,))
    return [one for one in MEMBERS if one.owner in owners and one.name != "__init__" and one.kind != "!"]


def constructor(name):
    return next(one for one in MEMBERS if one.owner == name and one.name == "__init__")
