"""A client of ecFlow servers, with the names of the original module.

>>> import ecflow
>>> ecflow.State.complete
ecflow.State.complete

    ci = ecflow.Client("localhost", 3141)
    ci.ping()

Failures raise :class:`Error`, which is a ``RuntimeError``, or one of its
subclasses. The definition of suites (``Defs``, ``Suite``, ...) is not part of
this version.

Nothing is loaded but Python and a small C extension until the first
:class:`Client` is made; then ``libecflow.so`` beside this file is, or the one
that the environment variable ``ECFLOW_LIBRARY`` names.
"""

from ._error import EcflowWarning, Error
from ._zversion import __version__
from ._zenums import *
from ._zenums import __all__ as _enums
from ._zerrors import *
from ._zerrors import __all__ as _errors
from .client import Client
from .variable import Variable
from .zombie import Zombie, ZombieAttr, ZombieVec

for _name in (*_enums, *_errors):
    globals()[_name].__module__ = __name__
for _class in (Client, EcflowWarning, Error, Variable, Zombie, ZombieAttr, ZombieVec):
    _class.__module__ = __name__
del _name, _class


def debug_build() -> bool:
    """Whether this is a build for debugging: never."""
    return False


# TimeoutError stays out: "from ecflow import *" would hide the built-in one.
__all__ = sorted(
    {
        *_enums, *_errors,
        "Client", "EcflowWarning", "Variable", "Zombie", "ZombieAttr", "ZombieVec", "debug_build",
    }
    - {"TimeoutError"}
)  # fmt: skip
