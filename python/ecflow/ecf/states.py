"""States, for triggers written as comparisons."""

from __future__ import annotations

from typing import Any

from .. import ecf
from .basics import raw, real


class State:
    """The state of a node: comparing it with a node or a path gives the text of an expression.

    >>> "t1" == COMPLETE
    't1 == complete'
    """

    def __init__(self, state: Any) -> None:
        self.state = str(state)

    def __str__(self) -> str:
        return self.state

    def _compare(self, sign: str, other: object) -> Any:
        if isinstance(other, (raw.Node, ecf.Root)):
            other = real(other).get_abs_node_path()
        return f"{other} {sign} {self.state}" if isinstance(other, str) else False

    def __eq__(self, arg: object) -> Any:
        return self._compare("==", arg)

    def __ne__(self, arg: object) -> Any:
        return self._compare("!=", arg)

    def value(self) -> str:
        """The state's name."""
        return self.state

    def eval(self, node: Any) -> bool:
        """Whether a node is in this state now."""
        return self.state == str(real(node).get_state())


SUBMITTED = State("submitted")
ACTIVE = State("active")
SUSPENDED = State("suspended")
ABORTED = State("aborted")
QUEUED = State("queued")
COMPLETE = State("complete")
UNKNOWN = State("unknown")

__all__ = ["ABORTED", "ACTIVE", "COMPLETE", "QUEUED", "SUBMITTED", "SUSPENDED", "State", "UNKNOWN"]
