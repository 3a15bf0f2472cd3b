"""The C interface: the header, the example, and what the header promises."""

import os
import shutil
import subprocess
from pathlib import Path

import ecflow
import pytest
from peer import Peer

ROOT = Path(__file__).resolve().parent.parent.parent
LIBRARY = Path(ecflow.__file__).resolve().parent / "libecflow.so"
CC = os.environ.get("CC", "gcc")


def compile_c(source, to):
    subprocess.run(
        [
            CC, "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-I", str(ROOT / "capi"), "-o", str(to),
            str(source), str(LIBRARY), "-Wl,-rpath," + str(LIBRARY.parent), "-lpthread",
        ],
        check=True,
    )  # fmt: skip
    return to


def run(*command):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ECF")}
    done = subprocess.run(
        [*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True, timeout=60,
        env=environment,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_the_example(peer, tmp_path):
    program = compile_c(ROOT / "examples" / "c" / "ping.c", tmp_path / "ping")
    assert run(program, "127.0.0.1", peer.port) == (0, f"server 127.0.0.1:{peer.port} is version hello\n", "")
    peer.close()
    code, out, err = run(program, "127.0.0.1", peer.port)
    assert code == 1 and out == "" and "Failed to connect" in err


def test_the_contract(peer, tmp_path):
    program = compile_c(Path(__file__).parent / "c" / "contract.c", tmp_path / "contract")
    with Peer(lambda name, fields: Peer.STALL) as silent:
        assert run(program, peer.port, silent.port) == (0, "ok\n", "")


@pytest.mark.parametrize("language", ["c", "c++"])
@pytest.mark.parametrize("standard", ["99", "11"])
def test_the_header_stands_alone(language, standard, tmp_path):
    compiler, std = (CC, "c") if language == "c" else (os.environ.get("CXX", "g++"), "c++")
    if language == "c++":
        if shutil.which(compiler) is None:
            pytest.skip("no C++ compiler")
        standard = {"99": "11", "11": "17"}[standard]
    source = tmp_path / ("x." + ("c" if language == "c" else "cc"))
    source.write_text('#include "ecflow.h"\nint main() { return ECF_OK + ECF_NIL; }\n')
    subprocess.run(
        [compiler, "-std=" + std + standard, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I",
         str(ROOT / "capi"), str(source)],
        check=True,
    )  # fmt: skip
