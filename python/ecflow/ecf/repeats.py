"""Repeats."""

from __future__ import annotations

from typing import Any

from .attributes import Attribute
from .basics import DefError, raw, real


class Repeat(Attribute):
    """A repeat, from arguments or from the text that the definition format has.

        Repeat("YMD", 20300101, 20301231, 7)
        Repeat("N", 1, 10, kind="integer")
        Repeat("E", ["a", "b"], kind="enumerated")      # or "string"
        Repeat(step=1, kind="day")
        Repeat("date YMD 20300101 20301231 7")
        Repeat("enumerated E a b")

    Another kind adds nothing. DefError: an empty list.
    """

    def __init__(
        self, name: Any = "YMD", start: Any = 20120101, end: Any = 21010101, step: Any = 1, kind: str = "date"
    ) -> None:
        words = name.split(" ")
        if len(name) > 4 and len(words) > 1 and _is_text(name):
            kind, name = words[:2]
            if "enum" in kind or "string" in kind:
                start = [word.strip("'").strip('"') for word in words[2:]]
            elif "int" in kind or "date" in kind:
                given = words[2:5]
                start, end, step = given + [start, end, step][len(given) :]
        self.load = _repeat(kind, name, start, end, step)

    def add_to(self, node: Any) -> Any:
        if self.load is not None:
            real(node).add_repeat(self.load)
        return node


def _is_text(name: str) -> bool:
    """Whether this is the text of a repeat, not the name of a variable."""
    return name.startswith(("enum", "date", "int")) or "string " in name or "day " in name


def _repeat(kind: str, name: str, start: Any, end: Any, step: Any) -> Any:
    if kind == "date":
        return raw.RepeatDate(name, int(start), int(end), int(step))
    if "int" in kind:
        return raw.RepeatInteger(name, int(start), int(end), int(step))
    if kind == "string" or "enum" in kind:
        if len(start) == 0:
            raise DefError("a repeat over nothing", name)
        return (raw.RepeatString if kind == "string" else raw.RepeatEnumerated)(name, start)
    if kind == "day":
        return raw.RepeatDay(step)
    return None


__all__ = ["Repeat"]
