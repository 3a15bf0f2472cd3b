"""Record what the original module makes of random scripts.

    python3 record.py <output.jsonl> <first seed> <number of cases>

Each case is a directory of scripts and include files with a definition, made
from its seed alone. The directory is /tmp/jobcheck and written as @ROOT@.
"""

import ctypes
import json
import os
import random
import re
import shutil
import sys

import ecflow

ROOT = "/tmp/jobcheck"
LIBC = ctypes.CDLL(None)

VALUES = [
    "",
    "x",
    "two words",
    "%B%",
    "%A%",
    "x%A%",
    "%NOPE%",
    "%NOPE:d%",
    "a%%b",
    "50%",
    "$B",
    "#",
    "%C:1%",
    "it's",
    "^B^",
    "a:b",
]
NAMES = ["A", "B", "C", "D"]
USED = NAMES + [
    "TASK",
    "SUITE",
    "FAMILY",
    "FAMILY1",
    "ECF_NAME",
    "ECF_TRYNO",
    "ECF_PASS",
    "ECF_JOB",
    "ECF_JOBOUT",
    "ECF_SCRIPT",
    "ECF_RID",
    "ECF_PORT",
    "ECF_HOST",
    "ECF_HOME",
    "R",
    "YMD",
    "YMD_YYYY",
    "NOPE",
    "S",
    "ECF_TRIES",
    "ECF_MICRO",
]
HEADERS = ["a.h", "b.h", "c.h", "deep/d.h"]


