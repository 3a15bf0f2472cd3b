"""Ours shows what the original shows, in random programs over the whole tree API.

With no original at hand: against what 5.19.0 showed (recorded-5.19.0.jsonl.gz, made by `make oracle`).
Against the original that ECFLOW_SERVER names, by default this machine's: new programs, or, if it is
older than 5.19.0, the recorded ones, in which ours has to show what that version or 5.19.0 shows.
"""

import functools
import json
import os
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import compare  # noqa: E402  (the path above)
import differences  # noqa: E402
import lacking  # noqa: E402
import realserver  # noqa: E402
import run  # noqa: E402
from generate import Generator  # noqa: E402
from modules import Module  # noqa: E402

RECORDED = HERE / "recorded-5.19.0.jsonl.gz"
COUNT = int(os.environ.get("ECFLOW_DIFFERENTIAL", "2000"))
SEED = 20


@pytest.fixture(scope="session")
def recorded():
    programs, shown, _ = run.load(RECORDED)
    return programs, shown


@pytest.fixture(scope="session")
def ours(recorded):
    return Module("ours").run(recorded[0])[0]


def check(report):
    """Nothing differs but what differences.py explains."""
    print(report)
    kinds = sorted(report.differing.items(), key=lambda item: -len(item[1]))
    text = "\n".join("%d x %s\n%s" % (len(found), kind, run.describe(found[0])) for kind, found in kinds[:10])
    assert not report.differing, "%s\n%s" % (report, text)
    assert report.share() >= 99.5


def test_recorded(recorded, ours):
    check(run.compare_all(*recorded, ours))


def test_installed(recorded, ours):
    version = realserver.selected()[0].version
    module = Module(version)
    if version not in lacking.VERSIONS:
        programs = Generator(SEED).programs(COUNT)
        check(run.compare_all(programs, module.run(programs)[0], Module("ours").run(programs)[0]))
        return
    programs, newest = recorded
    programs = programs[:COUNT]
    report = compare.Report()
    for program, old, new, other in zip(programs, module.run(programs)[0], newest, ours):
        report.compare(program, functools.partial(compare.either, program, old, new, other))
    check(report)


def test_crashers():
    """What ends a process of the original is an error with ours, or does what was meant."""
    programs = [json.loads(line) for line in (HERE / "crashers.jsonl").read_text().splitlines()]
    shown, _ = Module("ours").run(programs)
    assert not [program for program, one in zip(programs, shown) if isinstance(one, dict)]


def test_differences_are_documented():
    text = (HERE.parent.parent / "docs" / "compat.md").read_text().lower()
    assert not [why for _, why in differences.RULES if why.lower() not in text]


def test_same_seed_same_programs():
    assert Generator(3).programs(50) == Generator(3).programs(50)
    assert Generator(3).programs(5) != Generator(4).programs(5)


def test_comparison_sees_differences():
    program = [["new", "v1", "Event", ["a"], {}], ["call", "", {"v": "v1"}, "name", []]]
    shown = [{"Event": "event a"}, "a", {}]

    def kind(other):
        found = compare.first_difference(program, shown, other)
        return found and found.kind()

    assert kind(shown) is None
    assert kind([{"Event": "event a"}, "b", {}]) == "call Event.name: str -> str"
    assert (
        kind([{"Event": "event a"}, {"error": "TypeError", "text": ""}, {}])
        == "call Event.name: str -> TypeError"
    )
    assert kind([{"Event": "event b"}, "a", {}]) == "new Event: Event -> Event"
    assert kind({"crash": 11}) == "final :  -> crash"
