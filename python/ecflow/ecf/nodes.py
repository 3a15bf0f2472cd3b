"""Suites, families and tasks."""

from __future__ import annotations

from typing import Any, List

from .. import ecf
from .attributes import Attribute, Defstatus
from .basics import DefError, If, raw, real
from .current import CWN
from .drawing import Dot, HTMLWrapper, draw_below
from .repeats import Repeat
from .variables import Edit


class Root:
    """What suites, families and tasks have in common. ``real`` is the raw node.

    Nodes compare, and combine with ``&`` and ``|``, to texts of expressions: ``task == COMPLETE`` is
    "/s/task == complete". So they cannot be keys of a dict.
    """

    shape = None

    def __init__(self) -> None:
        self.load: Any = None

    @property
    def real(self) -> Any:
        """The raw node."""
        return self.load

    def __enter__(self) -> Any:
        raise DefError("#ERR: no block can be made with", type(self).__name__)

    def __exit__(self, type: Any, value: Any, traceback: Any) -> Any:
        CWN.pop()

    def __get_attr__(self, attr: str) -> Any:
        return getattr(self.load, attr)

    def get_parent(self) -> Any:
        """The raw node above, or None."""
        return self.load.get_parent()

    def __str__(self) -> str:
        return self.fullname()

    def __repr__(self) -> str:
        return str(self.load)

    def is_eq(self, node: Any) -> bool:
        """Whether both are the same, with the same content."""
        return bool(self.load == real(node))

    def _combine(self, sign: str, other: object) -> str:
        return f"{self} {sign} {other}"

    def __eq__(self, node: object) -> Any:
        return self._combine("==", node)

    def __ne__(self, node: object) -> Any:
        return self._combine("!=", node)

    def __and__(self, node: object) -> Any:
        return self._combine("and", node)

    def __or__(self, node: object) -> Any:
        return self._combine("or", node)

    def get_abs_node_path(self) -> str:
        """The path."""
        return self.fullname()

    def fullname(self) -> str:
        """The path."""
        return str(self.load.get_abs_node_path()) if self.load is not None else ""

    def repeat(
        self, name: Any = "YMD", start: Any = 20120101, end: Any = 20321212, step: Any = 1, kind: str = "date"
    ) -> Any:
        """Add a repeat. DefError: no such kind."""
        if kind in ("date", "integer"):
            return self.add(Repeat(name, start, end, step, kind))
        if kind in ("string", "enumerated"):
            return self.add(Repeat(name, start, kind=kind))
        if kind == "day":
            return self.add(Repeat(step=step, kind="day"))
        raise DefError("no such repeat", kind)

    def defstatus(self, kind: Any) -> Any:
        """Set the state that the node begins with."""
        return self.add(Defstatus(kind))

    def __add__(self, item: Any) -> Any:
        return self.add(item)

    def append(self, item: Any = None, *args: Any) -> Any:
        """Add, as to a list."""
        return self.add(item, *args)

    def add(self, item: Any = None, *args: Any) -> Any:
        """Add nodes, attributes, and lists and tuples of them; None and numbers are passed over.

        Returns the node itself. DefError: a text or a dict, which are no part of a definition.
        """
        if ecf.DEBUG:
            print(self.fullname(), item, args)
        if isinstance(item, (tuple, list)):
            for each in item:
                self.add(each)
        elif isinstance(item, str) or (isinstance(item, dict) and item):
            raise DefError("no node and no attribute", item)
        elif item is not None and not isinstance(item, (int, dict)):
            item.add_to(self)
        for each in args:
            self.add(each)
        if not isinstance(self.load, raw.Node):
            raise DefError("nothing can be added to it", type(self))
        return self

    def limit(self, name: Any = None, size: Any = 1, inlimit: Any = 0) -> Any:
        """Add a limit. DefError: without a name."""
        if name is None:
            raise DefError("a limit has no name")
        self.load.add_limit(name, size)
        return self

    def inlimit(self, full_path: str) -> Any:
        """Put the node within a limit, ``path:name``. ValueError: something else."""
        if ecf.USE_LIMIT:
            if full_path.count(":") != 1:
                raise ValueError(f"invalid limit: {full_path}")
            path, name = full_path.split(":")
            self.load.add_inlimit(name, path)
        return self

    def draw_tree(self) -> Dot:
        """The node, what is above and what is below it, as a graph of names."""
        dot = Dot(fullnames=False)
        dot.edge(self.load.get_parent(), self)
        self._graph(dot)
        return dot

    def draw_graph(self) -> Dot:
        """What is below the node, as a graph that is also rendered as ``test.gv`` and shown."""
        dot = Dot()
        self._graph(dot)
        dot.save("test.gv")
        return dot

    def _graph(self, dot: Dot) -> None:
        for node in self.load.nodes:
            draw_below(dot, node)

    def to_html(self) -> str:
        """The path, as HTML."""
        return str(HTMLWrapper(str(self)))

    def _repr_html_(self) -> str:
        return self.to_html()


