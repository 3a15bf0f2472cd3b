"""Who and where we are: names that older scripts read."""

from __future__ import annotations

import os
import pwd
from typing import Any, Union

from .basics import raw


def get_username() -> str:
    """Name of this process's user. KeyError: the user database does not have it."""
    return pwd.getpwuid(os.getuid())[0]


def get_uid() -> int:
    """Number of this process's user."""
    return os.getuid()


home = os.path.expanduser("~") + "/ecflow_server"
user = os.getenv("USER")
ECF_PORT: Union[str, int] = os.getenv("ECF_PORT", 1500 + get_uid())
ECF_HOME = os.getenv("ECF_HOME", "localhost")


def default_client() -> Any:
    """A raw client of the server that ECF_HOME, a host here, and ECF_PORT name.

    When ECF_HOME is a directory, or they name no server, it is that of the environment, as ``ecflow.Client()`` is.
    """
    if "/" not in ECF_HOME:
        try:
            return raw.Client(f"{ECF_HOME}:{ECF_PORT}")
        except RuntimeError:
            pass
    return raw.Client()


__all__ = ["ECF_HOME", "ECF_PORT", "get_uid", "get_username", "home", "user"]
