"""Zombies: jobs whose child commands do not fit the task they name."""

from __future__ import annotations

from ._zclasses import ZombieAttr
from ._zenums import ChildCmdType, ZombieType, ZombieUserActionType
from .vectors import _Vector

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, List, Tuple

_NOT_SET = 6

_EXPLANATIONS = {
    1: "Two init commands or task complete or aborted but receives another child cmd",
    2: "PID miss-match, password matches. Job scheduled twice. Check submitter",
    3: "Password miss-match, PID matches, system has re-cycled PID or hacked job file?",
    4: "Both PID and password miss-match. Re-queue & submit of active job?",
    5: "Task not found. Nodes replaced whilst jobs were running",
}


def _type_name(number: int) -> str:
    return "not_set" if number == _NOT_SET else ZombieType(number).name


def _rule(fields: Dict[str, Any]) -> Tuple[int, List[ChildCmdType], ZombieUserActionType, int]:
    """What a server keeps with a zombie of a node's ZombieAttr: type, commands, action, lifetime."""
    return (
        int(fields.get("zombie_type", _NOT_SET)),
        [ChildCmdType(int(c)) for c in fields.get("child_cmds", ())],
        ZombieUserActionType(int(fields.get("action", int(ZombieUserActionType.block)))),
        int(fields.get("zombie_lifetime", 0)),
    )


_FIELDS = (
    "user_action try_no duration calls zombie_type last_child_cmd path_to_task jobs_password "
    "process_or_remote_id user_cmd host user_action_set"
).split()