class Node(Root):
    """What families and tasks have in common."""

    def __enter__(self) -> Any:
        CWN(self)
        return self

    def events(self) -> List[Any]:
        """The raw events."""
        return list(self.load.events)

    def meters(self) -> List[Any]:
        """The raw meters."""
        return list(self.load.meters)

    def name(self) -> str:
        """The name."""
        return str(self.load.name())

    def find_variable(self, name: str) -> Any:
        """The raw variable; an empty one if there is none."""
        return self.load.find_variable(name) if self.load is not None else None

    def variable(self, name: Any, value: Any = "") -> Any:
        """Add a variable."""
        return self.add(Edit(name, value))

    def cron(self, time: str, dom: Any = False, wdays: Any = False, month: Any = False) -> Any:
        """Add a cron, perhaps with lists of days of the month, days of the week and months."""
        cron = raw.Cron()
        cron.set_time_series(time)
        for setter, numbers in (
            (cron.set_week_days, wdays),
            (cron.set_months, month),
            (cron.set_days_of_month, dom),
        ):
            if numbers is not False:
                setter(numbers)
        self.load.add_cron(cron)
        return self

    def complete(self, arg: Any) -> Any:
        """Add a complete expression."""
        if ecf.USE_TRIGGER and arg is not None:
            self.load.add_complete(arg)
        return self

    def complete_and(self, arg: Any) -> Any:
        """Extend the complete expression by "and"."""
        return self._complete_part(arg, True)

    def complete_or(self, arg: Any) -> Any:
        """Extend the complete expression by "or"."""
        return self._complete_part(arg, False)

    def _complete_part(self, arg: Any, anded: bool) -> Any:
        if ecf.USE_TRIGGER and arg is not None:
            self.load.add_part_complete(raw.PartExpression(arg, anded))
        return self

    def up(self) -> Any:
        """The raw node above, or None."""
        return self.load.get_parent()


class _Container(Root):
    """What suites and families have in common."""

    def family(self, name: Any) -> Any:
        """Add a new family, and return it. DefError: a name with ``%``."""
        if "%" in name:
            raise DefError("a name with %", name)
        family = Family(str(name))
        self.add(family)
        return family

    def task(self, name: Any) -> Any:
        """Add a new task, and return it. DefError: a name with ``%``."""
        if "%" in name:
            raise DefError("a name with %", name)
        task = Task(name)
        self.add(task)
        return task


class Suite(_Container):
    """A suite."""

    def __init__(self, name: str) -> None:
        self.load = raw.Suite(name)
        CWN(self)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> Any:
        pass

    def name(self) -> str:
        """The name."""
        return str(self.load.name())

    def add_to(self, defs: Any) -> Any:
        """Add this to a definition. DefError: to a node."""
        if isinstance(defs, (Root, raw.Node)):
            raise DefError("a suite belongs into a definition", str(defs), self.name())
        real(defs).add_suite(self.load)


class Family(_Container, Node, Attribute):
    """A family."""

    def __init__(self, name: Any) -> None:
        self.load = raw.Family(str(name))
        CWN(self)

    def add_to(self, node: Any) -> Any:
        """Add this to a suite or family. DefError: it already is somewhere."""
        if ecf.DEBUG:
            print("#DBG: add:", node.name(), self.name())
        parent = self.load.get_parent()
        if parent is not None:
            raise DefError("the family has a place already", parent.name(), node.name(), self.name())
        real(node).add_family(self.load)

    def nodes(self) -> List[Any]:
        """The raw nodes within."""
        return list(self.load.nodes)


class Task(Node, Attribute):
    """A task."""

    def __init__(self, name: str) -> None:
        self.load = raw.Task(name)
        CWN(self)

    def add_to(self, node: Any) -> Any:
        """Add this to a suite or family. DefError: to a task."""
        if isinstance(node, Task):
            node.add_task(self)
        real(node).add_task(self.load)

    def add_family(self, node: Any) -> Any:
        """Always DefError: tasks hold no families."""
        raise DefError("a task holds no family", self.name(), node.name(), self.fullname())

    def add_task(self, node: Any) -> Any:
        """Always DefError: tasks hold no tasks."""
        raise DefError("a task holds no task", node.name(), self.name())


_Alias: Any = raw.Alias


class Alias(Root, _Alias):  # type: ignore[misc]
    """An alias, which only the server makes. Here for ``isinstance()``."""

    def __get_attr__(self, attr: str) -> Any:
        return None

    def nodes(self) -> Any:
        """None: there are none."""
        return None


def linktask(name: str, real: str = "get", add: Any = None, fam: Any = None, task: Any = True) -> Any:
    """A family, named ``fam`` or as the task, with a task that runs the script ``real``: instead of a link to a script.

    ``add`` is added to the task, and the variable TASK, unless ``task`` is false.
    While the switch ``LINKTASK`` is on: the task alone, by its name.
    """
    if ecf.LINKTASK:
        return Task(name)
    family = Family(name if fam is None else fam)
    return family.add(Task(real).add(add, If(task, Edit("TASK", name))))


__all__ = ["Alias", "Family", "Node", "Root", "Suite", "Task", "linktask"]
