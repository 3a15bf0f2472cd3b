"""What the programs are about. Each scene writes the steps of one program."""

import api
import texts
from scenes_objects import attributes, enums, sweep, vectors

STRANGE = [1, "x", None, 1.5, [1], {"o": 0}, {"e": "State.complete"}]
ATTRIBUTE_NAMES = [
    "A",
    "B",
    "SUITE",
    "TASK",
    "ECF_HOME",
    "nosuch",
    "name_",
    "a0",
    "b1",
    "e0",
    "ECF_DATE",
    "x y",
    "_x",
]


def build(p):
    """A tree grows, is read and changed."""
    for _ in range(p.random.randint(3, 7)):
        p.add_node()
    for _ in range(p.random.randint(8, 22)):
        r = p.random.random()
        if r < 0.15:
            p.add_node()
        elif r < 0.75:
            p.edit()
        elif r < 0.85:
            definition_member(p)
        elif r < 0.95 and p.objects:
            p.use(p.pick(sorted(p.objects)))
        else:
            node_operators(p)


def deep(p):
    """Much on a single node."""
    for _ in range(2):
        p.add_node()
    node = p.pick(p.nodes)
    for _ in range(p.random.randint(10, 25)):
        if p.chance(0.4):
            p.target = node
            p.step("call", {"v": node.variable}, "add", [p.attribute(node)])
        elif p.chance(0.1):
            p.step("one", "__str__", {"v": node.variable})
        else:
            p.edit(node)


def definition_member(p):
    defs = p.definition()
    p.target = None
    p.call(p.generator.rarest(p.members_of("Defs")), defs)


def node_operators(p):
    """What Python writes with signs, and attributes by name."""
    node = p.pick(p.nodes)
    holder = {"v": node.variable if p.chance(0.8) else p.definition()}
    r = p.random.random()
    if r < 0.2:
        p.step("get", holder, p.pick([*ATTRIBUTE_NAMES, getattr(node, "name", "x")]), result=True)
    elif r < 0.3:
        p.step(
            "one",
            p.pick(
                (
                    "__len__",
                    "__iter__",
                    "__bool__",
                    "__hash__",
                    "__str__",
                    "__repr__",
                    "__copy__",
                    "__invert__",
                )
            ),
            holder,
        )
    elif r < 0.45:
        p.step("op", p.pick(("__eq__", "__ne__", "__lt__", "__gt__", "__le__")), holder,
               {"v": p.pick(p.nodes).variable} if p.chance(0.8) else p.pick(STRANGE))  # fmt: skip
    elif r < 0.55:
        p.step(
            "op", "__contains__", holder, p.pick([p.name(), getattr(p.pick(p.nodes), "name", "x"), 1, None])
        )
    elif r < 0.7:
        p.target = node if holder["v"] == node.variable else None
        member = api.members("Defs" if p.target is None else node.kind)[0]
        items = p.mixture(
            next(
                one
                for one in api.MEMBERS
                if one.name == "add" and one.owner == ("Node" if p.target else "Defs")
            ),
            p.target,
        )
        p.step("op", p.pick(("__add__", "__iadd__")), holder, items if len(items) > 1 else items[0])
        assert member
    elif r < 0.78:
        p.step("with", holder)
    elif r < 0.86:
        p.step("op", p.pick(("__sub__", "__isub__", "__mul__", "__or__", "__getitem__", "__rshift__", "__lshift__")), holder,
               p.pick([1, "x", [1], {"o": 0}, 1.5]))  # fmt: skip
    elif r < 0.93 and len(p.nodes) > 1:
        p.step("same", {"v": p.pick(p.nodes).variable}, {"v": node.variable})
        parent = p.step("call", {"v": node.variable}, "get_parent", result=True)
        p.step("same", {"v": parent}, {"v": p.pick(p.nodes).variable})
    else:
        p.step("set", holder, p.pick(("foo", "name", "variables")), p.pick([1, "x", []]))


