"""What the original makes of random expressions: python3 golden.py OUT.jsonl SEED COUNT

Run it beside base.def with a Python that can import the original ecflow module; README.md says what the lines hold.
Compress the result: gzip -9n OUT.jsonl
"""

import json
import os
import random
import sys
import tempfile

import ecflow

PATHS = "a b c 7 g g/h g/h/z g/y ./a ./7 ./g/y ../f/a ../f2/w ../../s/f/c ../../../s/f/a /s/f/a /s/f/c /s/f /./a zz g/nix ../nix /nix".split()
NAMES = "V D J H E m ev two 2 3 lab L q I ST YMD EN OWN NUM TXT NEG BIG TASK FAMILY SUITE ECF_DATE nix".split()
NUMBERS = "0 1 2 3 4 5 7 08 10 42 100 1000 20200228 20200301 2020022812 2458908 2147483647".split()
STATES = "complete aborted active queued submitted unknown suspended".split()
COMPARE = ["==", "==", "!=", ">=", "<=", "<", ">", "eq", "ne", "ge", "le", "lt", "gt"]


def space(r):
    """Around an operator made of signs."""
    return r.choice(["", " ", " ", " ", " ", "  ", "\t"])


def reference(r):
    k = r.randrange(10)
    if k < 6:
        return f"{r.choice(PATHS)}:{r.choice(NAMES)}"
    if k < 9:
        return ":" + r.choice(NAMES)
    return f"{r.choice(['/', *PATHS])}<flag>{r.choice(['late', 'late', 'zombie', 'archived'])}"


def total(r, depth=0):
    k = r.randrange(12)
    if k < 4 or depth > 2:
        return r.choice(NUMBERS)
    if k < 7:
        return reference(r)
    if k == 7:
        return f"cal::{r.choice(['date_to_julian', 'julian_to_date'])}({r.choice([r.choice(NUMBERS), reference(r)])})"
    if k == 8:
        return f"( {total(r, depth + 1)} )"
    if k == 9 and r.random() < 0.3:
        return r.choice(["-", "~", "!"]) + total(r, depth + 1)
    return f"{total(r, depth + 1)}{space(r)}{r.choice('+-*/%')}{space(r)}{total(r, depth + 1)}"


def compared(r, left, right):
    op = r.choice(COMPARE)
    return f"{left} {op} {right}" if op.isalpha() else f"{left}{space(r)}{op}{space(r)}{right}"


def term(r):
    k = r.randrange(10)
    if k < 5:
        return compared(r, r.choice(PATHS), r.choice(STATES))
    if k < 6:
        return compared(r, reference(r), r.choice(["set", "clear"]))
    if k < 9:
        return compared(r, total(r), total(r))
    return r.choice([reference(r), r.choice(NUMBERS), "/s/f/a:YMD == 20200228T101112", ":YMD >= 20200101T000000"])


def expression(r, depth=0):
    k = r.randrange(10)
    if k < 5 or depth > 2:
        text = term(r)
    elif k < 7:
        text = f"( {expression(r, depth + 1)} )"
    else:
        text = f"{expression(r, depth + 1)}{r.choice([' and ', ' or ', ' AND ', ' OR ', ' && ', ' || ', '&&', '||'])}{expression(r, depth + 1)}"
    if r.random() < 0.08:
        text = r.choice(["not ", "! ", "!", "~", "~ "]) + text
    return text


def damaged(r, text):
    """One mistake, or none."""
    if r.random() < 0.85 or not text:
        return text
    at = r.randrange(len(text))
    return r.choice([text[:at] + text[at + 1 :], text[:at], text[:at] + r.choice("()!:/<>=&|-+ \t.a1") + text[at:]])


def answer(text):
    """What the original makes of an expression; the file "begun" has what it said before it evaluated it."""
    row, d = {"e": text}, ecflow.Defs()
    d.restore_from_checkpt("base.def")
    task = d.find_abs_node("/s/f/t")
    task.add_part_trigger(ecflow.PartExpression(text))
    check = d.check()
    if check:
        row["c"] = check
    with open("begun", "w") as f:
        json.dump(row, f)
    row["v"] = task.evaluate_trigger()
    mark = "TASK /s/f/t(queued) "
    for reason in ecflow.WhyCmd(d, "/s/f/t").why().split("\n"):
        if reason.startswith(mark):
            row["w"] = reason[len(mark) :]
    with open("row", "w") as f:
        json.dump(row, f, separators=(",", ":"))


def answers(text):
    """A line, from a process of its own, which may end at any step."""
    for done in ("row", "begun"):
        if os.path.exists(done):
            os.remove(done)
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            answer(text)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    if os.path.exists("row"):
        with open("row") as f:
            return json.load(f)
    if os.path.exists("begun"):
        with open("begun") as f:
            return {**json.load(f), "a": 1}
    return {"e": text, "a": 2}


def main(out, seed, count):
    r = random.Random(int(seed))
    with open(out, "w") as o, open("base.def") as base, tempfile.TemporaryDirectory() as tmp:
        here = os.getcwd()
        os.chdir(tmp)
        with open("base.def", "w") as f:
            f.write(base.read())
        for _ in range(int(count)):
            text = damaged(r, expression(r)).strip() or "&& "
            o.write(json.dumps(answers(text), separators=(",", ":")) + "\n")
        os.chdir(here)


main(*sys.argv[1:])
