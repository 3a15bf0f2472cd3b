"""The stubs agree with the module, the package with mypy, the examples in docstrings with reality."""

import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import ecflow
import mypy.version
import pytest

PACKAGE = Path(ecflow.__file__).resolve().parent
PATHS = {"PYTHONPATH": str(PACKAGE.parent), "MYPYPATH": str(PACKAGE.parent), "PATH": "/usr/bin:/bin"}
STUBTEST = ["mypy.stubtest", "ecflow._ecflow"]
if tuple(map(int, mypy.version.__version__.split(".")[:2])) >= (1, 18):
    STUBTEST.append("--ignore-disjoint-bases")  # typing has no word for them that all our Pythons know


def test_doctests():
    for info in pkgutil.iter_modules([str(PACKAGE)]):
        if info.name in ("_ecflow", "libecflow"):
            continue
        module = importlib.import_module("ecflow." + info.name)
        missing = {name: value for name, value in vars(ecflow).items() if name not in vars(module)}
        assert doctest.testmod(module, extraglobs=missing).failed == 0, info.name
    assert doctest.testmod(ecflow).failed == 0


@pytest.mark.parametrize(
    "command",
    [["mypy", "--strict", "-p", "ecflow"], STUBTEST],
    ids=["mypy", "stubtest"],
)
def test_types(command, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=str(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True,
        env={**PATHS, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_program_that_uses_the_types(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import ecflow\n"
        "c = ecflow.Client('h', 1, timeout=2)\n"
        "n: int = c.ping()\n"
        "c.suspend(['/a']); c.suspend('/a')\n"
        "c.force_state('/a', ecflow.State.complete)\n"
        "z: ecflow.Zombie = c.zombie_get(0)[0]\n"
        "try:\n    pass\nexcept ecflow.RefusedError as e:\n    s: str = e.server\n"
        "c.suspend(1)\n"
        "ecflow.Client(1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", str(program)],
        cwd=str(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True,
        env={**PATHS, "HOME": str(tmp_path)},
    )  # fmt: skip
    assert (
        "program.py:11" in done.stdout and "program.py:12" in done.stdout and "Found 2 errors" in done.stdout
    ), done.stdout
