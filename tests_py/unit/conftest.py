"""What the tests of the binding share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from peer import Peer  # noqa: E402

PYTHONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch):
    """No ECF_ variable of the caller reaches a test."""
    for name in list(os.environ):
        if name.startswith(("ECF_", "NO_ECF")):
            monkeypatch.delenv(name)


@pytest.fixture
def peer():
    with Peer() as p:
        yield p


@pytest.fixture
def client(peer):
    import ecflow

    return ecflow.Client("127.0.0.1", peer.port)


def run(code, *args, python=sys.executable, env=None, timeout=60):
    """Run a program in a process of its own; its output, or a failure that shows it."""
    import ecflow

    package = str(Path(ecflow.__file__).resolve().parent.parent)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ECF")}
    environment.update(PYTHONPATH=os.pathsep.join([package, str(HERE)]), PYTHONDONTWRITEBYTECODE="1")
    environment.update(env or {})
    # Whoever started the tests may ignore Ctrl-C, as a shell does for what runs in its background.
    code = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n" + code
    done = subprocess.run(
        [python, "-X", "faulthandler", "-c", code, *map(str, args)],
        env=environment, timeout=timeout, universal_newlines=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=str(HERE),
    )  # fmt: skip
    assert done.returncode == 0, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def interpreters():
    """This interpreter, and the others of pyenv, one for each version."""
    found = {f"{sys.version_info[0]}.{sys.version_info[1]}": sys.executable}
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in PYTHONS:
        for path in sorted(root.glob(version + ".*/bin/python3")):
            found.setdefault(version, str(path))
    return found
