"""Runs programs over the tree API in whatever module `import ecflow` finds.

    python interpreter.py PROGRAMS OUT [FIRST]

PROGRAMS has one program a line: a JSON list of steps (see `Machine`). OUT gets one
line a program: a JSON list with what each step showed. The process may die half
way, by a crash of the original; the caller sees from OUT how far it came.

Standard library only, Python 3.8 and later: the original's own Python runs this.
"""

import copy
import json
import operator
import os
import pickle
import re
import shutil
import socket
import sys

KINDS = (
    KeyError, IndexError, AttributeError, TypeError, OverflowError, ValueError, StopIteration,
    MemoryError, NameError, RuntimeError, OSError, Exception,
)  # fmt: skip
ENUMS = frozenset(
    "AttrType CheckPt ChildCmdType DState Days FlagType SState State Style ZombieType"
    " ZombieUserActionType".split()
)
NODES = frozenset("Suite Family Task Alias".split())
VECTORS = frozenset("NodeVec SuiteVec FamilyVec TaskVec VariableList FlagTypeVec ZombieVec".split())
OPERATORS = {
    "__add__": operator.add, "__sub__": operator.sub, "__mul__": operator.mul,
    "__lshift__": operator.lshift, "__rshift__": operator.rshift,
    "__eq__": operator.eq, "__ne__": operator.ne, "__lt__": operator.lt, "__le__": operator.le,
    "__gt__": operator.gt, "__ge__": operator.ge, "__iadd__": operator.iadd, "__isub__": operator.isub,
    "__contains__": lambda x, y: y in x, "__getitem__": operator.getitem, "__or__": operator.or_,
}  # fmt: skip
UNARY = {
    "__len__": len, "__bool__": bool, "__str__": str, "__int__": int, "__index__": operator.index,
    "__iter__": list, "__copy__": copy.copy, "__next__": next, "__invert__": operator.invert,
    "__setstate__": lambda x: pickle.loads(pickle.dumps(x)) == x,
    "__hash__": lambda x: isinstance(hash(x), int), "__repr__": lambda x: isinstance(repr(x), str),
}  # fmt: skip
VOLATILE = re.compile(r"(?<=ECF_PASS ')[^'\n]+|(?<=ECF_PASS=)\S+|(?<=[a-z]Time:)\S+ \S+|(?<=dur:)\S+")
TODAY = re.compile(
    r"(?<=# edit )(?:ECF_DATE|YYYY|DOW|DOY|DATE|DAY|DD|MM|MONTH|ECF_CLOCK|ECF_TIME|ECF_JULIAN|TIME) '.+'"
)
ADDRESS = re.compile(" object at 0x[0-9a-f]+")
LIMIT = 300  # elements of a sequence that are looked at
STYLES = ("DEFS", "STATE", "MIGRATE")


class Unbound(Exception):
    """A step needs what an earlier, failed one would have given."""


