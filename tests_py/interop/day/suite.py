"""The suite: what a weather centre runs in a day, in seconds. With the names of the original module alone."""

import os

import ecflow

CYCLES = ("00", "06", "12", "18")
FIRST, LAST = 20260101, 20260103

# Lines of the jobs. Each waits a little where its like at a centre would compute.
SCRIPTS = {
    "obs/fetch": """
tell --event=arrived
tell --label=info "%CYCLE% %YMD%"
""",
    "obs/qc": """
if test "%REJECT:no%" = yes; then exit 1; fi
tell --label=info accepted
""",
    "an/var4d": """
for i in 1 2 3; do tell --meter=iter $i; sleep 0.1; done
""",
    "an/fields": """
tell --label=info "%EXPVER%"
""",
    "fc/model": """
for step in 60 120 180 240; do
  tell --meter=step $step
  if test $step = 120; then tell --event=half; fi
  sleep 0.1
done
while test -e %ECF_HOME%/hold.model; do sleep 0.1; done
""",
    "fc/waves": """
tell --wait="/oper/main/%CYCLE%/fc/model:step ge 120"
""",
    "pp/maps": """
step=$(tell --queue=steps active)
while test "$step" != "<NULL>"; do
  tell --queue=steps complete "$step"
  step=$(tell --queue=steps active)
done
""",
    "pp/bufr": "",
    "pp/disseminate": "",
    "arch/save": "tell --label=info saved\n",
    "arch/log": "",
}


def write(home):
    """Scripts and includes, in ECF_HOME."""
    here = os.path.dirname(os.path.abspath(__file__))
    for name in ("head.h", "tail.h"):
        with open(os.path.join(here, name)) as text, open(os.path.join(home, name), "w") as out:
            out.write(text.read())

    def script(path, lines):
        path = os.path.join(home, path + ".ecf")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as out:
            out.write("%include <head.h>\n" + lines + "%include <tail.h>\n")
            out.write("%manual\nWhat to do when " + os.path.basename(path) + " fails.\n%end\n")

    for cycle in CYCLES:
        for path, lines in SCRIPTS.items():
            script("oper/main/%s/%s" % (cycle, path), lines)
    script("oper/housekeep/clean", 'tell --alter=change variable CLEANED "%TIME%" /oper/housekeep\n')
    script("oper/housekeep/nightly", "")
    script("oper/lag/tape", "sleep 0.1\n")
    script("oper/lag/verify", "")
    script("research/exp/prepare", "")
    script("research/exp/run", "")
    script("scratch/once", "")


def oper(home, client):
    """The operational suite, whose clock begins at midnight of the first day."""
    defs = ecflow.Defs()
    suite = defs.add_suite("oper")
    for name, value in (
        ("ECF_HOME", home), ("ECF_FILES", home), ("ECF_INCLUDE", home), ("ECFLOW_CLIENT", client),
        ("ECF_TRIES", "1"), ("EXPVER", "0001"), ("ECF_KILL_CMD", "kill -15 %ECF_RID%"),
    ):  # fmt: skip
        suite.add_variable(name, value)
    suite.add_clock(ecflow.Clock(1, 1, 2026, False))
    suite.add_limit("hpc", 2)
    suite.add_limit("ecfs", 1)
    suite.add_label("info", "the operational suite")
    main = suite.add_family("main")
    main.add_repeat(ecflow.RepeatDate("YMD", FIRST, LAST, 1))
    before = None
    for cycle in CYCLES:
        add_cycle(main, cycle, before)
        before = cycle
    add_lag(suite)
    add_housekeeping(suite)
    return defs


