"""Two independent bindings of one Go core do the same: ours, and the one gopy makes.

Each runs the same steps in a process of its own (two Go runtimes cannot share
one) against a fresh original server; results, refusals and the requests that
the servers log must agree. `make gopy` builds both and runs this.
"""

import json
import os
import subprocess
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from realserver import RealServer, selected  # noqa: E402
from steps import DEFINITION, steps  # noqa: E402

BUILT = os.environ.get("ECFLOW_GOPY")


def run(side, server, definition_file, module_path):
    """Outcomes of the steps, one a step."""
    environment = server.environment(PYTHONPATH=os.pathsep.join([module_path, HERE]))
    done = subprocess.run(
        [sys.executable, os.path.join(HERE, side), server.host, str(server.port), definition_file],
        env=environment, capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


def logged(server):
    """The requests as the server saw them, without time stamps and user.

    Checks are left out: Python's calls with a list of paths send one first, as the original module does.
    """
    lines = [line.split("] ", 1)[1] for line in server.log().splitlines() if line.startswith("MSG:[")]
    ignored = ("--check ", "--terminate")
    return [line.split(" :")[0] for line in lines if line.startswith("--") and not line.startswith(ignored)]


@pytest.mark.parametrize("installation", selected() if BUILT else [None], ids=str)
def test_bindings_agree(installation, tmp_path):
    if not BUILT:
        pytest.skip("1 test skipped: needs the module that `make gopy` builds")
    definition_file = str(tmp_path / "both.def")
    with open(definition_file, "w") as out:
        out.write(DEFINITION)
    outcomes, requests = {}, {}
    for side, path in (("ecflow_side.py", "python"), ("gopy_side.py", BUILT)):
        with RealServer(installation) as server:
            outcomes[side] = run(side, server, definition_file, os.path.abspath(path))
            requests[side] = logged(server)

    ours, raw = outcomes["ecflow_side.py"], outcomes["gopy_side.py"]
    script = steps(definition_file)
    assert len(ours) == len(raw) == len(script)
    refused = 0
    for step, one, other in zip(script, ours, raw):
        if "error" in one:
            # The same refusal, by the words of whoever refused.
            assert "error" in other and one["error"].strip() in other["error"], (step, one, other)
            refused += 1
        else:
            assert one == other, step
    assert 0 < refused < len(script) / 2
    assert requests["ecflow_side.py"] == requests["gopy_side.py"]
    assert len(requests["ecflow_side.py"]) > len(script) / 2
