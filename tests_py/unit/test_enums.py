"""Enumerations behave as those of the original 5.19.0, and are ints as those of 5.9.2."""

import copy
import pickle

import ecflow
import pytest
from ecflow import _zenums

ENUMS = [getattr(ecflow, name) for name in _zenums.__all__]


@pytest.mark.parametrize("cls", ENUMS)
def test_members(cls):
    assert cls.names and list(cls.names) == list(cls.__members__)
    for name, member in cls.names.items():
        assert getattr(cls, name) is member and cls(int(member)) is member
        assert repr(member) == f"ecflow.{cls.__name__}.{name}" and str(member) == name == member.name
        assert member == int(member) == member.value and hash(member) == hash(int(member))
        assert cls.values[int(member)] is member and bool(member)
        assert f"{member}" == name and "%d" % member == str(int(member))
        for again in (pickle.loads(pickle.dumps(member)), copy.copy(member), copy.deepcopy(member)):
            assert again is member
    assert cls.__module__ == "ecflow"


def test_numbers():
    assert [int(s) for s in ecflow.State.names.values()] == [0, 1, 2, 3, 4, 5]
    assert ecflow.State.names["active"] == 5 and ecflow.DState.suspended == 6
    assert ecflow.CheckPt.UNDEFINED == 3 and ecflow.FlagType.remote_error == 25


def test_conversions_and_comparisons():
    complete = ecflow.State.complete
    assert complete == 1 == ecflow.DState.complete and complete == 1.0
    assert complete < 2 <= ecflow.State.queued and complete != "complete" and complete is not None
    assert [10, 20, 30][complete] == 20
    with pytest.raises(TypeError):
        complete < "a"  # noqa: B015
    assert ecflow.State(True) is complete and ecflow.State(value=1) is complete


def test_values_without_a_name():
    odd = ecflow.State(77)
    assert (repr(odd), str(odd), int(odd)) == ("ecflow.State.???", "???", 77)
    assert pickle.loads(pickle.dumps(odd)) == odd


@pytest.mark.parametrize("wrong", ["a", "complete", 1.0, None, -1, 2**40, b"1"])
def test_wrong_values_are_type_errors(wrong):
    with pytest.raises(TypeError, match="incompatible constructor arguments"):
        ecflow.State(wrong)
    with pytest.raises(TypeError):
        ecflow.State()


def test_the_originals_inner_module():
    import ecflow.ecflow

    assert ecflow.ecflow.State is ecflow.State and ecflow.ecflow.Client is ecflow.Client
