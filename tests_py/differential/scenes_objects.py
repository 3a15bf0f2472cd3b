"""Programs about single objects: attributes, collections, enumerations."""

import api


def attributes(p):
    """Objects of a few classes, on their own."""
    kinds = [
        kind
        for kind in [
            *api.ATTRIBUTES,
            "TimeSlot",
            "TimeSeries",
            "Flag",
            "PartExpression",
            "Expression",
            "Zombie",
            "Repeat",
            "JobCreationCtrl",
        ]
        if p.has(kind)
    ]
    for _ in range(p.random.randint(2, 4)):
        kind = p.rarest("attributes", kinds)
        for _ in range(p.random.randint(1, 3)):
            args, kwargs = p.arguments(api.constructor(kind), bad=0.15)
            p.step("new", kind, args, kwargs, result=kind)
        for _ in range(p.random.randint(3, 7)):
            p.use(kind)


def sweep(p):
    """What Python does with any object, for one class after the other."""
    kinds = [
        kind
        for kind in [
            *api.ATTRIBUTES,
            *api.BASES,
            "Defs",
            "Edit",
            "TimeSlot",
            "TimeSeries",
            "Flag",
            "PartExpression",
            "Expression",
            "Zombie",
            "Repeat",
        ]
        if p.has(kind) and kind != "Alias"
    ]
    for _ in range(3):
        kind = p.rarest("sweep", kinds)
        made = []
        for _ in range(2):
            if kind in api.BASES:
                args, kwargs = [p.name()], {}
            else:
                args, kwargs = ([], {}) if kind == "Defs" else p.arguments(api.constructor(kind), bad=0)
            made.append({"v": p.step("new", kind, args, kwargs, result=True)})
        for name in ("__eq__", "__lt__", p.pick(("__ne__", "__gt__", "__le__", "__ge__"))):
            p.step("op", name, made[0], made[1])
        copied = {"v": p.step("one", "__copy__", made[0], result=True)}
        p.step("op", "__eq__", made[0], copied)
        p.step("same", made[0], copied)
        for name in (
            "__hash__",
            "__str__",
            p.pick(("__repr__", "__bool__", "__len__", "__iter__", "__setstate__")),
        ):
            p.step("one", name, made[0])


def vectors(p):
    """The collections."""
    kind = p.pick([one for one in api.VECTORS if p.has(one + ".pop")] or ["NodeVec"])
    inner = api.VECTOR_OF[kind]
    things = []
    for _ in range(4):
        if inner in api.ENUMS:
            things.append(p.argument(inner))
        else:
            wanted = p.pick(("Task", "Family")) if inner == "node" else inner
            args, kwargs = (
                ([p.fresh()], {})
                if wanted in ("Task", "Family", "Suite")
                else p.arguments(api.constructor(wanted), bad=0)
            )
            things.append({"v": p.step("new", wanted, args, kwargs, result=True)})
    start = p.pick([[], [things[:2]], [{"t": things[:3]}], [[1]], [1]]) if p.chance(0.7) else [things]
    vector = {"v": p.step("new", kind, start, result=True)}
    other = {"v": p.step("new", kind, [things[1:3]], result=True)}

    def index():
        return p.pick((0, 0, 1, -1, 2, 5, -7)) if p.chance(0.9) else p.pick(("x", 1.5))

    def part():
        return {
            "s": p.pick(
                (
                    [0, 2, None],
                    [None, None, 2],
                    [None, None, -1],
                    [1, None, None],
                    [5, 9, None],
                    [-2, None, None],
                )
            )
        }

    def thing():
        # None would be an empty place: pointless, and deadly to read in some versions
        return p.pick(things) if p.chance(0.92) else p.pick([1, "x", {"o": 0}, []])

    for _ in range(p.random.randint(12, 20)):
        p.pick([
            lambda: p.step("call", vector, "append", [thing()]),
            lambda: p.step("call", vector, "append", [thing()]),
            lambda: p.step("call", vector, "insert", [index(), thing()]),
            lambda: p.step("call", vector, "extend", [p.pick([other, things[:2], [1], 1, {"t": things[:1]}])]),
            lambda: p.step("call", vector, "pop", [] if p.chance(0.5) else [index()]),
            lambda: p.step("call", vector, "remove", [thing()]),
            lambda: p.step("call", vector, "count", [thing()]),
            lambda: p.step("call", vector, "clear") if p.chance(0.5) else p.step("one", "__bool__", vector),
            lambda: p.step("one", p.rarest(kind, ("__len__", "__bool__", "__iter__", "__hash__", "__repr__", "__copy__")), vector),
            lambda: p.step("op", "__contains__", vector, thing()),
            lambda: p.step("op", "__getitem__", vector, index()),
            lambda: p.step("op", "__getitem__", vector, part()),
            lambda: p.step("op", p.rarest(kind, ("__eq__", "__ne__")), vector, p.pick([vector, other, things, 1, None])),
            lambda: p.step("op", p.pick(("__add__", "__mul__", "__lt__")), vector, p.pick([other, 2])),
            lambda: p.step("setitem", vector, index(), thing()),
            lambda: p.step("setitem", vector, part(), p.pick([other, things[:2]])),
            lambda: p.step("delitem", vector, index()),
            lambda: p.step("delitem", vector, part()),
        ])()  # fmt: skip
    for name in ("__len__", "__bool__", "__repr__", "__hash__", "__iter__"):
        p.step("one", name, vector)


def enums(p):
    """Enumerations."""
    for _ in range(p.random.randint(6, 14)):
        kind = p.rarest("enums", sorted(api.ENUMS))
        value = p.argument(kind)
        r = p.random.random()
        if r < 0.35:
            other = p.pick([p.argument(kind), p.argument("State"), 1, 0, 3, "complete", None, 1.0])
            p.step(
                "op",
                p.rarest(kind, ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__")),
                value,
                other,
            )
        elif r < 0.6:
            p.step(
                "one",
                p.rarest(kind, ("__int__", "__index__", "__hash__", "__str__", "__repr__", "__setstate__")),
                value,
            )
        elif r < 0.75:
            p.step("get", value, p.rarest(kind, ("name", "value")))
        elif r < 0.85:
            p.step("enum", kind, p.rarest(kind, ("names", "values", "__members__")))
        else:
            p.step("enum", kind, p.pick((0, 1, 3)))
