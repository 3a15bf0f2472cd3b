"""Attributes that say something about a node: labels, meters, events, limits, ..."""

from __future__ import annotations

from typing import Any, Iterable

from .. import ecf
from .basics import DefError, nat, raw, real, sorted_or_not
from .current import CWN

ECG = ".ecg"


class Attribute:
    """What can be added to a node. ``real`` is the raw attribute, None when there is nothing to add."""

    def __init__(self) -> None:
        self.load: Any = None

    def __enter__(self) -> Any:
        CWN(self)

    def __exit__(self, type: Any, value: Any, traceback: Any) -> Any:
        pass

    def add_to(self, node: Any) -> Any:
        """Add this to a node, and return the node."""
        raise DefError("ERR: nothing to add", type(self).__name__)

    def __get_attr__(self, attr: str) -> Any:
        return getattr(self.load, attr)

    @property
    def real(self) -> Any:
        """The raw attribute."""
        return self.load


class Label(Attribute):
    """A label, with its text."""

    def __init__(self, name: str, msg: str = "") -> None:
        self.load = raw.Label(name, msg)
        CWN(self)

    def add_to(self, node: Any) -> Any:
        real(node).add_label(self.load)
        return node


class Meter(Attribute):
    """A meter from ``beg`` to ``end``, which changes colour at ``thr`` (at the end unless given)."""

    def __init__(self, name: str, beg: int, end: int, thr: Any = None) -> None:
        self.load = raw.Meter(name, beg, end, end if thr is None else thr)
        CWN(self)

    def add_to(self, node: Any) -> Any:
        real(node).add_meter(self.load)
        return node


class Event(Attribute):
    """An event, of a name, a number, or both, in either order or as one text.

    >>> str(Event("1 ready").real) == str(Event("ready", 1).real)
    True

    Numbers above 100000 stand for no number. What the node already has is not added again.
    """

    def __init__(self, name: Any = "", num: Any = 0) -> None:
        if isinstance(name, str) and " " in name:
            num, name = name.split(" ")
        if _above_100000(num):
            num = ""
        if type(name) is int and num == 0:
            num, name = name, ""
        if type(name) is int and isinstance(num, str):
            self.load = raw.Event(name, num)
        elif isinstance(name, str) and type(num) is int:
            self.load = raw.Event(num, name)
        elif isinstance(name, str) and isinstance(num, str) and name and num:
            self.load = raw.Event(int(num), name)
        elif isinstance(name, str) and isinstance(num, str):
            self.load = raw.Event(name or num)
        else:
            self.load = raw.Event(name)
        CWN(self)

    def add_to(self, node: Any) -> Any:
        number, name = self.load.number(), self.load.name()
        if any(event.name() == name and event.number() == number for event in real(node).events):
            return None
        real(node).add_event(number, name)
        return node


def _above_100000(num: Any) -> bool:
    try:
        return int(num) > 100000
    except (TypeError, ValueError):
        return False


class Inlimit(Attribute):
    """A place in a limit, ``path:name`` or ``name``, perhaps followed by a blank and the number of tokens.

    Hyphens of the name become underscores. Nothing, while the switch ``USE_LIMIT`` is off.
    What the node already has is not added again.
    """

    def __init__(self, fullpath: str, tokens: Any = 1) -> None:
        self.load = None
        if not ecf.USE_LIMIT:
            return
        path, name = fullpath.split(":") if fullpath.count(":") == 1 else ("", fullpath)
        name = name.replace("-", "_")
        if "None" in path or "None" in name:
            raise DefError("a limit of no name", path, name, fullpath)
        if " " in name:
            name, tokens = name.split(" ")
        self.load = raw.InLimit(name, path, int(tokens))
        self.path_, self.name_, self.tokens_ = path, name, tokens
        CWN(self)

    def add_to(self, node: Any) -> Any:
        if not ecf.USE_LIMIT:
            return None
        if self.load is None:
            raise DefError("this inlimit was made while USE_LIMIT was off")
        name, path = self.load.name(), self.load.path_to_node()
        if any(old.name() == name and old.path_to_node() == path for old in real(node).inlimits):
            return None
        real(node).add_inlimit(self.load)
        return node

    def value(self) -> str:
        """Path and name of the limit."""
        return self.path_ + ":" + self.name_

    def name(self) -> str:
        """Name of the limit."""
        return self.name_


class InLimit(Inlimit):
    """The same as Inlimit."""


class Limit(Attribute):
    """A limit of a size, or several, as a dict of sizes by name. With ``inlimit`` the node also is within."""

    def __init__(self, name: Any = None, size: Any = 1, inlimit: Any = 0) -> None:
        super().__init__()
        self.name = name
        self.size = int(size)
        self.addi = inlimit

    def add_to(self, node: Any) -> Any:
        if not ecf.USE_LIMIT or self.name is None:
            return node
        if type(self.name) is dict:
            limits = sorted_or_not(list(self.name.items()), sort=not ecf.LINKTASK)
        else:
            limits = [(self.name, self.size)]
        for name, size in limits:
            real(node).add_limit(name, size)
            if self.addi:
                real(node).add_inlimit(name)
        return node


