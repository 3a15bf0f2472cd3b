#!/usr/bin/env python3
"""Runs original servers with good and bad settings and records what they make of them.

usage: record.py VERSION OUTPUT.jsonl   (VERSION: 5.9.2 for this machine's packages, else the directory of a Debian root)

A row has what the server was given and what came of it: exit code and output when it ended by itself, else the
server variables (as --get_state shows them), the beginning of the log, and the files it made. HOST, PORT, DIR and PID stand for what
differs from run to run.
"""
import glob
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HOST = socket.gethostname()


def programs(root):
    if not root.startswith("/"):
        return ["/usr/bin/ecflow_server"] if os.path.exists("/usr/bin/ecflow_server") else ["/usr/sbin/ecflow_server"], ["/usr/bin/ecflow_client"]
    linker = glob.glob(root + "/lib*/ld-linux*.so.*")[0]
    libraries = ":".join(glob.glob(root + "/usr/lib/*-linux-gnu"))
    found = []
    for name in ("ecflow_server", "ecflow_client"):
        path = next(p for p in (f"{root}/usr/bin/{name}", f"{root}/usr/sbin/{name}") if os.path.exists(p))
        found.append([linker, "--library-path", libraries, path])
    return found


def case(name, args="", env=None, cfg=None, files=None, **more):
    return dict(name=name, args=args.split(), env=env or {}, cfg=cfg, files=files or {}, **more)


