"""Nodes and definitions as Python objects: identity, lifetimes, subclasses, forks, threads."""

import copy
import gc
import os
import subprocess
import sys
import threading
import weakref

import ecflow
import pytest
from ecflow import _ecflow


def tree():
    defs = ecflow.Defs()
    suite = defs.add_suite("s")
    family = suite.add_family("f")
    family.add_task("t").add_variable("V", "1")
    return defs


def test_the_same_node_is_the_same_object():
    defs = tree()
    task = defs.find_abs_node("/s/f/t")
    assert task is defs.find_abs_node("/s/f/t")
    assert task is list(defs.find_abs_node("/s/f").nodes)[0]
    assert task.get_parent() is defs.find_abs_node("/s/f")
    assert task.get_defs() is defs
    assert defs.s.f.t is task


def test_adding_gives_back_the_object_that_was_added():
    class Mine(ecflow.Task):
        def __init__(self, name, note):
            super().__init__(name)
            self.note = note

    suite = ecflow.Suite("s")
    mine = Mine("t", "kept")
    assert suite.add_task(mine) is mine
    found = suite.find_task("t")
    assert found is mine and found.note == "kept" and isinstance(found, Mine)
    assert mine.add_variable("A", "1") is mine


def test_a_child_keeps_its_tree_alive():
    task = tree().find_abs_node("/s/f/t")
    gc.collect()
    assert task.get_abs_node_path() == "/s/f/t"
    assert task.get_parent().get_parent().name() == "s"
    assert task.get_defs() is not None


def test_removed_node_lives_on_and_can_be_added_elsewhere():
    defs, other = tree(), ecflow.Defs()
    suite = defs.find_suite("s")
    gone = suite.remove()
    assert gone is suite and suite.get_defs() is None and len(defs) == 0
    other.add_suite(suite)
    assert suite.get_defs() is other and suite.f.t.get_abs_node_path() == "/s/f/t"


def test_answers_follow_changes():
    suite = ecflow.Suite("s")
    family = suite.add_family("f")
    task = family.add_task("t")
    assert [n.get_abs_node_path() for n in suite.get_all_nodes()] == ["/s", "/s/f", "/s/f/t"]
    nodes = suite.get_all_nodes()
    family.remove()
    assert task.get_abs_node_path() == "/f/t"
    assert [n.get_abs_node_path() for n in nodes] == ["/s", "/f", "/f/t"]


def test_attributes_can_be_set_on_nodes_and_definitions():
    defs = tree()
    defs.note = 1
    task = defs.s.f.t
    task.note = "x"
    assert defs.note == 1 and task.note == "x"
    del task.note
    assert not hasattr(task, "note")
    task.name = "hidden"  # as in the original
    assert task.name == "hidden" and task.get_abs_node_path() == "/s/f/t"
    del task.name
    assert task.name() == "t"
    with pytest.raises(AttributeError):
        task.variables = ()
    with pytest.raises(AttributeError):
        del task.nothing


def test_unknown_attribute_is_both_errors():
    defs = tree()
    for kind in (RuntimeError, AttributeError):
        with pytest.raises(kind):
            _ = defs.s.nothing
    assert not hasattr(defs, "nothing")
    assert copy.copy(defs) == defs


def test_subclass_that_forgets_its_base():
    class Forgetful(ecflow.Task):
        def __init__(self):
            pass

    with pytest.raises(TypeError, match="__init__"):
        Forgetful().name()


def test_virtual_classes_cannot_be_made():
    for cls in (ecflow.Node, ecflow.NodeContainer, ecflow.Submittable):
        with pytest.raises(TypeError, match="No constructor"):
            cls()


def test_constructor_called_again_makes_another():
    task = ecflow.Task("a")
    task.__init__("b")
    assert task.name() == "b"


def test_nothing_leaks():
    def work():
        defs = tree()
        for node in defs.get_all_nodes():
            node.get_abs_node_path()
            list(node.variables), list(node.meters)
        with pytest.raises(RuntimeError):
            ecflow.Meter("", 0, 1)
        ecflow.Meter("m", 0, 1)
        assert defs == copy.copy(defs)

    work()
    gc.collect()
    before = _ecflow._open_handles()
    for _ in range(100):
        work()
    gc.collect()
    assert _ecflow._open_handles() == before


def test_cycle_of_set_attributes_does_not_crash():
    task = ecflow.Task("t")
    task.me = task
    del task
    gc.collect()


def test_subclass_can_be_referred_to_weakly():
    class Mine(ecflow.Task):
        pass

    mine = Mine("t")
    reference = weakref.ref(mine)
    assert reference() is mine
    del mine
    assert reference() is None


def test_deep_nesting_of_arguments_is_refused():
    nested = []
    for _ in range(10000):
        nested = [nested]
    with pytest.raises(RecursionError):
        ecflow.Suite("s").add(nested)
    loop = []
    loop.append(loop)
    with pytest.raises(RecursionError):
        ecflow.Suite("s").add(loop)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_trees_come_along_with_a_fork():
    code = """
import os, ecflow
defs = ecflow.Defs()
task = defs.add_suite("s").add_task("t")
task.add_variable("V", "1")
task.add_repeat(ecflow.RepeatDate("YMD", 20200101, 20200110, 1))
meter, text = ecflow.Meter("m", 0, 10), str(defs)
for depth in range(2):
    child = os.fork()
    if child:
        os._exit(os.waitpid(child, 0)[1] >> 8)
assert str(defs) == text and defs.s.t is task and task.get_defs() is defs and meter.name() == "m"
task.add_meter(meter)
assert [m.name() for m in defs.find_abs_node("/s/t").meters] == ["m"]
os._exit(7)
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == 7


def test_many_threads_read_and_change_trees():
    shared = tree()
    errors = []

    def work(number):
        try:
            for i in range(200):
                own = tree()
                own.s.f.t.add_variable(f"V{i}", str(number))
                assert len(str(own)) > 10
                shared.find_abs_node("/s/f").add_task(f"t{number}_{i}")
                shared.check()
                assert shared.find_abs_node("/s/f/t").name() == "t"
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not errors
    assert len(list(shared.find_abs_node("/s/f").nodes)) == 1 + 6 * 200