def add_cycle(main, cycle, before):
    family = main.add_family(cycle)
    family.add_variable("CYCLE", cycle)
    if before:
        family.add_trigger("%s == complete" % before)
    obs = family.add_family("obs")
    fetch = obs.add_task("fetch")
    fetch.add_time("%02d:30" % int(cycle))
    fetch.add_event("arrived")
    fetch.add_label("info", "")
    qc = obs.add_task("qc")
    qc.add_trigger("fetch:arrived")
    qc.add_label("info", "")
    an = family.add_family("an")
    an.add_trigger("obs == complete")
    an.add_inlimit("hpc", "/oper")
    dvar = an.add_task("var4d")
    dvar.add_meter("iter", 0, 3)
    fields = an.add_task("fields")
    fields.add_trigger("var4d:iter ge 2 and var4d == complete")
    fields.add_label("info", "")
    fc = family.add_family("fc")
    fc.add_trigger("an == complete")
    fc.add_inlimit("hpc", "/oper")
    model = fc.add_task("model")
    model.add_meter("step", 0, 240, 120)
    model.add_event("half")
    late = ecflow.Late()
    late.complete(0, 10, True)  # seconds, here: what hangs is late
    model.add_late(late)
    fc.add_task("waves")
    pp = family.add_family("pp")
    pp.add_trigger("fc/model:half")
    maps = pp.add_task("maps")
    maps.add_queue("steps", ["000", "060", "120", "180", "240"])
    bufr = pp.add_task("bufr")
    bufr.add_trigger("../fc == complete")
    bufr.add_defstatus(ecflow.DState.complete if cycle in ("06", "18") else ecflow.DState.queued)
    disseminate = pp.add_task("disseminate")
    disseminate.add_trigger("maps == complete and bufr == complete")
    disseminate.add_complete("../fc/model == aborted")
    arch = family.add_family("arch")
    arch.add_trigger("pp == complete and fc == complete")
    arch.add_inlimit("ecfs", "/oper")
    save = arch.add_task("save")
    save.add_label("info", "")
    log = arch.add_task("log")
    log.add_trigger("save == complete")


def add_lag(suite):
    """A day behind the main family: its date repeats too, and waits for that of the other."""
    lag = suite.add_family("lag")
    lag.add_repeat(ecflow.RepeatDate("YMD", FIRST, LAST, 1))
    tape = lag.add_task("tape")
    tape.add_trigger("../main:YMD gt ../lag:YMD or ../main == complete")
    tape.add_inlimit("ecfs", "/oper")
    verify = lag.add_task("verify")
    verify.add_trigger("tape == complete")


def add_housekeeping(suite):
    keep = suite.add_family("housekeep")
    keep.add_variable("CLEANED", "never")
    clean = keep.add_task("clean")
    cron = ecflow.Cron()
    cron.set_time_series("12:00")
    clean.add_cron(cron)
    nightly = keep.add_task("nightly")
    nightly.add_date(2, 1, 2026)
    nightly.add_time("00:05")


def research(home, client):
    """A user's experiment: repeated, begun by hand, and archived when it is done."""
    defs = ecflow.Defs()
    defs.add_extern("/oper/main/00")
    suite = defs.add_suite("research")
    for name, value in (
        ("ECF_HOME", home), ("ECF_FILES", home), ("ECF_INCLUDE", home), ("ECFLOW_CLIENT", client), ("ECF_TRIES", "1"),
    ):  # fmt: skip
        suite.add_variable(name, value)
    family = suite.add_family("exp")
    family.add_repeat(ecflow.RepeatEnumerated("MEMBER", ["red", "green", "blue"]))
    family.add_task("prepare")
    family.add_task("run").add_trigger("prepare == complete and /oper/main/00 == complete")
    return defs


def scratch(home, client):
    """A suite that removes itself once it is done."""
    defs = ecflow.Defs()
    suite = defs.add_suite("scratch")
    for name, value in (
        ("ECF_HOME", home), ("ECF_FILES", home), ("ECF_INCLUDE", home), ("ECFLOW_CLIENT", client), ("ECF_TRIES", "1"),
    ):  # fmt: skip
        suite.add_variable(name, value)
    suite.add_clock(ecflow.Clock(True))
    suite.add_autocancel(ecflow.Autocancel(0, 0, True))
    suite.add_task("once")
    return defs
