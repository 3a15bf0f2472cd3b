"""Programs of ecflow.ecf. Each is run by itself and says on standard output what came of it.

``recorded.json.gz`` has what they said under the original 5.19.0 module with its own ecf.py; ``record.py`` makes it.
"""

import contextlib
import gzip
import io
import json
import os
import re
import sys

RECORDED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "recorded.json.gz")

SWITCHES = {
    "DEBUG": False, "LINKTASK": False, "SORT": True, "USE_EVENT": True, "USE_LATE": False, "USE_LIMIT": True,
    "USE_TIME": True, "USE_TRIGGER": True, "USE_VERIFY": True,
}  # fmt: skip


def kind(error):
    """Name of an exception's class that both modules have; here some are of two."""
    names = [cls.__name__ for cls in type(error).__mro__ if cls.__module__ == "builtins"]
    preferred = [name for name in ("IndexError", "TypeError") if name in names]
    return "DefError" if type(error).__name__ == "DefError" else (preferred or names)[0]


def run(program):
    """Standard output of a program, which begins as if the module had just been imported.

    An exception ends the program; its class is the last line. Notices for people and the version are left out.
    """
    import ecflow
    import ecflow.ecf as ecf

    for name, value in SWITCHES.items():
        setattr(ecf, name, value)
    ecf.DEFS = ecflow.Defs()
    ecf.CWN.cdp(False)
    names = {"ecf": ecf, "ecflow": ecflow, "raw": ecflow, "kind": kind}
    exec("from ecflow.ecf import *", names)
    out = io.StringIO()
    arguments, sys.argv = sys.argv, ["program"]
    try:
        with contextlib.redirect_stdout(out):
            exec(program, names)
    except Exception as error:
        out.write(f"!{kind(error)}")
    finally:
        sys.argv = arguments
        ecf.CWN.cdp(False)
    text = re.sub(r"^#\d+\.\d+\.\d+$", "#version", out.getvalue(), flags=re.M)
    return re.sub(r"^#(WAR|BDG|DBG|IGN|ERR|MSG)[^\n]*(\n|$)", "", text, flags=re.M)


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
