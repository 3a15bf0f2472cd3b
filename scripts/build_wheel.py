"""Builds the wheel into dist/, with the tag that its symbols deserve.

The library that `make lib` left in place and the program of `make cli` are taken as they are. setuptools can only
call the result linux_<machine>; when wheel_symbols finds nothing against it, it
becomes manylinux_2_17_<machine>.
"""

import glob
import os
import shutil
import subprocess
import sys

import wheel_symbols

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join("build", "wheel")


def run(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        env=dict(os.environ, **environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        sys.exit(done.stdout.decode() + "`%s` failed" % " ".join(arguments))
    return done.stdout.decode()


def main():
    os.chdir(ROOT)
    # setuptools never removes what an earlier build left there.
    for stale in [
        WORK,
        *glob.glob("build/lib.*"),
        *glob.glob("build/scripts-*"),
        *glob.glob("build/bdist.*"),
    ]:
        shutil.rmtree(stale, ignore_errors=True)
    library = os.path.join(ROOT, "python", "ecflow", "libecflow.so")
    program = os.path.join(ROOT, "build", "bin", "ecflow")
    prebuilt = {"ECFLOW_LIBRARY": library, "ECFLOW_PROGRAM": program}
    run("build", "--wheel", "--no-isolation", "--outdir", WORK, ".", **prebuilt)
    (built,) = glob.glob(WORK + "/*.whl")

    found = wheel_symbols.problems(built)
    if found:
        sys.exit("%s does not deserve its tag:\n  %s" % (built, "\n  ".join(found)))

    plain = built.rsplit("-", 1)[1][: -len(".whl")]
    tag = plain.replace("linux", "manylinux_%d_%d" % wheel_symbols.GLIBC)
    run("wheel", "tags", "--remove", "--platform-tag", tag, built)
    (tagged,) = glob.glob(WORK + "/*.whl")

    os.makedirs("dist", exist_ok=True)
    for old in glob.glob("dist/*.whl"):
        os.remove(old)
    final = shutil.move(tagged, "dist")
    print("%s  %.1f MB" % (final, os.path.getsize(final) / 2**20))


if __name__ == "__main__":
    main()
