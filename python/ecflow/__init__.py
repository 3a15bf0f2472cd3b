"""A client of ecFlow servers, with the names of the original module.

>>> import ecflow
>>> ecflow.State.complete
ecflow.State.complete

>>> defs = ecflow.Defs(ecflow.Suite("s", ecflow.Task("t", A=1)))
>>> defs.s.t.find_variable("A").value()
'1'

    ci = ecflow.Client("localhost", 3141)
    ci.load(defs)
    ci.sync_local()
    print(ci.get_defs().s.get_state())

Failures raise :class:`Error`, which is a ``RuntimeError``, or one of its
subclasses. Trees may be used from many threads; calls on them wait for one
another. After ``os.fork()`` clients and trees go on working in the child.

Nothing is loaded but Python and a small C extension until the first
:class:`Client`, node or attribute is made; then ``libecflow.so`` beside this file is, or the one
that the environment variable ``ECFLOW_LIBRARY`` names.
"""

from . import _zclasses, _zenums, _zerrors, vectors
from ._error import EcflowWarning, Error
from ._zclasses import *  # noqa: F403
from ._zenums import *  # noqa: F403
from ._zerrors import *  # noqa: F403
from ._zerrors import TimeoutError as TimeoutError
from ._zversion import __release__, __version__
from .client import Client
from .variable import Variable
from .vectors import *  # noqa: F403
from .zombie import Zombie, ZombieVec

__all__ = [
    "Client",
    "EcflowWarning",
    "Variable",
    "Zombie",
    "ZombieVec",
    "__release__",
    "__version__",
    "debug_build",
]
__all__ += _zclasses.__all__
__all__ += _zenums.__all__
__all__ += vectors.__all__
__all__ += _zerrors.__all__
__all__.remove("TimeoutError")  # "from ecflow import *" would hide the built-in one


def debug_build() -> bool:
    """Whether this is a build for debugging: never."""
    return False


# Names are shown, and pickled, as those of this package.
for _class in (Error, EcflowWarning, TimeoutError):
    _class.__module__ = __name__
for _name in __all__:
    if not _name.startswith("__") and _name not in _zclasses.__all__:
        globals()[_name].__module__ = __name__
del _class, _name
