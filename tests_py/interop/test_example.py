"""The example that promises to print the same with both modules does."""

import os
import subprocess
import sys
from pathlib import Path

import realserver

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "python" / "forecast_tree.py"


def printed(installation, command, **variables):
    with realserver.RealServer(installation) as server:
        done = subprocess.run(
            [*command, str(EXAMPLE)],
            env=server.environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
        )
    assert done.returncode == 0, done.stdout
    # The first line is the version of whoever prints.
    return [line for line in done.stdout.splitlines() if not line.startswith("#")]


def test_forecast_tree(installation):
    command, variables = installation.python()
    theirs = printed(installation, command, **variables)
    ours = printed(installation, [sys.executable], PYTHONPATH=os.environ.get("PYTHONPATH", ""))
    assert len(theirs) > 50
    assert ours == theirs