P = "--port=PORT "
CASES = [
    case("port by option", "--port=PORT"),
    case("port by option, separate", "--port PORT"),
    case("beginning of an option", "--po=PORT"),
    case("port by environment", env={"ECF_PORT": "PORT"}),
    case("port by file", cfg="ECF_PORT = PORT\n"),
    case("port by all", "--port=PORT", {"ECF_PORT": "2999"}, "ECF_PORT = 2998\n"),
    case("environment over file", env={"ECF_PORT": "PORT"}, cfg="ECF_PORT = 2998\n"),
    *[case(f"port {p!r} by option", f"--port={p}") for p in ("0", "1", "1023", "49151", "49152", "65536", "-1", "+5", "x", "12x", "99999999999", "0x10")],
    *[case(f"port {p!r} by environment", env={"ECF_PORT": p}) for p in ("0", "1023", "49151", "x", "", " 3141", "3141 ", "12x", "99999999999", "-5", "+1023")],
    *[case(f"port {p!r} by file", cfg=f"ECF_PORT = {p}\n") for p in ("0", "x", "", "12x", "99999999999")],
    case("last port allowed", "--port=49150"),
    *[case(f"interval {p!r} by option", P + f"--ecfinterval={p}") for p in ("1", "60", "0", "61", "-1", "x")],
    *[case(f"interval {p!r} by file", P, cfg=f"ECF_INTERVAL = {p}\n") for p in ("1", "60", "0", "61", "x")],
    case("interval by environment has no effect", P, {"ECF_INTERVAL": "7"}),
    *[case(f"check point interval {p!r} by environment", P, {"ECF_CHECKINTERVAL": p}) for p in ("1", "0", "-1", "x", "", "100000")],
    *[case(f"check point interval {p!r} by file", P, cfg=f"ECF_CHECKINTERVAL = {p}\n") for p in ("1", "0", "x")],
    *[case(f"check mode {p!r} by file", P, cfg=f"ECF_CHECKMODE = {p}\n", query="stats") for p in ("CHECK_NEVER", "CHECK_ON_TIME", "CHECK_ALWAYS", "never", "")],
    case("check mode by environment has no effect", P, {"ECF_CHECKMODE": "CHECK_NEVER"}, query="stats"),
    *[case(f"prune {p!r} by environment", P, {"ECF_PRUNE_NODE_LOG": p}) for p in ("0", "-1", "x", "10")],
    *[case(f"prune {p!r} by file", P, cfg=f"ECF_PRUNE_NODE_LOG = {p}\n") for p in ("0", "-1", "x")],
    *[case(f"threshold {p!r} by environment", P, {"ECF_TASK_THRESHOLD": p}) for p in ("0", "-1", "x", "10")],
    *[case(f"threshold {p!r} by file", P, cfg=f"ECF_TASK_THRESHOLD = {p}\n") for p in ("0", "x")],
    case("home by environment", P, {"ECF_HOME": "DIR/home"}, dirs=["home"]),
    case("home by file", P, cfg="ECF_HOME = DIR/home\n", dirs=["home"]),
    case("home, relative", P, {"ECF_HOME": "home"}, dirs=["home"]),
    case("home with a slash at its end", P, {"ECF_HOME": "DIR/home/"}, dirs=["home"]),
    case("home missing", P, {"ECF_HOME": "DIR/none"}),
    case("home is a file", P, {"ECF_HOME": "DIR/file"}, files={"file": "x"}),
    case("home empty", P, {"ECF_HOME": ""}),
    case("home of dots", P, {"ECF_HOME": "./"}),
    case("configuration is of the first directory, not of home", P, {"ECF_HOME": "DIR/home"}, dirs=["home"], files={"home/server_environment.cfg": "ECF_JOB_CMD = x\n"}),
    *[case(f"{n} = {v!r} by environment", P, {n: v}, dirs=["sub"])
      for n in ("ECF_LOG", "ECF_CHECK", "ECF_CHECKOLD", "ECF_LISTS", "ECF_PASSWD", "ECF_CUSTOM_PASSWD")
      for v in ("other", "DIR/sub/other", "sub/other", "")],
    *[case(f"{n} = {v!r} by file", P, cfg=f"{n} = {v}\n", dirs=["sub"])
      for n in ("ECF_LOG", "ECF_CHECK", "ECF_CHECKOLD", "ECF_LISTS", "ECF_PASSWD", "ECF_CUSTOM_PASSWD")
      for v in ("other", "")],
    *[case(f"{n} by default's name", P, {n: v}) for n, v in
      dict(ECF_LOG="ecf.log", ECF_CHECK="ecf.check", ECF_CHECKOLD="ecf.check.b", ECF_LISTS="ecf.lists", ECF_PASSWD="ecf.passwd",
           ECF_CUSTOM_PASSWD="ecf.custom_passwd").items()],
    case("log in a directory that is missing", P, {"ECF_LOG": "DIR/none/log"}),
    case("log is a directory", P, {"ECF_LOG": "DIR/sub"}, dirs=["sub"]),
    *[case(f"{n} by {how}", P, **{how: ({n: "value of it"} if how == "env" else f"{n} = value of it\n")})
      for n in ("ECF_JOB_CMD", "ECF_KILL_CMD", "ECF_STATUS_CMD", "ECF_CHECK_CMD", "ECF_URL_CMD", "ECF_URL_BASE", "ECF_URL", "ECF_MICRODEF", "ECF_MICRO")
      for how in ("env", "cfg")],
    *[case(f"{n} empty by file", P, cfg=f"{n} =\n")
      for n in ("ECF_HOME", "ECF_JOB_CMD", "ECF_KILL_CMD", "ECF_STATUS_CMD", "ECF_CHECK_CMD", "ECF_URL_CMD", "ECF_URL_BASE", "ECF_URL", "ECF_MICRODEF")],
    case("file: name that is unknown", P, cfg="ECF_JOB_CMD = a\nOTHER = 1\nECF_KILL_CMD = b\n"),
    case("file: beginning of a name", P, cfg="ECF_JOB = a\n"),
    case("file: name in lower case", P, cfg="ecf_job_cmd = a\n"),
    case("file: twice", P, cfg="ECF_JOB_CMD = a\nECF_JOB_CMD = b\n"),
    case("file: no equal sign", P, cfg="ECF_JOB_CMD a\n"),
    case("file: no blanks", P, cfg="ECF_JOB_CMD=a\n"),
    case("file: blanks around", P, cfg="   ECF_JOB_CMD   =   a  b   \n"),
    case("file: tabs and carriage returns", P, cfg="\tECF_JOB_CMD\t=\ta\tb\t\r\nECF_KILL_CMD = c\r\n"),
    case("file: comment behind", P, cfg="ECF_JOB_CMD = a # b\n"),
    case("file: comment lines and blank ones", P, cfg="# x\n\n  # y\nECF_JOB_CMD = a\n"),
    case("file: quotes stay", P, cfg="ECF_JOB_CMD = \"a b\"\n"),
    case("file: equal signs in the value", P, cfg="ECF_JOB_CMD = a=b=c\n"),
    case("file: section", P, cfg="[ECF]\nJOB_CMD = a\n"),
    case("file: section with whole name", P, cfg="ECF_KILL_CMD = k\n[ECF]\nECF_JOB_CMD = a\n"),
    case("file: no line end at the end", P, cfg="ECF_JOB_CMD = a"),
    case("file: byte order mark", P, cfg="\ufeffECF_JOB_CMD = a\n"),
    case("file: not ASCII", P, cfg="ECF_JOB_CMD = \u00e4\n"),
    case("file: name alone", P, cfg="= a\n"),
    case("file: number with comment", P, cfg="ECF_INTERVAL = 20 # seconds\n"),
    case("file: number with blanks inside", P, cfg="ECF_INTERVAL = 2 0\n"),
    case("file: good before bad stays?", P, cfg="ECF_JOB_CMD = a\nECF_INTERVAL = x\nECF_KILL_CMD = b\n"),
    case("file is a directory", P, dirs=["server_environment.cfg"]),
    case("version", "--version"),
    case("version, letter", "-v"),
    case("help", "--help"),
    case("help, letter", "-h"),
    case("help and version", "--help --version"),
    case("version with a bad port", "--version", {"ECF_PORT": "x"}),
    case("version with port 1", "--version --port=1"),
    case("version with home missing", "--version", {"ECF_HOME": "DIR/none"}),
    case("unknown option", "--foo"),
    case("unknown letter", "-x"),
    case("word", P + "foo bar"),
    case("option twice", "--port=PORT --port=PORT"),
    case("option without a value", "--port"),
    case("option with an empty value", "--port="),
    case("flag with a value", P + "--http=1"),
    case("dis_job_gen", P + "--dis_job_gen"),
    case("ambiguous", P + "--v"),
    case("v6", P + "--v6"),
    case("http", P + "--http"),
    case("debug", P + "--debug"),
    case("debug, letter", P + "-d"),
    case("debug by environment", P, {"ECF_DEBUG_SERVER": "1"}),
    case("debug by environment, empty", P, {"ECF_DEBUG_SERVER": ""}),
    case("ssl without files", P + "--ssl"),
    case("ECF_SSL=1 without files", P, {"ECF_SSL": "1"}),
    case("ECF_SSL empty without files", P, {"ECF_SSL": ""}),
    case("ECF_SSL=text without files", P, {"ECF_SSL": "text"}),
    case("ssl and ECF_SSL=text without files", P + "--ssl", {"ECF_SSL": "text"}),
    case("version with ssl without files", "--version --ssl"),
    case("no permission to write home", P, {"ECF_HOME": "/proc"}),
]


