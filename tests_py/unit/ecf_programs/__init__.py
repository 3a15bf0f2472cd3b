"""Programs of ecflow.ecf. Each is run by itself and says on standard output what came of it.

``recorded.json.gz`` has what they said under the original 5.19.0 module with its own ecf.py; ``record.py`` makes it.
"""

import contextlib
import gzip
import io
import json
import os
import sys

RECORDED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded.json.gz")

SWITCHES = {
    "DEBUG": False, "LINKTASK": False, "SORT": True, "USE_EVENT": True, "USE_LATE": False, "USE_LIMIT": True,
    "USE_TIME": True, "USE_TRIGGER": True, "USE_VERIFY": True,
}  # fmt: skip


def run(program):
    """Standard output of a program, which begins as if the module had just been imported.

    An exception ends the program; its class is the last line.
    """
    import ecflow
    import ecflow.ecf as ecf

    for name, value in SWITCHES.items():
        setattr(ecf, name, value)
    ecf.DEFS = ecflow.Defs()
    ecf.CWN.cdp(False)
    names = {"ecf": ecf, "ecflow": ecflow, "raw": ecflow}
    exec("from ecflow.ecf import *", names)
    out = io.StringIO()
    arguments, sys.argv = sys.argv, ["program"]
    try:
        with contextlib.redirect_stdout(out):
            exec(program, names)
    except Exception as error:
        out.write(f"!{type(error).__name__}")
    finally:
        sys.argv = arguments
        ecf.CWN.cdp(False)
    return out.getvalue()


def written():
    """All programs written by hand."""
    from . import single, trees

    return [
        program
        for module in (single, trees)
        for name, programs in sorted(vars(module).items())
        if name.isupper() and isinstance(programs, list)
        for program in programs
    ]


def recorded():
    """What each program said, those by chance among them."""
    with gzip.open(RECORDED, "rt") as text:
        return json.load(text)
