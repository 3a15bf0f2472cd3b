#!/usr/bin/env python3
"""Asks original servers who may do what, and records the answers.

usage: record.py VERSION OUTPUT.jsonl [ONLY]   (VERSION: 5.9.2 for this machine's packages, else the directory of a Debian root)

Requests are written here byte by byte, so that any user name and password can be sent. HOST, PORT and DIR stand for what differs from
run to run, ADMIN for the user who runs the server.
"""
import getpass
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
ADMIN = getpass.getuser()
TREE = "suite s\n family f\n  task t\n  task u\n endfamily\nendsuite\nsuite sx\n task t\nendsuite\nsuite o\n task t\nendsuite\n"


def program(root):
    if not root.startswith("/"):
        return [shutil.which("ecflow_server")]
    linker = glob.glob(root + "/lib*/ld-linux*.so.*")[0]
    return [linker, "--library-path", ":".join(glob.glob(root + "/usr/lib/*-linux-gnu")), root + "/usr/sbin/ecflow_server"]


def body(kind, fields, user, password="", custom=False):
    who = {"cereal_class_version": 0, "value0": {"cereal_class_version": 0, "cl_host_": "h"}, "user_": user}
    if password:
        who["pswd_"] = password
    if custom:
        who["cu_"] = True
    data = dict({"cereal_class_version": 0, "value0": who}, **fields)
    wrapped = {"id": 2147483649, "data": data}
    return json.dumps({"21ClientToServerRequest": {"cmd_": {"polymorphic_id": 2147483649, "polymorphic_name": kind, "ptr_wrapper": wrapped}}},
                      ensure_ascii=False, indent=0, separators=(",", ": ")).encode()


def group(children, user, password="", custom=False):
    """children: [(kind, fields, user)]"""
    inner = []
    names = {}
    for n, (kind, fields, name) in enumerate(children):
        one = json.loads(body(kind, fields, name, password, custom))["21ClientToServerRequest"]["cmd_"]
        one["ptr_wrapper"]["id"] = 2147483650 + n
        who = one["ptr_wrapper"]["data"]["value0"]
        del who["cereal_class_version"], who["value0"]["cereal_class_version"]
        if kind in names:
            one = {"polymorphic_id": names[kind], "ptr_wrapper": one["ptr_wrapper"]}
            del one["ptr_wrapper"]["data"]["cereal_class_version"]
        else:
            names[kind] = 2 + len(names)
            one["polymorphic_id"] = 2147483648 + names[kind]
        inner.append(one)
    return body("GroupCTSCmd", {"cmdVec_": inner, "cli_": False}, user, password, custom)


def exchange(port, payload, timeout=20):
    with socket.create_connection(("127.0.0.1", port), timeout) as c:
        c.sendall(b"%8x" % len(payload) + payload)
        got = b""
        while True:
            try:
                more = c.recv(65536)
            except ConnectionResetError:
                break
            if not more:
                break
            got += more
    if not got:
        return "<no reply>"
    reply = json.loads(got[8:])
    cmd = next(iter(reply.values())).get("stc_cmd_") or {}
    kind = cmd.get("polymorphic_name", "")
    data = cmd.get("ptr_wrapper", {}).get("data", {})
    if kind == "ErrorCmd":
        return "error: " + data["error_msg_"] if "error_msg_" in data else "error: " + next(v for v in data.values() if isinstance(v, str))
    return kind


