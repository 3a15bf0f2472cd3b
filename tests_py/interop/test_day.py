"""A day of operations: the original's client and module drive our server, and do not notice.

day/driver.py plays the operators and notes what it sees; the same script, module and jobs' client
once against the original server, once against ours. What they note is the same, but for what LATER says.
"""

import concurrent.futures
import json
import os
import re
import subprocess
from pathlib import Path

import ecflow.testing
import pytest
import realserver

DRIVER = Path(__file__).resolve().parent / "day" / "driver.py"
LIMIT = 400  # seconds; a day takes one to two minutes

# Both run at UTC, and each second is a minute of the suites' time.
OPTIONS = ["--ecfinterval", "1"]
VARIABLES = {"TZ": "UTC"}


def drive(installation, server, environment, folder):
    """The notes of a day on a server."""
    client = folder / "client.sh"
    client.write_text('#!/bin/sh\nexec %s "$@"\n' % " ".join(installation.client))
    client.chmod(0o755)
    command, variables = installation.python()
    out = folder / "notes.json"
    done = subprocess.run(
        [*command, str(DRIVER), server.host, str(server.port), server.home, str(client), str(out)],
        env=dict({n: v for n, v in environment.items() if not n.startswith("PYTHON")}, **variables), timeout=LIMIT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, universal_newlines=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return json.loads(out.read_text())


def on_the_original(installation, folder):
    with realserver.RealServer(installation, options=OPTIONS, variables=VARIABLES) as server:
        return drive(installation, server, server.environment(TZ="UTC"), folder)


def on_ours(installation, folder):
    with ecflow.testing.Server(halted=True, interval=1, variables=VARIABLES) as server:
        # HOME and PATH as in any account: nothing of ours is in the way.
        environment = server.environment(TZ="UTC", PATH=os.environ["PATH"], HOME=str(folder))
        return drive(installation, server, environment, folder)


# Words that 5.19.0 has changed: ours are the later ones.
LATER = [
    (r"A Suite of name '(\w+)' already exists?", r"A Suite of name '\1' already exists"),
    ("failed!  Server", "failed! Server"),
]


def worded(note):
    if not isinstance(note, str):
        return note
    for old, new in LATER:
        note = re.sub(old, new, note)
    return note


def differences(theirs, ours):
    for (step, before), (same, after) in zip(theirs, ours):
        assert step == same
        if isinstance(before, list) and len(before) == 2 and isinstance(before[1], dict):
            if before[0] != after[0]:
                yield step, before[0], after[0]
            for path in sorted({*before[1], *after[1]}):
                if before[1].get(path) != after[1].get(path):
                    yield step, path, before[1].get(path), after[1].get(path)
        elif worded(before) != worded(after):
            yield step, before, after


@pytest.mark.skipif(os.environ.get("ECFLOW_DAY") == "0", reason="a day takes two minutes: make matrix")
def test_day(installation, tmp_path):
    folders = [tmp_path / "theirs", tmp_path / "ours"]
    for folder in folders:
        folder.mkdir()
    with concurrent.futures.ThreadPoolExecutor() as both:
        theirs = both.submit(on_the_original, installation, folders[0])
        ours = both.submit(on_ours, installation, folders[1])
        theirs, ours = theirs.result(), ours.result()
    assert len(theirs) > 70
    assert not list(differences(theirs, ours))
    assert len(theirs) == len(ours)
