"""Runs one script of calls against real servers and writes down what happened.

    python oracle.py --server 5.19.0 --out oracle.json.gz [--only scenario]

The `ecflow` that this Python imports is the one that acts: the original, to make
the recordings beside this file (oracle-<version>.json.gz, see scripts/roots.sh
and `make golden`), or ours, to compare with them (test_oracle.py). Each scenario
runs in a process of its own, with its own servers: a crash or a hang of the
original ends that scenario only, and is recorded.
"""

import argparse
import gzip
import importlib
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.dirname(HERE))

import realserver  # noqa: E402  (the path above)

SCENARIOS = ("surface", "construct", "commands", "secure")
LIMIT_SECONDS = 300


def run_here(name, version):
    """One scenario in this process; its entries."""
    from recorder import Recorder

    for variable in list(os.environ):
        if variable.startswith(("ECF_", "NO_ECF")):
            del os.environ[variable]
    recorder = Recorder()
    recorder.scenario = name
    scenario = importlib.import_module("scenarios." + name)
    try:
        scenario.run(recorder, realserver.find(version))
    finally:
        sys.stdout.flush()
    return recorder.entries


def run(version, names, command=None):
    """All scenarios, each in a fresh Python; {scenario: entries}."""
    command = command or [sys.executable]
    result = {}
    for name in names:
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            process = subprocess.Popen(
                command + [os.path.abspath(__file__), "--server", version, "--scenario", name,
                           "--out", out.name],
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
            try:
                code = process.wait(LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                code = process.wait()
            text = out.read()
        if code != 0 or not text:
            raise SystemExit("scenario %s ended with %d" % (name, code))
        result[name] = json.loads(text.decode())
    return result


def save(path, content):
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=True) + "\n"
    if path.endswith(".gz"):
        with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
            out.write(text.encode())
    else:
        with open(path, "w") as out:
            out.write(text)


def load(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as text:
        return json.loads(text.read().decode())


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--server", required=True, help="version of the server, as 5.9.2")
    options.add_argument("--out", required=True, help="file to write, .json or .json.gz")
    options.add_argument("--only", action="append", choices=SCENARIOS, help="this scenario only")
    options.add_argument("--scenario", choices=SCENARIOS, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.scenario:
        save(chosen.out, run_here(chosen.scenario, chosen.server))
        return
    one = realserver.find(chosen.server)
    save(chosen.out, run(one.version, chosen.only or SCENARIOS, python_command()))


def python_command():
    """This Python, also when it runs through a root's own dynamic linker."""
    with open("/proc/self/cmdline", "rb") as text:
        words = [word.decode() for word in text.read().split(b"\0") if word]
    return words[: words.index(next(word for word in words if word.endswith("oracle.py")))]


if __name__ == "__main__":
    main()