def move(p):
    """Nodes leave, and come back elsewhere."""
    for _ in range(p.random.randint(4, 9)):
        p.add_node()
    for _ in range(p.random.randint(3, 8)):
        movable = [one for one in p.nodes if one.placed]
        if not movable:
            p.add_node()
            continue
        node = p.pick(movable)
        p.step("call", {"v": node.variable}, "remove")
        node.parent, node.sure = None, "free"
        for question in ("get_parent", "get_defs", "get_abs_node_path"):
            if p.chance(0.4):
                p.step("call", {"v": node.variable}, question)
        if node.kind == "Suite":
            if p.chance(0.3):
                p.defs.append(p.step("new", "Defs", result=True))
            # Not by add(): from 5.19.0 on that takes a copy, before it took the suite itself.
            p.step("call", {"v": p.pick(p.defs)}, "add_suite", [{"v": node.variable}])
            node.sure = False
            continue
        holders = [one for one in p.nodes if one.kind != "Task" and one.placed and not one.under(node)]
        if holders and p.chance(0.8):
            holder = p.pick(holders)
            p.step("call", {"v": holder.variable}, "add_" + node.kind.lower(), [{"v": node.variable}])
            node.parent, node.sure = holder, False
            if p.chance(0.3):
                p.step("call", {"v": holder.variable}, "add_" + node.kind.lower(), [{"v": node.variable}])
        p.edit()
        if p.chance(0.3):
            p.step("one", "__str__", {"v": p.definition()})


def triggers(p):
    """Expressions that mean nodes of the tree, checked and evaluated."""
    for _ in range(p.random.randint(4, 8)):
        p.add_node()
    inner = [one for one in p.nodes if one.kind != "Suite"]
    for node in inner:
        holder = {"v": node.variable}
        if p.chance(0.4):
            p.step("call", holder, "add_event", [p.pick(("e0", "e1", "1"))])
        if p.chance(0.3):
            p.step("call", holder, "add_meter", [p.pick(("m0", "m1")), 0, 10])
        if p.chance(0.2):
            p.step(
                "call",
                holder,
                "add_repeat",
                [p.object(p.pick(("RepeatDate", "RepeatInteger", "RepeatEnumerated")))],
            )
        if p.chance(0.6):
            p.step("call", holder, p.pick(("add_trigger", "add_complete")), [p.expression()])
        if p.chance(0.2):
            p.step("call", holder, p.pick(("change_trigger", "change_complete")), [p.expression()])
    p.step("call", {"v": p.definition()}, "check")
    for node in inner:
        if p.chance(0.7):
            p.step("call", {"v": node.variable}, p.pick(("evaluate_trigger", "evaluate_complete")))
    if p.chance(0.4):
        p.step("call", {"v": p.definition()}, "auto_add_externs", [p.chance(0.5)])
        p.step("get", {"v": p.definition()}, "externs")
        p.step("call", {"v": p.definition()}, "check")
    if p.chance(0.3):
        why = p.step("new", "WhyCmd", [{"v": p.definition()}, p.path()], result=True)
        p.step("call", {"v": why}, "why")


def files(p):
    """Definitions from text and back."""
    p.step("write", "in.def", texts.definition(p.random))
    defs = p.step("new", "Defs", [{"path": "in.def"}], result=True)
    p.defs.append(defs)
    holder = {"v": defs}
    p.step("one", p.pick(("__str__", "__str__", "__hash__", "__copy__")), holder)
    nodes = p.step("call", holder, "get_all_nodes", result=True)
    for _ in range(p.random.randint(1, 4)):
        r = p.random.random()
        if r < 0.5:
            node = p.step("pick", {"v": nodes}, p.pick((0, 1, 2, -1, -2)), result=True)
            member = p.generator.rarest([one for one in p.members_of("Node") if one.result])
            p.call(member, node)
        elif r < 0.8:
            definition_member(p)
        else:
            task = p.step("pick", {"v": p.step("call", holder, "get_all_tasks", result=True)}, 0, result=True)
            alias = p.step("pick", {"v": p.step("get", {"v": task}, "aliases", result=True)}, 0, result=True)
            for name in ("name", "get_try_no", "get_abs_node_path", "get_state"):
                p.step("call", {"v": alias}, name)
            p.step("one", p.pick(("__str__", "__str__", "__copy__", "__hash__")), {"v": alias})
            p.step("op", "__eq__", {"v": alias}, {"v": p.pick((alias, task))})
            p.step("one", p.pick(("__len__", "__iter__")), {"v": task})
    r = p.random.random()
    if r < 0.5:
        style = [{"e": "Style." + p.pick(("DEFS", "STATE", "MIGRATE"))}] if p.chance(0.6) else []
        p.step("call", holder, "save_as_defs", [{"path": "out.def"}, *style])
        if not style or style[0]["e"] != "Style.STATE":
            p.step("read", "out.def")
        again = p.step("new", "Defs", [{"path": "out.def"}], result=True)
        p.step("op", "__eq__", holder, {"v": again})
    elif r < 0.8:
        p.step("call", holder, "save_as_checkpt", [{"path": "x.check"}])
        again = p.step("new", "Defs", result=True)
        p.step(
            "call", {"v": again}, "restore_from_checkpt", [{"path": p.pick(("x.check", "x.check", "none"))}]
        )
        p.step("op", "__eq__", holder, {"v": again})
    else:
        p.step("call", holder, "save_as_defs", [{"path": "no/such/dir/out.def"}])


