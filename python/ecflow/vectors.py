"""Lists of one sort of things, with the names that the original gives them.

They are lists in every other way, but what is no such thing is refused with
an error that is a ``TypeError`` and a ``RuntimeError``, and ``insert`` takes no
position outside.

source: libs/pyext/src/ecflow/python/ExportCollections.cpp
"""

from __future__ import annotations

from operator import index

from . import _ecflow
from ._zenums import FlagType
from ._zerrors import ArgumentTypeError
from .variable import Variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterable, List, Type

    _List = List[Any]
else:
    _List = list


class _Vector(_List):
    _item: Type[Any] = object

    def __init__(self, items: Iterable[Any] = (), /) -> None:
        super().__init__(items)
        for item in self:
            self._check(item)

    @classmethod
    def _check(cls, item: object) -> None:
        if not isinstance(item, cls._item):
            raise ArgumentTypeError(f"{cls.__name__} holds {cls._item.__name__}, not {type(item).__name__}")

    def append(self, x: Any) -> None:
        """Add one at the end."""
        self._check(x)
        super().append(x)

    def insert(self, i: Any, x: Any) -> None:
        """Add one in front of position ``i``. IndexError: there is no such position."""
        self._check(x)
        at = index(i)
        if not -len(self) <= at <= len(self):
            raise IndexError(f"position {at} is not within {-len(self)} and {len(self)}")
        super().insert(at, x)

    def extend(self, L: Iterable[Any]) -> None:
        """Add all of these, or, when one does not fit, none."""
        new = list(L)
        for item in new:
            self._check(item)
        super().extend(new)

    def __setitem__(self, key: Any, value: Any) -> None:
        if isinstance(key, slice):
            value = list(value)
            for item in value:
                self._check(item)
            if len(value) != len(range(*key.indices(len(self)))):
                raise RuntimeError("Left and right hand size of slice assignment have different sizes!")
        else:
            self._check(value)
        super().__setitem__(key, value)

    def __getitem__(self, key: Any) -> Any:
        got = super().__getitem__(key)
        return type(self)(got) if isinstance(key, slice) else got

    __hash__ = object.__hash__  # type: ignore[assignment]


class NodeVec(_Vector):
    """A list of nodes."""

    _item = _ecflow.Node


class SuiteVec(_Vector):
    """A list of suites."""

    _item = _ecflow.Suite


class FamilyVec(_Vector):
    """A list of families."""

    _item = _ecflow.Family


class TaskVec(_Vector):
    """A list of tasks."""

    _item = _ecflow.Task


class VariableList(_Vector):
    """A list of variables."""

    _item = Variable


class FlagTypeVec(_Vector):
    """A list of flags."""

    _item = FlagType


__all__ = ["FamilyVec", "FlagTypeVec", "NodeVec", "SuiteVec", "TaskVec", "VariableList"]
