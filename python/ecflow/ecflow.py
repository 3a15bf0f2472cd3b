"""The name of the original's extension module: ``ecflow.ecflow.State`` and the like."""

from . import *  # noqa: F403
