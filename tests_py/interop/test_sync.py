"""What a client knows of its definition after each call, by ours and by the module of the server's version."""

import os
import subprocess
import sys
from pathlib import Path

import ecflow
import realserver

HERE = Path(__file__).resolve().parent


def told(installation, command, variables):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    with realserver.RealServer(installation) as server:
        done = subprocess.run(
            [*command, str(HERE / "syncing.py"), str(server.port)],
            env={**environment, **variables}, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_same_after_each_call(installation):
    package = str(Path(ecflow.__file__).resolve().parent.parent)
    ours = told(installation, [sys.executable], {"PYTHONPATH": package})
    theirs = told(installation, *installation.python())
    assert len(theirs) > 35
    assert ours == theirs