class Case:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.files = {}
        self.micro = "%"

    def chance(self, percent):
        return self.r.random() * 100 < percent

    def pick(self, *choices):
        return self.r.choice(choices)

    def variable(self, m):
        name = self.r.choice(USED)
        if self.chance(70):
            while name == "NOPE":
                name = self.r.choice(USED)
        form = self.r.random()
        if form < 0.6:
            return m + name + m
        if form < 0.9:
            return m + name + ":" + self.pick("", "d", "two words", "a:b", "%", "#") + m
        return m + self.pick("", "A B", ":", "A:", "nix:" + name, "ECF_NAMES", "ECF_PASS:x", "ECF_HOST:y") + m

    def text(self, m):
        parts = []
        for _ in range(self.r.randint(1, 3)):
            parts.append(self.pick("echo", "x=1", "# note", "", "'q'", m + m if self.chance(60) else "y"))
            if self.chance(60):
                parts.append(self.variable(m))
        return " ".join(parts)

    def include(self, m):
        kind = self.pick("include", "include", "include", "includenopp", "includeonce")
        name = self.r.choice(HEADERS + (["nope.h"] if self.chance(25) else []))
        what = (
            self.pick(
                "<%s>",
                "<%s>",
                "<%s>",
                '"%s"',
                '"./%s"',
                '"../%s"',
                "@ROOT@/inc/%s",
                "<@ROOT@/inc/%s>",
                '"@ROOT@/inc/%s"',
                "%s",
                "./%s",
                "h/%s",
                "<%s",
                '"%s',
            )
            % name
        )
        if self.chance(10):
            what = "<%s%s>" % (self.variable(m), ".h")
        if self.chance(3):
            what = self.pick(m + "NOPE:" + m, "x", "<>", '""', m + "A" + m, m + "A", "<dir>")
        return m + kind + " " + what + self.pick("", "", " # why", "  ")

    def odd(self, m):
        return self.pick(
            m + "end",
            m + "end" + m,
            m + "manual_x" + m,
            m + "nopp",
            m + "include",
            m + "include\t<a.h>",
            m + "includes <a.h>",
            m + "ecf_micro ^",
            m + "ecfmicro",
            m + "ecfmicro abc",
            m + "A",
            "x " + m + "A",
            "# " + m + "A",
            "x # " + m + "A",
            m + m + "end",
            m + m,
            m + "ecfmicro \u00a3",
            "x" + m + "include <a.h>",
            m + "A" + m + " " + m,
            m + "comment",
            m + "manual",
            m + "A" + m,
            " " + m + "end",
            m + "unknown <a.h>",
            m + "nopp x",
            m,
            "smsinit $$ # smsabort",
            "#smsmeter",
            "smslabel x; smsevent y",
        )

    def lines(self, m, depth, budget=6):
        out = []
        for _ in range(self.r.randint(0 if depth else 1, budget)):
            kind = self.r.random()
            if kind < 0.5:
                out.append(self.text(m))
            elif kind < 0.7:
                out.append(self.include(m))
            elif kind < 0.85 and depth < 2:
                word = self.pick("manual", "comment", "nopp")
                out.append(m + word + self.pick("", "", " x"))
                out += self.lines(m, depth + 2 if self.chance(70) else depth + 1, 3)
                if not self.chance(3):
                    out.append(m + "end" + self.pick("", " - " + word))
            elif kind < 0.9 and depth < 2:
                new = self.pick("^", "$", "@", m)
                out.append(m + "ecfmicro " + new)
                m = new
            elif self.chance(25):
                out.append(self.odd(m))
        return out

    def script(self, m="%"):
        text = "\n".join(self.lines(m, 0))
        return text + self.pick("\n", "\n", "\n", "", "\n\n")

    def put(self, path, text):
        self.files["@ROOT@/" + path] = text

    def build(self):
        """The definition as text, the variables of the server, and files by path."""
        for h in HEADERS:
            for place in ("inc", "inc2", "home", "home/s", "home/s/f", "home/s/f/g", "."):
                if self.chance(35):
                    self.put(place + "/" + h, "\n".join(self.lines("%", 1, 3)) + self.pick("\n", ""))
        if self.chance(5):
            self.put("inc/dir/x", "")
        define = ["suite s"]

        def set_(name, value):
            define.append(" edit %s '%s'" % (name, value.replace("'", "")))

        if self.chance(95):
            set_(
                "ECF_HOME",
                self.pick(
                    "@ROOT@/home",
                    "@ROOT@/home",
                    "@ROOT@/home",
                    "@ROOT@/home",
                    "home",
                    "@ROOT@/nix",
                    "@ROOT@/home/",
                    "",
                ),
            )
        if self.chance(60):
            set_(
                "ECF_INCLUDE",
                self.pick(
                    "@ROOT@/inc",
                    "@ROOT@/inc",
                    "@ROOT@/inc2:@ROOT@/inc",
                    "$ECF_HOME/../inc",
                    "%ECF_HOME%/s",
                    "@ROOT@/%S:inc%",
                    "@ROOT@/$S/x",
                    "",
                    ":",
                    "@ROOT@/nix",
                    "@ROOT@/nix:$NOPE:@ROOT@/inc",
                ),
            )
        if self.chance(25):
            set_(
                "ECF_FILES",
                self.pick(
                    "@ROOT@/files", "@ROOT@/%S:files%", "@ROOT@/nix", "@ROOT@/%NOPE%", "", "%ECF_HOME%"
                ),
            )
        if self.chance(25):
            set_("ECF_FILES_LOOKUP", self.pick("prune_leaf", "PRUNE_LEAF", "prune_root", "x"))
        if self.chance(8):
            set_("ECF_EXTN", self.pick(".sms", "", "ecf"))
        if self.chance(8):
            set_("ECF_MICRO", self.pick("^", "^", "&", "ab", ""))
        if self.chance(8):
            set_(
                "ECF_OUT",
                self.pick(
                    "@ROOT@/out", "%ECF_HOME%/out", "%ECF_JOB%", "%ECF_JOBOUT%", "%NOPE%", "%A%", "^A^", ""
                ),
            )
        if self.chance(8):
            set_("ECF_CLIENT", self.pick("client", "", "/bin/c"))
        if self.chance(8):
            set_("ECF_JOB_CMD", self.pick("%ECF_JOB% &", "", "%NOPE%", "%ECF_JOB", "%NOPE:1%", "%A%"))
        if self.chance(10):
            define.append(" defstatus complete")
        if self.chance(40):
            define.append(
                self.pick(
                    " repeat integer R 3 7",
                    " repeat date YMD 20240229 20250101 1",
                    ' repeat string A "x" "%B%"',
                    ' repeat enumerated R "u" "v"',
                )
            )
        for name in NAMES:
            if self.chance(60):
                set_(name, self.r.choice(VALUES))
        if self.chance(10):
            set_("S", self.pick("s", "inc", "files"))
        families = []
        task_paths = []
        for family in self.pick([], ["f"], ["f"], ["f"], ["f", "g"]):
            families.append(family)
            define.append(" " * len(families) + "family " + family)
            for name in NAMES:
                if self.chance(15):
                    set_(name, self.r.choice(VALUES))
            if self.chance(5):
                define.append(" defstatus complete")
        for i in range(self.r.randint(1, 4)):
            name = "t%d" % i
            path = "/".join(["s"] + families + [name])
            task_paths.append("/" + path)
            define.append("  task " + name)
            m = "%"
            for name_ in NAMES:
                if self.chance(15):
                    set_(name_, self.r.choice(VALUES))
            if self.chance(5):
                set_(
                    "ECF_JOB",
                    self.pick(
                        "@ROOT@/own/%s.job1" % name,
                        "@ROOT@/own/" + name,
                        "@ROOT@/home/file/x.job",
                        "",
                        "own.job",
                        "@ROOT@/own.d/x/y.z",
                    ),
                )
            if self.chance(4):
                set_(
                    "ECF_SCRIPT_CMD",
                    self.pick(
                        "cat @ROOT@/home/cmd",
                        "false",
                        "echo %A%",
                        "echo x; exit 3",
                        "kill -9 $$",
                        "%NOPE%",
                        "printf 'a\\nb'",
                        "nosuchcommand 2>/dev/null",
                        "head -c 5000 /dev/zero | tr '\\0' x",
                        "",
                    ),
                )
            if self.chance(3):
                set_("ECF_FETCH", self.pick("echo %TASK%", "true", "false", "%NOPE%", ""))
            if self.chance(3):
                set_("ECF_NO_SCRIPT", self.pick("", "1"))
            if self.chance(3):
                set_("ECF_DUMMY_TASK", self.pick("", "1"))
            if self.chance(3):
                set_("ECF_PASS", "FREE")
            if self.chance(3):
                set_("ECF_SCRIPT", "@ROOT@/home/cmd")
            if self.chance(3):
                set_("ECF_MICRO", self.pick("^", "abc"))
                m = "^"
            if self.chance(4):
                set_("TASK", "own")
            if self.chance(5):
                define.append("   repeat integer R 1 2")
            if self.chance(5):
                define.append("   defstatus " + self.pick("complete", "suspended", "aborted"))
            if self.chance(10):
                define.append(
                    self.pick(
                        '   label l "x"',
                        "   event e",
                        "   meter m 0 10 10",
                        "   verify submitted:1",
                        "   verify aborted:1",
                        "   verify queued:2",
                        "   cron 10:00",
                        "   day monday",
                        "   date 1.*.*",
                        "   time +00:10 20:00 00:30",
                        "   today 00:01",
                    )
                )
            places = ["home/" + path] * 6 + [
                "files/" + path,
                "files/" + name,
                "home/" + name,
                "home/s/" + name,
                "files/s/" + name,
                "files/f/" + name,
                "home/f/" + name,
                "nowhere/x",
            ]
            for _ in range(self.pick(1, 1, 1, 2)):
                extension = ".ecf" if self.chance(94) else self.pick(".sms", "ecf", ".usr")
                self.put(self.r.choice(places) + extension, self.script(m) if self.chance(97) else "")
        for _ in families:
            define.append("endfamily")
        if self.chance(60):
            self.put("home/cmd", self.script())
        if self.chance(5):
            self.put("home/file", "")
        define.append("endsuite")
        case = {"defs": "\n".join(define) + "\n", "files": self.files, "server": {}}
        if self.chance(10):
            case["server"][self.pick("A", "NOPE", "ECF_INCLUDE", "ECF_HOME", "ECF_TRIES")] = self.pick(
                "@ROOT@/inc", "v", "%B%"
            )
        if self.chance(50):
            case["dir"] = self.pick("@ROOT@/jobs", "@ROOT@/jobs", "@ROOT@/jobs/deep.er", "jobs")
        if self.chance(15):
            case["path"] = self.pick("/s", "/s/f", task_paths[0], task_paths[-1], "/nix", "s", "/")
        if self.chance(15):
            case["verbose"] = True
        return case


