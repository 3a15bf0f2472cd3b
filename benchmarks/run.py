"""Measures our package and programs against the original's and writes docs/benchmarks.md.

    run.py --wheel dist/ecflow_go-....whl --programs build/bin [--rounds 15] [--write docs/benchmarks.md]

Both run under the same interpreter, /usr/bin/python3 (the original exists for no
other): ours from a virtual environment of it. Each number comes from a fresh
process. A round runs every workload for both, one right after the other, and the
order changes from round to round, so that a busy moment of the machine hits both.
"""

import argparse
import contextlib
import datetime
import json
import os
import platform
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORKLOAD = os.path.join(ROOT, "benchmarks", "workload.py")
TREE_WORKLOAD = os.path.join(ROOT, "benchmarks", "tree_workload.py")
PYTHON = "/usr/bin/python3"
DEFINITION = "suite bench\n  family family\n    task task\n  endfamily\nendsuite\n"
PATIENCE = 5.0  # seconds to wait for KeyboardInterrupt

sys.path.insert(0, os.path.join(ROOT, "tests_py"))
import programs  # noqa: E402
import realserver  # noqa: E402
import tree_workload  # noqa: E402
from rows import Row, table  # noqa: E402

ROWS = [
    Row("`import ecflow`", "importing", at_most=0.4),
    Row("`import ecflow`, first ping", "import_and_ping"),
    Row("ping, plain", "ping", at_most=1.0),
    Row("ping, TLS", "ping_tls", tls=True, at_most=0.95),
    Row("8 threads pinging, a client each", "threads", "8", unit="per s", more=True, at_most=1.0),
    Row("8 threads pinging, one client", "threads", "1", unit="per s", more=True, at_most=1.0),
    Row("1,000 `query` calls", "query", unit="s", at_most=1.0),
    Row("peak memory after import and ping", "peak", unit="MB", at_most=0.8),
]


class TreeRow(Row):
    """A step of tree_workload.py, which one process goes through from beginning to end."""

    def __init__(self, title, step, at_most=None, unit="ms"):
        super().__init__(title, step, unit=unit, at_most=at_most)
        self.step = step


TREE_ROWS = [
    TreeRow("parse the file", "parse", 0.25),
    TreeRow("`str(defs)`", "str", 0.5),
    TreeRow("`check()`", "check", 0.5),
    TreeRow("`load(defs)`", "load", 0.6),
    TreeRow("`sync_local()`, full", "sync_full", 0.5),
    TreeRow("`sync_local()` after a change of 1 task", "sync_1", 0.5),
    TreeRow("`sync_local()` after a change of 10,000 tasks", "sync_10000", 0.5),
    TreeRow("walk: name, state, path of `get_all_nodes()`", "walk", 0.33),
    TreeRow("walk: the same by `nodes` of each node", "walk_down", 0.33),
    TreeRow("walk: all variables", "walk_variables", 0.25),
    TreeRow("build the tree", "build", 0.6),
    TreeRow("`evaluate_trigger()` of all tasks", "evaluate", 0.5),
    TreeRow("peak memory, all steps", "peak", 0.6, unit="MB"),
]


