"""Random texts and what the original makes of them: python3 mixed.py OUT.jsonl SEED COUNT FILE.cases ...

Statements of the cases are put below random nodes, a quarter of them damaged. Rows are those of expect.py. Run it with a
Python that imports the original module; each text is read in a process of its own, as some end it.
"""

import json
import os
import random
import re
import socket
import sys

import ecflow

STRUCTURE = {"suite", "family", "task", "endfamily", "endsuite", "endtask", "alias", "endalias"}
HARMFUL = re.compile(r"autocancel -|\\$|\r|^defs_state|^====")


def statements(paths):
    lines = set()
    for path in paths:
        with open(path, newline="\n", encoding="utf-8", errors="surrogateescape") as f:
            next(f), next(f)
            lines |= {line.strip() for line in f if line.strip()}
    return sorted(line for line in lines if not HARMFUL.search(line) and line.split()[0] not in STRUCTURE)


def damaged(rnd, line):
    words = line.split(" ")
    i = rnd.randrange(len(words))
    kind = rnd.randrange(6)
    if kind == 0:
        del words[i]
    elif kind == 1:
        words.insert(i, rnd.choice(["#", "x", "-n", "0", "'", '"', "#x", "1", "-1", "free", "L"]))
    elif kind == 2:
        words[i] = words[i][:-1]
    elif kind == 3:
        words[i] += rnd.choice(["x", "'", '"', ":", "0", ".", "#", ";"])
    elif kind == 4:
        words[i] = words[i].replace(rnd.choice("aeio019:."), rnd.choice("xz0:.'"))
    else:
        words.append(rnd.choice(words))
    return " ".join(words)


def definition(rnd, lines):
    out = [rnd.choice(["# plain", "# plain", "defs_state MIGRATE", "defs_state STATE"]), "suite s"]
    for n in range(rnd.randrange(1, 7)):
        chance = rnd.random()
        if chance < 0.15:
            out.append(f"family f{n}")
        elif chance < 0.4:
            out.append(f"task t{n}")
        elif chance < 0.45:
            out.append(rnd.choice(["endfamily", "endtask", "endsuite", "endalias", f"alias a{n}"]))
        else:
            line = rnd.choice(lines)
            out.append(rnd.choice(["", "  ", "\t"]) + (damaged(rnd, line) if rnd.random() < 0.25 else line))
    return "\n".join(out) + "\n"


def told(text, path):
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as f:
        f.write(text)
    row = {"name": "mixed", "text": text}
    try:
        tree = ecflow.Defs(path)
    except Exception as e:
        row["error"] = str(e)
        return row
    for style in ("DEFS", "STATE", "MIGRATE"):
        ecflow.PrintStyle.set_style(getattr(ecflow.Style, style))
        try:
            row[style] = str(tree).replace("'" + socket.gethostname() + ".", "'ecfhost.")
        except Exception as e:
            row[style + " error"] = str(e)
    return row


def main(out, seed, count, *paths):
    rnd, lines = random.Random(int(seed)), statements(paths)
    with open(out, "w") as o:
        for _ in range(int(count)):
            text = definition(rnd, lines)
            here, there = os.pipe()
            child = os.fork()
            if child == 0:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
                with os.fdopen(there, "w") as pipe:
                    pipe.write(json.dumps(told(text, out + ".def")))
                os._exit(0)
            os.close(there)
            with os.fdopen(here) as pipe:
                row = pipe.read()
            os.waitpid(child, 0)
            if row:
                o.write(row + "\n")


main(*sys.argv[1:])
