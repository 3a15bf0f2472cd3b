"""Triggers and complete expressions."""

from __future__ import annotations

import importlib
from typing import Any

from .. import ecf
from .attributes import Attribute
from .basics import DefError, item_to_string, raw, real


def _refuse_placeholders(expr: str) -> None:
    if "%s" in expr or "%d" in expr:
        raise DefError("a placeholder was left in the expression", expr)


def _selection() -> Any:
    """What ``inc_common.psel()`` says, a module that a site may have; None without it."""
    try:
        return importlib.import_module("inc_common").psel()
    except ImportError:
        return None


def _condition(item: Any) -> str:
    """Text of one item of a list."""
    if isinstance(item, str):
        return item
    if isinstance(item, ecf.Root):
        path, selection = item.fullname(), _selection()
        outside = selection is not None and path.startswith("/") and selection not in path
        return str(item.real.name()) if outside else path
    if isinstance(item, (raw.Task, raw.Family)):
        return str(item.name())
    raise DefError("no condition", type(item), item)


def _expression(expr: Any) -> str:
    """Text of what a trigger is made of."""
    if isinstance(expr, str):
        _refuse_placeholders(expr)
        return expr
    if isinstance(expr, raw.Expression):
        return str(expr)
    if isinstance(expr, raw.PartExpression):
        return str(expr.get_expression())
    if isinstance(expr, (list, tuple, set)):
        text = ""
        for index, item in enumerate(expr):
            if isinstance(item, (list, tuple, set)):
                print("#WAR: a list in a list of conditions is ignored:", item)
            elif item is not None:
                text = item_to_string(text, index, _condition(item))
        return text
    if expr is None or isinstance(expr, ecf.Root):
        return ""
    raise DefError("no expression", type(expr))


class Trigger(Attribute):
    """A trigger: an expression, or a list of nodes and texts that all must hold.

    Nodes, and texts without a state, are to be complete: ``Trigger(["t1", task])``. Adding a second trigger to
    a node extends the first by "and". Nothing is added for None, an empty text, a node by itself (compare it:
    ``Trigger(task == COMPLETE)``), and while the switch ``USE_TRIGGER`` is off. In a list, an item with ``==``
    replaces those before it. ``unk`` and ``anded`` are not used. DefError: not an expression.
    """

    def __init__(self, expr: Any, unk: Any = False, anded: Any = True) -> None:
        super().__init__()
        self.expr = _expression(expr)

    def expression(self) -> str:
        """The text."""
        return self.expr

    def add_to(self, node: Any) -> Any:
        if not self.expr or not ecf.USE_TRIGGER:
            return None
        if "trigger " in self.expr:
            raise DefError("leave the word 'trigger' out of the expression", self.expr)
        _refuse_placeholders(self.expr)
        load = real(node)
        if load.get_trigger() is None:
            load.add_trigger(self.expr)
        else:
            load.add_part_trigger(raw.PartExpression(self.expr, True))
        return node


class TriggerImpossible(Trigger):
    """A trigger that never holds."""

    def __init__(self) -> None:
        super().__init__("1==0")


class TriggerAlways(Trigger):
    """A trigger that always holds."""

    def __init__(self) -> None:
        super().__init__("1==1")


class Complete(Trigger):
    """A complete expression, made as a trigger is."""

    def __init__(self, expr: Any, unk: Any = False, anded: Any = False) -> None:
        super().__init__(expr, unk, anded)

    def add_to(self, node: Any) -> Any:
        if ecf.USE_TRIGGER:
            _refuse_placeholders(self.expr)
            real(node).add_complete(self.expr)
        return node


class CompleteAlways(Complete):
    """A node that is complete as soon as this is looked at."""

    def __init__(self) -> None:
        super().__init__("1==1")


__all__ = ["Complete", "CompleteAlways", "Trigger", "TriggerAlways", "TriggerImpossible"]
