"""Whether two modules showed the same, and what differs first."""

import difflib
import itertools
import json
import re

import differences

VERSION = re.compile(r"^#5\.\d+\.\d+$|(?<=ECF_VERSION ')5\.\d+\.\d+", re.M)
OLD_LINES = re.compile(r"^# edit (ECF_DIRNAME|ECF_BASENAME) .*\n", re.M)
CHANGING = ("setitem", "delitem", "set", "final")
SEQUENCES = (
    "list",
    "iter",
    "set",
    "NodeVec",
    "SuiteVec",
    "FamilyVec",
    "TaskVec",
    "VariableList",
    "FlagTypeVec",
    "ZombieVec",
)


def same_text(text, old):
    text = VERSION.sub("<version>", text)
    if old:
        text = OLD_LINES.sub("", re.sub(r"^ +", "", text, flags=re.M))
    return text


def plain(shown, old):
    """Without versions; for older ones, without what is known to differ everywhere."""
    if isinstance(shown, str):
        return same_text(shown, old)
    if isinstance(shown, list):
        return [plain(one, old) for one in shown]
    if not isinstance(shown, dict):
        return shown
    if old and "error" not in shown:
        shown = {key: one for key, one in shown.items() if key != "is"}
        if len(shown) == 1:
            ((key, inner),) = shown.items()
            if key in SEQUENCES and isinstance(inner, list):
                inner = [plain(one, old) for one in inner]
                if key == "set" or all(isinstance(one, str) for one in inner):
                    inner = sorted(inner)
                return {"sequence": inner}
    return {key: plain(one, old) for key, one in shown.items()}


def agree(theirs, ours, old):
    """One step; theirs is the reference."""
    if isinstance(theirs, dict) and "error" in theirs:
        if not (isinstance(ours, dict) and "error" in ours):
            return False
        if theirs["error"] not in [ours["error"], *ours.get("also", ())]:
            return False
        if theirs.get("after") != ours.get("after"):
            return False
        if theirs["error"] in ("TypeError", "AttributeError") or not theirs["text"] or old:
            return True
        return theirs["text"].strip() == ours["text"].strip()
    return same(theirs, ours)


def same(theirs, ours):
    """Equal; whatever ours says where the original has no text."""
    if type(theirs) is not type(ours):
        return False
    if isinstance(theirs, list):
        return len(theirs) == len(ours) and all(map(same, theirs, ours))
    if isinstance(theirs, dict):
        return theirs.keys() == ours.keys() and all(same(theirs[key], ours[key]) for key in theirs)
    return theirs == ours or theirs == "?" or isinstance(theirs, str) and " object at *" in theirs


class Difference:
    """The first step at which two runs of a program part."""

    def __init__(self, program, index, theirs, ours, holder=""):
        self.program, self.index, self.theirs, self.ours = program, index, theirs, ours
        self.holder = holder  # the class that the step is about

    @property
    def step(self):
        return self.program[self.index] if self.index < len(self.program) else ["final", ""]

    @property
    def member(self):
        step = self.step
        at = {"call": 3, "static": 3, "get": 3, "op": 2, "one": 2, "new": 2, "enum": 2, "module": 2}.get(
            step[0]
        )
        name = str(step[at]) if at else ""
        return "%s %s" % (step[0], self.holder + "." + name if self.holder and name else self.holder + name)

    @property
    def state_only(self):
        """The same error, but the object looks different afterwards."""
        one, other = self.theirs, self.ours
        if not (isinstance(one, dict) and isinstance(other, dict) and "error" in one and "error" in other):
            return False
        if other.get("partial"):  # ours has to leave things as they were
            return False
        return agree({**one, "after": ""}, {**other, "after": ""}, False)

    def line(self):
        """For rules and reports."""
        line = "%s %s: %s -> %s" % (
            self.member,
            json.dumps(self.step[2:]),
            brief(self.theirs),
            brief(self.ours),
        )
        return line + " [another state]" if self.state_only else line

    def kind(self):
        """Differences that have likely one cause."""
        return "%s: %s -> %s" % (
            self.member,
            sort_of(self.theirs, self.ours),
            sort_of(self.ours, self.theirs),
        )


def class_of(given, program, shown):
    """The class of what a step is about, as the reference showed it."""
    if not isinstance(given, dict):
        return ""
    if "new" in given:
        return given["new"][0]
    if "e" in given:
        return given["e"].split(".")[0]
    for step, one in zip(program, shown):
        if step[1] == given.get("v") and isinstance(one, dict) and one:
            if "node" in one:
                return one["node"].split(" ")[0]
            return step[2] if step[0] == "new" else next(iter(one))
    return ""


