"""Lets the original's server begin suites and queue nodes of them again, and records what it then has.

    python3 requeue.py suites.jsonl requeue.jsonl

The server is halted all the time: nothing runs.
"""
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

import ecflow


def nodes(text):
    """Paths of all nodes of a definition, with the lines of their attributes."""
    path, found = [], []
    for line in text.splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] in ("suite", "family", "task"):
            depth = (len(line) - len(line.lstrip())) // 2
            path = path[:depth] + [words[1]]
            found.append(("/" + "/".join(path), words[0], []))
        elif found and not words[0].startswith("end"):
            found[-1][2].append(words)
    return found


def edits(text, r):
    """Changes that leave something to be reset."""
    for path, kind, attributes in nodes(text):
        for words in attributes:
            if r.random() < 0.4:
                continue
            if words[0] == "event":
                yield ("event", path, words[1], r.choice(["set", "clear"]))
            elif words[0] == "meter":
                yield ("meter", path, words[1], words[3])
            elif words[0] == "label":
                yield ("label", path, words[1], "something")
            elif words[0] == "limit":
                yield ("limit_value", path, words[1], "1")
            elif words[:2] == ["repeat", "integer"]:
                yield ("repeat", path, words[2], words[4])
            elif words[:2] == ["repeat", "string"]:
                yield ("repeat", path, words[2], words[-1].strip('"'))
        if r.random() < 0.1:
            yield ("suspend", path, "", "")


def apply(client, edit):
    kind, path, name, value = edit
    if kind == "suspend":
        client.suspend(path)
    else:
        client.alter(path, "change", kind, name, value)


def migrate(client):
    client.get_server_defs()
    ecflow.PrintStyle.set_style(ecflow.Style.MIGRATE)
    return str(client.get_defs())


def case(client, text, r):
    client.delete_all(True)
    with open("in.def", "w") as f:
        f.write(text)
    client.load("in.def")
    client.begin_all_suites(True)
    out = {"begun": migrate(client), "edits": []}
    for edit in edits(text, r):
        try:
            apply(client, edit)
            out["edits"].append(edit)
        except RuntimeError:
            pass
    out["requeue"] = r.choice(nodes(text))[0]
    out["edited"] = migrate(client)
    client.requeue(out["requeue"], "force")
    out["after"] = migrate(client)
    return out


def ticked(text):
    """Whether the server's minute has come while it was looked at."""
    return any(a != b for a, b in re.findall(r"initLocalTime:(\S+ \S+) lastTime:(\S+ \S+)", text))


def main():
    os.chdir(tempfile.mkdtemp())
    r = random.Random(1)
    port = str(r.randint(20000, 29999))
    environment = dict(os.environ, ECF_HOME=os.getcwd(), ECF_PORT=port, ECF_HOST="localhost")
    server = subprocess.Popen([os.environ.get("ECFLOW_SERVER", "/usr/sbin/ecflow_server"), "--port=" + port], env=environment,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        client = ecflow.Client("localhost", port)
        client.set_auto_sync(False)
        for _ in range(50):
            try:
                client.ping()
                break
            except RuntimeError:
                time.sleep(0.2)
        client.halt_server()
        with open(sys.argv[1]) as source, open(sys.argv[2], "w") as out:
            for number, line in enumerate(source):
                one = json.loads(line)
                for _ in range(4):
                    try:
                        found = case(client, one["text"], random.Random(number))
                    except RuntimeError as e:
                        found = {"bad": str(e)[:200]}
                        break
                    if not ticked(found["begun"] + found["edited"] + found["after"]):
                        break
                one.update(found)
                out.write(json.dumps(one) + "\n")
                out.flush()
        client.terminate_server()
        server.wait(10)
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGKILL)


if __name__ == "__main__":
    sys.argv[1:] = [os.path.abspath(a) for a in sys.argv[1:]]
    main()
