"""The definition, and a client to load it."""

from __future__ import annotations

from typing import Any, List

from .. import ecf
from .attributes import Extern
from .basics import DefError, nat, raw
from .nodes import Suite


class Defs:
    """A definition. ``real`` is the raw one."""

    def __init__(self) -> None:
        self.load = raw.Defs()

    def __get_attr__(self, attr: str) -> Any:
        return getattr(self.load, attr)

    @property
    def real(self) -> Any:
        """The raw definition."""
        return self.load

    def auto_add_externs(self, true: Any) -> None:
        """Turn the automatic addition of externs on or off."""
        self.load.auto_add_externs(true)

    def check(self) -> Any:
        """Errors of expressions and limits, as text."""
        return self.load.check()

    def simulate(self) -> Any:
        """What happens when the definition is run without jobs, as text."""
        return self.load.simulate()

    def generate_scripts(self) -> Any:
        """Write scripts for all tasks."""
        return self.load.generate_scripts()

    def add_extern(self, path: Any) -> None:
        """Add an extern. DefError: no text."""
        if not isinstance(path, str):
            raise DefError("no path", type(path))
        self.load.add_extern(path)

    def save_as_defs(self, fname: str) -> None:
        """Write the definition to a file."""
        self.load.save_as_defs(fname)

    def get_all_tasks(self) -> Any:
        """All raw tasks."""
        return self.load.get_all_tasks()

    def suites(self) -> List[Any]:
        """The raw suites."""
        return list(self.load.suites)

    def add_suite(self, node: Any) -> None:
        """Add a suite, ours or a raw one. DefError: another thing."""
        if not isinstance(node, (Suite, raw.Suite)):
            raise DefError("no suite", type(node))
        self.load.add_suite(node.load if isinstance(node, Suite) else node)

    def __str__(self) -> str:
        return str(self.load)

    __repr__ = __str__

    def __add__(self, item: Any) -> Any:
        return self.add(item)

    def append(self, item: Any = None, *args: Any) -> Any:
        """Add, as to a list."""
        return self.add([item, *args])

    def add(self, item: Any) -> Any:
        """Add a suite, an extern (also as the text "extern /path"), or a list of them. None is passed over.

        Returns the definition itself. DefError: another thing.
        """
        if isinstance(item, (tuple, list)):
            for each in item:
                self.add(each)
        elif isinstance(item, Suite):
            self.add_suite(item)
        elif isinstance(item, Extern):
            for path in item.paths:
                self.load.add_extern(path)
        elif isinstance(item, str) and "extern " in item:
            self.load.add_extern(nat(item, "extern"))
        elif item is not None:
            raise DefError("no suite and no extern", type(item), item)
        return self

    def find_abs_node(self, name: str) -> Any:
        """The raw node at a path, or None."""
        return self.load.find_abs_node(name)

    def find_node(self, name: str) -> Any:
        """The raw node at a path, or None."""
        return self.load.find_abs_node(name)

    def suite(self, name: str) -> Suite:
        """Add a new suite, and return it."""
        suite = Suite(name)
        self.add(suite)
        return suite


class Client:
    """A client of a server: of a host and a port, or of ``host@port``. ``clnt`` is the raw one."""

    def __init__(self, host: Any = "localhost", port: Any = "31415") -> None:
        host = "localhost" if host is None else host
        if "@" in host:
            host, port = host.split("@")
        self.clnt = raw.Client(host, port)
        self.host = host
        self.port = port

    def load(self, defs: Any) -> None:
        """Load a definition, ours or a raw one, into the server. DefError: another thing."""
        if not isinstance(defs, (Defs, raw.Defs)):
            raise DefError("no definition", type(defs))
        self.clnt.load(defs.load if isinstance(defs, Defs) else defs)

    def get_file(self, node: Any, kind: str = "script") -> Any:
        """Text of a file of a task."""
        return self.clnt.get_file(node, kind)

    def replace(self, path: str, defs: Any = None, parent: Any = True, force: Any = False) -> None:
        """Replace a node of the server by that of a definition, of ``DEFS`` unless another is given."""
        defs = ecf.DEFS if defs is None else defs
        self.clnt.replace(path, defs.load if isinstance(defs, Defs) else defs, parent, force)

    def suites(self) -> Any:
        """Names of the server's suites."""
        return self.clnt.suites()

    def begin_suite(self, name: str) -> Any:
        """Begin a suite."""
        return self.clnt.begin_suite(name)

    def resume(self, path: Any) -> Any:
        """Resume a node."""
        return self.clnt.resume(path)

    def suspend(self, path: Any) -> Any:
        """Suspend a node."""
        return self.clnt.suspend(path)

    def ping(self) -> None:
        """Ask the server whether it is there. RuntimeError: it is not."""
        self.clnt.ping()

    def version(self) -> Any:
        """Version of the client."""
        return self.clnt.version()

    def __str__(self) -> str:
        return f"ecflow client {self.host}@{self.port} v{self.version()}"


__all__ = ["Client", "Defs"]
