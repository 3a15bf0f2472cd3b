"""Makes small suites that depend on no date of today, a few by hand and many at random, one JSON line each:
{"name": ..., "text": ...}.

    python3 suites.py SEED COUNT > suites.jsonl
"""
import json
import random
import sys

HOURS = ["00:00", "01:00", "06:00", "10:00", "12:00", "13:00", "20:00", "23:00"]
MINUTES = ["00:01", "00:30", "09:59", "10:15", "12:05", "23:59"]


# What chance does not bring about.
SPECIAL = {
    "archived and restored": """suite s
  clock real 1.1.2020
  endclock 3.1.2020
  family f
    autoarchive 01:00
    family g
      task t
    endfamily
    task u
  endfamily
  task again
    time 05:00
    autorestore f
  family h
    autoarchive +02:00
    repeat integer I 1 2
    task t
      time 10:00
  endfamily
  task late
    time 20:00
    autorestore /s/h /s/f
endsuite
""",
    "archived and requeued": """suite s
  clock real 1.1.2020
  endclock 2.1.2020
  repeat integer I 1 3
  family f
    autoarchive 00:00
    task t
  endfamily
  task u
    time 03:00
endsuite
""",
    "restored from above": """suite s
  clock real 1.1.2020
  endclock 3.1.2020
  family f
    autoarchive 01:00
    task t
  endfamily
  family g
    autorestore f
    task t
      time 05:00
    task u
      time 06:00
      autorestore ../g /s/f
  endfamily
  task v
    time 07:00
    autorestore g
endsuite
""",
    "deadlock seen": """suite s
  clock real 1.1.2020
  task t1
    complete t2 == complete
    trigger t2 == complete and t2 != aborted
  task t2
    trigger t1 == complete
  family f
    trigger t1 == complete
    complete g == complete
    task t
      trigger /s/g/t == complete
  endfamily
  family g
    trigger f == complete
    task t
      trigger /s/f/t == complete
  endfamily
endsuite
""",
    "full limits": """suite s
  clock real 1.1.2020
  limit many 6
  limit none 0
  family f
    inlimit many
    task a
      defstatus active
    task b
    task c
    task d
    task e
    task g
  endfamily
  family h
    inlimit /s:none 2
    inlimit many 4
    task t
  endfamily
  task t
    verify complete:99
    inlimit none
    inlimit -n many 7
    day sunday
    date 1.2.2020
    time 10:00
    today 11:00
    today +00:20 02:00 00:10
    cron -d 29 -m 2 10:15
endsuite
""",
    "used by name from below": """suite s
  clock real 1.1.2020
  edit V 3
  task t
    event 7 seven
    event 8
    meter m 0 100 50
  family f
    event e
    meter n 0 3
    queue q 1 2 3
    task t
      event own
      trigger :V == 3 and :m != 5 or /s/t:7 and /s/t:8 == set
      meter m 0 4
    task u
      trigger t:own and :n < 5 and :q ge 2 and not :e
  endfamily
endsuite
""",
    "stays free beyond midnight": """suite s
  clock real 12.10.2009
  endclock 21.10.2009
  family f
    day monday
    time 23:00
    task t1
    task t2
      trigger t1 == complete and ../late == complete
  endfamily
  task late
    time 01:00
    date 13.10.2009
  family g
    date 12.10.2009
    date 15.10.2009
    repeat integer I 1 2
    task t
      time 23:00
    task u
      trigger /s/late == complete
  endfamily
endsuite
""",
    "ends today": """suite s
  clock real 31.12.2019 86340
  family f
    repeat day 2
    task t
      cron -w 0L 00:00
    task u
      cron -d L -m 2,12 23:59
      verify complete:1
  endfamily
endsuite
""",
    "no tasks, with a repeat": """suite none
  clock real 1.1.2020
  repeat integer I 1 3
  verify complete:3
  family f
  endfamily
endsuite
suite s
  clock real 1.1.2020 +00:10
  task t
    time 10:00
endsuite
""",
}