def run(python, command, environment):
    done = subprocess.run(
        [python, WORKLOAD, *command],
        env=environment,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def measure(sides, plain, secure, rounds):
    environments = {False: plain.environment(), True: secure.environment(ECF_SSL=None)}
    for number in range(rounds + 1):
        for row in ROWS:
            order = list(sides.items())
            if number % 2:
                order.reverse()
            for side, python in order:
                value = run(python, row.command, environments[row.tls])
                if number:  # the first round warms up disk and server
                    getattr(row, side).append(value)
        print("round %d of %d" % (number, rounds), flush=True)


def measure_tree(sides, server, definition, rounds):
    environment = server.environment()
    for number in range(rounds):
        order = list(sides.items())
        if number % 2:
            order.reverse()
        for side, python in order:
            steps = json.loads(
                subprocess.run(
                    [python, TREE_WORKLOAD, definition],
                    env=environment,
                    cwd="/",
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    check=True,
                ).stdout
            )
            for row in TREE_ROWS:
                getattr(row, side).append(steps[row.step])
        print("tree, round %d of %d" % (number + 1, rounds), flush=True)


def interrupt(python, environment):
    """Seconds from SIGINT to KeyboardInterrupt, None when PATIENCE ends first."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        environment = dict(environment, ECF_HOST="127.0.0.1", ECF_PORT=str(silent.getsockname()[1]))
        child = subprocess.Popen(
            [python, WORKLOAD, "interrupt"],
            env=environment,
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        connection = silent.accept()[0]
        with connection, child:
            # While the original waits it holds the interpreter, so it cannot say that it is blocked.
            time.sleep(0.5)
            sent = time.monotonic()
            child.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                out = child.communicate("%r\n" % sent, timeout=PATIENCE)[0]
                return float(out.split()[-1])
            child.kill()
            return None


def machine():
    with open("/proc/cpuinfo") as lines:
        model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "?")
    return "%s, %d cores, Linux %s" % (model, os.cpu_count(), platform.release())


def output(*command):
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return done.stdout.decode().strip()


def versions(theirs):
    python = output(PYTHON, "-c", "import platform; print(platform.python_version())")
    go = output("go", "env", "GOVERSION")
    return "Python %s, %s, ecFlow %s (server and C++ module)" % (python, go, theirs)


TREE = """
## The definition tree

100 suites of 10 families of 100 tasks, each task with a variable, trigger, meter, event, label and inlimit: 101,100 nodes, %.0f MB
of text. One process goes through all steps, `benchmarks/tree_workload.py`; shortest of three where a step can be repeated.
Medians of %d processes for each side, in turn.

%s

A sync of one task is a request and its answer: most of it is the network and the server, the same for both.
"""


def report(rounds, version, latencies, grown, sections):
    lines = [row.line() for row in ROWS]
    theirs, ours = latencies
    lines.append(
        [
            "Ctrl-C to `KeyboardInterrupt` in a blocked call",
            "ms",
            "not within %.0f s" % PATIENCE if theirs[0] is None else "%.1f" % (1e3 * theirs[0]),
            "%.1f (%.1f-%.1f)" % tuple(1e3 * x for x in (statistics.median(ours), min(ours), max(ours))),
            "",
            "≤ 50 ms",
            "met" if max(ours) <= 0.05 else "**missed**",
        ]
    )
    lines.append(
        [
            "growth over 100,000 pings",
            "MB",
            "",
            "%.1f" % (grown / 2**20),
            "",
            "none (≤ 2)",
            "met" if grown <= 2 * 2**20 else "**missed**",
        ]
    )
    commit = output("git", "rev-parse", "--short=12", "HEAD")
    dirty = ", with uncommitted changes" if output("git", "status", "--porcelain", "-uno") else ""
    return """\
# Benchmarks

Written by `make bench` (`benchmarks/run.py`). Do not edit: run it again.

* %s; commit %s%s
* %s
* %s

Our package against the C++ module of Debian's `python3-ecflow`, both under `/usr/bin/python3`, against
the same real server on the same machine. Medians of %d rounds with the quartiles in brackets; each value
from a fresh process, the two sides in turn, their order alternating. Ratio: ours / C++ module; in the
rows "per s" more is better, elsewhere less.

%s

What the rows mean is in `benchmarks/workload.py`. The library itself is loaded by the first call that
needs it, hence the row "first ping". Ping rows are the median of many pings in one process. Memory is
the peak of the resident set.
%s""" % (datetime.date.today(), commit, dirty, machine(), versions(version), rounds, table(lines), sections)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--wheel", required=True)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--tree-rounds", type=int, default=7)
    options.add_argument("--programs", default="build/bin", help="directory of ecflow_client and ecflow")
    options.add_argument("--only-programs", action="store_true", help="print the table of the programs alone")
    options.add_argument("--only-tree", action="store_true", help="print the table of the tree alone")
    options.add_argument("--write", metavar="FILE")
    asked = options.parse_args()

    installation = realserver.Installation()
    if asked.only_programs:
        print(programs.measure(installation, asked.programs, asked.rounds, asked.tree_rounds))
        return
    with tempfile.TemporaryDirectory(prefix="ecflow-bench-") as folder:
        subprocess.run([PYTHON, "-m", "venv", folder], check=True)
        ours = os.path.join(folder, "bin", "python")
        pip = [ours, "-m", "pip", "install", "-q", "--no-index", "--no-deps", os.path.abspath(asked.wheel)]
        subprocess.run(pip, check=True)
        sides = {"theirs": PYTHON, "ours": ours}
        plain = realserver.RealServer(installation)
        secure = realserver.RealServer(installation, tls="server")
        with plain, secure:
            definition = os.path.join(folder, "bench.def")
            with open(definition, "w") as out:
                out.write(DEFINITION)
            tree = os.path.join(folder, "tree.def")
            with open(tree, "w") as out:
                out.write(tree_workload.definition())
            measure_tree(sides, plain, tree, asked.tree_rounds)
            tree = TREE % (
                os.path.getsize(tree) / 1e6,
                asked.tree_rounds,
                table([row.line() for row in TREE_ROWS]),
            )
            if asked.only_tree:
                print(tree)
                return
            plain.client("--load", definition)
            measure(sides, plain, secure, asked.rounds)
            environment = plain.environment()
            latencies = (
                [interrupt(PYTHON, environment)],
                [interrupt(ours, environment) or PATIENCE for _ in range(asked.rounds)],
            )
            grown = run(ours, ["growth"], environment)
    told = programs.measure(installation, asked.programs, asked.rounds, asked.tree_rounds)
    text = report(asked.rounds, installation.version, latencies, grown, tree + told)
    print(text)
    if asked.write:
        with open(os.path.join(ROOT, asked.write), "w") as out:
            out.write(text)


if __name__ == "__main__":
    main()
