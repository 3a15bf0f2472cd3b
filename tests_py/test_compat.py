"""docs/compat.md names every method, and tests that exist."""

import re
from pathlib import Path

import ecflow

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "compat.md").read_text()
ROWS = dict(re.findall(r"^\| `(\w+)` \| ([^|]*?) \|", TEXT, re.M))


def test_methods_and_their_state():
    ours = {name for name in dir(ecflow.Client) if not name.startswith("_")}
    done = {name for name, state in ROWS.items() if state.startswith("done") and not name.startswith("_")}
    alone = set(re.findall(r"`(\w+)", re.search(r"Ours alone: (`close.*)", TEXT).group(1)))
    assert done | alone == ours
    assert not {name for name in ROWS if name not in done and not name.startswith("_")} & ours


def test_named_tests_exist():
    sources = "".join(
        path.read_text()
        for folder in ("tests_go", "internal", "client")
        for path in (ROOT / folder).rglob("*_test.go")
    )
    named = set(re.findall(r"`(Test\w+)", TEXT))
    assert len(named) > 10
    assert not {name for name in named if "func %s(" % name not in sources}
