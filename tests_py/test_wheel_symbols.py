"""The check behind the wheel's tag must not be blind: each broken promise is found."""

import os
import subprocess
import sys
import zipfile

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "scripts"))
import wheel_symbols  # noqa: E402

PLAIN = "int one(void) { return 1; }"
EXTENSION = "void *PyList_New(long); void *f(void) { return PyList_New(0); }"


@pytest.fixture
def wheel(tmp_path):
    """Makes a wheel of an extension, a library and a program, from C sources and compiler options."""

    def make(extension=EXTENSION, library=PLAIN, options=(), program=("-static", "-s"), mode=0o755):
        path = tmp_path / "x.whl"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in (("_ecflow.abi3.so", extension), ("libecflow.so", library)):
                source, output = tmp_path / "x.c", tmp_path / name
                source.write_text(text)
                subprocess.run(["gcc", "-shared", "-fPIC", "-o", output, source, *options], check=True)
                archive.write(output, "ecflow/" + name)
            source.write_text("int main(void) { return 0; }")
            subprocess.run(["gcc", "-o", tmp_path / "program", source, *program], check=True)
            for name, content in (
                ("ecflow_client", (tmp_path / "program").read_bytes()),
                ("ecflow", "#!/bin/sh\n"),
                ("ecflow_server", "#!/bin/sh\n"),
            ):
                script = zipfile.ZipInfo("x.data/scripts/" + name)
                script.external_attr = mode << 16
                archive.writestr(script, content)
        return str(path)

    return make


def test_honest_wheel(wheel):
    assert wheel_symbols.problems(wheel()) == []


def test_new_glibc(wheel):
    # memfd_create came with 2.27.
    found = wheel_symbols.problems(
        wheel(library="int memfd_create(); int f(void) { return memfd_create(); }")
    )
    assert len(found) == 1 and "libecflow.so needs a newer glibc" in found[0] and "memfd_create" in found[0]


def test_foreign_library(wheel):
    found = wheel_symbols.problems(wheel(options=["-Wl,--no-as-needed", "-l:libz.so.1"]))
    assert len(found) == 2 and all("libz.so.1, outside the list" in text for text in found)


def test_search_path(wheel):
    found = wheel_symbols.problems(wheel(options=["-Wl,-rpath,/opt/lib"]))
    assert len(found) == 2 and all("search path" in text for text in found)


def test_executable_stack(wheel):
    found = wheel_symbols.problems(wheel(options=["-z", "execstack"]))
    assert len(found) == 2 and all("executable stack" in text for text in found)


@pytest.mark.parametrize("name", ["PyUnicode_AsUTF8AndSize", "_PyObject_GetDictPtr", "PyNoSuchThing"])
def test_outside_the_limited_api(wheel, name):
    found = wheel_symbols.problems(wheel(extension="void %s(void); void f(void) { %s(); }" % (name, name)))
    assert len(found) == 1 and "_ecflow.abi3.so uses " + name in found[0]


def test_program_that_needs_libraries(wheel):
    assert wheel_symbols.problems(wheel(program=["-s"])) == ["ecflow_client is not linked statically"]


def test_program_with_symbols(wheel):
    assert wheel_symbols.problems(wheel(program=["-static"])) == ["ecflow_client has symbols; strip them"]


def test_programs_that_cannot_be_executed(wheel):
    found = wheel_symbols.problems(wheel(mode=0o644))
    assert found == [name + " cannot be executed" for name in ("ecflow", "ecflow_client", "ecflow_server")]


def test_missing_library(wheel, tmp_path):
    path = wheel()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(tmp_path / "y.whl", "w") as less:
        less.writestr("ecflow/_ecflow.abi3.so", archive.read("ecflow/_ecflow.abi3.so"))
    assert any("shared libraries are" in text for text in wheel_symbols.problems(str(tmp_path / "y.whl")))
