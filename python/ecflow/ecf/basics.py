"""The exception of this layer, and small functions that stand alone."""

from __future__ import annotations

from typing import Any, Iterable, List

import ecflow

from .. import ecf

#: The API that this layer stands on, without types: what users pass goes through unchecked, and is checked there.
raw: Any = ecflow


class DefError(Exception):
    """Something cannot be part of a definition, or not in this way."""


def real(thing: Any) -> Any:
    """The raw object within a wrapper; a raw one is returned as it is."""
    return thing if isinstance(thing, (raw.Node, raw.Defs)) else thing.load


def nat(name: Any, key: str) -> str:
    """Text of an attribute without its keyword.

    >>> nat("date 1.*.*", "date")
    '1.*.*'
    """
    return str(name).replace(key + " ", "")


def sorted_or_not(items: Iterable[Any], sort: bool = False) -> Iterable[Any]:
    """The items, sorted if the switch ``SORT`` or the argument says so."""
    return sorted(items) if ecf.SORT or sort else items


def raise_int(arg: str) -> None:
    """Refuse a name that an expression would take for a number: one that begins with a digit, or ends as ``/none``.

    DefError: it is refused.
    """
    if "/none" in arg:
        raise DefError("a path with '/none'", arg)
    if arg not in ("1==0", "0==1", "1==1", "0==0") and arg[0] in "0123456789":
        raise DefError("write ./ in front of a name that begins with a digit", arg)


def obsolete() -> None:
    """Do nothing. Older scripts call it."""


def If(test: Any = True, then: Any = None, otow: Any = None, *args: Any) -> Any:
    """``then`` if the test holds, ``otow`` ("on the other way") if not. Both have been evaluated by then.

        Task("t").add(If(research, Edit(USER="rd"), Edit(USER="od")))

    DefError: more arguments, usually a misplaced bracket.
    """
    if len(args) > 1:
        raise DefError("more than two branches", test, then, otow, args)
    return then if test else otow


def item_to_string(prev: Any, index: Any, name: Any) -> Any:
    """An expression extended by one more condition: a node, complete unless it says otherwise, or an event or meter.

    A name with ``==`` replaces what was there. ``index`` is not used.

    >>> item_to_string("a == complete", 1, "2")
    'a == complete and ./2 == complete'
    """
    if name is None:
        return ""
    if name == "":
        return prev
    if "<main>" in name:
        raise DefError("no node", name)
    if "==" in name:
        return name
    if name[0].isdigit():
        name = "./" + name
    joint = " and " if prev and " or " not in name else ""
    ready = ":" in name or (prev and "complete" in name)
    return (prev or "") + joint + name + ("" if ready else " == complete")


__all__: List[str] = ["DefError", "If", "item_to_string", "nat", "obsolete", "raise_int", "sorted_or_not"]