class Maker:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.lines = []
        self.depth = 0
        self.nodes = []  # (path, kind, names of events, of meters, repeat, of limits, of queues)
        self.style = self.r.choice(["plain", "times", "times", "dates", "repeats", "limits", "flow", "flow", "mix", "mix", "mix"])
        self.minutes = self.r.random() < 0.35
        self.long = self.r.random() < 0.02
        self.rare = self.r.random() < 0.3  # has what few suites have

    def one(self, p):
        return self.r.random() < p

    def put(self, line):
        self.lines.append("  " * self.depth + line)

    def clock(self):
        day, month, year = self.r.randint(1, 28), self.r.randint(1, 12), self.r.randint(1999, 2031)
        if self.one(0.1):
            day, month = self.r.choice([(31, 12), (28, 2), (31, 1), (30, 4)])
        kind = "hybrid" if self.one(0.25) else "real"
        gain = ""
        if self.one(0.3):
            gain = self.r.choice([" +01:00", " +12:00", " +3600", " 7200", " +00:30", " +90", " 23:59", " 10:00"])
        self.put("clock %s %d.%d.%d%s" % (kind, day, month, year, gain))
        if not self.long:
            days = self.r.choice([1, 2, 3, 4, 8, 8, 15, 33])
            if self.minutes:
                days = min(days, 8)
            import datetime
            end = datetime.date(year, month, day) + datetime.timedelta(days=days)
            self.put("endclock %d.%d.%d" % (end.day, end.month, end.year))
        self.date = (day, month, year)

    def time(self):
        return self.r.choice(MINUTES) if self.minutes and self.one(0.5) else self.r.choice(HOURS)

    def series(self):
        plus = "+" if self.one(0.25) else ""
        if self.one(0.6):
            return plus + self.time()
        start, end = sorted([self.time(), self.time()])
        if start == end:
            return plus + start
        step = self.r.choice(["01:00", "02:00", "06:00", "04:00"] + (["00:30", "00:07"] if self.minutes else []))
        minutes = lambda t: int(t[:2]) * 60 + int(t[3:])
        if minutes(step) > minutes(end) - minutes(start):
            return plus + start
        return "%s%s %s %s" % (plus, start, end, step)

    def near(self):
        import datetime
        day, month, year = self.date
        d = datetime.date(year, month, day) + datetime.timedelta(days=self.r.choice([-1, 0, 0, 1, 2, 3, 7]))
        fields = [str(d.day), str(d.month), str(d.year)]
        for i in range(3):
            if self.one(0.3):
                fields[i] = "*"
        return ".".join(fields)

    def times(self, busy):
        for keyword, p in (("time", 0.5), ("today", 0.2)):
            if self.one(p * busy):
                for _ in range(self.r.choice([1, 1, 1, 2, 3])):
                    self.put(keyword + " " + self.series())

    def days(self, busy):
        if self.one(0.35 * busy):
            for _ in range(self.r.choice([1, 1, 2])):
                self.put("day " + self.r.choice("monday tuesday wednesday thursday friday saturday sunday".split()))
        if self.one(0.3 * busy):
            for _ in range(self.r.choice([1, 1, 2])):
                self.put("date " + self.near())

    def cron(self):
        options = ""
        if self.one(0.4):
            options += "-w " + self.r.choice(["0", "1,3", "5L", "0,1,2,3,4", "6,2L"]) + " "
        if self.one(0.25):
            options += "-d " + self.r.choice(["1", "10,11,12", "L", "2,L", "1,8,15,22,29"]) + " "
        if self.one(0.15):
            options += "-m " + self.r.choice(["1", "1,2,3", "6,12"]) + " "
        self.put("cron " + options + self.series())

    def repeat(self):
        n = self.r.choice([1, 2, 3, 5])
        day, month, year = self.date
        start = year * 10000 + month * 100 + min(day, 20)
        return self.r.choice([
            ("I", "repeat integer I %d %d" % (n, n + self.r.choice([0, 1, 2]))),
            ("I", "repeat integer I 10 0 -%d" % self.r.choice([3, 5, 10])),
            ("YMD", "repeat date YMD %d %d" % (start, start + self.r.choice([0, 1, 3]))),
            ("YMD", "repeat date YMD %d %d 2" % (start, start + self.r.choice([3, 7]))),
            ("E", "repeat enumerated E \"%s\"" % "\" \"".join("abc"[:self.r.choice([1, 2, 3])])),
            ("S", "repeat string S \"%s\"" % "\" \"".join("xyz"[:self.r.choice([1, 2, 3])])),
            ("L", "repeat datelist L \"20130101\" \"20130102\""),
            ("DT", "repeat datetime DT 20200101T000000 20200101T030000 01:00:00"),
            ("day", "repeat day 1"),
        ])

    def value(self, node):
        """A comparison with something of a node."""
        path, kind, events, meters, repeat, limits, queues = node
        path = self.reference(path)
        choices = [path + " == " + self.r.choice(["complete"] * 6 + ["queued", "active", "aborted"])]
        choices.append(path + " != " + self.r.choice(["complete", "aborted", "active"]))
        choices += [path + ":" + e for e in events] * 2
        choices += ["%s:%s == %s" % (path, e, self.r.choice(["set", "clear"])) for e in events]
        choices += ["%s:%s %s %d" % (path, m, self.r.choice(["ge", "==", ">", "le"]), self.r.randint(0, 12)) for m in meters] * 2
        if repeat:
            choices += ["%s:%s %s %d" % (path, repeat, self.r.choice([">=", "==", "<"]), self.r.choice([0, 1, 2, 5, 20200102]))] * 2
        choices += ["%s:%s < %d" % (path, l, self.r.choice([1, 2])) for l in limits]
        choices += ["%s:%s ge %d" % (path, q, self.r.choice([0, 1, 2])) for q in queues]
        if self.rare:
            choices.append("%s<flag>%s" % (path, self.r.choice(["late", "archived", "zombie"])))
            choices.append("not %s<flag>%s" % (path, self.r.choice(["late", "archived"])))
            if repeat == "YMD":
                choices.append("%s:YMD + 1 > 20100101" % path)
                choices.append("cal::date_to_julian(%s:YMD) > 2455198" % path)
        return self.r.choice(choices)

    def reference(self, path):
        here = self.here
        if self.one(0.3) or path.count("/") == 1:
            return path
        parent, name = path.rsplit("/", 1)
        if parent == here:
            return name
        if parent == here.rsplit("/", 1)[0] and parent:
            return "../" + name
        return path

    def expression(self):
        text = self.value(self.r.choice(self.nodes))
        if self.rare and self.own and self.one(0.3):
            text = self.r.choice(self.own)
        for _ in range(self.r.choice([0, 0, 1, 2])):
            joint = self.r.choice([" and ", " or "])
            text += joint + ("not " if self.one(0.15) else "") + self.value(self.r.choice(self.nodes))
        return text

    def attributes(self, path, container):
        """All attributes of a node but what it contains; tells what others may refer to."""
        s = self.style
        self.here = path.rsplit("/", 1)[0]
        if self.one(0.06):
            self.put("defstatus " + self.r.choice(["complete", "suspended", "queued", "aborted", "complete"]))
        events, meters, limits, queues = [], [], [], []
        repeat = None
        cron = False
        busy = {"times": 1.0, "dates": 0.5, "mix": 0.5}.get(s, 0.05) * (0.4 if container else 1)
        if self.one({"repeats": 0.5, "mix": 0.25}.get(s, 0.05) * (1.5 if container else 0.5)):
            repeat, line = self.repeat()
            self.put(line)
        top = path.count("/") == 1  # suites have no times
        if s != "plain" and not top:
            self.times(busy)
        self.days(0 if top else {"dates": 1.0, "mix": 0.4}.get(s, 0.03) * (0.5 if container else 1))
        if self.one({"times": 0.12, "dates": 0.15, "mix": 0.12}.get(s, 0.01)) and not repeat and not top:
            self.cron()
            cron = True
        if self.one(0.15):
            self.put("late " + self.r.choice(["-s +00:15", "-a 10:00", "-c +02:00", "-s +00:05 -a 12:00 -c 20:00", "-c 13:00"]))
        if self.one(0.06):
            self.put("autocancel " + self.r.choice(["+00:10", "10:00", "0", "1", "+02:00", "23:00"]))
        if self.rare:
            self.rarities(container, top)
        if self.one({"limits": 0.5, "mix": 0.2}.get(s, 0.05)) and container:
            for name in self.r.sample(["l1", "l2"], self.r.choice([1, 2])):
                self.put("limit %s %d" % (name, self.r.choice([0, 1, 1, 2, 3])))
                limits.append(name)
                self.limits.append((path, name))
        if self.one({"limits": 0.7, "mix": 0.3}.get(s, 0.05)) and self.limits:
            used = set()
            for where, name in self.r.sample(self.limits, min(len(self.limits), self.r.choice([1, 1, 2]))):
                if name in used or where == path and self.one(0.5):
                    continue
                used.add(name)
                option = self.r.choice(["", "", "", "-n ", "-s "])
                tokens = self.r.choice(["", "", " 2"])
                where = "" if self.one(0.2) else where + ":"
                self.put("inlimit %s%s%s%s" % (option, where, name, tokens))
        if not container or self.one(0.1):
            if self.one({"flow": 0.5, "mix": 0.3}.get(s, 0.1)):
                for name in self.r.sample(["e", "f"], self.r.choice([1, 2])):
                    self.put("event %s%s" % (name, " set" if self.one(0.25) else ""))
                    events.append(name)
            if self.one({"flow": 0.3, "mix": 0.2}.get(s, 0.05)):
                self.put("meter m 0 %d %d" % ((10, 10) if self.one(0.7) else (3, 3)))
                meters.append("m")
        if self.one(0.04):
            self.put("queue q a b c")
            queues.append("q")
        if self.one(0.05):
            self.put("label info \"nothing\"")
        for state in ("complete", "queued", "submitted", "active"):
            if self.one(0.2 if state == "complete" else 0.04):
                self.put("verify %s:%d" % (state, self.r.choice([0, 1, 1, 2, 3, 5])))
        node = (path, "container" if container else "task", events, meters, repeat, limits, queues)
        self.own = [":%s" % e for e in events] + [":%s ge 5" % m for m in meters] + [":%s < 1" % q for q in queues]
        self.own += [":%s ge 1" % repeat] * bool(repeat) + [":TIME >= 600", ":TIME < 1200"]
        if not cron and not top:
            for keyword, p in (("trigger", {"flow": 0.7, "mix": 0.35, "repeats": 0.4}.get(s, 0.15)),
                               ("complete", {"flow": 0.25, "mix": 0.12}.get(s, 0.05))):
                if self.one(p):
                    if self.one(0.15):  # on what comes later, perhaps
                        self.later.append((len(self.lines), keyword, self.here))
                        self.put(keyword)
                    elif self.rare and self.one(0.3):
                        self.put(keyword + " " + self.expression())
                        self.put(keyword + self.r.choice([" -a ", " -o "]) + self.expression())
                    else:
                        self.put(keyword + " " + self.expression())
        self.nodes.append(node)

    def rarities(self, container, top):
        if self.one(0.15):
            self.put("edit V %d" % self.r.choice([0, 1, 3, 20200101]))
        if self.one(0.15) and container:
            self.put("autoarchive " + self.r.choice(["+00:10", "10:00", "0", "1", "+02:00", "23:00"]) + self.r.choice(["", " -i"]))
        if self.one(0.1) and self.nodes:
            containers = [n[0] for n in self.nodes if n[1] == "container"]
            if containers:
                self.put("autorestore " + self.r.choice(containers))
        if self.one(0.1):
            self.put("generic ggg a b")
        if self.one(0.1):
            self.put("zombie user:fob:init:60")
        if self.one(0.08) and not container:
            self.put("event %d %s" % (self.r.choice([1, 7]), self.r.choice(["", "numbered"])))
        if self.one(0.08):
            self.put("meter n -2 %d 2" % self.r.choice([2, 5]))
        if self.one(0.1) and not container and not self.one(0.5):
            self.put("defstatus " + self.r.choice(["active", "submitted", "unknown"]))

    def suite(self, name):
        self.limits = []
        self.put("suite " + name)
        self.depth += 1
        self.clock()
        if self.one(0.04):
            self.put("edit ECF_TRIES " + self.r.choice(["1", "3", "none"]))
        path = "/" + name
        self.attributes(path, True)
        self.fill(path, 0)
        self.depth -= 1
        self.put("endsuite")

    def fill(self, path, level):
        for i in range(self.r.choice([1, 2, 2, 3, 4] if level == 0 else [1, 1, 2, 3])):
            if level < 3 and self.one(0.4 if level == 0 else 0.2):
                name = "f%d" % i
                self.put("family " + name)
                self.depth += 1
                self.attributes(path + "/" + name, True)
                if not self.one(0.04):
                    self.fill(path + "/" + name, level + 1)
                self.depth -= 1
                self.put("endfamily")
            else:
                name = "t%d" % i
                self.put("task " + name)
                self.depth += 1
                self.attributes(path + "/" + name, False)
                self.depth -= 1

    def text(self):
        self.later = []
        if self.rare and self.one(0.05):
            self.put("suite empty")
            self.put("  limit l 3")
            self.put("endsuite")
        for name in ["s", "other"][:2 if self.one(0.12) else 1]:
            self.suite(name)
        for at, keyword, self.here in self.later:
            self.own = []
            self.lines[at] = self.lines[at].replace(keyword, keyword + " " + self.expression())
        return "\n".join(self.lines) + "\n"


if __name__ == "__main__":
    first, count = int(sys.argv[1]), int(sys.argv[2])
    for name, text in SPECIAL.items():
        print(json.dumps({"name": name, "text": text}))
    for seed in range(first, first + count):
        print(json.dumps({"name": "random %d" % seed, "text": Maker(seed).text()}))
