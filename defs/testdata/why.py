"""Why nodes do not run, as the original says it, for definitions put together at random: python3 why.py OUT.jsonl SEED COUNT

Run it with a Python that can import the original ecflow module. One line of JSON a definition: "text", a check point; "why",
the sentences of WhyCmd by path, "" for the whole definition. Compress the result: gzip -9n OUT.jsonl
"""

import json
import os
import random
import sys
import tempfile

import ecflow

STATES = ["queued", "queued", "queued", "aborted", "complete", "active", "submitted", "unknown"]


def definition(r):
    lines = ["#5.19.0"]
    head = "defs_state MIGRATE state>:" + r.choice(STATES)
    if r.random() < 0.2:
        head += " server_state:" + r.choice(["HALTED", "SHUTDOWN", "RUNNING"])
    lines.append(head)
    if r.random() < 0.8:
        lines[-1] = "defs_state MIGRATE state>:queued"

    def clock():
        return f"{r.randrange(24):02}:{r.choice([0, 15, 30, 59]):02}"

    def series():
        plus = "+" if r.random() < 0.2 else ""
        if r.random() < 0.5:
            return plus + clock()
        start, end = sorted(r.sample(range(0, 24), 2))
        return f"{plus}{start:02}:00 {end:02}:{r.choice(['00', '30'])} {r.choice(['00:30', '01:00', '00:20'])}"

    def state(kinds):
        words = [w for w in kinds if r.random() < 0.25]
        return " # " + " ".join(words) if words else ""

    def attributes(kind):
        if r.random() < 0.2:
            lines.append(f"limit {r.choice(['l', 'k'])} {r.choice([1, 2])}" + r.choice(["", " # 1 /s/a", " # 2 /s/a /s/b/c", " # 6 /1 /2 /3 /4 /5 /6"]))
        for _ in range(r.choice([0, 0, 1])):
            where = r.choice(["", "", "/s:", "../a:", "nix:"])
            tail = " # incremented:1" if r.random() < 0.2 else ""
            lines.append(f"inlimit {r.choice(['', '-n ', '-s '])}{where}{r.choice(['l', 'k', 'nix'])} {r.choice([1, 2])}{tail}")
        if kind == "suite":
            return
        for _ in range(r.choice([0, 0, 0, 1, 2])):
            lines.append(f"time {series()}" + state(["free", "isValid:false", "nextTimeSlot/11:00", "relativeDuration/05:00:00"]))
        for _ in range(r.choice([0, 0, 0, 1])):
            lines.append(f"today {series()}" + state(["free", "isValid:false", "nextTimeSlot/11:00", "relativeDuration/05:00:00"]))
        for _ in range(r.choice([0, 0, 0, 1])):
            day, month, year = r.choice(["*", "1", "15", "28"]), r.choice(["*", "1", "3", "12"]), r.choice(["*", "2020", "2021", "2019"])
            lines.append(f"date {day}.{month}.{year}" + state(["free"]))
        for _ in range(r.choice([0, 0, 0, 1])):
            lines.append(
                "day " + r.choice(["monday", "wednesday", "sunday"]) + state(["free", "expired", "date:2020-Mar-0" + str(r.randrange(1, 10))])
            )
        if r.random() < 0.2:
            when = ""
            if r.random() < 0.4:
                when += " -w " + r.choice(["0", "1,3", "0L", "1,5L", "2L,3L"])
            if r.random() < 0.3:
                when += " -d " + r.choice(["1", "15,20", "L", "10,L"])
            if r.random() < 0.3:
                when += " -m " + r.choice(["1", "3,6", "12"])
            lines.append(f"cron{when} {series()}" + state(["free", "isValid:false", "nextTimeSlot/11:00", "relativeDuration/05:00:00"]))
        if kind == "task" and r.random() < 0.1:
            lines.append("aviso --name a --listener '{}'")
        if kind == "task" and r.random() < 0.1:
            lines.append("mirror --name m --remote_path /a --remote_host h")
        if r.random() < 0.3:
            free = " # free" if r.random() < 0.2 else ""
            lines.append("trigger " + r.choice(["1 == 1", "1 == 0", "/s == complete", "nix == complete and 1 == 0", "/s/a == queued", "a =="]) + free)
        if r.random() < 0.2:
            free = " # free" if r.random() < 0.2 else ""
            lines.append("complete " + r.choice(["1 == 1", "1 == 0", "/s == complete"]) + free)

    def node(kind, name, depth):
        words = []
        if r.random() < 0.9:
            words.append("state:" + r.choice(STATES))
        if r.random() < 0.1:
            words.append("suspended:1")
        if kind == "suite":
            words.insert(0, "begun:1")
        lines.append(f"{kind} {name}" + (" # " + " ".join(words) if words else ""))
        attributes(kind)
        if kind == "suite":
            now = f"2020-{r.choice(['Mar-01', 'Mar-04', 'Feb-29', 'Dec-31', 'Jun-15'])} {clock()}:00"
            lines.append(
                f"calendar initTime:2020-Jan-01 10:00:00 suiteTime:{now} duration:01:00:00 initLocalTime:2020-Jan-01 10:00:00 "
                "lastTime:2020-Jan-01 11:00:00 calendarIncrement:00:01:00"
            )
        if kind != "task":
            for child in r.sample("abc", r.choice([1, 2])):
                node("family" if depth < 2 and r.random() < 0.4 else "task", child, depth + 1)
            lines.append("end" + kind)

    node("suite", "s", 0)
    return "\n".join(lines) + "\n"


def answers(text):
    """The answers of the original, from a process of its own: None when that ends, or the text cannot be read."""
    with open("x.check", "w") as f:
        f.write(text)
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        d = ecflow.Defs()
        try:
            d.restore_from_checkpt("x.check")
            why = {n.get_abs_node_path(): ecflow.WhyCmd(d, n.get_abs_node_path()).why() for n in d.get_all_nodes()}
            why[""] = ecflow.WhyCmd(d, "").why()
        except RuntimeError:
            os._exit(1)
        with open("row", "w") as f:
            json.dump({"text": text, "why": why}, f)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        return None
    with open("row") as f:
        return json.load(f)


def main(out, seed, count):
    r = random.Random(int(seed))
    with open(out, "w") as o, tempfile.TemporaryDirectory() as tmp:
        os.chdir(tmp)
        for _ in range(int(count)):
            row = answers(definition(r))
            if row:
                o.write(json.dumps(row) + "\n")
        os.chdir("/")


main(*sys.argv[1:])
