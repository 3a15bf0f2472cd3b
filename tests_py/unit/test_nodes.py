"""Nodes and definitions against what the original module 5.19.0 answered: node_programs."""

import copy
import doctest
import gzip
import html.parser
import json
import pathlib
import pickle

import ecflow
import pytest
from node_programs import run

HERE = pathlib.Path(__file__).parent / "node_programs"
OWN = "Node NodeContainer Submittable Suite Family Task Alias Defs Edit JobCreationCtrl WhyCmd UrlCmd File Ecf PrintStyle"

# What is meant to differ: lines by their beginning, and for which program, by its first line's.
MEANT = {
    "": (
        'Task("t",(Variable',
        'Task("t",VariableList())',
        't.sort_attributes("event",True,("x",))',  # any sequence will do
        'Task("t",A=2**',
        'Task("t",{"A":2**40})',  # 64 bits, not 32
        "Edit()",
        "str(Edit",  # has a text
        "c=copy.copy(t); c.get_abs_node_path()",  # a copy has no parent
        "s < d",
        "d.sort_attributes(AttrType.event,True,[1])",  # another message
    ),
    # add() happens or does not; the original keeps what came before the mistake
    't=Task("t"); t.add(Meter': ("t", "d", "d.user_variables"),
    # add() puts a suite itself into a definition, as before 5.19.0, which adds a copy
    "d=Defs(); d2=Defs(); s=d.add_suite": ("s.get_defs() is d",),
    'd=Defs(); s=Suite("s"); d.add(s)': ("d", "s.get_defs()"),
}


def meant(program, line):
    return any(line.startswith(m) for m in MEANT[""]) or any(
        line in lines for first, lines in MEANT.items() if first and program[0].startswith(first)
    )


def same(original, ours):
    """Items of a wrong type are a TypeError here, in the original a RuntimeError in words of C++."""
    return (
        original == ours
        or original.startswith("!! RuntimeError: Unable to cast")
        and ours.startswith(("!! TypeError", "!! RuntimeError"))
    )


def recorded():
    with gzip.open(str(HERE / "answers.json.gz"), "rt") as f:
        answers = json.load(f)["answers"]
    programs = run.programs(str(HERE / "programs.txt"))
    assert len(programs) == len(answers)
    return list(zip(programs, answers))


@pytest.mark.parametrize("program, answers", recorded(), ids=lambda p: p[0][:40] if p else "")
def test_answers_are_the_originals(program, answers):
    ours = run.apart(program)
    assert ours is not None
    if answers is not None:
        differ = [d for d in zip(program, answers, ours) if not same(d[1], d[2]) and not meant(program, d[0])]
        assert not differ, "\n".join("%s\n  original %s\n  ours     %s" % d for d in differ)


@pytest.mark.parametrize("name", OWN.split())
def test_examples_are_true(name):
    cls = getattr(ecflow, name)
    runner = doctest.DocTestRunner()
    for member, thing in [(name, cls)] + [(name + "." + k, v) for k, v in vars(cls).items()]:
        text = getattr(thing, "__doc__", None)
        if isinstance(text, str):
            runner.run(doctest.DocTestParser().get_doctest(text, {"ecflow": ecflow}, member, None, 0))
    assert runner.summarize(verbose=False).failed == 0


def test_deepcopy_of_what_holds_nodes():
    task = ecflow.Task("t", A=1)
    kept = {"a": [task, task], "many": [[0] * 100] * 100}
    again = copy.deepcopy(kept)
    assert again["a"][0] is again["a"][1] and again["a"][0] is not task and again["a"][0] == task
    defs = ecflow.Defs(ecflow.Suite("s"))
    defs.add_extern("/x")
    assert copy.deepcopy(defs).externs == {"/x"} and copy.copy(defs).externs == set()


def test_nodes_are_not_pickled():
    for thing in (ecflow.Task("t"), ecflow.Defs()):
        with pytest.raises(TypeError):
            pickle.dumps(thing)


def test_dict_through_json():
    defs = ecflow.Defs(
        ecflow.Suite(
            "s", ecflow.Family("f", ecflow.Task("t", ecflow.Meter("m", 0, 10), ecflow.Cron("10:00"), A="x"))
        ),
        V=1,
    )
    again = ecflow.Defs.from_dict(json.loads(json.dumps(defs.to_dict())))
    assert again == defs and str(again) == str(defs)
    with pytest.raises(ecflow.ArgumentError):
        ecflow.Node.from_dict({"type": "task", "name": "t", "unknown": 1})
    with pytest.raises(ecflow.ArgumentError):
        ecflow.Defs.from_dict({"type": "defs", "suites": [{"type": "task", "name": "t"}]})


def test_html_is_well_formed():
    class Checker(html.parser.HTMLParser):
        open = []

        def handle_starttag(self, tag, attrs):
            self.open.append(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

    defs = ecflow.Defs(ecflow.Suite("s", ecflow.Family("f", ecflow.Task("t")), ecflow.Task("u")))
    checker = Checker()
    checker.feed(defs._repr_html_())
    assert not checker.open and "/s/f/t" in defs._repr_html_()


def test_walk_does_not_see_later_changes():
    suite = ecflow.Suite("s", ecflow.Task("a"))
    walk = suite.walk()
    suite.add_task("b")
    assert [n.name() for n in walk] == ["s", "a"]


def test_what_add_prints_of_a_wrong_type():
    with pytest.raises(RuntimeError, match="(?s)ExportNode::add : Unknown type .*a float cannot be added"):
        ecflow.Task("t", 1.5)


def test_replace_on_server_needs_a_definition():
    with pytest.raises(RuntimeError, match="is of no definition"):
        ecflow.Task("t").replace_on_server("localhost", "3141")
