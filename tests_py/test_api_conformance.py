"""Every class and member of the original's Python module is in ours, and exercised.

The lists in api/ are what introspection of the three versions prints. "Exercised" is what the recorded
programs of differential/ did in 5.19.0 itself; `Client` has recordings of its own (interop/).
"""

import gzip
import json
import sys
from pathlib import Path

import ecflow
import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "differential"))

VERSIONS = ("5.9.2", "5.13.8", "5.19.0")
# Not in random programs, because they need a server.
LIVE = {"Node.replace_on_server"}
# Not Python's to call, or the mark of a Boost or pybind class rather than of the API.
INTERNAL = {
    "__init__",
    "__getattr__",  # in C: __getattribute__
    "__bool__",  # by __len__, see test_members
    "__module__",
    "__setstate__",
    "__getstate__",
    "__members__",
    "__instance_size__",
    "__reduce__",
}


def read(version):
    with gzip.open(HERE / "api" / (version + ".json.gz"), "rt") as text:
        return json.load(text)


def union():
    """{class: {member: what the newest version with it says}}, and {class: names of its bases}."""
    classes, bases = {}, {}
    for version in VERSIONS:
        for name, one in read(version)["classes"].items():
            classes.setdefault(name, {}).update(one["members"])
            bases[name] = one["bases"]
    return classes, bases


CLASSES, BASES = union()


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_members(name):
    ours = getattr(ecflow, name)
    missing = sorted(
        member
        for member in CLASSES[name]
        if (member == "__bool__" or member not in INTERNAL)
        and not hasattr(ours, "__len__" if member == "__bool__" else member)
    )
    assert not missing


@pytest.mark.parametrize("name", sorted(name for name in BASES if BASES[name]))
def test_bases(name):
    for base in BASES[name]:
        assert issubclass(getattr(ecflow, name), getattr(ecflow, base))


def test_enumerations():
    wrong = []
    for name, members in CLASSES.items():
        for member, one in members.items():
            if one["kind"] == "enum_value" and int(getattr(getattr(ecflow, name), member)) != one["value"]:
                wrong.append((name, member))
    assert not wrong


def test_functions():
    for version in VERSIONS:
        for name in read(version)["functions"]:
            assert callable(getattr(ecflow, name)), name


def test_kinds():
    """Properties are properties, methods can be called."""
    wrong = []
    for name, members in CLASSES.items():
        ours = getattr(ecflow, name)
        for member, one in members.items():
            if (
                one["kind"] in ("method", "static")
                and member not in INTERNAL
                and not callable(getattr(ours, member))
            ):
                wrong.append((name, member))
            if one["kind"] == "property" and not member.startswith("__") and callable(getattr(ours, member)):
                wrong.append((name, member))
    assert not wrong


def test_exercised():
    from run import load

    _, _, used = load(HERE / "differential" / "recorded-5.19.0.jsonl.gz")
    missing = []
    for name, members in CLASSES.items():
        if name == "Client":
            continue
        owners = [name] + [other for other in CLASSES if name in BASES[other]]
        missing += [
            name + "." + member
            for member in members
            if not any(owner + "." + member in used for owner in owners)
            and name + "." + member not in LIVE
            and members[member]["kind"] != "data"
        ]
    assert not missing
    assert ".debug_build" in used and ".__version__" in used
