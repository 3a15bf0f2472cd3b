"""Reading, checking and printing definition text: our Go code and the original C++ module, same machine, same text.

    python3 benchmarks/text.py [--original /usr/bin/python3] [--suites 100] [--rounds 15]

The definition is that of defs/text/bench_test.go: suites of 10 families of 100 tasks, each task with a variable, trigger,
meter, event, label and inlimit. Rounds take turns, each in a process of its own that does everything three times and
tells the median; shown is the median of the rounds. "load" is Defs(path), with the check that it does; "check" is a check
after that.
"""

import argparse
import os
import re
import statistics
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

ORIGINAL = """
import resource, statistics, sys, time, ecflow
def median(f):
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        f()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1e3
print("load", median(lambda: ecflow.Defs(sys.argv[1])))
d = ecflow.Defs(sys.argv[1])
print("check", median(d.check))
print("DEFS", median(lambda: str(d)))
ecflow.PrintStyle.set_style(ecflow.Style.MIGRATE)
print("MIGRATE", median(lambda: str(d)))
"""

NAMES = {"Load": "load", "Check": "check"}


def definition(suites):
    lines = []
    for s in range(suites):
        lines += [f"suite s{s}", "  edit SUITE_VAR '/path/of/some/length/that/users/have'", "  limit lim 10"]
        for f in range(10):
            lines += [f"  family f{f}", "    edit FAMILY_VAR '/path/of/some/length/that/users/have'"]
            for t in range(100):
                lines += [
                    f"    task t{t}",
                    f"      trigger t{max(t - 1, 0)} == complete",
                    "      edit VAR 'value of a variable'",
                    "      inlimit lim",
                    '      label info "some text"',
                    "      meter step 0 100 100",
                    "      event done",
                ]
            lines.append("  endfamily")
        lines.append("endsuite")
    return "\n".join(lines) + "\n"


def original(python, path):
    done = subprocess.run([python, "-c", ORIGINAL, path], check=True, capture_output=True, text=True)
    return {key: float(ms) for key, ms in (line.split() for line in done.stdout.splitlines())}


def ours(binary, suites):
    command = [binary, "-test.run=^$", "-test.bench=Load|Check|Append", "-test.benchtime=1x", "-test.count=3"]
    env = dict(os.environ, ECFLOW_BENCH_SUITES=str(suites))
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env=env, cwd=os.path.join(ROOT, "defs", "text")
    )
    times = {}
    for name, ns in re.findall(r"^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(\d+) ns/op", done.stdout, re.M):
        times.setdefault(NAMES.get(name, name.split("/")[-1]), []).append(int(ns) / 1e6)
    return {key: statistics.median(each) for key, each in times.items()}


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument(
        "--original", default="/usr/bin/python3", help="a Python that can import the original module"
    )
    options.add_argument("--suites", type=int, default=100, help="of 1011 nodes each")
    options.add_argument("--rounds", type=int, default=15)
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        path, binary = os.path.join(tmp, "large.def"), os.path.join(tmp, "text.test")
        with open(path, "w") as f:
            f.write(definition(args.suites))
        subprocess.run(["go", "test", "-c", "-o", binary, "./defs/text"], check=True, cwd=ROOT)
        rounds = [(ours(binary, args.suites), original(args.original, path)) for _ in range(args.rounds)]
        size = os.path.getsize(path)
    print(f"{args.suites * 1011} nodes, {size / 1e6:.1f} MB; milliseconds, medians of {args.rounds} rounds")
    for key in ("load", "check", "DEFS", "MIGRATE"):
        we, they = (statistics.median(each[who][key] for each in rounds) for who in (0, 1))
        print(f"{key:8} ours {we:7.1f}   original {they:7.1f}   {we / they:.2f}x")


main()
