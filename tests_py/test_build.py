"""What setup.py says when it cannot build, and that a prebuilt library is taken as it is."""

import os
import shutil
import subprocess
import sys

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


@pytest.fixture
def build(tmp_path):
    """Runs build_ext into a scratch directory, with only the named programs on PATH."""

    def run(programs, **environment):
        tools = tmp_path / "tools"
        tools.mkdir()
        for program in programs:
            (tools / program).symlink_to(shutil.which(program))
        where = ["--build-lib", str(tmp_path / "lib"), "--build-temp", str(tmp_path / "temp")]
        kept = {name: value for name, value in os.environ.items() if name not in ("CC", "ECFLOW_LIBRARY")}
        return subprocess.run(
            [sys.executable, "setup.py", "-q", "build_ext", *where],
            cwd=ROOT,
            env=dict(kept, PATH=str(tools), **environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    return run


def test_no_compiler(build):
    done = build([])
    assert done.returncode != 0
    assert "no C compiler (" in done.stdout
    assert "Traceback" not in done.stdout


def test_no_go(build):
    done = build(["gcc"], CC="gcc")
    assert done.returncode != 0
    assert "no Go." in done.stdout and "ECFLOW_LIBRARY" in done.stdout
    assert "Traceback" not in done.stdout


def test_prebuilt_library_missing(build):
    done = build(["gcc"], CC="gcc", ECFLOW_LIBRARY="/nowhere/libecflow.so")
    assert done.returncode != 0
    assert "'/nowhere/libecflow.so', which is not a file" in done.stdout


def test_prebuilt_library_is_taken(build, tmp_path):
    library = tmp_path / "prebuilt.so"
    library.write_bytes(b"as it is")
    done = build(["gcc", "as", "ld"], CC="gcc", ECFLOW_LIBRARY=str(library))
    assert done.returncode == 0, done.stdout
    assert (tmp_path / "lib" / "ecflow" / "libecflow.so").read_bytes() == b"as it is"
    assert (tmp_path / "lib" / "ecflow" / "_ecflow.abi3.so").exists()


def test_a_script_for_each_other_name(tmp_path):
    program = tmp_path / "program"
    program.write_text('#!/bin/sh\necho "$0 $@"\n')
    subprocess.run(
        [sys.executable, "setup.py", "-q", "build_scripts", "--build-dir", str(tmp_path / "bin")],
        cwd=ROOT, env=dict(os.environ, ECFLOW_PROGRAM=str(program)), check=True,
    )  # fmt: skip
    assert sorted(os.listdir(tmp_path / "bin")) == ["ecflow", "ecflow_client", "ecflow_server"]
    for name in ("ecflow", "ecflow_server"):
        done = subprocess.run(
            [tmp_path / "bin" / name, "--port", "1"], stdout=subprocess.PIPE, check=True, text=True
        )
        assert done.stdout == "%s --as=%s --port 1\n" % (tmp_path / "bin" / "ecflow_client", name)
