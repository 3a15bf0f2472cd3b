"""Parsing and printing definition text: our Go code and the original C++ module, one after the other, same machine, same text.

    python3 benchmarks/text.py [--original /usr/bin/python3] [--suites 100]

The definition is that of defs/text/bench_test.go: suites of 10 families of 100 tasks, each task with a variable, trigger,
meter, event, label and inlimit. Best of five for both.
"""

import argparse
import os
import re
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

ORIGINAL = """
import sys, time, ecflow
def best(f):
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        f()
        times.append(time.perf_counter() - begin)
    return min(times) * 1e3
d = ecflow.Defs(sys.argv[1])
print("version", getattr(ecflow, "__version__", "") or ecflow.Client().version())
print("parse", best(lambda: ecflow.Defs(sys.argv[1])))
print("DEFS", best(lambda: str(d)))
ecflow.PrintStyle.set_style(ecflow.Style.MIGRATE)
print("MIGRATE", best(lambda: str(d)))
"""


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


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument(
        "--original", default="/usr/bin/python3", help="a Python that can import the original module"
    )
    options.add_argument("--suites", type=int, default=100, help="of 1011 nodes each")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as tmp:
        path = os.path.join(tmp, "large.def")
        with open(path, "w") as f:
            f.write(definition(args.suites))
        size = os.path.getsize(path)
        done = subprocess.run(
            [args.original, "-c", ORIGINAL, path], check=True, capture_output=True, text=True, cwd=tmp
        )
        theirs = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    command = [
        "go",
        "test",
        "-run",
        "^$",
        "-bench",
        "Parse$|Append",
        "-benchtime",
        "1x",
        "-count",
        "5",
        "./defs/text",
    ]
    env = dict(os.environ, ECFLOW_BENCH_SUITES=str(args.suites))
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=env)
    ours = {}
    for name, ns in re.findall(r"^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(\d+) ns/op", done.stdout, re.M):
        key = name.split("/")[-1].replace("Parse", "parse")
        ours[key] = min(ours.get(key, float("inf")), int(ns) / 1e6)
    print(
        f"{args.suites * 1011} nodes, {size / 1e6:.1f} MB; original {theirs['version']}; milliseconds, best of five"
    )
    for key in ("parse", "DEFS", "MIGRATE"):
        print(
            f"{key:8} ours {ours[key]:7.1f}   original {float(theirs[key]):7.1f}   {ours[key] / float(theirs[key]):.2f}x"
        )


main()