class Autocancel(Attribute):
    """Removal of a complete node: after some days, after ``+hh:mm``, or at ``hh:mm``."""

    def __init__(self, arg: Any) -> None:
        if isinstance(arg, str) and ":" in arg:
            hours, minutes = arg.split(":")
            self.load = raw.Autocancel(int(hours), int(minutes), "+" in arg)
        else:
            self.load = raw.Autocancel(int(arg) if isinstance(arg, str) else arg)

    def add_to(self, node: Any) -> Any:
        real(node).add_autocancel(self.load)
        return node


class AutoCancel(Autocancel):
    """The same as Autocancel."""


class AutoMigrate(Attribute):
    """A thing of SMS, the predecessor, that ecFlow does not have."""


class Script(Attribute):
    """The script of a task. Adding it does nothing yet."""

    def __init__(self, script: Any, extn: str = ECG) -> None:
        super().__init__()
        self._script = script
        self.extn = extn

    def add_to(self, node: Any) -> Any:
        print("#WAR: the attribute Script is ignored")
        return node


class Verify(Attribute):
    """How often a node should have reached a state: ``complete:1``. Nothing, while the switch ``USE_VERIFY`` is off."""

    def __init__(self, arg: Any) -> None:
        state, times = nat(arg, "verify").split(":")
        if state not in ("aborted", "complete", "active", "submitted", "unknown", "queued"):
            raise KeyError(state)
        self.load = raw.Verify(getattr(raw.State, state), int(times))

    def add_to(self, node: Any) -> Any:
        if ecf.USE_VERIFY:
            real(node).add_verify(self.load)
        return node


class Defstatus(Attribute):
    """The state that a node begins with, a name or a ``DState``. DefError, KeyError: it is neither."""

    def __init__(self, kind: Any) -> None:
        if isinstance(kind, str):
            kind = raw.DState.names[kind]
        elif not isinstance(kind, raw.DState):
            raise DefError("no default state", type(kind), kind)
        self.load = kind

    def add_to(self, node: Any) -> Any:
        real(node).add_defstatus(self.load)
        return node


class Zombie(Attribute):
    """What the server does with zombies: ``type:action:child commands:lifetime``.

    Types, actions and child commands are those of ``ecflow.ZombieType``, ``ecflow.ZombieUserActionType`` and
    ``ecflow.ChildCmdType``. The commands are separated by commas; all of them if there are none, or if that
    part is left out. The lifetime is in seconds. KeyError: another name.
    """

    def __init__(self, arg: str = "ecf:remove:3600") -> None:
        parts = nat(arg, "zombie").split(":")
        if len(parts) == 3:
            parts.insert(2, "")
        kind, action, commands, seconds = parts
        children = [raw.ChildCmdType.names[command] for command in commands.split(",")] if commands else []
        self.load = raw.ZombieAttr(
            raw.ZombieType.names[kind], children, raw.ZombieUserActionType.names[action], int(seconds)
        )

    def add_to(self, node: Any) -> Any:
        real(node).add_zombie(self.load)
        return node


class AttributeList(Attribute):
    """Several attributes in one."""

    def __init__(self, items: Iterable[Any]) -> None:
        super().__init__()
        self.store = items

    def add_to(self, node: Any) -> Any:
        for item in self.store:
            node.add(item)
        return node


class Extern:
    """Names of what expressions refer to in other suites, added to ``DEFS`` at once.

    A path, or several; for ``path:name`` the path as well. DefError: neither text, list, tuple nor None.
    """

    def __init__(self, path: Any) -> None:
        self.paths = list(_extern_paths(path))
        for each in self.paths:
            if ecf.DEBUG:
                print("#MSG: extern", each)
            ecf.DEFS.add_extern(each)

    def add_to(self, node: Any) -> None:
        """Nothing: externs belong to the definition."""


def _extern_paths(path: Any) -> Iterable[str]:
    if isinstance(path, (tuple, list)):
        for each in path:
            yield from _extern_paths(each)
    elif isinstance(path, str):
        if ":" in path:
            yield from _extern_paths(path.split(":")[0])
        if path:
            yield path
    elif path is not None:
        raise DefError("no path", type(path), path)


__all__ = [
    "AttributeList",
    "Attribute",
    "AutoCancel",
    "AutoMigrate",
    "Autocancel",
    "Defstatus",
    "ECG",
    "Event",
    "Extern",
    "InLimit",
    "Inlimit",
    "Label",
    "Limit",
    "Meter",
    "Script",
    "Verify",
    "Zombie",
]
