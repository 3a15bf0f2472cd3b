"""Build a suite, check it, load it, begin it, follow it, walk it.

    ECF_HOST=localhost ECF_PORT=3141 python3 forecast_tree.py

It uses nothing that only one implementation of the module `ecflow` has, and prints the same with each: a test runs it
with ours and with the original, and compares. The server is asked to run no job: all tasks are dummies.
"""

import os

import ecflow
from ecflow import (
    Date,
    Day,
    Days,
    Defs,
    Edit,
    Event,
    Family,
    InLimit,
    Label,
    Late,
    Limit,
    Meter,
    RepeatDate,
    Suite,
    Task,
    Time,
    Trigger,
)


def build():
    late = Late()
    late.submitted(0, 15)
    return Defs(
        Suite("forecast").add(
            Edit(ECF_DUMMY_TASK="", EXPVER="0001", HOURS=24),
            Limit("jobs", 2),
            RepeatDate("YMD", 20250101, 20250103),
            Family(
                "analysis",
                InLimit("jobs"),
                Task("fetch", Time("00:10"), Event("ready"), Label("info", "nothing yet")),
                Task("screen", Trigger("fetch:ready or fetch == complete"), Meter("step", 0, 24, 18)),
            ),
            Family(
                "model",
                Trigger("analysis == complete"),
                late,
                [Task(f"member_{n:02d}", MEMBER=n) for n in range(3)],
            ),
            Family("archive").add(
                Trigger("model == complete and :YMD ge 20250101"),
                Day(Days.monday),
                Date(1, 0, 0),
                Task("clean"),
            ),
        )
    )


def show(defs):
    """Every node with its state and its own variables."""
    for node in defs.get_all_nodes():
        variables = " ".join(f"{v.name()}={v.value()}" for v in node.variables)
        print(f"{node.get_abs_node_path():32s} {str(node.get_dstate()):10s} {variables}".rstrip())


def main():
    defs = build()
    print(defs)
    print("check:", repr(defs.check()))
    task = defs.find_abs_node("/forecast/analysis/screen")
    print("trigger of", task.get_abs_node_path(), "holds:", task.evaluate_trigger())
    print("with a mistake:", end=" ")
    broken = Defs() + (Suite("broken") + Task("t"))
    broken.broken.t.add_trigger("missing == complete")
    print(broken.check().splitlines()[0])

    client = ecflow.Client(os.environ.get("ECF_HOST", "localhost"), os.environ.get("ECF_PORT", "3141"))
    client.load(defs, True)
    client.suspend("/forecast")
    client.begin_suite("forecast")
    client.sync_local()
    show(client.get_defs())

    client.force_state("/forecast/analysis/fetch", ecflow.State.complete)
    client.alter("/forecast/model/member_01", "change", "variable", "MEMBER", "41")
    client.alter("/forecast", "add", "variable", "NOTE", "changed meanwhile")
    client.sync_local()
    print("changed:", sorted(set(client.changed_node_paths) - {"/"}))
    show(client.get_defs())

    client.delete("/forecast", True)
    client.sync_local()
    print("suites left:", [suite.name() for suite in client.get_defs().suites])


if __name__ == "__main__":
    main()