class Zombie:
    """A job whose child commands do not fit the task they name.

    ``Client.zombie_get()`` returns them; a new one is empty.

    >>> Zombie().empty()
    True

    source: libs/attribute/src/ecflow/attribute/Zombie.cpp
    """

    __slots__ = ("_f", "_rule")

    def __init__(self) -> None:
        self._f: Dict[str, Any] = {
            "user_action": int(ZombieUserActionType.block), "try_no": 0, "duration": 0, "calls": 0,
            "zombie_type": int(ZombieType.user), "last_child_cmd": int(ChildCmdType.init),
            "path_to_task": "", "jobs_password": "", "process_or_remote_id": "", "user_cmd": "", "host": "",
            "user_action_set": False,
        }  # fmt: skip
        self._rule = _rule({})

    @classmethod
    def _from_fields(cls, fields: Dict[str, Any]) -> "Zombie":
        self = cls()
        self._f.update((name, fields[name]) for name in _FIELDS if name in fields)
        self._rule = _rule(fields.get("attr", {}))
        return self

    def _fields(self) -> Dict[str, Any]:
        """The fields by which a server finds the job."""
        return {
            name: str(self._f[name]) for name in ("path_to_task", "process_or_remote_id", "jobs_password")
        }

    def path_to_task(self) -> str:
        """Absolute path of the task."""
        return str(self._f["path_to_task"])

    def jobs_password(self) -> str:
        """The password (ECF_PASS) that the job used."""
        return str(self._f["jobs_password"])

    def process_or_remote_id(self) -> str:
        """The process or remote id (ECF_RID) that the job used."""
        return str(self._f["process_or_remote_id"])

    def host(self) -> str:
        """Host that the job ran on."""
        return str(self._f["host"])

    def user_cmd(self) -> str:
        """The user's command that made it a zombie, if one did."""
        return str(self._f["user_cmd"])

    def try_no(self) -> int:
        """The try number (ECF_TRYNO) that the job used."""
        return int(self._f["try_no"])

    def duration(self) -> int:
        """Seconds since the server first saw it."""
        return int(self._f["duration"])

    def calls(self) -> int:
        """How many child commands it has sent."""
        return int(self._f["calls"])

    def type(self) -> ZombieType:
        """What does not fit."""
        return ZombieType(int(self._f["zombie_type"]))

    def type_str(self) -> str:
        """What does not fit, as text."""
        return _type_name(int(self._f["zombie_type"]))

    def last_child_cmd(self) -> ChildCmdType:
        """The child command it sent last."""
        return ChildCmdType(int(self._f["last_child_cmd"]))

    def attr(self) -> ZombieAttr:
        """The node's rule for it."""
        kind, commands, action, lifetime = self._rule
        if kind == _NOT_SET:
            return ZombieAttr()
        return ZombieAttr(ZombieType(kind), commands, action, lifetime)

    def allowed_age(self) -> int:
        """Seconds after which the server forgets it."""
        return self._rule[3]

    def manual_user_action(self) -> bool:
        """Whether a user has chosen the action."""
        return bool(self._f["user_action_set"])

    def empty(self) -> bool:
        """Whether this is no zombie at all."""
        return self.path_to_task() == ""

    def _does(self, action: ZombieUserActionType) -> bool:
        if self.manual_user_action():
            return int(self._f["user_action"]) == int(action)
        _, commands, automatic, _ = self._rule
        return automatic == action and (not commands or self.last_child_cmd() in commands)

    def fob(self) -> bool:
        """Whether its child commands succeed without effect."""
        return self._does(ZombieUserActionType.fob)

    def fail(self) -> bool:
        """Whether its child commands fail."""
        return self._does(ZombieUserActionType.fail)

    def adopt(self) -> bool:
        """Whether it is taken for the task's true job."""
        return self._does(ZombieUserActionType.adopt)

    def block(self) -> bool:
        """Whether its child commands wait."""
        return self._does(ZombieUserActionType.block)

    def remove(self) -> bool:
        """Whether the server forgets it."""
        return self._does(ZombieUserActionType.remove)

    def kill(self) -> bool:
        """Whether the server kills its job."""
        return self._does(ZombieUserActionType.kill)

    def user_action(self) -> ZombieUserActionType:
        """What is done with it."""
        for name in ("fob", "block", "fail", "remove", "kill", "adopt"):
            action: ZombieUserActionType = ZombieUserActionType.names[name]
            if self._does(action):
                return action
        return ZombieUserActionType.block

    def user_action_str(self) -> str:
        """What is done with it, and who chose that: ``manual-fob``, ``auto-block``."""
        return f"{'manual' if self.manual_user_action() else 'auto'}-{self.user_action()}"

    def _explanation(self) -> str:
        if self.type() == ZombieType.user:
            return f"Created by user action({self.user_cmd()})"
        return _EXPLANATIONS.get(int(self._f["zombie_type"]), "")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Zombie):
            return NotImplemented
        return self._f == other._f and self._rule == other._rule

    __hash__ = object.__hash__

    def __copy__(self) -> "Zombie":
        copy = Zombie()
        copy._f, copy._rule = dict(self._f), self._rule
        return copy

    def __str__(self) -> str:
        rows = [
            "task-path type age(s) password pid try_no action child calls host explanation".split(),
            [
                self.path_to_task(), self.type_str(), str(self.duration()), self.jobs_password(),
                self.process_or_remote_id(), str(self.try_no()), self.user_action_str(), str(self.last_child_cmd()),
                str(self.calls()), self.host(), self._explanation(),
            ],
        ]  # fmt: skip
        widths = [max(len(cell) for cell in column) for column in zip(*rows)]
        widths[2] = len("age(s)")  # the one that the original does not widen
        return "".join(" " + " ".join(c.ljust(w) for c, w in zip(row, widths)) + "\n" for row in rows)

    def _line(self) -> str:
        return (
            f"{self.path_to_task()} {self.type_str()} {self.duration()} {self.jobs_password()} "
            f"{self.process_or_remote_id()}<pid> {self.try_no()} calls({self.calls()}) "
            f"{self.user_action_str()} {self.last_child_cmd()}"
        )


class ZombieVec(_Vector):
    """A list of zombies."""

    _item = Zombie

    def __repr__(self) -> str:
        return "ZombieVec[" + ", ".join(z._line() for z in self) + "]"

    __str__ = __repr__
