"""The examples against a server: ours, or the original that ECFLOW_SERVER names. (`make demo` runs secure_suite.py.)"""

import os
import subprocess
import sys
from pathlib import Path

import ecflow.testing
import pytest
from test_c import compile_c

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def environment():
    """That of a program which is to use the server, HALTED."""
    if os.environ.get("ECFLOW_SERVER"):
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        import realserver

        with realserver.RealServer(realserver.selected()[0]) as server:
            yield server.environment(PYTHONPATH=os.environ.get("PYTHONPATH", ""))
    else:
        with ecflow.testing.Server(halted=True) as server:
            yield server.environment()


def test_ping_in_c(environment, tmp_path):
    program = compile_c(EXAMPLES / "c" / "ping.c", tmp_path / "ping")
    done = subprocess.run(
        [str(program), environment["ECF_HOST"], environment["ECF_PORT"]],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0 and " is version 5." in done.stdout, done.stdout


def test_forecast_tree(environment):
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "python" / "forecast_tree.py")],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith("suites left: []\n") and "changed: ['/forecast" in done.stdout
