"""Reads what a wheel's libraries and programs ask of the machine, and compares it with what the wheel's name promises.

problems(wheel) gives a list of sentences, empty when "cp38-abi3-manylinux_2_17" is true:
no symbol of a glibc newer than 2.17, no library outside PEP 599's list, no search path,
no executable stack, and in the extension only the limited API of Python 3.8. The program inside asks for nothing
at all: it is static, and stripped.
"""

import os
import re
import subprocess
import tempfile
import zipfile

import abi3info

GLIBC = (2, 17)
PYTHON = (3, 8)
MOST_BYTES = 16 * 1024 * 1024
# The part of PEP 599's list that a program without a window may want.
LIBRARIES = {
    "libc.so.6", "libdl.so.2", "libgcc_s.so.1", "libm.so.6", "libnsl.so.1", "libpthread.so.0",
    "libresolv.so.2", "librt.so.1", "libstdc++.so.6", "libutil.so.1",
}  # fmt: skip
EXPECTED = {"ecflow/_ecflow.abi3.so", "ecflow/libecflow.so"}
PROGRAM, SCRIPTS = "ecflow_client", {"ecflow", "ecflow_server"}  # beside each other; see setup.py


def problems(wheel):
    found = []
    size = os.path.getsize(wheel)
    if size > MOST_BYTES:
        found.append("the wheel has %.1f MB, %.0f are allowed" % (size / 2**20, MOST_BYTES / 2**20))
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.endswith(".so")}
        if names != EXPECTED:
            found.append("shared libraries are %s, expected %s" % (sorted(names), sorted(EXPECTED)))
        for name in sorted(names):
            path = archive.extract(name, folder)
            found += ["%s %s" % (name, text) for text in _library_problems(path)]
        found += _script_problems(archive, folder)
    return found


def _script_problems(archive, folder):
    scripts = {
        info.filename.split("/")[-1]: info for info in archive.infolist() if "/scripts/" in info.filename
    }
    if set(scripts) != {PROGRAM, *SCRIPTS}:
        yield "its scripts are %s, expected %s" % (sorted(scripts), sorted({PROGRAM, *SCRIPTS}))
        return
    for name, info in sorted(scripts.items()):
        if not info.external_attr >> 16 & 0o111:
            yield "%s cannot be executed" % name
    for name in sorted(SCRIPTS):
        if not archive.read(scripts[name]).startswith(b"#!/bin/sh\n"):
            yield "%s is no shell script" % name
    path = archive.extract(scripts[PROGRAM], folder)
    for text in program_problems(path):
        yield "%s %s" % (PROGRAM, text)


def program_problems(path):
    """What keeps a Linux program from running on any Linux of its processor."""
    segments = _readelf("-l", path)
    if "INTERP" in segments or needed(path):
        yield "is not linked statically"
    if ".symtab" in _readelf("-S", path):
        yield "has symbols; strip them"
    if re.search(r"GNU_STACK.*?\bRWE\b", segments):
        yield "wants an executable stack"


def newest_glibc(path):
    """The highest glibc version among the symbols a library needs, as (2, 17)."""
    versions = re.findall(r"@GLIBC_(\d+(?:\.\d+)+)", _readelf("--dyn-syms", path))
    return max((_numbers(version) for version in versions), default=(0,))


def needed(path):
    """The libraries a library names."""
    return re.findall(r"\(NEEDED\).*\[(.*)\]", _readelf("-d", path))


def _library_problems(path):
    glibc = newest_glibc(path)
    if glibc[:2] > GLIBC:
        late = re.findall(r"\b(\w+@GLIBC_(\d+(?:\.\d+)+))", _readelf("--dyn-syms", path))
        names = sorted({symbol for symbol, version in late if _numbers(version)[:2] > GLIBC})
        yield "needs a newer glibc than %d.%d: %s" % (GLIBC + (", ".join(names),))
    others = set(needed(path)) - LIBRARIES
    if others:
        yield "needs %s, outside the list of manylinux" % ", ".join(sorted(others))
    if re.search(r"\((RPATH|RUNPATH)\)", _readelf("-d", path)):
        yield "has a search path for libraries of the machine it was built on"
    stack = re.search(r"GNU_STACK.*?\b(RWE?)\b", _readelf("-l", path))
    if not stack or "E" in stack.group(1):
        yield "wants an executable stack"
    if path.endswith(".abi3.so"):
        yield from _python_problems(path)


def _python_problems(path):
    undefined = re.findall(r"\bUND (_?Py\w+)", _readelf("--dyn-syms", path))
    tables = (abi3info.FUNCTIONS, abi3info.DATAS)
    known = {symbol.name: entry for table in tables for symbol, entry in table.items()}
    if not undefined:
        yield "uses no Python symbol at all"
    for name in sorted(undefined):
        entry = known.get(name)
        if entry is None:
            yield "uses %s, which is not in the limited API" % name
        elif (entry.added.major, entry.added.minor) > PYTHON:
            yield "uses %s, new in Python %d.%d" % (name, entry.added.major, entry.added.minor)


def _readelf(option, path):
    run = subprocess.run(["readelf", "-W", option, path], stdout=subprocess.PIPE, check=True)
    return run.stdout.decode()


def _numbers(version):
    return tuple(int(part) for part in version.split("."))
