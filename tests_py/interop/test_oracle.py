"""Ours against recordings of the original 5.19.0 module, call by call.

oracle-5.19.0.json.gz was made by oracle.py under the Python of a Debian root
that has ecFlow 5.19.0, with its module, against its server; `make oracle` does
it again (the root: scripts/roots.sh). Compared are the value and its type, the
built-in exception class, the first line of the message, and what is printed on
standard output. allowed.py lists every difference there may be, with its reason.
"""

import os
import subprocess
import sys
from pathlib import Path

import allowed
import oracle
import pytest
import realserver

HERE = Path(__file__).resolve().parent
RECORDED = HERE / "oracle-5.19.0.json.gz"


def first_line(text):
    """The line that scripts look at, without what the original puts around it."""
    line = text.strip().split("\n")[0].strip()
    return line[len("[<time>] ") :] if line.startswith("[<time>] ") else line


def same_message(theirs, ours):
    """Ours may end a sentence early: what follows in 5.19.0 is advice, which ours words itself."""
    theirs, ours = first_line(theirs), first_line(ours)
    return theirs == ours or (len(ours) > 20 and theirs.startswith(ours.rstrip(".")))


def differences(theirs, ours):
    """(step, what, theirs, ours) for every call that does not do the same."""
    if isinstance(theirs.get("value"), dict) and theirs["step"].startswith("surface"):
        yield from surface(theirs, ours)
        return
    for what in ("raises", "type", "value", "out"):
        if theirs.get(what) != ours.get(what):
            yield theirs["step"], what, theirs.get(what), ours.get(what)
            return
    if not same_message(theirs.get("text", ""), ours.get("text", "")):
        yield theirs["step"], "text", theirs.get("text"), ours.get("text")


def surface(theirs, ours):
    def by_call(entry):
        return {call: outcome for outcome, calls in entry["value"].items() for call in calls}

    mine = by_call(ours)
    for call, outcome in by_call(theirs).items():
        if mine.get(call) != outcome:
            yield theirs["step"] + call, "outcome", outcome, mine.get(call)


def compare(theirs, ours):
    found = []
    known = {entry["step"]: entry for entry in ours}
    for entry in theirs:
        if entry["step"] in known:
            found += differences(entry, known[entry["step"]])
        else:
            found.append((entry["step"], "step", "recorded", "absent"))
    return found


def record(python, installation, scenario, out, **variables):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ECF_", "NO_ECF", "PYTHON"))}
    environment.update(variables)
    subprocess.run(
        [*python, str(HERE / "oracle.py"), "--server", installation.root or installation.version, "--only", scenario,
         "--out", str(out)],
        env=environment, check=True, timeout=oracle.LIMIT_SECONDS, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return oracle.load(str(out))[scenario]


def ours(installation, scenario, out):
    import ecflow

    package = str(Path(ecflow.__file__).resolve().parent.parent)
    return record([sys.executable], installation, scenario, out, PYTHONPATH=package)


# The first two scenarios need no server. The others are for the recording's server alone: with
# another one the server's own words differ, and test_effects.py asks that version's module.
SAME_SERVER = realserver.selected()[0].version == "5.19.0"
SCENARIOS = oracle.SCENARIOS if SAME_SERVER else oracle.SCENARIOS[:2]


@pytest.fixture(scope="session")
def found(installation, tmp_path_factory):
    """{scenario: differences}"""
    recording = oracle.load(str(RECORDED))
    folder = tmp_path_factory.mktemp("oracle")
    return {name: compare(recording[name], ours(installation, name, folder / name)) for name in SCENARIOS}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_as_recorded(scenario, found):
    unexplained = [one for one in found[scenario] if not allowed.reason(one)]
    assert not unexplained, "\n".join("%s [%s]\n   5.19.0: %r\n   ours:   %r" % one for one in unexplained)


if SAME_SERVER:

    def test_every_allowance_is_needed(found):
        """A rule that explains nothing is out of date."""
        used = {allowed.reason(one) for differences_of in found.values() for one in differences_of}
        assert {why for _, why in allowed.RULES} <= used