def here(text):
    return text.replace("@ROOT@", ROOT)


def anywhere(text):
    return text.replace(ROOT, "@ROOT@")


def captured(work):
    """Whatever work writes to file descriptor 1, and what it raises."""
    sys.stdout.flush()
    keep = os.dup(1)
    raised = None
    with open("/tmp/jobcheck.out", "w+") as file:
        os.dup2(file.fileno(), 1)
        try:
            work()
        except RuntimeError as e:
            raised = str(e)
        LIBC.fflush(None)
        os.dup2(keep, 1)
        os.close(keep)
        file.seek(0)
        return file.read(), raised


def write(files):
    shutil.rmtree(ROOT, ignore_errors=True)
    os.makedirs(ROOT + "/home")
    os.makedirs(ROOT + "/files")
    os.chdir(ROOT)
    for path, text in files.items():
        path = here(path)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", newline="") as file:
                file.write(here(text))
        except (FileExistsError, NotADirectoryError, IsADirectoryError):
            pass


def record(seed):
    case = Case(seed).build()
    case["seed"] = seed
    write(case["files"])
    with open("/tmp/jobcheck.def", "w") as file:
        file.write(here(case["defs"]))
    d = ecflow.Defs("/tmp/jobcheck.def")
    for name, value in case["server"].items():
        d.add_variable(name, here(value))
    before = {os.path.join(at, name) for at, _, names in os.walk(ROOT) for name in names}
    ctrl = ecflow.JobCreationCtrl()
    ctrl.set_dir_for_job_creation(here(case.get("dir", "")))
    ctrl.set_node_path(case.get("path", ""))
    ctrl.set_verbose(case.get("verbose", False))
    out, raised = captured(lambda: d.check_job_creation(ctrl))
    case["error"] = ctrl.get_error_msg()
    case["out"] = re.sub(r"\(\d+ ms\)", "(0 ms)", out)
    if raised is not None:
        case["raised"] = anywhere(raised)
    passwords = [t.find_gen_variable("ECF_PASS").value() for t in d.get_all_tasks()]
    for password in filter(None, passwords):
        case["error"] = case["error"].replace(password, "@PASS@")
    case["error"] = anywhere(case["error"])
    case["jobs"] = {}
    for at, _, names in os.walk(ROOT):
        for name in sorted(names):
            path = os.path.join(at, name)
            if path in before:
                continue
            with open(path, newline="", encoding="utf-8", errors="surrogateescape") as file:
                text = file.read()
            for password in filter(None, passwords):
                text = text.replace(password, "@PASS@")
            case["jobs"][anywhere(path)] = ["%o" % (os.stat(path).st_mode & 0o777), anywhere(text)]
    ecflow.PrintStyle.set_style(ecflow.Style.MIGRATE)
    state = [
        line
        for line in str(d).split("\n")
        if "# server" not in line and not line.startswith("calendar ") and not line.startswith("#")
    ]
    case["state"] = anywhere("\n".join(state))
    return case


def main():
    output, first, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    os.umask(0o022)
    with open(output, "w", encoding="utf-8", errors="surrogateescape") as file:
        for seed in range(first, first + count):
            file.write(json.dumps(record(seed), ensure_ascii=True, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
