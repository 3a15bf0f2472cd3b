"""Simulates suites with the original module and records what came of them.

    python3 record.py suites.jsonl expect.jsonl

Each simulation has a process of its own, as some end it. What changes from run to run is written alike: the time before
log lines is left out, the computer's name is "ecfhost", and its clock says "now".
"""
import hashlib
import json
import os
import re
import shutil
import socket
import sys
import tempfile

import ecflow

HOST = socket.gethostname()
LONGEST = 100000  # of a file that is kept whole


def plain(text):
    text = text.replace(HOST + ".", "ecfhost.")
    text = re.sub(r"(initLocalTime|lastTime):\S+ \S+", r"\1:now", text)
    return text


def simulate(text):
    place = tempfile.mkdtemp()
    os.chdir(place)
    try:
        with open("in.def", "w") as f:
            f.write(text)
        out = {}
        try:
            tree = ecflow.Defs("in.def")
        except RuntimeError as e:
            return {"bad": str(e)}
        os.remove("in.def")
        out["result"] = plain(tree.simulate())
        ecflow.PrintStyle.set_style(ecflow.Style.MIGRATE)
        out["now"] = re.findall(r"initLocalTime:(\S+ \S+)", str(tree))[:1]
        out["migrate"] = plain(str(tree))
        ecflow.PrintStyle.set_style(ecflow.Style.STATE)
        out["state"] = plain(str(tree))
        out["files"] = {}
        for name in sorted(os.listdir(".")):
            if not name.endswith((".log", ".flat", ".depth")):
                continue
            content = open(name).read()
            if name.endswith(".log"):
                content = re.sub(r"(?m)^(...):\[[^]]*\]", r"\1:", content)
            content = plain(content)
            if len(content) > LONGEST:
                content = "sha256 " + hashlib.sha256(content.encode()).hexdigest()
            out["files"][name] = content
        return out
    finally:
        shutil.rmtree(place)


def alone(text):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        os.dup2(os.open("/tmp/died", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        with os.fdopen(write, "w") as f:
            f.write(json.dumps(simulate(text)))
            f.flush()
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as f:
        answer = f.read()
    status = os.waitpid(child, 0)[1]
    return json.loads(answer) if answer else {"died": status, "last": open("/tmp/died").read()[-200:]}


def steady(text):
    """The calendar also counts real seconds; what one of them slipped into is done again."""
    for _ in range(8):
        answer = alone(text)
        if not re.search(r" duration:\d+:\d\d:(?!00)", answer.get("migrate", "")):
            break
    return answer


if __name__ == "__main__":
    with open(sys.argv[1]) as source, open(sys.argv[2], "w") as out:
        for line in source:
            case = json.loads(line)
            case.update(steady(case["text"]))
            case["version"] = ecflow.__version__
            out.write(json.dumps(case) + "\n")
