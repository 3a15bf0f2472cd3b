"""Zombies: jobs whose child commands do not fit the task they name."""

from __future__ import annotations

from ._zenums import ChildCmdType, ZombieType, ZombieUserActionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Iterable, List

_NOT_SET = 6
_MINIMUM_LIFETIME = 60
_LIFETIMES = {ZombieType.user: 300, ZombieType.path: 900}
_LIFETIME = 3600

_EXPLANATIONS = {
    1: "Two init commands or task complete or aborted but receives another child cmd",
    2: "PID miss-match, password matches. Job scheduled twice. Check submitter",
    3: "Password miss-match, PID matches, system has re-cycled PID or hacked job file?",
    4: "Both PID and password miss-match. Re-queue & submit of active job?",
    5: "Task not found. Nodes replaced whilst jobs were running",
}


def _type_name(number: int) -> str:
    return "not_set" if number == _NOT_SET else ZombieType(number).name


class ZombieAttr:
    """What a node does with zombies of one type.

    ``ZombieAttr(zombie_type, child_cmds, action, lifetime=0)``: for the child
    commands listed (an empty list: for all) the action applies, for ``lifetime``
    seconds, at least 60; 0 means 300 for ``ZombieType.user``, 900 for ``path``
    and 3600 for the others.

    source: libs/attribute/src/ecflow/attribute/ZombieAttr.cpp
    """

    __slots__ = ("_action", "_child_cmds", "_lifetime", "_type")

    def __init__(
        self,
        zombie_type: ZombieType,
        child_cmds: List[ChildCmdType],
        action: ZombieUserActionType,
        lifetime: int = 0,
    ) -> None:
        for name, value, cls in (
            ("zombie_type", zombie_type, ZombieType),
            ("child_cmds", child_cmds, list),
            ("action", action, ZombieUserActionType),
            ("lifetime", lifetime, int),
        ):
            if not isinstance(value, cls):
                raise TypeError(
                    "__init__(): incompatible constructor arguments. The following argument types are supported:\n"
                    "    1. ZombieAttr(zombie_type: ZombieType, child_cmds: list[ChildCmdType], "
                    "action: ZombieUserActionType, lifetime: int = 0)\n\n"
                    f"argument '{name}' should be {cls.__name__}, not {type(value).__name__}"
                )
        for item in child_cmds:
            if not isinstance(item, ChildCmdType):
                raise RuntimeError(f"argument 'child_cmds': expected ChildCmdType, not {type(item).__name__}")
        if lifetime <= 0:
            lifetime = _LIFETIMES.get(zombie_type, _LIFETIME)
        self._type: int = zombie_type
        self._child_cmds = list(child_cmds)
        self._action = action
        self._lifetime = max(int(lifetime), _MINIMUM_LIFETIME)

    @classmethod
    def _from_fields(cls, fields: Dict[str, Any]) -> "ZombieAttr":
        self = cls.__new__(cls)
        self._type = int(fields.get("zombie_type", _NOT_SET))
        self._child_cmds = [ChildCmdType(int(c)) for c in fields.get("child_cmds", ())]
        self._action = ZombieUserActionType(int(fields.get("action", int(ZombieUserActionType.block))))
        self._lifetime = int(fields.get("zombie_lifetime", 0))
        return self

    def zombie_type(self) -> ZombieType:
        """The type of zombies it is for."""
        return ZombieType(self._type)

    def user_action(self) -> ZombieUserActionType:
        """What is done with them."""
        return self._action

    @property
    def child_cmds(self) -> List[ChildCmdType]:
        """The child commands it is for; empty: all."""
        return list(self._child_cmds)

    def zombie_lifetime(self) -> int:
        """Seconds after which the server forgets such a zombie."""
        return self._lifetime

    def empty(self) -> bool:
        """Whether no type is set."""
        return self._type == _NOT_SET

    def _applies(self, command: ChildCmdType) -> bool:
        return not self._child_cmds or command in self._child_cmds

    def _key(self) -> Any:
        return self._type, self._child_cmds, self._action, self._lifetime

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, ZombieAttr) else NotImplemented

    __hash__ = object.__hash__

    def __copy__(self) -> "ZombieAttr":
        copy = ZombieAttr.__new__(ZombieAttr)
        copy._type, copy._child_cmds, copy._action, copy._lifetime = self._key()
        return copy

    def __str__(self) -> str:
        commands = ",".join(str(c) for c in self._child_cmds)
        return f"zombie {_type_name(self._type)}:{self._action}:{commands}:{self._lifetime}"


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

    __slots__ = ("_attr", "_f")

    def __init__(self) -> None:
        self._f: Dict[str, Any] = {
            "user_action": int(ZombieUserActionType.block), "try_no": 0, "duration": 0, "calls": 0,
            "zombie_type": int(ZombieType.user), "last_child_cmd": int(ChildCmdType.init),
            "path_to_task": "", "jobs_password": "", "process_or_remote_id": "", "user_cmd": "", "host": "",
            "user_action_set": False,
        }  # fmt: skip
        self._attr = ZombieAttr._from_fields({})

    @classmethod
    def _from_fields(cls, fields: Dict[str, Any]) -> "Zombie":
        self = cls()
        self._f.update((name, fields[name]) for name in _FIELDS if name in fields)
        self._attr = ZombieAttr._from_fields(fields.get("attr", {}))
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
        return self._attr

    def allowed_age(self) -> int:
        """Seconds after which the server forgets it."""
        return self._attr.zombie_lifetime()

    def manual_user_action(self) -> bool:
        """Whether a user has chosen the action."""
        return bool(self._f["user_action_set"])

    def empty(self) -> bool:
        """Whether this is no zombie at all."""
        return self.path_to_task() == ""

    def _does(self, action: ZombieUserActionType) -> bool:
        if self.manual_user_action():
            return int(self._f["user_action"]) == int(action)
        return self._attr.user_action() == action and self._attr._applies(self.last_child_cmd())

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
        return self._f == other._f and self._attr == other._attr

    __hash__ = object.__hash__

    def __copy__(self) -> "Zombie":
        copy = Zombie()
        copy._f, copy._attr = dict(self._f), self._attr
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


if TYPE_CHECKING:
    _ListOfZombies = List[Zombie]
else:
    _ListOfZombies = list


class ZombieVec(_ListOfZombies):
    """A list of zombies, and of nothing else."""

    def __init__(self, zombies: Iterable[Zombie] = ()) -> None:
        super().__init__(_checked(z) for z in zombies)

    def append(self, x: Zombie) -> None:
        """Add one."""
        super().append(_checked(x))

    def extend(self, L: Iterable[Zombie]) -> None:
        """Add many."""
        super().extend([_checked(z) for z in L])

    def insert(self, i: Any, x: Zombie) -> None:
        """Add one in front of position ``i``."""
        super().insert(i, _checked(x))

    def __repr__(self) -> str:
        return "ZombieVec[" + ", ".join(z._line() for z in self) + "]"

    __str__ = __repr__
    __hash__ = object.__hash__  # type: ignore[assignment]


def _checked(x: Zombie) -> Zombie:
    if not isinstance(x, Zombie):
        raise RuntimeError(f"expected Zombie, not {type(x).__name__}")
    return x
