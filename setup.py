"""Builds what pyproject.toml cannot express: the Go library and the C extension.

The package is plain Python, `_ecflow.abi3.so` (C, limited API of Python 3.8)
and `libecflow.so` (Go, from capi/). This file only compiles the two and puts
them beside the Python modules.

With it come the programs ecflow_client, ecflow and ecflow_server: one static
file (Go, from cmd/ecflow), which goes by the name that jobs call thousands of
times, and a shell script for each other name, because wheels hold no links.

Environment: ECFLOW_LIBRARY and ECFLOW_PROGRAM name a prebuilt libecflow.so and
a prebuilt cmd/ecflow, used instead of building them (no Go needed then). CC,
CFLAGS and the rest work as usual.
"""

import glob
import os
import platform
import shutil
import subprocess
import sysconfig

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

from distutils.command.build_scripts import build_scripts  # isort: skip  # setuptools' own, once it is imported

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE = os.path.join("python", "ecflow")
LIBRARY = "libecflow.so"
PROGRAM = "ecflow_client"
OTHER_NAMES = ("ecflow", "ecflow_server")
SCRIPT = os.path.join("cmd", "ecflow", "ecflow.sh")  # for the first of them
LIMITED_API = "0x03080000"

# Old versions of glibc's symbols (see capi/glibc_compat.h), and the libraries
# in which an old glibc keeps them. The header bears on glibc alone.
GLIBC = platform.libc_ver()[0] == "glibc"
OLD_SYMBOLS = ["-include", os.path.join(HERE, "capi", "glibc_compat.h")] if GLIBC else []


def old_homes(*libraries):
    """Linker options that require these libraries even where libc has it all."""
    if not GLIBC:
        return []
    return ["-Wl,--no-as-needed," + ",".join("-l:" + name for name in libraries) + ",--as-needed"]


class BuildError(SystemExit):
    """Ends the build with a text for the user and no traceback."""

    def __init__(self, text):
        super().__init__("ecflow-go cannot be built: " + text)


class BuildLibraries(build_ext):
    """build_ext that also brings libecflow.so."""

    def run(self):
        compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "gcc").split()[0]
        if not shutil.which(compiler):
            raise BuildError("no C compiler (%s).\nInstall gcc and the libc headers, or set CC." % compiler)
        prebuilt = find_prebuilt("ECFLOW_LIBRARY")
        go = None if prebuilt else find_go(LIBRARY, "ECFLOW_LIBRARY")
        super().run()
        place = self.library_path()
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if prebuilt:
            copy_prebuilt(prebuilt, place)
        else:
            build_library(go, place)

    def build_extensions(self):
        # A Python built by hand tells the linker its own directory; that has no place in a wheel.
        self.compiler.linker_so = [word for word in self.compiler.linker_so if "-rpath" not in word]
        super().build_extensions()

    def library_path(self):
        in_place = self.inplace or getattr(self, "editable_mode", False)
        folder = os.path.join(HERE, PACKAGE) if in_place else os.path.join(self.build_lib, "ecflow")
        return os.path.abspath(os.path.join(folder, LIBRARY))

    def get_outputs(self):
        return [*super().get_outputs(), self.library_path()]


class BuildPrograms(build_scripts):
    """build_scripts that brings a program, which is no script; what it brings is installed as it is."""

    def run(self):
        prebuilt = find_prebuilt("ECFLOW_PROGRAM")
        os.makedirs(self.build_dir, exist_ok=True)
        place = os.path.abspath(os.path.join(self.build_dir, PROGRAM))
        if prebuilt:
            copy_prebuilt(prebuilt, place)
        else:
            build_program(find_go(PROGRAM, "ECFLOW_PROGRAM"), place)
        for name in OTHER_NAMES:
            write_script(name, os.path.join(self.build_dir, name))


def find_prebuilt(variable):
    path = os.environ.get(variable)
    if path and not os.path.isfile(path):
        raise BuildError("%s names %r, which is not a file." % (variable, path))
    return path


def copy_prebuilt(prebuilt, place):
    if os.path.abspath(prebuilt) != place:
        shutil.copyfile(prebuilt, place)
    os.chmod(place, 0o755)


def write_script(name, place):
    with open(os.path.join(HERE, SCRIPT)) as script:
        text = script.read()
    with open(place, "w") as out:
        out.write(
            text.replace("program ecflow:", "program %s:" % name).replace("--as=ecflow", "--as=" + name)
        )
    os.chmod(place, 0o755)


def find_go(product, variable):
    go = shutil.which("go")
    if not go:
        raise BuildError(
            "no Go.\nInstall Go 1.26 or newer (https://go.dev/dl/) and put it on PATH,"
            "\nor set %s to a prebuilt %s." % (variable, product)
        )
    return go


def build_library(go, place):
    environment = dict(os.environ, CGO_ENABLED="1")
    environment["CGO_CFLAGS"] = " ".join([environment.get("CGO_CFLAGS", "-O2 -g"), *OLD_SYMBOLS])
    environment["CGO_LDFLAGS"] = " ".join(
        [
            environment.get("CGO_LDFLAGS", "-O2 -g"),
            *old_homes("libpthread.so.0", "libdl.so.2", "libresolv.so.2"),
        ]
    )
    go_build(go, environment, place, "./capi", "-buildmode=c-shared")
    # Go writes a header beside the library; ours is capi/ecflow.h.
    os.remove(os.path.splitext(place)[0] + ".h")


def build_program(go, place):
    go_build(go, dict(os.environ, CGO_ENABLED="0"), place, "./cmd/ecflow")


def go_build(go, environment, place, package, *options):
    command = [go, "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w"]
    command += [*options, "-o", place, package]
    try:
        subprocess.run(command, cwd=HERE, env=environment, check=True)
    except subprocess.CalledProcessError as failure:
        raise BuildError("`go build` ended with status %d, see above." % failure.returncode) from None


setup(
    license="Apache-2.0",  # here, because Pythons 3.8 and 3.9 have no setuptools that knows the newer field
    ext_modules=[
        Extension(
            "ecflow._ecflow",
            sources=sorted(glob.glob(os.path.join(PACKAGE, "_ecflow", "*.c"))),
            depends=sorted(glob.glob(os.path.join(PACKAGE, "_ecflow", "*.h"))),
            include_dirs=["capi"],
            define_macros=[("Py_LIMITED_API", LIMITED_API)],
            extra_compile_args=["-O2", "-fvisibility=hidden", *OLD_SYMBOLS],
            extra_link_args=["-s", *old_homes("libpthread.so.0", "libdl.so.2")],
            py_limited_api=True,
        )
    ],
    scripts=[SCRIPT],
    cmdclass={"build_ext": BuildLibraries, "build_scripts": BuildPrograms},
    options={"bdist_wheel": {"py_limited_api": "cp38"}},
)
