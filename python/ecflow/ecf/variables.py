"""Variables, and the translation of their names from SMS, the predecessor of ecFlow."""

from __future__ import annotations

import sys
from typing import Any

from .. import sms2ecf
from .attributes import Attribute
from .basics import DefError, raw, real, sorted_or_not

_MAY_BE_TRUE = ("HYPERTHREADING", "CLIM5YR", "FLEX_SUBMIT", "USE_HUGEPAGE")
_HOSTS = ("WSHOST", "SCHOST", "HOST")


def python_true(key: Any, val: Any) -> None:
    """Warn about a variable whose value is Python's True, which no shell understands."""
    if str(val) == "True" and key not in _MAY_BE_TRUE:
        print("#WAR: really???", key, val)


def _sms() -> Any:
    """The module of translation: the user's own copy, if there is one."""
    return sys.modules.get("sms2ecf", sms2ecf)


def set_raw_mode(kind: Any = True) -> None:
    """Have ``translate()`` keep the arguments of commands (``sms2ecf.RAW_MODE``)."""
    _sms().RAW_MODE = kind


def translate(name: Any, value: Any = None) -> Any:
    """Name and value of a variable as a server of ``sms2ecf.ECF_MODE`` knows them: the same, unless that is "sms"."""
    module = _sms()
    if module.ECF_MODE == "sms":
        return module.translate(name, value)
    return name, value


class Edit(Attribute):
    """One variable or several.

        Edit("A", 1)
        Edit({"A": 1, "B": 2})
        Edit(A=1, B=2)

    Several are added in this order: the first by name, the last, and back to the second. A command that mentions
    one of the hosts ``%WSHOST%``, ``%SCHOST%`` or ``%HOST%`` gives the node a label ``infopcmd`` as well.
    DefError: a name without a value, a list or a tuple.
    """

    def __init__(
        self, __a: Any = None, __b: Any = None, __next: Any = None, *args: Any, **kwargs: Any
    ) -> None:
        self.load = None
        self.next = __next
        if args:
            raise DefError("more than a name and a value", args)
        self._set_all(kwargs)
        if type(__a) is dict:
            self._set_all(__a)
        elif isinstance(__a, (raw.Variable, Edit)) and __b is None:
            self._set_again(__a)
        elif __a is not None and __b is not None and not isinstance(__a, (tuple, list)):
            python_true(__a, __b)
            self._set_tvar(__a, __b)
        elif __a is not None or __b is not None:
            raise DefError("no variable", __a, __b)

    def _set_all(self, values: Any) -> None:
        for key in sorted_or_not(list(values)):
            python_true(key, values[key])
            self._set_tvar(key, values[key])

    def _set_again(self, other: Any) -> None:
        while isinstance(other, Edit):
            if other.load is not None:
                self._set_tvar(other.load.name(), other.load.value())
            other = other.next
        if other is not None:
            self._set_tvar(other.name(), other.value())

    def _set_tvar(self, key: Any, val: Any) -> None:
        key, val = translate(str(key), str(val))
        if self.load is None:
            self.load = raw.Variable(key, val)
        else:
            self.next = Edit(key, val, self.next)

    def add_to(self, node: Any) -> Any:
        if self.load is not None:
            real(node).add_variable(self.load)
            self._add_labels(node)
        if self.next is not None:
            self.next.add_to(node)
        return node

    def _add_labels(self, node: Any) -> None:
        text = str(self.load)
        for host in _HOSTS:
            if "ECF_JOB_CMD" in text:
                label, message, wanted = "infopcmd", host, f"%{host}%" in text
            else:
                label, message = {"WSHOST": "infopws", "SCHOST": "infopsc", "HOST": "infophs"}[host], ""
                wanted = "ECF_KILL_CMD" in text and f"edit {host} " in text
            if wanted:
                try:
                    real(node).add_label(label, message)
                except RuntimeError:
                    print("#WAR: duplicated label", "edit", text)

    def add(self, what: Any) -> Any:
        """Always DefError: a variable takes nothing; probably a bracket is misplaced."""
        print("#ERR: add???", self.load)
        raise DefError("nothing can be added to a variable", type(what), what)


class Variable(Edit):
    """The same as Edit."""


class Variables(Edit):
    """The same as Edit."""


__all__ = ["Edit", "Variable", "Variables", "python_true", "set_raw_mode", "translate"]
