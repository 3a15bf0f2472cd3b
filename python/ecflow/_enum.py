"""The base of the enumerations.

They behave as in the original 5.19.0: a value converts to and compares with
ints, has ``name`` and ``value``, and its class has ``names``, ``values`` and
``__members__``. As in the 5.9.2 module they are ints as well.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing would double the time that importing ecflow takes
if TYPE_CHECKING:
    from typing import Any, ClassVar, Dict, Tuple, Type, TypeVar

    E = TypeVar("E", bound="Enum")


class Enum(int):
    """A named number. ``State(1)`` is ``State.complete``."""

    __slots__ = ()

    names: ClassVar[Dict[str, Any]] = {}
    values: ClassVar[Dict[int, Any]] = {}
    __members__: ClassVar[Dict[str, Any]] = {}

    def __new__(cls: Type[E], value: int) -> E:
        """Give the member of this number.

        A number without a member, which a newer server may send, gives a value
        whose name is ``???``. TypeError: not an int, or negative.
        """
        if isinstance(value, (float, str, bytes)) or not 0 <= _index(value) < 2**32:
            raise TypeError(
                "__init__(): incompatible constructor arguments. The following argument types are supported:\n"
                f"    1. {cls.__name__}(value: int)\n\nargument 'value' should be an int from 0, not {value!r}"
            )
        number = _index(value)
        member = cls.values.get(number)
        if type(member) is cls:
            return member
        return int.__new__(cls, number)

    @classmethod
    def _define(cls, **members: int) -> None:
        cls.names, cls.values = {}, {}
        for name, number in members.items():
            member = int.__new__(cls, number)
            cls.names[name] = cls.values[number] = member
            setattr(cls, name, member)
        cls.__members__ = cls.names

    @property
    def name(self) -> str:
        """The name, or ``???``."""
        for name, member in self.names.items():
            if int(member) == int(self):
                return name
        return "???"

    @property
    def value(self) -> int:
        """The number."""
        return int(self)

    def __repr__(self) -> str:
        return f"ecflow.{type(self).__name__}.{self.name}"

    def __str__(self) -> str:
        return self.name

    def __format__(self, spec: str) -> str:
        return format(int(self), spec) if spec else self.name

    def __bool__(self) -> bool:
        return True  # as the original's, whose first member is no less true

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (int(self),)

    def __copy__(self: E) -> E:
        return self

    def __deepcopy__(self: E, memo: Any) -> E:
        return self


def _index(value: Any) -> int:
    try:
        return int(value.__index__())
    except AttributeError:
        return -1
