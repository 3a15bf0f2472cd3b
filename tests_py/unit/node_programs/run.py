"""Runs programs line by line, in this project's module or the original, and tells what each line gives.

    python3 run.py programs.txt answers.json.gz     # to record them anew

Programs are separated by empty lines. Each runs in a process of its own, since some end the original's; its answer is then null.
"""

import ast
import contextlib
import copy
import gzip
import io
import json
import os
import shutil
import socket
import sys
import tempfile

import ecflow

LISTS = ("NodeVec", "TaskVec", "SuiteVec", "FamilyVec", "VariableList", "FlagTypeVec")
ENUMS = ("State", "DState", "SState", "Style", "AttrType")
HOST = socket.gethostname() + "."
ERRORS = (IndexError, TypeError, OverflowError, RuntimeError)  # the first that it is


def show(value):
    name = type(value).__name__
    if value is None or type(value) in (bool, int, float, str, bytes):
        return repr(value)
    if isinstance(value, (list, tuple, set)) or name in LISTS:
        return "[" + ", ".join(show(v) for v in (sorted(value) if isinstance(value, set) else value)) + "]"
    if name in ENUMS:
        return name + "." + str(value)
    if "iterator" in name:
        return "iterator"
    if name in ("UrlCmd", "WhyCmd", "JobCreationCtrl", "builtin_function_or_method", "PartExpression"):
        return name
    return name + " " + repr(str(value))


def line_gives(line, names):
    try:
        tree = ast.parse(line.replace("\\n", "\n") if line.startswith("|") else line)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "program", "exec"), names)
        return (
            "done"
            if last is None
            else show(eval(compile(ast.Expression(last.value), "program", "eval"), names))
        )
    except Exception as e:
        kind = next((k.__name__ for k in ERRORS if isinstance(e, k)), type(e).__name__)
        first = str(e).split("\n")[0]
        if kind == "TypeError":
            first = first.split("(")[0] if "incompatible" in first else ""
        return "!! " + kind + ": " + first


def run(program):
    names = dict(vars(ecflow))
    names.update(copy=copy, TMP=tempfile.mkdtemp())
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return [
                line_gives(line, names).replace(names["TMP"], "TMP").replace(HOST, "HOST.")
                for line in program
            ]
    finally:
        shutil.rmtree(names["TMP"])


def apart(program):
    """What run() gives, from a process of its own; None if that ends otherwise."""
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        with os.fdopen(w, "w") as f:
            json.dump(run(program), f)
        os._exit(0)
    os.close(w)
    with os.fdopen(r) as f:
        text = f.read()
    _, status = os.waitpid(pid, 0)
    return json.loads(text) if status == 0 and text else None


def programs(path):
    with open(path) as f:
        return [p.splitlines() for p in f.read().strip().split("\n\n")]


if __name__ == "__main__":
    with gzip.GzipFile(sys.argv[2], "wb", mtime=0) as f:
        f.write(
            json.dumps(
                {"version": ecflow.__version__, "answers": [apart(p) for p in programs(sys.argv[1])]}
            ).encode()
        )
