"""What the original's check says about definitions put together at random: python3 check.py OUT.jsonl SEED COUNT

Run it with a Python that can import the original ecflow module. One line of JSON a definition: "text"; "check", what
Defs.check() says; "load", what Defs("file") says: an error or warnings; "externs" after auto_add_externs(True), and
"again", what check says then. Compress the result: gzip -9n OUT.jsonl
"""

import json
import os
import random
import sys
import tempfile

import ecflow

HEAD = "#5.19.0\ndefs_state MIGRATE state>:unknown\n"


def definition(r):
    names = ["a", "b", "c", "d"]

    def path():
        return r.choice(
            [
                r.choice(names), "/" + r.choice("st"), f"/s/{r.choice(names)}", f"/t/{r.choice(names)}/{r.choice(names)}",
                f"../{r.choice(names)}", f"../../{r.choice(names)}", f"./{r.choice(names)}", f"{r.choice(names)}/{r.choice(names)}",
                f"../{r.choice(names)}/{r.choice(names)}", "/s", "..", "../..", "nix", "/nix/a", "/s/nix", "../nix",
            ]
        )

    def attribute():
        return r.choice(["e", "m", "V", "REP", "lim", "q", "1", "TASK", "SUITE", "FAMILY", "nix", "ECF_HOME", "DATE", "big"])

    def term():
        k = r.randrange(10)
        if k < 4:
            return f"{path()} == {r.choice(['complete', 'aborted', 'active'])}"
        if k < 7:
            return f"{path()}:{attribute()} {r.choice(['==', '>', '<='])} {r.randrange(4)}"
        if k == 7:
            return f":{attribute()} == {r.randrange(3)}"
        if k == 8:
            return f"{path()}<flag>late"
        return f"{path()}:{attribute()} / {r.randrange(2)} == 1"

    def expression():
        return r.choice([" and ", " or "]).join(term() for _ in range(r.choice([1, 1, 1, 2, 3])))

    lines, externs = [], set()
    for _ in range(r.choice([0, 0, 1, 4])):
        externs.add(
            r.choice([path(), f"{path()}:{attribute()}", f"/s/{r.choice(names)}:{attribute()}", r.choice(["lim", "big", "nix"]), "/nix/a:lim"])
        )
    lines += [f"extern {e}" for e in sorted(externs)]

    def attributes(indent, kind):
        def add(s):
            lines.append("  " * indent + s)

        if r.random() < 0.3:
            add(f"edit V '{r.randrange(3)}'")
        if r.random() < 0.2:
            add(r.choice(["repeat integer REP 0 3", "repeat string REP 'x' 'y'", "repeat date REP 20200101 20200105 1"]))
        if r.random() < 0.3:
            add(f"limit {r.choice(['lim', 'big', 'a'])} {r.choice([0, 1, 2, 10])}")
        for _ in range(r.choice([0, 0, 1, 2])):
            where = r.choice(["", "", path() + ":"])
            one = f"inlimit {r.choice(['', '', '-n ', '-s '])}{where}{r.choice(['lim', 'big', 'nix', 'a'])} {r.choice(['', '2', '5'])}".rstrip()
            if not any(one.split()[-1 if one[-1] not in "25" else -2] in have for have in lines[-3:]):
                add(one)
        if kind != "alias" and r.random() < 0.1:
            add("autorestore " + " ".join(path() for _ in range(r.choice([1, 2, 3]))))
        if r.random() < 0.2:
            add("meter m 0 10")
        if r.random() < 0.2:
            add(r.choice(["event e", "event 1", "event 1 e"]))
        if r.random() < 0.1:
            add("queue q 1 2 3")
        if kind != "suite" and r.random() < 0.4:
            add("trigger " + expression())
            if r.random() < 0.2:
                add(f"trigger {r.choice(['-a', '-o'])} {r.choice([expression(), expression(), 'a =='])}")
        if kind != "suite" and r.random() < 0.2:
            add("complete " + expression())

    def children(indent, depth):
        for name in r.sample(names, r.choice([1, 2, 3])):
            kind = "family" if depth < 2 and r.random() < 0.5 else "task"
            lines.append("  " * indent + f"{kind} {name}")
            attributes(indent + 1, kind)
            if kind == "family":
                children(indent + 1, depth + 1)
                lines.append("  " * indent + "endfamily")
            elif r.random() < 0.1:
                lines.append("  " * indent + "  alias alias0")
                attributes(indent + 2, "alias")
                lines.append("  " * indent + "  endalias")
                lines.append("  " * indent + "endtask")

    for suite in r.sample(["s", "t"], r.choice([1, 2])):
        lines.append(f"suite {suite}")
        attributes(1, "suite")
        children(1, 0)
        lines.append("endsuite")
    return "\n".join(lines) + "\n"


def checked(text):
    """The answers of the original, from a process of its own: None when that ends, or the text cannot be read."""
    with open("x.def", "w") as f:
        f.write(text)
    with open("x.check", "w") as f:
        f.write(HEAD + text)
    child = os.fork()
    if child == 0:
        os.dup2(os.open("stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        row, d = {"text": text}, ecflow.Defs()
        try:
            d.restore_from_checkpt("x.check")
        except RuntimeError:
            os._exit(1)
        row["check"] = d.check()
        try:
            ecflow.Defs("x.def")
        except RuntimeError as e:
            row["load"] = str(e)
        d.auto_add_externs(True)
        row["externs"] = sorted(e for e in d.externs)
        row["again"] = d.check()
        with open("row", "w") as f:
            json.dump(row, f)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        return None
    with open("row") as f, open("stderr") as e:
        row = json.load(f)
        row.setdefault("load", e.read())
        return row


def main(out, seed, count):
    r = random.Random(int(seed))
    with open(out, "w") as o, tempfile.TemporaryDirectory() as tmp:
        os.chdir(tmp)
        for _ in range(int(count)):
            row = checked(definition(r))
            if row:
                o.write(json.dumps(row) + "\n")
        os.chdir("/")


main(*sys.argv[1:])
