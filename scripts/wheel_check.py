"""Proves that dist/*.whl is what its name says, and that it runs.

Reads its symbols (wheel_symbols), installs it with each Python's own pip into a
fresh environment and lets it talk to a real server (wheel_smoke).

--sdist        also: `pip install .` and `pip install <sdist>`, built in pip's isolation
--root DIR     also: the Pythons of the Debian roots in DIR (see scripts/roots.sh)
"""

import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

import wheel_symbols

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SMOKE = os.path.join(ROOT, "scripts", "wheel_smoke.py")
OLDEST = (3, 8)

sys.path.insert(0, os.path.join(ROOT, "tests_py"))
import realserver  # noqa: E402


def pythons():
    """{(3, 8): path}: one CPython for each minor version of PATH, /usr/bin and pyenv."""
    places = os.environ.get("PATH", "").split(os.pathsep) + ["/usr/bin", "/usr/local/bin"]
    places += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/*/bin")))
    found = {}
    for place in places:
        for path in sorted(glob.glob(os.path.join(place, "python3*"))):
            if not re.fullmatch(r"python3(\.\d+)?", os.path.basename(path)) or "shims" in path:
                continue
            version = _version(path)
            if version and version >= OLDEST:
                found.setdefault(version, path)
    return dict(sorted(found.items()))


def _version(path):
    """(3, 11) of an ordinary CPython that can make environments, else None."""
    code = (
        "import sys, sysconfig, venv, ensurepip\n"
        "if sys.implementation.name == 'cpython' and not sysconfig.get_config_var('Py_GIL_DISABLED')"
        " and sys.prefix == sys.base_prefix: print(*sys.version_info[:2])"
    )
    run = subprocess.run([path, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    numbers = run.stdout.split()
    return tuple(map(int, numbers)) if numbers else None


def call(command, **environment):
    """Runs a command; its output, or the end of this program."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ECF"))}
    run = subprocess.run(
        command, env=dict(clean, **environment), cwd="/", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    if run.returncode:
        sys.exit("%s%s\n`%s` failed" % (run.stdout.decode(), run.stderr.decode(), " ".join(command)))
    return run.stdout.decode().strip()


def install_and_run(python, what, server, folder):
    """`pip install WHAT` in a fresh environment of that Python, then the smoke test."""
    home = tempfile.mkdtemp(dir=folder)
    call([python, "-m", "venv", home])
    inside = os.path.join(home, "bin", "python")
    call([inside, "-m", "pip", "install", "-q", "--disable-pip-version-check", what])
    said = call([inside, SMOKE, server.host, str(server.port), home])
    call([inside, "-m", "pip", "uninstall", "-q", "-y", "ecflow-go"])
    left = glob.glob(os.path.join(home, "bin", "ecflow*")) + glob.glob(
        os.path.join(home, "lib", "*", "*", "ecflow*")
    )
    if left:
        sys.exit("pip uninstall leaves %s" % ", ".join(left))
    return said


def run_in_root(root, wheel, server, folder):
    """The same with the Python of another Debian; our pip installs, as if for that version."""
    command, environment = realserver.Installation(root).python()
    version = call([*command, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], **environment)
    home = tempfile.mkdtemp(dir=folder)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--only-binary=:all:"]
    platform = re.search(r"-(manylinux\w+)\.whl", wheel).group(1)
    call([*pip, "--python-version", version, "--platform", platform, "--target", home, wheel])
    environment["PYTHONPATH"] = home
    return call([*command, SMOKE, server.host, str(server.port), home], **environment)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sdist", action="store_true")
    options.add_argument("--root", metavar="DIR")
    asked = options.parse_args()
    os.chdir(ROOT)

    wheels = [os.path.abspath(path) for path in glob.glob("dist/*.whl")]
    if len(wheels) != 1 or not re.search(r"-cp38-abi3-manylinux_2_17_\w+\.whl$", wheels[0]):
        sys.exit("dist/ must hold one wheel cp38-abi3-manylinux_2_17_*, it holds %s" % wheels)
    wheel = wheels[0]
    found = wheel_symbols.problems(wheel)
    if found:
        sys.exit("\n".join(found))
    print("%s: the symbols keep what the name says" % os.path.basename(wheel))

    folder = tempfile.mkdtemp(prefix="ecflow-wheel-")
    try:
        with realserver.RealServer(realserver.Installation()) as server:
            present = pythons()
            for path in present.values():
                print("  ok  " + install_and_run(path, wheel, server, folder))
            absent = [minor for minor in range(8, 15) if (3, minor) not in present]
            print("  not on this machine: " + (", ".join("3.%d" % minor for minor in absent) or "none"))
            if asked.root:
                for root in sorted(glob.glob(os.path.join(asked.root, "*", ""))):
                    text = run_in_root(root.rstrip("/"), wheel, server, folder)
                    print("  ok  %s (%s)" % (text, os.path.basename(root.rstrip("/"))))
            if asked.sdist:
                call([sys.executable, "-m", "build", "--sdist", "--no-isolation", "-o", folder, ROOT])
                (sdist,) = glob.glob(os.path.join(folder, "*.tar.gz"))
                for what in (sdist, ROOT):
                    text = install_and_run(sys.executable, what, server, folder)
                    name = "." if what == ROOT else os.path.basename(what)
                    print("  ok  %s (pip install %s)" % (text, name))
    except realserver.Missing as missing:
        sys.exit(str(missing))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