def either(program, old, new, ours, start=0):
    """Where ours shows neither what an older version does nor what the newest did; a Difference or None."""
    while True:
        found = None if isinstance(old, dict) else first_difference(program, old, ours, True, start)
        newest = first_difference(program, new, ours, False, start)
        if found is None or newest is None:
            return None
        if newest.index == found.index:
            return newest
        start = min(newest.index, found.index) + 1


def holder(program, index, shown):
    """The class of a step's object."""
    if index >= len(program):
        return ""
    step = program[index]
    at = {
        "call": 2,
        "get": 2,
        "op": 3,
        "one": 3,
        "setitem": 2,
        "delitem": 2,
        "pick": 2,
        "set": 2,
        "with": 2,
    }.get(step[0])
    if step[0] == "static":
        return step[2]
    return class_of(step[at], program, shown) if at else ""


def brief(shown):
    return json.dumps(shown, sort_keys=True)


def sort_of(shown, other):
    if isinstance(shown, dict):
        if "error" in shown:
            if isinstance(other, dict) and other.get("error") == shown["error"]:
                if shown.get("after") != other.get("after"):
                    return shown["error"] + (" half done" if "partial" in shown else " leaving another state")
                return shown["error"] + " " + re.sub(r"'[^']*'|[/\w.]*\d[\w.:/]*", "_", shown["text"])[:60]
            return shown["error"]
        return "/".join(sorted(shown)) if len(shown) < 3 else "dict"
    return type(shown).__name__


def first_difference(program, theirs, ours, old=False, start=0):
    """None if there is none."""
    if isinstance(theirs, dict):  # a crash: nothing to compare with
        return None
    if isinstance(ours, dict):
        return Difference(program, len(program), {}, ours)
    for index, (one, other) in enumerate(zip(theirs, ours)):
        if index < start:
            continue
        one, other = plain(one, old), plain(other, old)
        if index == len(program):
            found = final_difference(one, other)
            if found:
                return Difference(program, index, *found)
        elif not agree(one, other, old):
            return Difference(program, index, one, other, holder(program, index, theirs))
    return None


def final_difference(theirs, ours):
    """The first line that differs in what was left at the end; one that may differ, if all may."""
    allowed = None
    for variable in theirs:
        for style, one, other in zip(
            ("DEFS", "STATE", "MIGRATE"), theirs[variable], ours.get(variable, [None] * 3)
        ):
            if one == other:
                continue
            if not (isinstance(one, str) and isinstance(other, str)):
                return {style: one}, {style: other}
            for number, left, right in line_differences(one.split("\n"), other.split("\n")):
                found = {style: left, "line": number}, {style: right, "line": number}
                if not differences.reason(Difference([], 0, *found).line()):
                    return found
                allowed = allowed or found
    if set(theirs) != set(ours):
        return {"roots": sorted(theirs)}, {"roots": sorted(ours)}
    return allowed


def line_differences(left, right):
    """Number and text of the lines that differ, None for a line that is not there."""
    for tag, i, end, j, stop in difflib.SequenceMatcher(None, left, right, False).get_opcodes():
        if tag != "equal":
            for number, pair in enumerate(itertools.zip_longest(left[i:end], right[j:stop]), i + 1):
                yield (number, *pair)


class Report:
    """Counts over many programs."""

    def __init__(self):
        self.compared = self.agreed = self.allowed = self.crashed = 0
        self.reasons, self.differing = {}, {}

    def add(self, program, theirs, ours, old=False):
        if isinstance(theirs, dict):
            self.crashed += 1
            return
        self.compare(program, lambda start=0: first_difference(program, theirs, ours, old, start))

    def compare(self, program, find):
        """Counts one program; find(start) gives its first difference from a step on."""
        self.compared += 1
        start, reasons = 0, []
        while True:
            difference = find(start)
            if difference is None:
                break
            reason = differences.reason(difference.line())
            if not reason:
                self.differing.setdefault(difference.kind(), []).append(difference)
                return
            self.reasons.setdefault(reason, []).append(difference)
            reasons.append(reason)
            # What follows can only be compared if nothing was left that differs.
            if difference.state_only or difference.step[1] or difference.step[0] in CHANGING:
                break
            if difference.step[0] == "call" and "error" not in (difference.ours or ()):
                break
            start = difference.index + 1
        self.agreed += not reasons
        self.allowed += bool(reasons)

    @property
    def different(self):
        return sum(map(len, self.differing.values()))

    def share(self):
        """Percentage of programs that agree, allowed differences included."""
        return 100.0 * (self.compared - self.different) / max(1, self.compared)

    def __str__(self):
        return "%d programs: %d agree, %d differ as allowed, %d differ: %.2f %% (%d crash the reference and are left out)" % (
            self.compared, self.agreed, self.allowed, self.different, self.share(), self.crashed)  # fmt: skip
