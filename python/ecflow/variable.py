"""Variables: a name and a value."""

from __future__ import annotations

from ._ecflow import VariableData
from ._zerrors import ArgumentError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Union

_WORD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")


class Variable(VariableData):
    """A name and its value, which is text.

    >>> str(Variable("SLEEP", 20))
    "edit SLEEP '20'"

    Names hold ASCII letters, digits, underscores and, except in front, dots.
    ArgumentError: another name. TypeError: a value that is neither str nor int.
    """

    __slots__ = ()

    def __init__(self, name: str, value: Union[str, int]) -> None:
        if not isinstance(name, str) or not isinstance(value, (str, int)):
            wrong, given = ("name", name) if not isinstance(name, str) else ("value", value)
            raise TypeError(
                "__init__(): incompatible constructor arguments. The following argument types are supported:\n"
                "    1. Variable(name: str, value: str)\n    2. Variable(name: str, value: int)\n\n"
                f"argument '{wrong}' should be str{' or int' * (wrong == 'value')}, not {type(given).__name__}"
            )
        if not name:
            raise ArgumentError("Variable::new_variable: Invalid name '': empty string")
        if name[0] not in _WORD:
            raise ArgumentError(
                f"Variable::new_variable: Invalid name '{name}': "
                "only alphanumeric characters or underscore are accepted as first character"
            )
        if not _WORD.issuperset(name.replace(".", "")):
            raise ArgumentError(
                f"Variable::new_variable: Invalid name '{name}': "
                "only alphanumeric characters, underscore or dot are accepted"
            )
        if isinstance(value, int):
            value = int(value)
            if not -(2**63) <= value < 2**63:
                raise ArgumentError("argument 'value': the int does not fit into 64 bits")
        self._set(name, str(value))

    def empty(self) -> bool:
        """Whether there is no name."""
        return not self.name()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Variable):
            return NotImplemented
        return (self.name(), self.value()) == (other.name(), other.value())

    def __lt__(self, other: "Variable") -> bool:
        if not isinstance(other, Variable):
            return NotImplemented
        return self.name() < other.name()

    __hash__ = object.__hash__

    def __copy__(self) -> "Variable":
        copy = Variable.__new__(Variable)
        copy._set(self.name(), self.value())
        return copy

    def __str__(self) -> str:
        value = self.value().replace("\n", "\\n")
        return f"edit {self.name()} '{value}'"
