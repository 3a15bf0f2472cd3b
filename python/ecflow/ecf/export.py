"""Definitions as dicts, JSON and graphs."""

from __future__ import annotations

import json
from typing import Any, Dict, Optional

from .. import ecf
from .basics import nat, raw, real


def get_kind(item: Any) -> str:
    """ "definition", "suite", "family", "task", "alias", or "ignore"."""
    for kind, classes in (
        ("definition", (ecf.Defs, raw.Defs)),
        ("suite", (ecf.Suite, raw.Suite)),
        ("family", (ecf.Family, raw.Family)),
        ("task", (ecf.Task, raw.Task)),
        ("alias", (raw.Alias,)),
    ):
        if isinstance(item, classes):
            return kind
    return "ignore"


def to_d3js(node: Any) -> Dict[str, Any]:
    """A definition or node and all below it, as the tree that scripts of d3.js read."""
    node = real(node)
    top = isinstance(node, raw.Defs)
    children = [to_d3js(child) for child in (node.suites if top else node.nodes)]
    return {
        "children": [children],
        "kind": get_kind(node),
        "name": "definition" if top else str(node.name()),
        "_status": str(node.get_state()),
        "size": len(children),
    }


def _inlimit(item: Any) -> str:
    """Text of an inlimit that Inlimit reads."""
    text = str(item.name())
    if item.path_to_node():
        text = f"{item.path_to_node()}:{text}"
    return f"{text} {item.tokens()}" if item.tokens() > 1 else text


def to_pyflow(node: Any, container: Any = None) -> Any:
    """A node, or a list of them, as a dict of what pyflow takes: nodes by name, attributes by kind."""
    container = {} if container is None else container
    if isinstance(node, (tuple, list)):
        for each in node:
            to_pyflow(each, container)
        return container
    node = real(node)
    if isinstance(node, raw.Alias):
        return container
    inner = container.setdefault(node.name(), {})
    for child in node.nodes:
        to_pyflow(child, inner)
    attributes = {
        "variables": {item.name(): item.value() for item in node.variables},
        "events": [(item.number(), item.name()) for item in node.events],
        "meters": {item.name(): [item.min(), item.max()] for item in node.meters},
        "labels": {item.name(): item.value() for item in node.labels},
        "limits": {item.name(): item.limit() for item in node.limits},
        "inlimits": {item.name(): _inlimit(item) for item in node.inlimits},
    }
    inner.update((kind, found) for kind, found in attributes.items() if found)
    if node.get_autocancel():
        inner["autocancel"] = True
    if str(node.get_defstatus()) != "queued":
        inner["defstatus"] = str(node.get_defstatus())
    if node.get_late() is not None:
        inner["late"] = nat(node.get_late(), "late")
    return container


def to_dict(node: Any, container: Any = None) -> Dict[str, Any]:
    """A definition or node and all below it, as a dict that ``from_json()`` reads.

    Keys begin with a colon. Aliases give an empty dict. ``container`` is not used.
    """
    node = real(node)
    if isinstance(node, raw.Defs):
        found: Dict[str, Any] = {":suites": [to_dict(suite) for suite in node.suites]}
        externs = [str(extern) for extern in node.externs]
        if externs:
            found[":externs"] = externs
        return found
    if isinstance(node, raw.Alias):
        print("#WAR: aliases are ignored")
        return {}

    children = {child.name(): to_dict(child) for child in node.nodes}
    found = {":name": str(node.name()), ":kind": get_kind(node), ":status": str(node.get_state())}
    if str(node.get_defstatus()) != "queued":
        found[":defstatus"] = str(node.get_defstatus())
    if found[":kind"] == "suite":
        found[":clock"] = nat(node.get_clock(), "clock")
    if node.get_late() is not None:
        found[":late"] = nat(node.get_late(), "late")
    if not node.get_repeat().empty():
        found[":repeat"] = nat(node.get_repeat(), "repeat")
    found.update(_attributes(node))
    for key, expression in ((":trigger", node.get_trigger()), (":complete", node.get_complete())):
        if expression is not None:
            found[key] = str(expression)
    found[":children"] = children
    return found


def _attributes(node: Any) -> Dict[str, Any]:
    return {
        ":edits": {item.name(): str(item.value()) for item in node.variables},
        ":events": [f"{item.number()} {item.name()}" for item in node.events],
        ":meters": [
            {item.name(): {"min": item.min(), "max": item.max(), "thr": item.color_change()}}
            for item in node.meters
        ],
        ":labels": {item.name(): str(item.value()) for item in node.labels},
        ":limits": {item.name(): item.limit() for item in node.limits},
        ":inlimits": [_inlimit(item) for item in node.inlimits],
        ":verifies": [str(item) for item in node.verifies],
        ":zombies": [str(item) for item in node.zombies],
        ":dates": [nat(item, "date") for item in node.dates],
        ":days": [nat(item, "day") for item in node.days],
        ":times": [nat(item, "time") for item in node.times],
        ":crons": [nat(item, "cron") for item in node.crons],
        ":todays": [nat(item, "today") for item in node.todays],
    }


def to_json(item: Any, pyflow: Optional[Any] = False) -> str:
    """JSON of a definition or node, of its dict, or of a list of dicts. ``pyflow`` is not used."""
    if not isinstance(item, (list, tuple, dict)):
        item = to_dict(item, pyflow)
    return json.dumps(item, skipkeys=True, sort_keys=True, indent=2)


__all__ = ["get_kind", "to_d3js", "to_dict", "to_json", "to_pyflow"]
