"""Definitions from dicts, as ``to_dict()`` makes them and JSON brings them."""

from __future__ import annotations

from typing import Any, Dict, List

from . import attributes, expressions, nodes, repeats, states, times, variables
from .basics import DefError

#: What each key stands for.
ITEMS: Dict[str, Any] = {
    "suite": nodes.Suite,
    "family": nodes.Family,
    "task": nodes.Task,
    ":state": states.State,
    ":repeat": repeats.Repeat,
    ":event": attributes.Event,
    ":events": attributes.Event,
    ":externs": attributes.Extern,
    ":extern": attributes.Extern,
    ":meter": attributes.Meter,
    ":meters": attributes.Meter,
    ":label": attributes.Label,
    ":labels": attributes.Label,
    ":edit": variables.Edit,
    ":edits": variables.Edit,
    ":inlimit": attributes.Inlimit,
    ":limit": attributes.Limit,
    ":inlimits": attributes.Inlimit,
    ":limits": attributes.Limit,
    ":trigger": expressions.Trigger,
    ":complete": expressions.Complete,
    ":defstatus": attributes.Defstatus,
    ":time": times.Time,
    ":times": times.Time,
    ":cron": times.Cron,
    ":crons": times.Cron,
    ":date": times.Date,
    ":dates": times.Date,
    ":day": times.Day,
    ":days": times.Day,
    ":today": times.Today,
    ":todays": times.Today,
    ":zombies": attributes.Zombie,
    ":zombie": attributes.Zombie,
    ":late": times.Late,
    ":verifies": attributes.Verify,
    ":clock": times.Clock,
    ":autocancel": attributes.Autocancel,
    ":suites": nodes.Suite,
    ":suite": nodes.Suite,
}

_ONE = (":defstatus", ":trigger", ":complete", ":clock", ":late", ":externs", ":repeat")
_NAMED = (":edits", ":labels", ":limits")
_LISTED = (
    ":events",
    ":inlimits",
    ":crons",
    ":verifies",
    ":dates",
    ":times",
    ":days",
    ":zombies",
    ":todays",
)


def json_to_defs(treedict: Any, parent: Any = None) -> Any:
    """Suites of a definition's dict, to be added to a ``Defs``; if it has externs, these, as texts, without the suites.

    DefError: the dict has other keys: it is a node's, which ``from_json()`` reads.
    """
    if treedict is None:
        return None
    if ":externs" in treedict:
        found = [f"extern {path}" for path in treedict[":externs"]]
    else:
        found = [from_json(suite) for suite in treedict.get(":suites", ())]
    for key in treedict:
        if key not in (":externs", ":suites"):
            raise DefError("not the dict of a definition; from_json() reads nodes", key)
    return found


def from_json(tree: Any) -> Any:
    """A node with all that its dict says; without a name and kind, the list of what a node would hold.

    Also a graph written as ``{"A": {"children": ["B", {"C": ...}]}}``: pairs of names, nested.
    DefError: something else.
    """
    if isinstance(tree, str):
        print("#IGN", tree)
        return None
    if isinstance(tree, (tuple, list)):
        return _from_list(tree)
    if not isinstance(tree, dict):
        raise DefError("neither dict nor list", tree, type(tree))
    node, parts = None, []
    for key in sorted(tree):
        value = tree[key]
        if key == ":name":
            node = ITEMS[tree[":kind"]](str(value))
        elif key in (":status", ":kind"):
            continue
        elif key.startswith(":"):
            parts += _parts(key, value)
        elif isinstance(value, dict) and list(value) == ["children"]:
            return parts + _edges(key, value["children"])
        else:
            raise DefError("no such part of a node", key, value)
    return parts if node is None else node.add(parts)


def _parts(key: str, value: Any) -> List[Any]:
    """What a key and its value add to a node."""
    if key in (":children", ":kids"):
        return [from_json(value[name]) for name in sorted(value)]
    if key == ":suites":
        return [from_json(suite) for suite in value]
    if key in _ONE:
        return [ITEMS[key](value)]
    if key in _NAMED:
        return [ITEMS[key](str(name), str(value[name])) for name in sorted(value)]
    if key in _LISTED:
        return [ITEMS[key](str(text)) for text in value]
    if key == ":meters":
        return [
            attributes.Meter(str(name), int(limits["min"]), int(limits["max"]), int(limits["thr"]))
            for meter in value
            for name, limits in meter.items()
        ]
    raise DefError("no such part of a node", key, value)


def _from_list(tree: Any) -> Any:
    if len(tree) == 0:
        return None
    if len(tree) == 1:
        return str(tree[0])
    if len(tree) > 2:
        raise DefError("a list of more than two", tree)
    return from_json(tree[0]) if isinstance(tree[0], dict) else {str(tree[0]): from_json(tree[1])}


def _edges(key: Any, kids: Any) -> List[Any]:
    """Pairs of names: of a node of a graph and each of those below it."""
    if not isinstance(kids, (list, tuple)):
        raise DefError("children are no list", type(kids))
    edges: List[Any] = []
    for kid in kids:
        if isinstance(kid, str):
            edges.append((str(key), kid))
        elif isinstance(kid, dict):
            edges += [(str(key), str(name)) for name in kid]
            edges.append(from_json(kid))
    return edges


__all__ = ["ITEMS", "from_json", "json_to_defs"]