def run(server, client, one):
    directory = tempfile.mkdtemp(prefix="settings")
    port = None
    for _ in range(50):
        port = random.randint(20000, 29999)
        with socket.socket() as s:
            try:
                s.bind(("", port))
                break
            except OSError:
                continue

    def real(text):
        return text.replace("PORT_", "\0").replace("_PORT", "\1").replace("PORT", str(port)).replace("\0", "PORT_").replace("\1", "_PORT").replace("DIR", directory)

    def plain(text):
        text = text.replace(directory, "DIR").replace(HOST, "HOST")
        return re.sub(rf"(?<!\d){port}(?!\d)", "PORT", text)

    for name in one.get("dirs", []):
        os.makedirs(f"{directory}/{name}", exist_ok=True)
    for name, text in one["files"].items():
        with open(f"{directory}/{name}", "w") as f:
            f.write(text)
    if one["cfg"] is not None:
        with open(f"{directory}/server_environment.cfg", "w") as f:
            f.write(real(one["cfg"]))
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": directory}
    base = dict(env, HOME=directory)
    env.update({k: real(v) for k, v in one["env"].items()})
    if "49150" in " ".join(one["args"]):
        port = 49150
    out = open(f"{directory}.out", "w+")
    err = open(f"{directory}.err", "w+")
    process = subprocess.Popen(server + [real(a) for a in one["args"]], cwd=directory, env=env, stdout=out, stderr=err, start_new_session=True)
    row = {k: v for k, v in one.items() if v or k in ("args",)}
    log = None
    variables = None
    up = False
    try:
        for _ in range(160):
            if process.poll() is not None:
                break
            if not up:
                for address in ("127.0.0.1", "::1"):
                    try:
                        socket.create_connection((address, port), 1).close()
                        up = True
                        break
                    except OSError:
                        pass
            if up:
                break
            time.sleep(0.05)
        if up:
            time.sleep(0.1)
            call = client + [f"--port={port}", "--host=localhost"] + (["--http"] if "--http" in one["args"] else [])
            answer = subprocess.run(call + ["--get_state"], env=base, capture_output=True, text=True, timeout=30).stdout
            variables = [plain(line).strip().replace(f"'{process.pid}'", "'PID'") for line in answer.splitlines() if line.strip().startswith("edit ") and "# server" in line]
            if one.get("query") == "stats":
                answer = subprocess.run(call + ["--stats"], env=base, capture_output=True, text=True, timeout=30).stdout
                row["stats"] = [re.sub(r"\s+", " ", plain(line)).strip() for line in answer.splitlines() if "Check" in line or "heck point" in line or "interval" in line]
            subprocess.run(call + ["--terminate=yes"], env=base, capture_output=True, timeout=30)
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                pass
    finally:
        code = process.poll()
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
    if variables is not None:
        row["variables"] = variables
    else:
        row["exit"] = code
    for name, f in (("stdout", out), ("stderr", err)):
        f.seek(0)
        text = plain(f.read())
        f.close()
        os.remove(f.name)
        if len(text) > 1500 and "help" in one["name"]:
            text = text[:1500] + "..."
        row[name] = text
    row["made"] = sorted(plain(os.path.relpath(os.path.join(at, n), directory)) for at, _, names in os.walk(directory) for n in names
                         if n not in one["files"] and n != "server_environment.cfg")
    for name in row["made"]:
        if name.endswith("log") or name.endswith("other") and any("LOG" in k for k in one["env"]):
            try:
                with open(f"{directory}/{name}".replace("HOST", HOST).replace("PORT", str(port))) as f:
                    row["log"] = [re.sub(r"\d+:\d+:\d+ \d+\.\d+\.\d+", "TIME", re.sub(r"at \d{4}-\w+-\d+ \d+:\d+:\d+", "at NOW", plain(line.rstrip("\n")))) for line in f][:8]
            except OSError:
                pass
    shutil.rmtree(directory)
    return row


def main():
    server, client = programs(sys.argv[1])
    only = sys.argv[3] if len(sys.argv) > 3 else ""
    with open(sys.argv[2], "w") as f:
        for one in CASES:
            if only in one["name"]:
                f.write(json.dumps(run(server, client, one), ensure_ascii=False) + "\n")
                f.flush()


main()
