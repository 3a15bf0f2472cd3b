"""Makes random programs for the interpreter: the same seed, the same programs.

What crashes the original is not made (see crashers.json): None for a node, remove() of a node that has
no parent, negative hours, a node inside itself.
"""

import json
import random

import api
from arguments import NOT_ON_SUITE, READ_ONLY, SINGLE, Arguments


class Node:
    """What is known of a variable that holds a node."""

    def __init__(self, variable, kind, parent=None, sure=False):
        self.variable, self.kind, self.parent, self.sure = variable, kind, parent, sure
        self.has = set()

    @property
    def placed(self):
        """For certain in a definition, all the way up."""
        node = self
        while node.parent is not None:
            if node.sure is not True:
                return False
            node = node.parent
        return node.sure is True and node.kind == "Suite"

    def under(self, other):
        node = self
        while node is not None:
            if node is other:
                return True
            node = node.parent
        return False


class Generator:
    """All programs of one seed; `lacking` are "Class" and "Class.member" not to use."""

    def __init__(self, seed, lacking=()):
        self.random = random.Random(seed)
        self.used = {}
        self.lacking = frozenset(lacking)

    def programs(self, count):
        return [Program(self).make() for _ in range(count)]

    def rarest(self, choices):
        """One of six, the one least used so far."""
        picked = [self.random.choice(choices) for _ in range(6)]
        best = min(picked, key=lambda one: self.used.get(one, 0))
        self.used[best] = self.used.get(best, 0) + 1
        return best