class Server:
    def __init__(self, command, files, env=None, args=(), wait=8):
        self.dir = tempfile.mkdtemp(prefix="access")
        for _ in range(50):
            self.port = random.randint(20000, 29999)
            with socket.socket() as s:
                try:
                    s.bind(("", self.port))
                    break
                except OSError:
                    continue
        for name, text in files.items():
            with open(f"{self.dir}/{self.real(name)}", "w") as f:
                f.write(self.real(text))
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": self.dir, "ECF_HOME": self.dir, "ECF_PORT": str(self.port)}
        environment.update({k: self.real(v) for k, v in (env or {}).items()})
        self.out = open(self.dir + ".out", "w+")
        self.process = subprocess.Popen(command + list(args), cwd=self.dir, env=environment, stdout=self.out, stderr=subprocess.STDOUT, start_new_session=True)
        self.up = False
        for _ in range(wait * 20):
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                self.up = True
                break
            except OSError:
                time.sleep(0.05)

    def real(self, text):
        return text.replace("PORT", str(self.port)).replace("HOST", HOST).replace("ADMIN", ADMIN).replace("DIR", self.dir)

    def plain(self, text):
        text = text.replace(self.dir, "DIR").replace(HOST + "." + str(self.port), "HOST.PORT").replace(f"{HOST}@", "HOST@")
        return re.sub(rf"(?<!\d){self.port}(?!\d)", "PORT", text)

    def ask(self, kind, fields, user, password="", custom=False):
        return self.plain(exchange(self.port, body(kind, fields, user, password, custom)).replace(f"[{ADMIN}]", "[ADMIN]"))

    def group(self, *a, **k):
        return self.plain(exchange(self.port, group(*a, **k)))

    def write(self, name, text):
        path = f"{self.dir}/{self.real(name)}"
        if text is None:
            os.remove(path)
            return
        with open(path, "w") as f:
            f.write(self.real(text))

    def load(self, password=""):
        return self.ask("LoadDefsCmd", {"force_": True, "defs_": TREE, "defs_filename_": ""}, ADMIN, password)

    def close(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        code = self.process.wait()
        self.out.seek(0)
        text = self.plain(self.out.read())
        self.out.close()
        os.remove(self.out.name)
        log = ""
        for path in glob.glob(self.dir + "/*.log"):
            with open(path, errors="replace") as f:
                log = self.plain(f.read())
        shutil.rmtree(self.dir)
        return code, text, log


PATHS = [["/"], ["/s"], ["/s/f"], ["/s/f/t"], ["/sx"], ["/o"], ["/s", "/s/f"], ["/s", "/o"], ["/s/f/"], ["/none"], []]


def verdict(answer):
    if "not accepted" in answer or "authentication failed" in answer or "Insufficient" in answer:
        return answer.removeprefix("error: ")
    return ""


def probes(server, users):
    """what users may do, by requests for reading and writing with paths: "" is accepted, else the refusal"""
    found = []
    for user in users:
        for paths in PATHS:
            for write, api in ((False, 5), (True, 2)):
                answer = server.ask("PathsCmd", {"api_": api, "paths_": paths, "force_": False}, user)
                found.append({"user": user, "write": write, "paths": paths, "refusal": verdict(answer)})
        found.append({"user": user, "write": False, "paths": None, "refusal": verdict(server.ask("CtsCmd", {"api_": 11}, user))})
        found.append({"user": user, "write": True, "paths": None, "refusal": verdict(server.ask("CtsCmd", {"api_": 7}, user))})
    return found


LISTS = {
    "empty file": "",
    "version alone": "4.4.14\n",
    "version with comment": "# users\n\n  4.4.14   # version\n",
    "writer": "4.4.14\nfred\n",
    "reader": "4.4.14\n-fred\n",
    "reader and writer": "4.4.14\nfred\n-bill\n",
    "everybody writes": "4.4.14\n*\n",
    "everybody reads": "4.4.14\n-*\n",
    "everybody reads, one writes": "4.4.14\n-*\nfred\n",
    "everybody reads, after one writes": "4.4.14\nfred\n-*\n",
    "everybody reads, one reads": "4.4.14\n-*\n-fred\n",
    "everybody writes, one reads": "4.4.14\n*\n-fred\n",
    "one reads, everybody writes": "4.4.14\n-fred\n*\n",
    "writer of a suite": "4.4.14\nfred /s\n",
    "reader of a suite": "4.4.14\n-fred /s\n",
    "writer of a family": "4.4.14\nfred /s/f\n",
    "writer of two suites": "4.4.14\nfred /s,/o\n",
    "writer of two suites, apart": "4.4.14\nfred /s /o\n",
    "writer of two suites, blank behind the comma": "4.4.14\nfred /s, /o\n",
    "writer of two suites, on two lines": "4.4.14\nfred /s\nfred /o\n",
    "writer of one suite, reader of another": "4.4.14\nfred /s\n-fred /o\n",
    "writer of the root": "4.4.14\nfred /\n",
    "reader of the root": "4.4.14\n-fred /\n",
    "writer of a suite and the root": "4.4.14\nfred /s,/\n",
    "writer, then of a suite": "4.4.14\nfred\nfred /s\n",
    "writer of a suite, then whole": "4.4.14\nfred /s\nfred\n",
    "reader, then writer of a suite": "4.4.14\n-fred\nfred /s\n",
    "writer, then reader": "4.4.14\nfred\n-fred\n",
    "reader, then writer": "4.4.14\n-fred\nfred\n",
    "everybody writes a suite": "4.4.14\n* /s\n",
    "everybody reads a suite": "4.4.14\n-* /s\n",
    "everybody writes the root": "4.4.14\n* /\n",
    "everybody reads the root": "4.4.14\n-* /\n",
    "everybody reads the root, one writes": "4.4.14\n-* /\nfred\n",
    "everybody reads a suite, one writes another": "4.4.14\n-* /s\nfred /o\n",
    "suite's path with a slash at its end": "4.4.14\nfred /s/\n",
    "path of a suite that is a beginning": "4.4.14\nfred /s/fx\n",
    "path before the user": "4.4.14\n/s fred\n",
    "path alone": "4.4.14\n/s\n",
    "path alone, minus": "4.4.14\n- /s\n",
    "minus alone": "4.4.14\n-\n",
    "minus apart": "4.4.14\n- fred\n",
    "minus apart, path": "4.4.14\n- fred /s\n",
    "star with a name": "4.4.14\n*x /s\n",
    "star with a name alone": "4.4.14\n*x\n",
    "minus in the path": "4.4.14\nfred -/s\n",
    "two users": "4.4.14\nfred bill\n",
    "two users, one reads": "4.4.14\nfred -bill\n",
    "two users, star": "4.4.14\nfred *\n",
    "user and a path without slash": "4.4.14\nfred s\n",
    "path without slash behind a comma": "4.4.14\nfred /s,o\n",
    "two users with everybody before": "4.4.14\n*\nfred bill\n",
    "comment behind": "4.4.14\nfred # bill\n",
    "tabs and carriage returns": "4.4.14\r\n\tfred\t/s\t\r\n-bill\r\n",
    "blank line of blanks": "4.4.14\n   \nfred\n",
    "no version": "fred\n",
    "version 4.4.4": "4.4.4\nfred\n",
    "version 4.4.5": "4.4.5\nfred\n",
    "version 4.3.9": "4.3.9\nfred\n",
    "version 3.9.9": "3.9.9\nfred\n",
    "version 5.0.0": "5.0.0\nfred\n",
    "version of two numbers": "4.4\nfred\n",
    "version of four numbers": "4.4.14.1\nfred\n",
    "version of words": "4.x.14\nfred\n",
    "version with more words": "4.4.14 fred\nbill\n",
    "comma in a name": "4.4.14\nfr,ed\n",
    "version twice": "4.4.14\n4.4.14\nfred\n",
    "include": "4.4.14\n#include <DIR/more>\nfred\n",
    "include, blanks": "4.4.14\n  #include    <DIR/more>   # x\nfred\n",
    "include of what is missing": "4.4.14\n#include <DIR/missing>\nfred\n",
    "include, badly written": "4.4.14\n#include \"DIR/more\"\nfred\n",
    "include with a version of its own": "4.4.14\n#include <DIR/versioned>\nfred\n",
    "admin reads": "4.4.14\n-ADMIN\n",
    "admin writes a suite": "4.4.14\nADMIN /s\n",
    "somebody else": "4.4.14\njoe\n",
}
MORE = {"more": "bill /o\n", "versioned": "4.4.14\nbill /o\n"}


def white_lists(command, keep):
    for name, text in LISTS.items():
        if keep not in name:
            continue
        s = Server(command, dict({"HOST.PORT.ecf.lists": text}, **MORE), wait=3)
        row = {"kind": "list", "name": name, "file": text}
        if s.up:
            row["load"] = verdict(s.load())
            row["probes"] = probes(s, ["fred", "bill", "mary", ADMIN, "*"])
            for p in row["probes"]:
                p["user"] = "ADMIN" if p["user"] == ADMIN else p["user"]
        code, out, log = s.close()
        if not s.up:
            row["exit"], row["output"] = code, out
            row["log"] = [re.sub(r"\[.*?\]", "", line) for line in log.splitlines() if line.startswith("ERR")]
        yield row


def reloads(command, keep):
    """the list is changed and read again"""
    for name, first, then, who in [
        ("reload: bill instead of fred", "4.4.14\nfred\n", "4.4.14\nbill\n", ADMIN),
        ("reload: no version", "4.4.14\nfred\n", "bill\n", ADMIN),
        ("reload: two users", "4.4.14\nfred\n", "4.4.14\nbill\nfred joe\n", ADMIN),
        ("reload: empty", "4.4.14\nfred\n", "", ADMIN),
        ("reload: missing", "4.4.14\nfred\n", None, ADMIN),
        ("reload: by one who reads", "4.4.14\n-fred\n", "4.4.14\nbill\n", "fred"),
        ("reload: by one who writes a suite", "4.4.14\nfred /s\n", "4.4.14\nbill\n", "fred"),
        ("reload: by one who writes", "4.4.14\nfred\n", "4.4.14\nbill\n", "fred"),
        ("reload: none before", "", "4.4.14\nbill\n", "joe"),
        ("reload: include of what is missing", "4.4.14\nfred\n", "4.4.14\n#include <DIR/no>\nbill\n", ADMIN),
    ]:
        if keep not in name:
            continue
        s = Server(command, {"HOST.PORT.ecf.lists": first})
        row = {"kind": "reload", "name": name, "file": first, "then": then, "by": "ADMIN" if who == ADMIN else who}
        if s.up:
            s.load()
            s.write("HOST.PORT.ecf.lists", then)
            row["answer"] = s.ask("CtsCmd", {"api_": 6}, who)
            row["probes"] = probes(s, ["fred", "bill", "mary"])
        code, out, log = s.close()
        if not s.up:
            row["exit"], row["output"] = code, out
        yield row


FREE = "ab"  # crypt("x", "ab") is abiQ6Ep3EYTHc
TOKENS = {("fred", "secret"): "frrkUcE9qDkFs", ("fred", "fredpw"): "frrkVfqP8mTwo", ("bob", "secretpw"): "bo2xzGnsDNT5g", ("ab", "x"): "abiQ6Ep3EYTHc", ("zz", "secret"): "zz1T8N4tWvmbE"}
PASSWORDS = {
    "one user": "4.5.0\nfred HOST PORT secret\n",
    "two users": "4.5.0\nfred HOST PORT secret\nbob HOST PORT secretpw\n",
    "first line of a user counts, whatever its host": "4.5.0\nfred other PORT fredpw\nfred HOST PORT secret\n",
    "first line of a user counts, whatever its port": "4.5.0\nfred HOST 1 fredpw\nfred HOST PORT secret\n",
    "a user of another host beside one of this": "4.5.0\nbob HOST PORT secretpw\nfred other 1 secret\n",
    "localhost only": "4.5.0\nfred localhost PORT secret\n",
    "another host only": "4.5.0\nfred other PORT secret\n",
    "another port only": "4.5.0\nfred HOST 1 secret\n",
    "port with a zero": "4.5.0\nfred HOST 0PORT secret\n",
    "empty file": "",
    "version alone": "4.5.0\n",
    "no version": "fred HOST PORT secret\n",
    "version 4.4.0": "4.4.0\nfred HOST PORT secret\n",
    "version 4.5.1": "4.5.1\nfred HOST PORT secret\n",
    "version 5.0.0": "5.0.0\nfred HOST PORT secret\n",
    "three words": "4.5.0\nfred HOST PORT\n",
    "five words": "4.5.0\nfred HOST PORT secret more\n",
    "port is a word": "4.5.0\nfred HOST port secret\n",
    "twice": "4.5.0\nfred HOST PORT secret\nfred HOST PORT secret\n",
    "twice for another host": "4.5.0\nfred x 1 a\nfred x 1 b\nbob HOST PORT secretpw\n",
    "comment": "# x\n4.5.0 # y\n\nfred HOST PORT secret # z\n",
    "name that is no salt": "4.5.0\nj-doe HOST PORT secret\nfred HOST PORT secret\n",
}


def asks(server):
    found = []
    for user, password in [("fred", ""), ("fred", "frrkUcE9qDkFs"), ("fred", "frrkVfqP8mTwo"), ("fred", "secret"), ("bob", ""), ("bob", "bo2xzGnsDNT5g"), ("bob", "frrkUcE9qDkFs"),
                           ("mary", ""), ("mary", "frrkUcE9qDkFs"), ("", ""), ("j-doe", ""), ("j-doe", "*0"), ("j-doe", "*1"), ("ADMIN", "")]:
        for custom in (False, True):
            name = ADMIN if user == "ADMIN" else user
            answer = server.ask("CtsCmd", {"api_": 11}, name, password, custom)
            ping = server.ask("CtsCmd", {"api_": 8}, name, password, custom)
            found.append({"user": user, "token": password, "custom": custom, "refusal": verdict(answer), "ping": verdict(ping)})
    return found


def passwords(command, keep):
    for custom in (False, True):
        for name, text in PASSWORDS.items():
            name = ("custom: " if custom else "passwords: ") + name
            if keep not in name:
                continue
            file = "HOST.PORT.ecf." + ("custom_passwd" if custom else "passwd")
            s = Server(command, {file: text}, wait=3)
            row = {"kind": "custom" if custom else "passwords", "name": name, "file": text}
            if s.up:
                row["asks"] = asks(s)
            code, out, log = s.close()
            row["output"] = out
            if not s.up:
                row["exit"] = code
            row["log"] = [re.sub(r"\[.*?\]", "", line) for line in log.splitlines() if line.startswith("ERR")][:4]
            yield row
    name = "passwords: both files"
    if keep in name:
        s = Server(command, {"HOST.PORT.ecf.passwd": "4.5.0\nfred HOST PORT secret\n", "HOST.PORT.ecf.custom_passwd": "4.5.0\nbob HOST PORT secretpw\n"})
        row = {"kind": "both", "name": name, "asks": asks(s)}
        s.close()
        yield row
    name = "passwords: none"
    if keep in name:
        s = Server(command, {})
        row = {"kind": "none", "name": name, "asks": asks(s)}
        s.close()
        yield row
    for name, api, file in (("passwords: reload", 16, "passwd"), ("custom: reload", 18, "custom_passwd")):
        for case, first, then, by, token in [
            ("another user", "4.5.0\nfred HOST PORT secret\n", "4.5.0\nbob HOST PORT secretpw\n", "fred", "frrkUcE9qDkFs"),
            ("another user, by one who is not listed", "4.5.0\nfred HOST PORT secret\n", "4.5.0\nbob HOST PORT secretpw\n", "bob", "bo2xzGnsDNT5g"),
            ("missing", "4.5.0\nfred HOST PORT secret\n", None, "fred", "frrkUcE9qDkFs"),
            ("empty", "4.5.0\nfred HOST PORT secret\n", "", "fred", "frrkUcE9qDkFs"),
            ("bad", "4.5.0\nfred HOST PORT secret\n", "4.5.0\nbob HOST PORT secretpw\nfred\n", "fred", "frrkUcE9qDkFs"),
            ("nobody for this host", "4.5.0\nfred HOST PORT secret\n", "4.5.0\nbob other 1 secretpw\n", "fred", "frrkUcE9qDkFs"),
            ("none before", None, "4.5.0\nbob HOST PORT secretpw\n", "fred", ""),
            ("none before nor after", None, "", "fred", ""),
        ]:
            if keep not in name + ": " + case:
                continue
            s = Server(command, {"HOST.PORT.ecf." + file: first} if first is not None else {})
            row = {"kind": "reload passwords", "name": name + ": " + case, "file": first, "then": then, "by": by, "custom": api == 18}
            if then != "" or first is not None:
                s.write("HOST.PORT.ecf." + file, then)
            row["answer"] = s.ask("CtsCmd", {"api_": api}, by, token, api == 18)
            row["asks"] = asks(s)
            _, row["output"], _ = s.close()
            yield row


USER = {"force_": False}
COMMANDS = [
    ("ServerVersionCmd", {}),
    *[("CtsCmd", {"api_": n}) for n in range(1, 19) if n != 5],
    *[("CSyncCmd", {"api_": n, "client_handle_": 0, "client_state_change_no_": 0, "client_modify_change_no_": 0}) for n in range(4)],
    *[("ClientHandleCmd", {"api_": n, "client_handle_": 0, "drop_user_": "", "suites_": ["s"], "auto_add_new_suites_": False}) for n in (0, 1, 2, 6)],
    *[("CtsNodeCmd", {"api_": n, "absNodePath_": p}) for n in range(1, 7) for p in ("/s/f/t", "")],
    *[("PathsCmd", {"api_": n, "paths_": p, "force_": False}) for n in range(1, 9) for p in (["/s/f/t"], ["/o/t", "/s/f/t"], ["/s/f/t", "/o/t"], [])],
    *[("DeleteCmd", {"paths_": p, "force_": True}) for p in (["/s/f/t"], ["/s/f/t", "/o/t"], ["/o/t", "/s/f/t"], [])],
    *[("BeginCmd", {"suiteName_": p, "force_": True}) for p in ("s", "")],
    ("LoadDefsCmd", {"force_": True, "defs_": "suite s\nendsuite\n", "defs_filename_": ""}),
    ("ReplaceNodeCmd", {"createNodesAsNeeded_": False, "force_": True, "pathToNode_": "/s", "path_to_defs_": "", "clientDefs_": TREE}),
    ("RequeueNodeCmd", {"paths_": ["/s/f/t"], "option_": 0}),
    ("RequeueNodeCmd", {"paths_": ["/s/f/t", "/o/t"], "option_": 0}),
    ("RunNodeCmd", {"paths_": ["/s/f/t"], "force_": False}),
    ("OrderNodeCmd", {"absNodepath_": "/s/f/t", "option_": 0}),
    ("ForceCmd", {"paths_": ["/s/f/t"], "stateOrEvent_": "complete", "recursive_": False, "setRepeatToLastValue_": False}),
    ("ForceCmd", {"paths_": ["/s/f/t:e"], "stateOrEvent_": "set", "recursive_": False, "setRepeatToLastValue_": False}),
    ("FreeDepCmd", {"paths_": ["/s/f/t"], "trigger_": True, "all_": False, "date_": False, "time_": False}),
    ("AlterCmd", {"paths_": ["/s/f/t"], "name_": "A", "value_": "1", "add_attr_type_": 5, "del_attr_type_": 16, "change_attr_type_": 13, "flag_type_": 19, "flag_": False}),
    ("AlterCmd", {"paths_": ["/"], "name_": "A", "value_": "1", "add_attr_type_": 5, "del_attr_type_": 16, "change_attr_type_": 13, "flag_type_": 19, "flag_": False}),
    ("QueryCmd", {"query_type_": "state", "path_to_attribute_": "/s/f/t", "attribute_": "", "path_to_task_": ""}),
    ("CFileCmd", {"file_": 0, "pathToNode_": "/s/f/t", "max_lines_": 10}),
    *[("EditScriptCmd", {"edit_type_": n, "path_to_node_": "/s/f/t", "user_file_contents_": [], "user_variables_": [], "alias_": False, "run_": False}) for n in range(5)],
    ("CheckPtCmd", {"mode_": 3, "check_pt_interval_": 0, "check_pt_save_time_alarm_": 0}),
    ("CheckPtCmd", {"mode_": 1, "check_pt_interval_": 0, "check_pt_save_time_alarm_": 0}),
    ("CheckPtCmd", {"mode_": 3, "check_pt_interval_": 60, "check_pt_save_time_alarm_": 0}),
    ("CheckPtCmd", {"mode_": 3, "check_pt_interval_": 0, "check_pt_save_time_alarm_": 20}),
    *[("LogCmd", {"api_": n, "get_last_n_lines_": 1, "new_path_": ""}) for n in range(5)],
    ("LogMessageCmd", {"msg_": "m"}),
    *[("ZombieCmd", {"user_action_": n, "process_id_": "", "password_": "", "paths_": ["/s/f/t"]}) for n in range(6)],
    ("PlugCmd", {"source_": "/s/f/t", "dest_": "/o"}),
    ("MoveCmd", {"src_node_": "task z\n", "src_host_": "h", "src_port_": "1", "src_path_": "/s/f/t", "dest_": "/o"}),
    ("ShowCmd", {}),
    ("CtsCmd", {"api_": 5}),
]
# writer of all, reader of all, writer of /s alone, reader of /s alone
ROLES = "4.4.14\nwriter\n-reader\nowner /s\n-visitor /s\n"


def commands(command, keep):
    """which permission, and for which paths, each request needs"""
    if keep not in "commands":
        return
    s = Server(command, {"HOST.PORT.ecf.lists": ROLES})
    for kind, fields in COMMANDS:
        row = {"kind": "command", "name": kind, "fields": {k: v for k, v in fields.items() if k not in ("defs_", "clientDefs_")}, "allowed": []}
        for user in ("stranger", "visitor", "owner", "reader", "writer"):
            if not s.up or s.process.poll() is not None:
                s.close()
                s = Server(command, {"HOST.PORT.ecf.lists": ROLES})
            s.load()
            answer = s.ask(kind, fields, user)
            if verdict(answer):
                row.setdefault("refusal", {})[user] = verdict(answer)
            else:
                row["allowed"].append(user)
            if fields.get("api_") == 5 and kind == "CtsCmd":
                time.sleep(0.5)
        yield row
    s.close()
    s = Server(command, {"HOST.PORT.ecf.lists": ROLES})
    for name, children in [
        ("group of a read and a write", [("CtsCmd", {"api_": 11}), ("PathsCmd", {"api_": 1, "paths_": ["/s/f/t"], "force_": False})]),
        ("group of two reads", [("CtsCmd", {"api_": 11}), ("ServerVersionCmd", {})]),
        ("group of writes", [("PathsCmd", {"api_": 1, "paths_": ["/s/f/t"], "force_": False}), ("DeleteCmd", {"paths_": ["/s/f/u"], "force_": True})]),
        ("group of writes here and there", [("PathsCmd", {"api_": 1, "paths_": ["/s/f/t"], "force_": False}), ("DeleteCmd", {"paths_": ["/o/t"], "force_": True})]),
        ("group with a ping", [("CtsCmd", {"api_": 8}), ("CtsCmd", {"api_": 11})]),
        ("group of nothing", []),
    ]:
        row = {"kind": "group", "name": name, "allowed": []}
        for user in ("stranger", "visitor", "owner", "reader", "writer"):
            s.load()
            answer = s.group([(k, f, user) for k, f in children], user)
            if verdict(answer):
                row.setdefault("refusal", {})[user] = verdict(answer)
            else:
                row["allowed"].append(user)
        yield row
    row = {"kind": "group", "name": "group whose child is of another user", "allowed": []}
    for user, inner in (("writer", "stranger"), ("stranger", "writer")):
        answer = s.group([("PathsCmd", {"api_": 1, "paths_": ["/s/f/t"], "force_": False}, inner)], user)
        row.setdefault("refusal", {})[user] = verdict(answer)
        if not verdict(answer):
            row["allowed"].append(user)
    yield row
    s.close()


def alter(where, value):
    return ("AlterCmd", {"paths_": [where], "name_": "PERMISSIONS", "value_": value, "add_attr_type_": 5, "del_attr_type_": 16, "change_attr_type_": 13, "flag_type_": 19, "flag_": False})


def permissions(command, keep):
    for name, given, lists in [
        ("server", {"/": "fred"}, None),
        ("server, two", {"/": "fred,bill"}, None),
        ("server, blanks", {"/": "fred, bill"}, None),
        ("server, blank between", {"/": "fred bill"}, None),
        ("server, empty", {"/": ""}, None),
        ("server, comma alone", {"/": ","}, None),
        ("server, commas", {"/": ",fred,,bill,"}, None),
        ("server, star", {"/": "*"}, None),
        ("server, minus", {"/": "-fred"}, None),
        ("server, with letters", {"/": "fred:rwx,bill:r"}, None),
        ("server, percent", {"/": "%ECF_HOME%"}, None),
        ("suite", {"/s": "fred"}, None),
        ("family", {"/s/f": "fred"}, None),
        ("task", {"/s/f/t": "fred"}, None),
        ("suite and family", {"/s": "fred", "/s/f": "bill"}, None),
        ("suite and task", {"/s": "fred", "/s/f/t": "bill"}, None),
        ("server and suite", {"/": "fred", "/s": "bill"}, None),
        ("server and suite, empty", {"/": "fred", "/s": ""}, None),
        ("suite and family, empty", {"/s": "fred", "/s/f": ""}, None),
        ("suite, with white list", {"/s": "fred"}, "4.4.14\nbill\n"),
        ("server, with white list of nobody", {"/": "fred"}, "4.4.14\n"),
        ("server, with empty white list", {"/": "fred"}, ""),
    ]:
        name = "permissions: " + name
        if keep not in name:
            continue
        s = Server(command, {} if lists is None else {"HOST.PORT.ecf.lists": lists})
        row = {"kind": "permissions", "name": name, "given": given, "lists": lists}
        s.load()
        # the root last: whoever is not named can do no more
        for where in sorted(given, reverse=True):
            kind, fields = alter(where, given[where])
            row.setdefault("set", []).append(s.ask(kind, fields, ADMIN))
        row["probes"] = probes(s, ["fred", "bill", "mary", ADMIN])
        for p in row["probes"]:
            p["user"] = "ADMIN" if p["user"] == ADMIN else p["user"]
        s.close()
        yield row
    if keep in "permissions: commands":
        # for which paths each request is looked at: server's for root, /s's for others
        for kind, fields in COMMANDS:
            row = {"kind": "permissions of commands", "name": kind, "fields": {k: v for k, v in fields.items() if k not in ("defs_", "clientDefs_")}, "allowed": []}
            for user in ("nobody", "root1", "suite1"):
                s = Server(command, {})
                s.load()
                for where, who in (("/s", "suite1"), ("/", "root1")):
                    k, f = alter(where, who)
                    s.ask(k, f, ADMIN if where == "/s" else ADMIN)
                answer = s.ask(kind, fields, user)
                if verdict(answer):
                    row.setdefault("refusal", {})[user] = verdict(answer)
                else:
                    row["allowed"].append(user)
                s.close()
            yield row


def main():
    command = program(sys.argv[1])
    keep = sys.argv[3] if len(sys.argv) > 3 else ""
    with open(sys.argv[2], "w") as f:
        for part in (white_lists, reloads, passwords, commands, permissions):
            for row in part(command, keep):
                f.write(json.dumps(row, ensure_ascii=False).replace(f"[{ADMIN}]", "[ADMIN]") + "\n")
                f.flush()


main()
