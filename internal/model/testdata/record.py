"""Records anew what the original module's attribute classes answer to the cases of a file.

    python3 record.py facts.json.gz new.json.gz

Each case is a list of steps on one object, run in a process of its own, since some end it. The first step makes it.
"""

import copy
import gzip
import json
import os
import sys

import ecflow


def value(x):
    """What a case's argument stands for."""
    if isinstance(x, list):
        return [value(i) for i in x]
    if not isinstance(x, dict):
        return x
    if "enum" in x:
        member = getattr(getattr(ecflow, x["enum"]), x["name"])
        x["int"] = int(member)
        return member
    return make(x["new"])


def make(call):
    return getattr(ecflow, call[0])(*[value(a) for a in call[1:] if not is_kw(a)], **keywords(call[1:]))


def is_kw(a):
    return isinstance(a, dict) and "kw" in a


def keywords(args):
    return {k: value(v) for a in args if is_kw(a) for k, v in a["kw"].items()}


def fact(r):
    """A result as JSON has it."""
    if r is None or isinstance(r, (bool, str)) or type(r) is int:
        return r
    if isinstance(r, (list, tuple)) or type(r).__name__.endswith("Vec"):
        return [fact(i) for i in r]
    name = type(r).__name__
    if isinstance(r, int) or hasattr(type(r), "__members__"):
        return {"enum": name, "int": int(r)}
    text = r.get_expression() if name == "PartExpression" else str(r)
    return {"class": name, "str": text}


def step(o, call):
    name, args = call[0], [value(a) for a in call[1:] if not is_kw(a)]
    kw = keywords(call[1:])
    if name == "str":
        return str(o)
    if name == "==":
        return o == args[0]
    if name == "<":
        return o < args[0]
    if name == "copy":
        c = copy.copy(o)
        return [c == o, type(c) is type(o), c is o]
    if name == "hash":
        return hash(o) == hash(id(o))
    if name == "add":  # to a task: its text
        t = ecflow.Task("t")
        t.add(o)
        return str(t)
    if name == "append":  # Expression.add
        return o.add(*args)
    if name.startswith("."):
        return list(getattr(o, name[1:]))
    if "::" in name:
        return getattr(getattr(ecflow, name.split("::")[0]), name.split("::")[1])(*args)
    return getattr(o, name)(*args, **kw)


def attempt(f):
    try:
        return fact(f())
    except Exception as e:
        first = "" if isinstance(e, TypeError) and "incompatible" in str(e) else str(e).split("\n")[0]
        return {"error": type(e).__name__, "message": first}


def run(case):
    out = []
    o = None

    def create():
        nonlocal o
        o = make(case[0])
        return o

    if case[0] is None:
        out.append(None)
    else:
        out.append(attempt(create))
    if o is not None or case[0] is None:
        out += [attempt(lambda call=call: step(o, call)) for call in case[1:]]
    return out


def guarded(case):
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with os.fdopen(w, "w") as f:
            json.dump({"case": case, "gives": run(case)}, f)
        os._exit(0)
    os.close(w)
    with os.fdopen(r) as f:
        text = f.read()
    _, status = os.waitpid(pid, 0)
    return json.loads(text) if os.WIFEXITED(status) and text else {"case": case, "gives": None}


if __name__ == "__main__":
    with gzip.open(sys.argv[1], "rt") as f:
        cases = [x["case"] for x in json.load(f)["facts"]]
    with gzip.GzipFile(sys.argv[2], "wb", mtime=0) as f:
        f.write(json.dumps({"version": ecflow.__version__, "facts": [guarded(c) for c in cases]}).encode())