def jobs(p):
    """Job creation without a server."""
    defs = p.step(
        "new",
        "Defs",
        [
            p.new("Suite", ["s", p.new("Task", ["t"])]),
            {"d": [["ECF_HOME", {"path": "home"}], ["ECF_INCLUDE", {"path": "inc"}]]},
        ],
        result=True,
    )
    p.defs.append(defs)
    r = p.random.random()
    if r < 0.5:
        p.step("call", {"v": defs}, "generate_scripts")
        p.step("read", "home/s/t.ecf")
    else:
        p.step("write", "home/s/t.ecf", texts.script(p.random))
        p.step("write", "inc/head.h", "# head %TASK%\n")
    control = p.step("new", "JobCreationCtrl", result="JobCreationCtrl")
    p.step("call", {"v": control}, "set_dir_for_job_creation", [{"path": "jobs"}])
    if p.chance(0.5):
        p.step("call", {"v": control}, "set_node_path", [p.pick(("/s", "/s/t", "/nosuch", ""))])
    p.step("call", {"v": defs}, "check_job_creation", [{"v": control}] if p.chance(0.7) else [])
    p.step("call", {"v": control}, "get_error_msg")
    p.step("read", "jobs/s/t.job0")


def simulation(p):
    """A suite with a clock of its own, run as fast as can be."""
    defs = {"v": p.definition()}
    suite = {"v": p.step("call", defs, "add_suite", ["s"], result=True)}
    p.step(
        "call", suite, "add_clock", [p.new("Clock", [p.pick((1, 15)), p.pick((1, 6)), 2020, p.chance(0.5)])]
    )
    tasks = [{"v": p.step("call", suite, "add_task", ["t%d" % i], result=True)} for i in range(3)]
    for number, task in enumerate(tasks):
        r = p.random.random()
        if r < 0.3 and number:
            p.step("call", task, "add_trigger", ["t%d == complete" % (number - 1)])
        elif r < 0.6:
            p.step("call", task, "add_time", [p.pick(("10:00", "+00:30", "08:00 10:00 01:00"))])
        elif r < 0.8:
            p.step("call", task, "add_repeat", [p.new("RepeatInteger", ["N", 1, 3])])
        elif r < 0.9:
            p.step("call", task, "add_defstatus", [{"e": "DState.complete"}])
    p.step("call", defs, "simulate")
    for task in tasks:
        p.step("call", task, "get_state")
        p.step("one", "__str__", task)
    why = p.step("new", "WhyCmd", [defs, "/s/t1"], result=True)
    p.step("call", {"v": why}, "why")


def misc(p):
    """The rest."""
    for _ in range(6):
        r = p.random.random()
        if r < 0.3:
            member = p.pick(
                [one for one in api.MEMBERS if one.kind == "!" and p.has(one.owner + "." + one.name)]
            )
            args, _ = p.arguments(member, bad=0.2)
            p.step("static", member.owner, member.name, args)
        elif r < 0.45:
            p.step("module", p.pick(("__version__", "debug_build")))
        elif r < 0.6:
            p.step(
                "new",
                p.pick(
                    ("Node", "Alias", "Submittable", "NodeContainer", "File", "Ecf", "PrintStyle", "Nosuch")
                ),
                [],
            )
        elif r < 0.75:
            p.add_node()
            p.step("new", p.pick(("WhyCmd", "UrlCmd")), [{"v": p.definition()}, p.path()])
        elif r < 0.85:
            p.step(
                "new",
                "Defs",
                [p.pick(STRANGE)] if p.chance(0.5) else [p.new("Suite", ["s"]), p.dictionary()],
                result=True,
            )
        elif r < 0.92:
            p.step("static", "File", p.pick(("find_client", "find_server", "source_dir", "build_dir")))
        else:
            defs = p.step(
                "new",
                "Defs",
                [p.new("Suite", ["s", p.new("Task", ["t"])]), {"d": [["ECF_URL_CMD", "true"]]}],
                result=True,
            )
            command = p.step("new", "UrlCmd", [{"v": defs}, "/s/t"], result=True)
            p.step("call", {"v": command}, "execute")
    p.step("static", "PrintStyle", "set_style", [{"e": "Style.DEFS"}])


WEIGHTED = (
    [build] * 9
    + [deep] * 6
    + [attributes] * 8
    + [triggers] * 4
    + [move] * 3
    + [vectors] * 3
    + [sweep] * 3
    + [files] * 5
    + [enums, enums, enums, jobs, misc, simulation]
)