class Machine:
    """One program's state: variables, and the module under test.

    A step is a list: [operation, variable for the result or "", ...].

        ["new", v, class, args, kwargs]            ["call", v, object, method, args, kwargs]
        ["static", v, class, method, args, kwargs] ["get", v, object, attribute]
        ["set", v, object, attribute, value]       ["op", v, special method, object, arg]
        ["one", v, special method, object]         ["same", v, object, object]
        ["setitem", v, object, index, value]       ["delitem", v, object, index]
        ["enum", v, class, what]                   ["write", v, file, text]
        ["read", v, file]                          ["module", v, function]
        ["pick", v, object, number]  (of list(object))    ["with", v, object]

    Values are JSON, or a dict with one key: {"v": variable}, {"e": "State.complete"},
    {"new": [class, args, kwargs]}, {"d": [[key, value], ...]}, {"t": [...]} (tuple),
    {"path": file}, {"s": [start, stop, step]} (slice), {"b": text} (bytes), {"o": 0} (some object),
    {"c": class}, {"m": module function}.
    """

    def __init__(self, module, folder, coverage=None):
        self.module = module
        self.folder = folder
        self.coverage = coverage
        self.host = socket.gethostname()
        self.variables = {}

    # -- values in

    def value(self, given):
        if isinstance(given, list):
            return [self.value(one) for one in given]
        if not isinstance(given, dict):
            return given
        ((kind, what),) = given.items()
        if kind == "v":
            if what not in self.variables:
                raise Unbound(what)
            return self.variables[what]
        if kind == "e":
            name, member = what.split(".")
            self.note(name, member)
            return getattr(getattr(self.module, name), member)
        if kind == "new":
            return self.construct(*what)
        if kind == "d":
            return {self.value(key): self.value(one) for key, one in what}
        if kind == "t":
            return tuple(self.value(what))
        if kind == "path":
            return os.path.join(self.folder, what)
        if kind == "s":
            return slice(*what)
        if kind == "b":
            return what.encode()
        if kind == "c":
            return getattr(self.module, what)
        return object()

    def construct(self, name, args=(), kwargs=()):
        args = [self.value(one) for one in args]
        kwargs = {key: self.value(one) for key, one in dict(kwargs).items()}
        self.note(name, "__init__")
        return getattr(self.module, name)(*args, **kwargs)

    def note(self, owner, member):
        if self.coverage is not None:
            name = owner if isinstance(owner, str) else type(owner).__name__
            self.coverage[name + "." + member] = self.coverage.get(name + "." + member, 0) + 1

    # -- values out

    def text(self, text):
        """Without what no two runs share."""
        text = text.replace(self.folder, "<dir>").replace("'" + self.host + ".3141", "'<host>.3141")
        if " object at 0x" in text:
            text = ADDRESS.sub(" object at *", text)
        if "ECF_PASS" in text or "calendar initTime" in text:
            text = VOLATILE.sub("*", text)
            if "calendar initTime" in text:
                text = TODAY.sub("*", text)
        return text

    def show(self, value, depth=0):
        """JSON that tells value and type."""
        if value is None or isinstance(value, (bool, float)):
            return value
        name = type(value).__name__
        if name in ENUMS:
            return {"enum": name + "." + str(value)}
        if isinstance(value, int):
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, bytes):
            return {"bytes": repr(value)}
        if name in NODES or name == "Defs":
            return self.show_node(value, name)
        if isinstance(value, dict):
            return {"dict": [[self.show(k, depth + 1), self.show(v, depth + 1)] for k, v in value.items()]}
        if isinstance(value, (set, frozenset)):
            return {"set": sorted(str(one) for one in value)}
        if isinstance(value, tuple):
            return {"tuple": [self.show(one, depth + 1) for one in value]}
        if name in VECTORS or isinstance(value, list):
            shown = [self.show(one, depth + 1) for one in list(value)[:LIMIT]]
            return {name: shown} if name in VECTORS else {"list": shown}
        if hasattr(type(value), "__next__"):
            return {"iter": [self.show(one, depth + 1) for one in list(value)[:LIMIT]]}
        if hasattr(self.module, name):
            if type(value).__str__ is object.__str__:
                return {name: "?"}
            text = str(value)
            return {name: self.text(text)}
        if value is NotImplemented:
            return {"NotImplemented": 0}
        if isinstance(value, type):
            return {"class": name}
        return {"other": "callable" if callable(value) else name}

    def show_node(self, value, name):
        shown = {"node": name if name == "Defs" else name + " " + value.get_abs_node_path()}
        for variable, one in self.variables.items():
            if one is value:
                shown["is"] = variable
                break
        return shown

    def failure(self, error):
        kind = next(one for one in KINDS if isinstance(error, one))
        also = [one.__name__ for one in KINDS if isinstance(error, one) and one not in (kind, Exception)]
        shown = {"error": kind.__name__, "text": self.text(str(error).split("\n")[0].rstrip())}
        if also:
            shown["also"] = also
        return shown

    # -- steps

    def run(self, program):
        self.style("DEFS")
        if hasattr(self.module, "Ecf"):
            self.module.Ecf.set_debug_equality(False)
            self.module.Ecf.set_debug_level(0)
        shown = [self.step(step) for step in program]
        shown.append(self.final())
        return shown

    def style(self, name):
        if hasattr(self.module, "PrintStyle"):
            self.module.PrintStyle.set_style(getattr(self.module.Style, name))

    def step(self, step):
        operation, variable = step[0], step[1]
        before = self.after(step) if hasattr(self.module, "EcflowWarning") else None  # ours
        try:
            value = getattr(self, "do_" + operation)(*step[2:])
        except Unbound:
            return {"unbound": 0}
        except Exception as error:
            shown = self.failure(error)
            changed = self.after(step)
            if changed is not None:
                shown["after"] = changed
            if before is not None and changed != before:
                shown["partial"] = True
            return shown
        if variable:
            if hasattr(type(value), "__next__"):
                value = list(value)
            self.variables[variable] = value
        try:
            return self.show(value)
        except Exception as error:
            return {"show": self.failure(error)}

    def after(self, step):
        """What the object of a failed step looks like: unchanged, if all is well."""
        if step[0] not in ("call", "op") or step[0] == "op" and step[2] in ("__eq__", "__lt__"):
            return None
        holder = step[2] if step[0] == "call" else step[3]
        target = self.variables.get(holder.get("v")) if isinstance(holder, dict) else None
        name = type(target).__name__
        if name not in NODES and name not in ("Defs", "Cron"):
            return None
        text = self.text(str(target))
        if name == "Defs":  # what its text does not show
            text += "".join("# %s\n" % one for one in target.user_variables)
        elif name in NODES:
            text += "# trigger\n" * (target.get_trigger() is not None)
            text += "# complete\n" * (target.get_complete() is not None)
        return text

    def do_new(self, name, args=(), kwargs=()):
        return self.construct(name, args, kwargs)

    def do_call(self, holder, method, args=(), kwargs=()):
        target = self.value(holder)
        args = [self.value(one) for one in args]
        kwargs = {key: self.value(one) for key, one in dict(kwargs).items()}
        self.note(target, method)
        return getattr(target, method)(*args, **kwargs)

    def do_static(self, name, method, args=(), kwargs=()):
        args = [self.value(one) for one in args]
        self.note(name, method)
        return getattr(getattr(self.module, name), method)(*args, **dict(kwargs))

    def do_get(self, holder, attribute):
        target = self.value(holder)
        self.note(target, attribute if hasattr(type(target), attribute) else "__getattr__")
        return getattr(target, attribute)

    def do_set(self, holder, attribute, value):
        setattr(self.value(holder), attribute, self.value(value))

    def do_op(self, name, holder, other):
        target, other = self.value(holder), self.value(other)
        self.note(target, name)
        return OPERATORS[name](target, other)

    def do_one(self, name, holder):
        target = self.value(holder)
        self.note(target, name)
        return UNARY[name](target)

    def do_same(self, first, second):
        return self.value(first) is self.value(second)

    def do_setitem(self, holder, index, value):
        target = self.value(holder)
        self.note(target, "__setitem__")
        target[self.value(index)] = self.value(value)

    def do_delitem(self, holder, index):
        target = self.value(holder)
        self.note(target, "__delitem__")
        del target[self.value(index)]

    def do_pick(self, holder, number):
        target = self.value(holder)
        self.note(target, "__iter__")
        return list(target)[number]

    def do_with(self, holder):
        target = self.value(holder)
        self.note(target, "__enter__")
        self.note(target, "__exit__")
        with target as inner:
            return inner

    def do_enum(self, name, what):
        kind = getattr(self.module, name)
        self.note(name, what if isinstance(what, str) else "__init__")
        if what in ("names", "values", "__members__"):
            return sorted(str(one) for one in getattr(kind, what).values())
        return kind(what)

    def do_write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="surrogateescape") as out:
            out.write(text.replace("<dir>", self.folder))

    def do_read(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8", errors="replace") as text:
            return text.read()

    def do_module(self, name):
        self.note("", name)
        value = getattr(self.module, name)
        return value() if callable(value) else isinstance(value, str)

    # -- the end

    def roots(self):
        """Definitions and nodes that have none above, each once, by variable."""
        seen = []
        for variable, value in self.variables.items():
            name = type(value).__name__
            if name not in NODES and name != "Defs" or any(value is one for one in seen):
                continue
            seen.append(value)
            if name == "Defs" or "/" not in value.get_abs_node_path()[1:]:
                yield variable, value

    def final(self):
        """What is left, in all styles."""
        shown = {}
        for variable, value in list(self.roots()):
            texts = []
            for style in STYLES:
                self.style(style)
                try:
                    texts.append(self.text(str(value)))
                except Exception as error:
                    texts.append(self.failure(error))
            shown[variable] = texts
        self.style("DEFS")
        return shown


class Folder:
    """A scratch directory; new for each program that asks for it."""

    def __init__(self, path):
        self.path = path
        os.makedirs(path, exist_ok=True)
        os.chdir(path)

    def clear(self):
        for name in os.listdir(self.path):
            path = os.path.join(self.path, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)


def run_file(module, programs, out, first=0, coverage=None):
    folder = Folder(out + ".dir")
    with open(programs) as source, open(out, "a") as target:
        for number, line in enumerate(source):
            if number < first:
                continue
            program = json.loads(line)
            if '"path"' in line or '"write"' in line or '"read"' in line:
                folder.clear()
            shown = Machine(module, folder.path, coverage).run(program)
            target.write(json.dumps(shown, separators=(",", ":")) + "\n")
            target.flush()
    shutil.rmtree(folder.path, ignore_errors=True)


def main():
    programs, out = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 0
    for name in list(os.environ):
        if name.startswith(("ECF_", "NO_ECF")):
            del os.environ[name]
    import ecflow

    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    coverage = {}
    run_file(ecflow, programs, out, first, coverage)
    with open(out + ".coverage", "w") as report:
        json.dump(coverage, report)
    os._exit(0)  # the original may crash while it ends


if __name__ == "__main__":
    main()