class Program(Arguments):
    """One program in the making."""

    def __init__(self, generator):
        self.generator = generator
        self.random = generator.random
        self.steps = []
        self.number = 0  # of variables
        self.names = 0
        self.objects = {}  # class -> variables
        self.read_only = set()
        self.nodes = []
        self.defs = []

    # -- attributes for add()

    def attribute(self, node, unique=0.85):
        """An attribute that the node can take, mostly."""
        for _ in range(20):
            kind = self.rarest("add", api.ATTRIBUTES)
            if not self.has(kind):
                continue
            single = "repeat" if kind.startswith("Repeat") else SINGLE.get(kind)
            if self.chance(0.95):
                if node.kind == "Suite" and kind in NOT_ON_SUITE or node.kind != "Suite" and kind == "Clock":
                    continue
                if (
                    single
                    and single in node.has
                    or {"repeat", "cron"} & node.has
                    and single in ("repeat", "cron")
                ):
                    continue
            member = api.constructor(kind)
            args, kwargs = self.arguments(member, bad=0)
            if not args and not kwargs and self.chance(0.85):  # without a name: rarely
                continue
            if (
                args
                and member.forms[-1][:1] in (["n"], ["v"])
                and isinstance(args[0], str)
                and self.chance(unique)
            ):
                args[0] = self.fresh()
            if single:
                node.has.add(single)
            return self.new(kind, args, kwargs)
        return self.new("Variable", ["A", "1"])

    def mixture(self, member, node=None):
        """Arguments of add()."""
        node = node or self.target
        if member.owner == "Defs" or node is None or node.kind == "Defs":
            choices = [
                lambda: self.child("Suite"),
                self.dictionary,
                lambda: None,
                lambda: self.object("Variable"),
                lambda: self.object("Edit"),
            ]
        else:
            choices = [lambda: self.attribute(node)] * 6 + [
                self.dictionary,
                lambda: None,
                lambda: self.object("Variable"),
                lambda: self.object("Edit"),
            ]
            if node.kind in ("Suite", "Family"):
                choices += [lambda: self.child(self.pick(("Task", "Family")))] * 4
        if self.chance(0.04):
            return [
                self.pick(
                    [
                        1,
                        "x",
                        1.5,
                        {"t": [1]},
                        {"o": 0},
                        True,
                        self.new("Flag"),
                        self.new("TimeSlot", [1, 2]),
                        {"e": "State.complete"},
                        self.new("NodeVec"),
                    ]
                )
            ]
        items = [self.pick(choices)() for _ in range(self.random.choice((1, 1, 1, 2, 3)))]
        if self.chance(0.25):
            items = [items[:1], *items[1:]] if self.chance(0.5) else [items]
        return items

    def child(self, kind):
        """A node that is nowhere yet, with some contents."""
        free = [one for one in self.nodes if one.kind == kind and one.parent is None and one.sure == "free"]
        if free and self.chance(0.5):
            node = self.pick(free)
            node.sure = "given"
            return {"v": node.variable}
        node = Node("", kind)
        args = [self.fresh()]
        for _ in range(self.random.choice((0, 0, 1, 2))):
            args.append(self.attribute(node, 1))
        if kind != "Task" and self.chance(0.3):
            args.append(self.new("Task", [self.fresh()]))
        return self.new(kind, args)

    # -- the tree

    target = None

    def definition(self):
        if not self.defs:
            self.defs.append(self.step("new", "Defs", result=True))
        return self.pick(self.defs)

    def add_node(self):
        """One more node, by one of the many ways."""
        holders = [one for one in self.nodes if one.kind != "Task" and one.sure in (True, "free")]
        r = self.random.random()
        if not holders or r < 0.12:
            defs = self.definition()
            name = self.fresh() if self.chance(0.95) else self.name()
            variable = self.step("call", {"v": defs}, "add_suite", [name], result=True)
            return self.keep(Node(variable, "Suite", None, True), name)
        holder = self.pick(holders)
        kind = self.pick(("Family", "Task", "Task"))
        name = self.fresh() if self.chance(0.95) else self.name()
        if r < 0.5:
            variable = self.step("call", {"v": holder.variable}, "add_" + kind.lower(), [name], result=True)
            return self.keep(Node(variable, kind, holder, holder.sure is True), name)
        node = Node("", kind)
        args = [name] + [self.attribute(node, 1) for _ in range(self.random.choice((0, 0, 1, 2)))]
        kwargs = {"A": "1"} if self.chance(0.15) else {}
        node.variable = self.step("new", kind, args, kwargs, result=True)
        if r < 0.6:
            node.sure = "free"
            return self.keep(node, name)
        given = {"v": node.variable}
        if r < 0.7:
            self.step("call", {"v": holder.variable}, "add_" + kind.lower(), [given])
        elif r < 0.8:
            self.step("call", {"v": holder.variable}, "add", [given] if self.chance(0.7) else [[given]])
        else:
            how = self.pick(("__add__", "__iadd__", "__rshift__", "__lshift__"))
            self.step(
                "op", how, {"v": holder.variable}, given if how[2] in "rl" or self.chance(0.7) else [given]
            )
        node.parent, node.sure = holder, False
        return self.keep(node, name)

    def keep(self, node, name):
        node.name = name
        self.nodes.append(node)
        return node

    def edit(self, node=None):
        """Calls some member of a node."""
        node = node or self.pick(self.nodes)
        self.target = node
        member = self.generator.rarest(self.members_of(node.kind))
        if member.name == "get_state_change_time" and not node.placed:
            return
        self.call(member, node.variable, in_tree=node.placed)

    def members_of(self, kind):
        return [one for one in api.members(kind) if self.has(one.owner + "." + one.name)]

    def call(self, member, variable, in_tree=False, bad=0.06):
        holder = {"v": variable}
        keep = member.result if member.result and self.chance(0.8) else None
        if member.kind == "@":
            kept = self.step("get", holder, member.name, result=True if keep else None)
        else:
            args, kwargs = self.arguments(member, bad)
            kept = self.step("call", holder, member.name, args, kwargs, result=True if keep else None)
        if not keep:
            return
        kind = keep.strip("[]")
        if keep.startswith("["):
            if kind in ("str", "node") or kind in api.ENUMS or not self.chance(0.35):
                return
            kept = self.step("pick", {"v": kept}, self.pick((0, 0, -1)), result=True)
        if kind in ("Task", "Family", "Suite", "Alias"):
            return
        self.objects.setdefault(kind, []).append(kept)
        if kind == "Limit" and not in_tree:
            self.read_only.add(kept)

    def use(self, kind):
        """Calls a member of an object of a class, or compares it."""
        variable = self.pick(self.objects[kind])
        choices = [
            one
            for one in self.members_of(kind)
            if variable not in self.read_only or one.owner + "." + one.name not in READ_ONLY
        ]
        r = self.random.random()
        if choices and r < 0.7:
            self.call(self.generator.rarest(choices), variable)
        elif r < 0.85:
            other = (
                self.object(kind)
                if self.chance(0.8)
                else self.pick([1, "x", None, self.new("Event", ["e"]), [1]])
            )
            name = self.pick(
                ("__eq__", "__ne__", "__eq__", "__lt__", "__gt__", "__le__", "__add__", "__isub__")
            )
            self.step("op", name, {"v": variable}, other)
        elif r < 0.9:
            self.step("one", "__hash__", {"v": variable})
        elif r < 0.95 and self.has(kind + ".__copy__"):
            self.step("one", "__copy__", {"v": variable}, result=kind)
        else:
            self.step("one", "__str__", {"v": variable})

    def make(self):
        import scenes

        scene = self.pick(scenes.WEIGHTED)
        scene(self)
        return self.steps


def lines(programs):
    return "".join(json.dumps(program, separators=(",", ":")) + "\n" for program in programs)
