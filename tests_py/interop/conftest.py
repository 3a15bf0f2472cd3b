"""The original ecFlow that ECFLOW_SERVER asks for; missing is a failure, not a skip."""

import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import realserver  # noqa: E402  (the path above)


@pytest.fixture(scope="session")
def installation():
    return realserver.selected()[0]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    """No variable of the caller reaches a client."""
    for name in list(os.environ):
        if name.startswith(("ECF_", "NO_ECF")):
            monkeypatch.delenv(name)


def pytest_terminal_summary(terminalreporter):
    skipped = len(terminalreporter.stats.get("skipped", []))
    terminalreporter.write_line(
        "interop: Python against %r: %d skipped" % (realserver.selected()[0], skipped)
    )
