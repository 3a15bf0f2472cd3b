"""The client."""

from __future__ import annotations

import os

from . import _ecflow, _zenums, vectors
from ._error import EcflowWarning, error_of
from ._zenums import CheckPt, State
from .variable import Variable
from .zombie import Zombie, ZombieVec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, List, Literal, Optional, Type, TypeVar, Union, overload

    C = TypeVar("C", bound="Client")

_ecflow._locate(
    os.path.abspath(
        os.environ.get("ECFLOW_LIBRARY") or os.path.join(os.path.dirname(__file__), "libecflow.so")
    )
)
_ecflow._install(
    error_of=error_of,
    zombie=Zombie,
    variable=Variable,
    state=State,
    checkpt=CheckPt,
    warning=EcflowWarning,
    ZombieVec=ZombieVec,
    **{name: getattr(_zenums, name) for name in _zenums.__all__},
    **{name: getattr(vectors, name) for name in vectors.__all__},
)
os.register_at_fork(before=_ecflow._before_fork, after_in_parent=_ecflow._after_fork_in_parent)


class Client(_ecflow.Client):
    """What a server can be asked.

    ``Client()`` takes the server from ECF_HOST and ECF_PORT, else
    ``localhost:3141``; ``Client("host:port")`` and ``Client("host", port)`` name
    it. The other ECF_* variables count as for the original client.

    ``timeout`` and ``connect_timeout``, in seconds, are those of
    :meth:`set_timeout` and :meth:`set_connect_timeout`.

    A client holds settings, not a connection: every request opens one. It may
    be used by many threads at once, and goes on working after ``os.fork()``.
    While a request waits other threads run, and Ctrl-C ends it with
    ``KeyboardInterrupt``.

    Used as a context manager it drops its handle (see :meth:`ch_register`) at
    the end of the block.

    source: libs/pyext/src/ecflow/python/ExportClient.cpp
    """

    if TYPE_CHECKING:
        Seconds = Optional[float]

        @overload
        def __init__(self, *, timeout: Seconds = None, connect_timeout: Seconds = None) -> None: ...
        @overload
        def __init__(
            self, host_port: str, *, timeout: Seconds = None, connect_timeout: Seconds = None
        ) -> None: ...
        @overload
        def __init__(
            self,
            host: str,
            port: Union[str, int],
            *,
            timeout: Seconds = None,
            connect_timeout: Seconds = None,
        ) -> None: ...
        def __init__(self, *server: Any, **more: Any) -> None: ...

    else:

        def __init__(self, *server, timeout=None, connect_timeout=None, **more):
            super().__init__(*server, **more)
            if timeout is not None:
                self.set_timeout(timeout)
            if connect_timeout is not None:
                self.set_connect_timeout(connect_timeout)

    @property
    def changed_node_paths(self) -> List[str]:
        """Paths of the nodes that the last :meth:`sync_local` changed, in the server's order.

        ``"/"`` is the definition itself. The list is empty when the whole definition
        came, and after any other request.
        """
        return self._changed_node_paths()

    def __enter__(self: C) -> C:
        return self

    def __exit__(
        self,
        type: Optional[Type[BaseException]],
        value: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> Literal[False]:
        self.ch_drop()
        return False

    def __repr__(self) -> str:
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        try:
            return f"<{name} {self.get_host()}:{self.get_port()}>"
        except (TypeError, ValueError, RuntimeError):
            return f"<{name} closed>"

    def __reduce__(self) -> Any:
        raise TypeError(f"cannot pickle {type(self).__name__!r} object: it may hold a password")
