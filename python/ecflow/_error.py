"""The base of all errors, and how the engine makes one."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Dict, Optional, Tuple, Type


class Error(RuntimeError):
    """A request that failed, or a setting that cannot work.

    It is a ``RuntimeError``, which is what the original raises for everything.
    The first line of its text is the original's where scripts may look for it.
    Errors can be pickled.

    ==========  ==============================================================
    kind        what went wrong in one fixed word, such as ``"refused"``
    op          what was tried, as the server logs it: ``"--begin=/s1 :fred"``
    host, port  the server, if one was involved, else ``""``
    path        the file or node, if one was involved, else ``""``
    line        the line in ``path``, or 0
    server      the server's own words, else ``""``
    unsent      True: the server cannot have seen the request
    ==========  ==============================================================
    """

    #: The kind that a class stands for; errors of a finer kind have their own.
    kind: str = "internal"

    def __init__(self, message: str = "", details: Optional[Dict[str, Any]] = None) -> None:
        super().__init__(message)
        self._details: Dict[str, Any] = dict(details or {})
        self.kind = str(self._details.get("kind", type(self).kind))

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (str(self), self._details)

    def _text(self, name: str) -> str:
        return str(self._details.get(name, ""))

    @property
    def op(self) -> str:
        """What was tried."""
        return self._text("op")

    @property
    def host(self) -> str:
        """Host of the server."""
        return self._text("addr").rpartition(":")[0].strip("[]")

    @property
    def port(self) -> str:
        """Port of the server."""
        return self._text("addr").rpartition(":")[2]

    @property
    def path(self) -> str:
        """The file or node."""
        return self._text("path")

    @property
    def line(self) -> int:
        """The line in ``path``, from 1; 0: none."""
        return int(self._details.get("line", 0))

    @property
    def server(self) -> str:
        """The server's own words."""
        return self._text("server")

    @property
    def unsent(self) -> bool:
        """Whether the server cannot have seen the request."""
        return bool(self._details.get("unsent", False))


class EcflowWarning(UserWarning):
    """Something a client noticed that works, but should be looked at."""


KINDS: Dict[int, Type[Error]] = {}


def error_of(kind: int, message: str, details: Optional[str] = None) -> Error:
    """Make the error of a kind number; the engine calls this."""
    import json

    cls = KINDS.get(kind) or KINDS.get(kind // 100) or Error
    return cls(message, json.loads(details) if details else None)
