"""What is given to the members of the API: good values, and now and then bad ones."""

import api

TIMES = [
    "10:00",
    "00:00",
    "23:59",
    "+00:30",
    "+01:00",
    "00:00 20:00 01:00",
    "+00:10 01:00 00:05",
    "9:5",
    "12:30",
]
BAD_TIMES = ["x", "24:00", "10:60", "10:00 09:00 01:00", "1000", "10:00 11:00", "10:00 x", ":", "+"]
TEXTS = [
    "",
    "x",
    "1",
    "two words",
    "a'b",
    'a"b',
    "%A%",
    "line\nline",
    "back\\slash",
    "#c",
    "-5",
    "é",
    "$HOME/%A:x%",
]
BAD_NAMES = ["", "a b", "a/b", ".x", "é", "a-b", "a\n", "a%", "x" * 300, "/", "1 2"]
GENERATED = "TASK FAMILY SUITE ECF_NAME ECF_JOB ECF_SCRIPT ECF_JOBOUT ECF_TRYNO ECF_RID FAMILY1 YYYY DOW ECF_DATE".split()
SERVER = "ECF_HOME ECF_TRIES ECF_MICRO ECF_JOB_CMD ECF_PORT ECF_INCLUDE ECF_FILES".split()
CRONS = [
    "10:00", "-w 0,1 10:00", "-d 1,15 12:00", "-m 1,2 -w 0 10:00 20:00 01:00", "-d L 23:00", "-w 5L 10:00",
    "-w 1L,2 10:00", "+00:10", "-m 13 10:00", "-w 8 1:00", "x", "-w",
]  # fmt: skip
OPERANDS = [
    "1",
    "2",
    "0",
    "a0",
    "b1",
    "./c2",
    "../d0",
    "/a0/b1",
    "a0:e0",
    "b1:A",
    "/s/f/t:YMD",
    "a0 == complete",
    "cal::date_to_julian(20200101)",
]
SINGLE = {
    "Late": "late", "Autocancel": "auto", "Autoarchive": "auto", "Autorestore": "autorestore", "Clock": "clock",
    "Trigger": "trigger", "Complete": "complete", "Cron": "cron",
}  # fmt: skip
NOT_ON_SUITE = frozenset("Time Today Date Day Cron Trigger Complete".split())
TIME_OWNERS = frozenset("TimeSlot TimeSeries Time Today Late Autocancel Autoarchive Cron Clock".split())
TIME_MEMBERS = frozenset("add_time add_today add_autocancel add_autoarchive".split())
READ_ONLY = frozenset("Limit.increment Limit.decrement".split())


