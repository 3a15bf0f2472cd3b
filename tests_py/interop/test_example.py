"""The example that promises to print the same with both modules does, on our server too."""

import os
import subprocess
import sys
from pathlib import Path

import ecflow.testing
import realserver

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "python" / "forecast_tree.py"


def printed(command, environment):
    done = subprocess.run(
        [*command, str(EXAMPLE)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        universal_newlines=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    # The first line is the version of whoever prints.
    return [line for line in done.stdout.splitlines() if not line.startswith("#")]


def test_forecast_tree(installation):
    theirs, variables = installation.python()
    ours, path = [sys.executable], os.environ.get("PYTHONPATH", "")
    with realserver.RealServer(installation) as server:
        expected = printed(theirs, server.environment(**variables))
    assert len(expected) > 50
    with realserver.RealServer(installation) as server:
        assert printed(ours, server.environment(PYTHONPATH=path)) == expected
    with ecflow.testing.Server(halted=True) as server:
        assert printed(ours, server.environment()) == expected
    with ecflow.testing.Server(halted=True) as server:
        assert printed(theirs, server.environment(**{"PYTHONPATH": None, **variables})) == expected
