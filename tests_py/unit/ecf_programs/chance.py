"""Programs by chance: definitions of what the other programs add one by one, and what they become."""

import random

from . import run
from .single import EDITS, LABELS, LIMITS, REPEATS, TIMES, TRIGGERS, ZOMBIES

SWITCHES = ("USE_TIME", "USE_LATE", "USE_TRIGGER", "USE_LIMIT", "USE_VERIFY", "SORT", "LINKTASK")
HEAD = """
def put(node, *parts):
    for part in parts:
        try:
            node.add(part())
        except Exception as error:
            print(kind(error))
    return node
def again(tree):
    children, tree[':meters'], tree[':children'] = tree[':children'], [], {}
    try:
        print(repr(from_json(tree)))
    except Exception as error:
        print(kind(error))
    for child in children.values():
        again(child)
s = Suite('s')
"""
TAIL = """
d = Defs().add(s)
print(d)
print(to_json(d.real), to_d3js(s.real))
again(to_dict(s.real))
"""


def attributes():
    """Texts of attributes that a node takes."""
    found = []
    for program in LABELS + LIMITS + EDITS + TIMES + TRIGGERS + REPEATS + ZOMBIES:
        if "r = n.add(" in program and not run(program).split("\n")[-1].startswith("!"):
            found.append(program.split("r = n.add(")[1].split(")\nprint(r is n)")[0])
    return found


def programs(count, seed=1):
    """Some programs, always the same ones."""
    chance, choices = random.Random(seed), attributes()

    def node(depth, name):
        kind = "Task" if depth == 0 or chance.random() < 0.3 else "Family"
        inside = [f"({chance.choice(choices)},)" for _ in range(chance.randrange(6))]
        if kind == "Family":
            inside += [node(depth - 1, f"{name}{i}") for i in range(chance.randrange(4))]
        return f"put({kind}('{name}'){''.join(', lambda: ' + part for part in inside)})"

    for _ in range(count):
        switches = [
            f"ecf.{switch} = {chance.random() < 0.7}" for switch in SWITCHES if chance.random() < 0.15
        ]
        nodes = [f"s.add({node(3, name)})" for name in "abcd"]
        yield "\n".join(switches) + HEAD + "\n".join(nodes) + TAIL