class Arguments:
    """Makes arguments for a program, which has `random`, `generator`, `nodes`, `objects`."""

    # -- small things

    def chance(self, share):
        return self.random.random() < share

    def pick(self, choices):
        return self.random.choice(choices)

    def rarest(self, kind, names):
        """A name that was rarely used for a class."""
        return self.generator.rarest([(kind, name) for name in names])[1]

    def has(self, *names):
        return not any(name in self.generator.lacking for name in names)

    def step(self, operation, *rest, result=None):
        """Adds a step; the variable if there is a result to keep."""
        variable = ""
        if result:
            self.number += 1
            variable = "v%d" % self.number
        self.steps.append([operation, variable] + list(rest))
        if result and result is not True:
            self.objects.setdefault(result, []).append(variable)
        return variable

    def fresh(self):
        """A name nobody has."""
        self.names += 1
        return "%s%d" % (self.pick("abcdn"), self.names)

    def name(self):
        if self.chance(0.04):
            return self.pick(BAD_NAMES)
        return "%s%d" % (self.pick("abcde"), self.random.randrange(4))

    # -- arguments

    def argument(self, kind):
        r = self.random
        if kind.startswith("[") and kind.endswith("]"):
            if kind == "[Task]":
                return [
                    self.new("Task", [self.fresh()]) if self.chance(0.7) else self.name()
                    for _ in range(r.randint(0, 3))
                ]
            if kind in ("[w7]", "[w31]", "[w12]"):
                top = int(kind[2:-1])
                low = 0 if top == 7 else 1
                high = top - 1 if top == 7 else top
                return sorted(set(r.randint(low, high) for _ in range(r.randint(1, 3))))
            return [self.argument(kind[1:-1]) for _ in range(r.choice((0, 1, 1, 2, 2, 3)))]
        if kind == "n":
            return self.name()
        if kind == "v":
            return (
                r.choice(["A", "B", "C", "D1", "ECF_HOME", "YMD", "x.y", "ECF_TRIES"])
                if not self.chance(0.03)
                else r.choice(BAD_NAMES)
            )
        if kind == "g":
            return r.choice(GENERATED + SERVER)
        if kind == "s":
            return r.choice(TEXTS)
        if kind == "e":
            return ""
        if kind == "0":
            return 0
        if kind == "i":
            return r.choice((0, 1, 2, 3, 4, 5, 7, 10, 20, 31))
        if kind == "I":
            return r.choice((0, 1, -1, 100, -50, 2**31 - 1, -(2**31), 2**31, 2**40, 20200101))
        if kind == "H":
            return r.randint(0, 23)
        if kind == "M":
            return r.randint(0, 59)
        if kind == "Y":
            return r.choice((2020, 2019, 1999))
        if kind == "b":
            return r.random() < 0.5
        if kind == "p":
            return self.path()
        if kind == "x":
            return self.expression()
        if kind == "h":
            return r.choice(TIMES) if not self.chance(0.08) else r.choice(BAD_TIMES)
        if kind == "k":
            return r.choice(CRONS)
        if kind == "D":
            return r.choice(
                [
                    "1.1.2020",
                    "*.1.2020",
                    "*.*.*",
                    "31.12.2021",
                    "29.2.2020",
                    "30.2.2021",
                    "32.1.2020",
                    "1.13.2020",
                    "x",
                    "1.1",
                ]
            )
        if kind == "d":
            return (
                r.choice(api.ENUMS["Days"]) if not self.chance(0.1) else r.choice(["Monday", "x", "mon", ""])
            )
        if kind == "y":
            return (
                r.choice((20200101, 20200110, 20191231, 20200229, 20210101))
                if not self.chance(0.06)
                else r.choice((20201301, 2020, 20200231, 0))
            )
        if kind == "z":
            return (
                r.choice(("20200101T000000", "20200102T120000", "20191231T235959", "20200301T060000"))
                if not self.chance(0.06)
                else r.choice(("x", "20200101", "20201301T000000"))
            )
        if kind == "w":
            return r.choice(("12:00:00", "24:00:00", "00:30:00", "-06:00:00", "01:00:00"))
        if kind == "u":
            return {"path": r.choice(("out.def", "jobs", "x.def"))}
        if kind == "S":
            return (
                r.choice(api.ENUMS["AttrType"])
                if not self.chance(0.1)
                else r.choice(("x", "", "EVENT", "times"))
            )
        if kind == "f":
            return r.choice(("iso_extended", "iso", "simple"))
        if kind == "N":
            return r.choice(("task", "family", "suite", "Task", "alias", "x", ""))
        if kind == "{}":
            return self.dictionary()
        if kind in api.ENUMS:
            return {"e": kind + "." + r.choice(api.ENUMS[kind])}
        return self.object(kind)

    def dictionary(self):
        pairs = [
            [self.argument("v"), self.argument(self.pick("sI" if self.chance(0.3) else "si"))]
            for _ in range(self.random.randint(0, 3))
        ]
        if self.chance(0.05):
            pairs.append(self.pick([["A", None], [1, 2], ["A", 1.5], ["B", [1]], ["C", True]]))
        return {"d": pairs}

    def path(self):
        r = self.random.random()
        if r < 0.5 and self.nodes:
            return self.where(self.pick(self.nodes))
        if r < 0.9:
            return "/" + "/".join(self.name() for _ in range(self.random.randint(1, 3)))
        return self.pick(["", "/", "a b", "x", "//a", "/a/", "/a0:e0", "../b"])

    def where(self, node):
        parts = []
        while node is not None:
            parts.append(getattr(node, "name", "?"))
            node = node.parent
        return "/" + "/".join(reversed(parts))

    def expression(self):
        r = self.random
        if self.chance(0.07):
            return r.choice(
                [
                    "",
                    "a ==",
                    "(a == 1",
                    "a == == b",
                    "complete",
                    "a eq complete",
                    "!",
                    "a:b:c == 1",
                    "1 +",
                    "a and",
                    "a0 == complete and",
                ]
            )
        terms = []
        for _ in range(r.choice((1, 1, 1, 2, 3))):
            left = self.where(r.choice(self.nodes)) if self.nodes and self.chance(0.4) else r.choice(OPERANDS)
            if self.chance(0.5):
                term = "%s %s %s" % (left, r.choice(("==", "!=", "eq", "ne")), r.choice(api.ENUMS["State"]))
            else:
                term = "%s %s %s" % (
                    left,
                    r.choice(("==", ">", "<", ">=", "<=", "!=", "+ 1 ==", "* 2 >=", "% 2 ==")),
                    r.choice(("1", "0", "3", "20200101", "set", "clear")),
                )
            if self.chance(0.15):
                term = r.choice(("not (%s)", "!(%s)", "(%s)", "~ (%s)")) % term
            terms.append(term)
        text = terms[0]
        for term in terms[1:]:
            text += " %s %s" % (r.choice(("and", "or", "AND", "OR", "&&", "||")), term)
        return text

    def object(self, kind):
        """A variable that holds one, or a new one on the spot."""
        if kind == "node":
            kind = self.pick(("Task", "Family"))
        if kind == "Defs":
            return {"v": self.definition()}
        known = self.objects.get(kind)
        if known and self.chance(0.5):
            return {"v": self.pick(known)}
        if kind in ("Suite", "Family", "Task"):
            return self.new(kind, [self.fresh()])
        if kind == "VariableList":
            return self.new(kind, [])
        args, kwargs = self.arguments(api.constructor(kind), bad=0)
        if not args and not kwargs and self.chance(0.85):  # without a name: rarely
            args, kwargs = self.arguments(api.constructor(kind), bad=0)
        return self.new(kind, args, kwargs)

    def new(self, kind, args=(), kwargs=None):
        return {"new": [kind, list(args), kwargs or {}]}

    def arguments(self, member, bad=0.06):
        """Positional and keyword arguments for one of a member's forms."""
        forms = [
            form for form in member.forms if self.has(*(token.split("=")[-1].strip("[]") for token in form))
        ]
        form = self.pick(forms or [[]])
        args, kwargs = [], {}
        for token in form:
            if token == "*":
                args += self.mixture(member)
            elif token == "**":
                kwargs.update(
                    (self.pick("ABCD"), self.argument(self.pick("si")))
                    for _ in range(self.random.randint(1, 2))
                )
            elif token == "D3":
                args += self.pick(
                    (
                        [1, 1, 2020],
                        [0, 1, 0],
                        [31, 12, 2021],
                        [0, 0, 0],
                        [29, 2, 2020],
                        [32, 1, 2020],
                        [1, 13, 2020],
                    )
                )
            elif "=" in token:
                key, _, kind = token.partition("=")
                kwargs[key] = self.argument(kind)
            else:
                args.append(self.argument(token))
        if self.chance(bad) and (args or kwargs) and "*" not in form:
            self.spoil(member, form, args, kwargs)
        return args, kwargs

    def spoil(self, member, form, args, kwargs):
        """One argument of a wrong type or value, or one too many or too few."""
        r = self.random.random()
        timely = member.owner in TIME_OWNERS or member.name in TIME_MEMBERS
        other = self.pick(
            [self.new("Event", ["e"]), self.new("Flag"), self.new("Zombie"), self.new("TimeSlot", [1, 2])]
        )
        wrong = self.pick([None, 1.5, "", "a b", [], {"d": []}, {"o": 0}, {"b": "x"}, True, 2**31, 2**63, {"t": ["a"]}, [None],
                           [1.5], {"c": "Event"}, other, other] + ([] if timely else [-1, -(2**31) - 1]))  # fmt: skip
        node_kinds = ("Suite", "Family", "Task", "Defs", "node", "VariableList")
        if wrong is None and any(token.split("=")[-1] in node_kinds for token in form):
            wrong = 1.5
        if r < 0.1:
            args.append(wrong if wrong is not None else 1)
        elif r < 0.2 and args:
            args.pop()
        elif r < 0.25:
            kwargs["nosuch"] = 1
        elif args and member.name != "get_state_change_time":
            args[self.random.randrange(len(args))] = wrong
        elif kwargs:
            kwargs[self.pick(sorted(kwargs))] = wrong
