"""Compares two modules, or one with a recording, by random programs.

    python run.py --module-a 5.19.0 --module-b ours --seed 1 --count 2000
    python run.py --module-a 5.19.0 --record recorded-5.19.0.jsonl.gz --count 3000
    python run.py --recorded recorded-5.19.0.jsonl.gz --module-b ours

A module is "ours", a version that is on this machine (see scripts/roots.sh), or "PYTHON [DIRECTORY]".
A is the reference. Of each kind of difference the first is made as short as it can be, and shown.
"""

import argparse
import gzip
import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import compare  # noqa: E402  (the path above)
import lacking  # noqa: E402
from generate import Generator  # noqa: E402
from modules import Module  # noqa: E402


def shorten(difference, a, b, old, rounds=30):
    """The same kind of difference with as few steps as possible."""
    best = difference
    for _ in range(rounds):
        program = best.program[: best.index + 1]
        candidates = [program[:i] + program[i + 1 :] for i in range(len(program) - 1)]
        if best.index == len(best.program):
            candidates += [program[:-1]] if program else []
        if len(program) > 8:  # halves first
            half = len(program) // 2
            candidates = [program[half:], *candidates]
        if not candidates:
            break
        theirs, ours = a.run(candidates)[0], b.run(candidates)[0]
        for candidate, one, other in zip(candidates, theirs, ours):
            found = compare.first_difference(candidate, one, other, old)
            if found and found.kind() == difference.kind():
                best = found
                break
        else:
            break
    return best


def describe(difference):
    out = ["    " + json.dumps(step) for step in difference.program[: difference.index + 1]]
    out.append("      theirs: " + compare.brief(difference.theirs)[:700])
    out.append("      ours:   " + compare.brief(difference.ours)[:700])
    return "\n".join(out)


def record(path, module, programs):
    """Writes what programs show, those aside that crash or do not show the same at another time of another day."""
    shown = module.run(programs)[0]
    kept = [number for number, one in enumerate(shown) if not isinstance(one, dict)]
    programs, shown = [programs[number] for number in kept], [shown[number] for number in kept]
    again, coverage = module.run(programs, zone="X-14")
    steady = [one == other for one, other in zip(shown, again)]
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        for one in [coverage] + [[program, one] for program, one, fit in zip(programs, shown, steady) if fit]:
            out.write(json.dumps(one, separators=(",", ":")).encode() + b"\n")
    for program, one, other, fit in zip(programs, shown, again, steady):
        if not fit:
            print(
                "not steady:\n"
                + describe(
                    compare.first_difference(program, one, other)
                    or compare.Difference(program, len(program), one, other)
                )
            )
    return sum(steady)


def load(path):
    """The programs of a recording, what they showed, and the members they used."""
    with gzip.open(path, "rt") as lines:
        coverage = json.loads(next(lines))
        pairs = [json.loads(line) for line in lines]
    return [one[0] for one in pairs], [one[1] for one in pairs], coverage


def compare_all(programs, theirs, ours, old=False):
    report = compare.Report()
    for program, one, other in zip(programs, theirs, ours):
        report.add(program, one, other, old)
    return report


def is_old(*names):
    return any(name in lacking.VERSIONS for name in names)


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--module-a", help="the reference")
    parser.add_argument("--module-b", default="ours")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--record", help="write what A shows to this file, compare nothing")
    parser.add_argument("--recorded", help="compare with this file instead of A")
    parser.add_argument("--shorten", type=int, default=10, help="how many kinds of differences to shorten")
    parser.add_argument("--kinds", type=int, default=40, help="how many kinds to show")
    parser.add_argument("--crashes", help="write the programs that crash A to this file")
    parser.add_argument("--coverage", help="write the members that B used to this file")
    return parser.parse_args()


def main():
    given = arguments()
    start = time.monotonic()
    a = Module(given.module_a) if given.module_a else None
    if given.recorded:
        programs, theirs, _ = load(given.recorded)
    else:
        lacks = lacking.of(given.module_a) | lacking.of("" if given.record else given.module_b)
        programs = Generator(given.seed, lacks).programs(given.count)
    if given.record:
        count = record(given.record, a, programs)
        print("%d of %d programs recorded, %.1f s" % (count, len(programs), time.monotonic() - start))
        return 0
    if a:
        theirs = a.run(programs)[0]
    if given.crashes:
        with open(given.crashes, "w") as out:
            out.writelines(
                json.dumps(one) + "\n" for one, shown in zip(programs, theirs) if isinstance(shown, dict)
            )
    b = Module(given.module_b)
    ours, coverage = b.run(programs)
    if given.coverage:
        with open(given.coverage, "w") as out:
            json.dump(coverage, out, indent=1, sort_keys=True)
    old = is_old(given.module_a, given.module_b)
    report = compare_all(programs, theirs, ours, old)
    print("%s, %.1f s" % (report, time.monotonic() - start))
    for why, found in sorted(report.reasons.items(), key=lambda item: -len(item[1])):
        print("  allowed, %d: %s" % (len(found), why))
    for number, (kind, found) in enumerate(sorted(report.differing.items(), key=lambda item: -len(item[1]))):
        if number >= given.kinds:
            print("... and %d kinds more" % (len(report.differing) - given.kinds))
            break
        print("%d x %s" % (len(found), kind))
        first = min(found, key=lambda one: one.index)
        print(describe(shorten(first, a, b, old) if a and number < given.shorten else first))
    return 1 if report.differing else 0


if __name__ == "__main__":
    sys.exit(main())
