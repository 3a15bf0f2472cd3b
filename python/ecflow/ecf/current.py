"""The current working node, for definitions written as nested ``with`` blocks."""

from __future__ import annotations

from typing import Any, List

from .. import ecf
from .basics import DefError


class CWN:
    """A stack of nodes; new nodes and attributes are attached to the last one.

        CWN.cdp(True)
        with Suite("s"):
            with Family("f"):
                with Task("t"):
                    Label("info", "")
        CWN.cdp(False)

    Off until ``cdp(True)``. Making a suite adds it to ``DEFS``. What is attached by itself: families, tasks,
    labels, meters, events, clocks and inlimits; everything else by ``add()``. The end of a block of a family or
    task takes one node off the stack: give every task within a family a block of its own.
    """

    __CDP = False
    __CWN: List[Any] = []

    @classmethod
    def cdp(cls, active: bool = False) -> None:
        """Turn it on or off, and forget where we are."""
        CWN.__CDP = active
        if not active or not CWN.is_empty():
            CWN.__CWN = []

    @classmethod
    def is_empty(cls) -> bool:
        """Whether there is no current node."""
        return not CWN.__CWN

    @classmethod
    def pop(cls) -> None:
        """Go up."""
        if CWN.__CWN:
            CWN.__CWN.pop()

    @classmethod
    def last(cls) -> Any:
        """The current node, or None."""
        return CWN.__CWN[-1] if CWN.__CWN else None

    def __init__(self, item: Any = None) -> None:
        """Attach an item to the current node; if it is a node it becomes the current one.

        DefError: there is no current node.
        """
        stack = CWN.__CWN
        if item is None or not CWN.__CDP or item is CWN.last():
            return
        if isinstance(item, ecf.Suite):
            if stack:
                print(f"#WAR: changing CWN from {stack[-1].name()} to {item.name()}")
                stack.clear()
            ecf.DEFS.add_suite(item.real)
            stack.append(item)
            return
        if item.real is None:
            return
        if not stack:
            raise DefError("#ERR: no current node; begin with a suite")
        is_node = isinstance(item, (ecf.Task, ecf.Family))
        if is_node and isinstance(stack[-1], ecf.Task):
            CWN.pop()
        if ecf.DEBUG:
            print("#DBG:", type(item).__name__, item.real)
        item.add_to(CWN.last())
        if is_node:
            stack.append(item)


__all__ = ["CWN"]
