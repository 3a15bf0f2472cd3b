"""Definition files and scripts for the programs that read files."""

LINES = [
    "edit A '1'", "edit B \"two\"", "edit A ''", "event 1", "event 2 two", "event e0", "meter m0 0 10 5", "meter m1 0 10",
    'label l0 "text"', 'label l1 "two\\nlines"', "limit lim 3", "inlimit lim", "inlimit /s0:lim 2", "inlimit -n lim", "late -s +00:10 -a 20:00 -c +02:00",
    "defstatus complete", "defstatus suspended", "autocancel 1", "autocancel +01:00", "autoarchive 2", "autorestore /s0",
    "repeat date YMD 20200101 20200110 2", "repeat integer N 1 5", "repeat enumerated E \"a\" \"b\"", "repeat string S \"x\" \"y\"", "repeat day 1",
    "queue q a b c", "generic g a b", "zombie ecf:fob:init:3600", "verify complete:1",
]  # fmt: skip
INNER = [
    "trigger /s0/last == complete", "trigger ../last == complete and 1 == 1", "complete /s0/last == aborted or 2 > 3", "time 10:00", "time +00:10 01:00 00:05",
    "today 12:00", "date 1.*.*", "day monday", "cron 10:00", "cron -w 0,1 10:00 20:00 01:00", "complete 1 == 0",
]  # fmt: skip
BAD = [
    "nosuch 1",
    "edit",
    "event",
    "meter m x y",
    "task a b c",
    "family",
    "endtask",
    "endsuite",
    "limit l",
    "repeat nosuch N 1",
    "label",
    "inlimit",
    "trigger",
    "date 40.1.2020",
    "day funday",
    "# comment",
    "",
    "trigger t0 == complete",
    "trigger -a 1 == 1",
    "trigger (a == 1",
    "time 25:00",
    "edit A '1' # note",
]
SCRIPT = [
    "echo %TASK%",
    "echo %A:default%",
    "%include <head.h>",
    '%include "x.h"',
    "%manual",
    "%end",
    "%comment",
    "%nopp",
    "echo 100%%",
    "echo %NOSUCH%",
    "%ecfmicro @",
    "date",
]


def definition(random):
    """A definition, mostly good."""
    out = []

    def attributes(depth, choices, most):
        seen = set()
        for _ in range(random.randint(0, most)):
            line = random.choice(choices)
            word = line.split()[0]
            word = "repeat" if word == "cron" else word
            if (
                word in seen
                and random.random() < 0.97
                or word == "autoarchive"
                and ("autocancel" in seen or depth == 3)
            ):
                continue
            if word == "autocancel" and "autoarchive" in seen:
                continue
            seen.add(word)
            if random.random() < 0.012:
                line = random.choice(BAD)
            out.append("  " * depth + line)

    if random.random() < 0.2:
        out.append("extern /x/y")
    for suite in range(random.choice((1, 1, 2))):
        out.append("suite s%d" % suite)
        attributes(1, LINES, 3)
        if random.random() < 0.2:
            out.append(
                random.choice(("  clock real 1.1.2020", "  clock hybrid 2.3.2021 +01:00", "  clock real"))
            )
        for family in range(random.randint(0, 2)):
            out.append("  family f%d" % family)
            attributes(2, LINES + INNER, 3)
            for task in range(random.randint(0, 3)):
                out.append("    task t%d" % task)
                attributes(3, LINES + INNER, 3)
                if random.random() < 0.15:
                    out.extend(["      alias alias0", "        edit A 'alias'", "      endalias"])
                if random.random() < 0.1:
                    out.append("    endtask")
            out.append("  endfamily")
        out.append("  task last")
        attributes(2, LINES + INNER, 2)
        if random.random() < 0.95:
            out.append("endsuite")
    return "\n".join(out) + "\n"


def script(random):
    return "\n".join(random.choice(SCRIPT) for _ in range(random.randint(1, 6))) + "\n"
