"""Records the golden conversations of the command line anew, and says what changed.

Every `ecflow_client` line of tests_go/golden/<version>.jsonl.bz2 is run again, by the
original client against a fresh original server, through tests_go/golden/record.py. The
result is build/golden/<version>.jsonl, with host and user named as in the checked-in
file; requests that came out otherwise are listed. Replacing the checked-in file is left
to you: it also holds what the Python module said, and states that took care to set up
(tests_go/golden/README.md).

Versions as for the interop tests: ECFLOW_SERVER=5.9.2,5.13.8; this machine's own by default.
"""

import bz2
import getpass
import json
import os
import random
import shlex
import socket
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GOLDEN = os.path.join(ROOT, "tests_go", "golden")
HOST, USER = "ecfhost", "fred"
ENDS_THE_SERVER = ("--terminate", "--server_load", "--plug")
PATIENCE = 30  # seconds for a command

sys.path.insert(0, os.path.join(ROOT, "tests_py"))
import realserver  # noqa: E402


def rows(version):
    with bz2.open(os.path.join(GOLDEN, version + ".jsonl.bz2"), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def commands(version):
    """The command lines to run again, without those that a second server or its end would need."""
    found = [row["via"] for row in rows(version) if row["via"].startswith("ecflow_client ")]
    return [via for via in dict.fromkeys(found) if not any(word in via for word in ENDS_THE_SERVER)]


def record(installation, path):
    version = installation.version
    via_file = path + ".via"
    with realserver.RealServer(installation) as server:
        proxy_port = random.randint(30001, 32000)
        command = [sys.executable, os.path.join(GOLDEN, "record.py"), "--listen", str(proxy_port)]
        command += ["--target", str(server.port), "--out", path, "--version", version, "--via-file", via_file]
        proxy = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            wait_for(proxy_port)
            environment = server.environment(ECF_PORT=proxy_port)
            for via in commands(version):
                with open(via_file, "w") as out:
                    out.write(via + "\n")
                run(installation.client + shlex.split(via)[1:], environment, server.client_home)
        finally:
            proxy.terminate()
            proxy.wait()
            os.remove(via_file)


def wait_for(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
    sys.exit("the recording proxy does not listen")


def run(command, environment, folder):
    """Runs a client; what it says and how it ends does not matter here, only what it sent."""
    try:
        subprocess.run(
            command,
            env=environment,
            cwd=folder,
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        print("  no end after %d s: %s" % (PATIENCE, " ".join(command)))


def named(path):
    """The recorded rows, with host and user as the checked-in file has them."""
    here = [('"cl_host_": "%s"' % socket.gethostname(), '"cl_host_": "%s"' % HOST)]
    here += [('"user_": "%s"' % getpass.getuser(), '"user_": "%s"' % USER)]
    found = []
    with open(path, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            for mine, theirs in here:
                row["request"] = row["request"].replace(mine, theirs)
            if row["via"]:
                found.append(row)
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(row) + "\n" for row in found)
    return found


def main():
    folder = os.path.join(ROOT, "build", "golden")
    os.makedirs(folder, exist_ok=True)
    for installation in realserver.selected():
        path = os.path.join(folder, installation.version + ".jsonl")
        open(path, "w").close()
        record(installation, path)
        again = {row["via"]: row["request"] for row in named(path)}
        before = {}
        for row in rows(installation.version):
            before.setdefault(row["via"], []).append(row["request"])
        other = [via for via, request in again.items() if request not in before[via]]
        silent = [via for via in commands(installation.version) if via not in again]
        print("%s: %d requests as before" % (installation.version, len(again) - len(other)))
        for title, lines in (("differ", other), ("were not sent (a file or a state is missing)", silent)):
            print("  %d %s" % (len(lines), title))
            for via in lines:
                print("    " + via)
        print("  written: " + os.path.relpath(path))


if __name__ == "__main__":
    main()
