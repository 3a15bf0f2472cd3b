"""Whatever is given to whatever member: an exception of a usual kind, never a crash, never a defect of the library."""

import subprocess
import sys

import pytest

PROGRAM = r"""
import itertools, os, random, sys
import ecflow
from ecflow import _zclasses

os.chdir(sys.argv[1])
chance = random.Random(int(sys.argv[2]))
LEFT_OUT = {"replace_on_server", "execute"}  # these leave the process

def samples():
    defs = ecflow.Defs()
    suite = defs.add_suite("s")
    family = suite.add_family("f")
    task = family.add_task("t")
    task.add_variable("V", "1").add_meter("m", 0, 10).add_event("e").add_label("l", "x").add_trigger("1 == 1")
    suite.add_limit("lim", 3)
    task.add_inlimit("lim", "/s").add_repeat(ecflow.RepeatInteger("I", 1, 5, 1))
    cron = ecflow.Cron("00:00 10:00 01:00")
    return [
        defs, suite, family, task, cron, ecflow.Meter("m", 0, 10), ecflow.Event("e"), ecflow.Label("l", "x"), ecflow.Limit("lim", 3),
        ecflow.InLimit("lim"), ecflow.Trigger("a == complete"), ecflow.Complete("a == complete"), ecflow.Expression("a == 1"),
        ecflow.PartExpression("a == 1"), ecflow.TimeSlot(1, 2), ecflow.TimeSeries(1, 2), ecflow.Time("10:00"), ecflow.Today("10:00"),
        ecflow.Date("1.1.2020"), ecflow.Day("monday"), ecflow.Clock(True), ecflow.Late(submitted="00:10"), ecflow.Autocancel(1),
        ecflow.Autoarchive(1, True), ecflow.Autorestore(["/s"]), ecflow.Verify(ecflow.State.complete, 1), ecflow.Defstatus("complete"),
        ecflow.Queue("q", ["a", "b"]), ecflow.Generic("g", ["a"]), ecflow.Flag(), ecflow.RepeatDate("D", 20200101, 20200105),
        ecflow.RepeatDateTime("D", "20200101T000000", "20200105T000000", "24:00:00"), ecflow.RepeatDateList("D", [20200101]),
        ecflow.RepeatEnumerated("E", ["a"]), ecflow.RepeatString("S", ["a"]), ecflow.RepeatDay(1), task.get_repeat(),
        ecflow.ZombieAttr(ecflow.ZombieType.ecf, [], ecflow.ZombieUserActionType.fob), ecflow.JobCreationCtrl(),
        ecflow.Variable("A", "1"), ecflow.Edit(A=1),
    ]

ODD = [
    None, True, -1, 0, 1, 7, 2**31, -2**31 - 1, 2**63, 2**70, 1.5, float("nan"), float("inf"), "", " ", "a", "/", "/s", "/s/f/t", "..", "a\0b",
    "\u00e9", "\udcff", "x" * 100000, "10:00", "25:99", "20200101", "99999999999999999999", b"x", [], [[]], [None], ["a"], (), {}, {"a": 1}, {1: 2}, set(),
    object(), ecflow.State.complete, ecflow.Days.monday, ecflow.DState.aborted, ecflow.Style.STATE, ecflow.AttrType.all, ecflow.ZombieType.path, int, len,
]
USUAL = (TypeError, ValueError, RuntimeError, LookupError, AttributeError, OverflowError, RecursionError, StopIteration, UnicodeError, OSError)

calls = failures = 0
for _ in range(int(sys.argv[3])):
    objects = samples()
    pool = ODD + objects
    targets = objects + [getattr(ecflow, name) for name in _zclasses.__all__]
    for _ in range(60):
        target = chance.choice(targets)
        names = [n for n in dir(target) if n not in LEFT_OUT and n not in ("__class__", "__dir__", "__init_subclass__", "__subclasshook__")]
        name = chance.choice(names)
        args = [chance.choice(pool) for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 4)))]
        kwargs = {"name": chance.choice(pool)} if chance.random() < 0.05 else {}
        calls += 1
        try:
            member = getattr(target, name)
            if callable(member):
                member(*args, **kwargs)
        except USUAL as error:
            failures += 1
            assert not isinstance(error, ecflow.InternalError), (target, name, args, error)
        except ecflow.InternalError as error:
            raise SystemExit(f"{target!r}.{name}{args!r}: {error}")
    for one in objects[:4]:
        str(one), repr(one)
print(calls, failures)
"""


@pytest.mark.parametrize("seed", range(4))
def test_odd_arguments_everywhere(seed, tmp_path):
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", PROGRAM, str(tmp_path), str(seed), "40"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        errors="replace",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-5000:]
    calls, failures = map(int, done.stdout.split()[-2:])
    assert calls > 2000 and 0 < failures < calls
