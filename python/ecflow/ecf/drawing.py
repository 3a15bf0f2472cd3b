"""Graphs and HTML, for notebooks."""

from __future__ import annotations

import importlib
import os
from typing import Any, Dict, Optional

from .. import ecf
from .basics import DefError, raw


def definition_to_html(d: Any) -> str:
    """A definition, as HTML."""
    return f"<pre>{d}</pre>"


class HTMLWrapper:
    """A definition that notebooks show as it is."""

    def __init__(self, defs: Any) -> None:
        self._def = defs

    def _repr_html_(self) -> str:
        return definition_to_html(self._def)

    def __str__(self) -> str:
        return self._repr_html_()


def shapes(node: Any) -> Optional[str]:
    """What a node looks like in a graph."""
    for kinds, shape in (
        ((raw.Task, ecf.Task), "triangle"),
        ((raw.Family, ecf.Family), "rect"),
        ((raw.Suite, ecf.Suite), "invtriangle"),
    ):
        if isinstance(node, kinds):
            return shape
    return None


class Dot:
    """A graph of nodes, drawn by the package ``graphviz``. Nodes of the same name are one. DefError: without graphviz."""

    def __init__(self, fullnames: Any = True) -> None:
        try:
            graphviz: Any = importlib.import_module("graphviz")
        except ImportError:
            raise DefError("drawing needs the package graphviz: pip install graphviz") from None
        self._dot = graphviz.Digraph()
        self._nodes: Dict[str, str] = {}
        self._fullnames = fullnames

    def edge(self, node1: Any, node2: Any) -> None:
        """Draw a line between two nodes, and the nodes."""
        self._dot.edge(self.node(node1), self.node(node2))

    def node(self, node: Any) -> str:
        """Draw a node, and return what the graph calls it; "/" for None."""
        if node is None:
            return "/"
        name = self._nodes.setdefault(node.get_abs_node_path(), str(node.name()))
        self._dot.node(name, shape=shapes(node))
        return name

    def save(self, path: str, view: Any = True) -> None:
        """Write the graph to a file, render it, and show it."""
        if os.path.exists(path):
            os.unlink(path)
        self._dot.render(path, view=view)

    def _repr_svg_(self) -> Any:
        return self._dot._repr_svg_()


def draw_below(dot: Dot, node: Any) -> None:
    """Draw a raw family or task, except one of the name ``_``, and all below it; aliases are left out."""
    if node.name() == "_" or isinstance(node, raw.Alias):
        return
    dot.edge(node.get_parent(), node)
    for child in node.nodes:
        draw_below(dot, child)


def _tree(dot: Dot, node: Any) -> None:
    """Draw a family or task and all below it."""
    if not isinstance(node, (ecf.Node, raw.Family, raw.Task)):
        raise DefError("no family and no task", type(node))
    draw_below(dot, node.real if isinstance(node, ecf.Node) else node)


__all__ = ["Dot", "HTMLWrapper", "definition_to_html", "shapes"]
