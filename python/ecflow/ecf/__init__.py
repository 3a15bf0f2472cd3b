"""A layer above the API: definitions composed of Python objects.

    from ecflow.ecf import *

    suite = Suite("s").add(
        Defstatus("suspended"),
        Edit(SLEEP=20),
        Family("f").add(
            Task("t1").add(Label("info", ""), Meter("step", 0, 240)),
            Task("t2").add(Trigger(["t1"])),
        ),
    )
    DEFS.add_suite(suite.real)

Each object has the raw one of ``ecflow`` as ``real``; ``add()`` takes nodes, attributes and lists of them. The
switches below say which attributes are added at all: ``ecflow.ecf.USE_LATE = True``.

source: the original's ecf.py
"""

from __future__ import annotations, print_function

import os
import pwd
import sys
from typing import Any

import ecflow

# Attributes that are added at all.
USE_TIME = True  # times, dates, days, crons
USE_LATE = False
USE_TRIGGER = True  # triggers and complete expressions
USE_LIMIT = True  # limits and inlimits
USE_VERIFY = True

DEBUG = False  # say what is done
LINKTASK = False  # linktask() makes a task alone
SORT = True  # variables and limits of a dict are added in the order of their names

# Without effect, as in the original.
CPUTIME = True
DECORATE = "ALL"
USE_EVENT = True

# The modules look for the switches above here, where users set them.
from . import (  # noqa: E402  # noqa: E402
    attributes,
    basics,
    current,
    defaults,
    definition,
    drawing,
    export,
    expressions,
    loading,
    nodes,
    repeats,
    scripts,
    states,
    times,
    variables,
)
from .attributes import *  # noqa: E402, F403
from .basics import *  # noqa: E402, F403
from .current import *  # noqa: E402, F403
from .defaults import *  # noqa: E402, F403
from .definition import *  # noqa: E402, F403
from .drawing import *  # noqa: E402, F403
from .drawing import _tree as _tree  # noqa: E402
from .export import *  # noqa: E402, F403
from .expressions import *  # noqa: E402, F403
from .loading import *  # noqa: E402, F403
from .nodes import *  # noqa: E402, F403
from .repeats import *  # noqa: E402, F403
from .scripts import *  # noqa: E402, F403
from .states import *  # noqa: E402, F403
from .times import *  # noqa: E402, F403
from .variables import *  # noqa: E402, F403

# A variable that is set again is no mistake here: no warnings about that.
basics.raw.Ecf.set_debug_level(3)

#: Takes suites made in ``with`` blocks (``CWN``), and externs (``Extern``).
DEFS: Any = basics.raw.Defs()


def __getattr__(name: str) -> Any:
    """``CLIENT``, a raw client that is made when it is first asked for."""
    if name != "CLIENT":
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    global CLIENT
    CLIENT = defaults.default_client()
    return CLIENT


CLIENT: Any

__all__ = [
    "CLIENT", "CPUTIME", "DEBUG", "DECORATE", "DEFS", "LINKTASK", "SORT", "USE_EVENT", "USE_LATE", "USE_LIMIT",
    "USE_TIME", "USE_TRIGGER", "USE_VERIFY", "ecflow", "os", "print_function", "pwd", "sys",
]  # fmt: skip
for _module in (
    attributes, basics, current, defaults, definition, drawing, export, expressions,
    loading, nodes, repeats, scripts, states, times, variables,
):  # fmt: skip
    for _name in _module.__all__:
        __all__.append(_name)
        _value: Any = getattr(_module, _name)
        if getattr(_value, "__module__", None) == _module.__name__ and callable(_value):
            _value.__module__ = __name__  # names are shown, and pickled, as those of this package
del _module, _name, _value
