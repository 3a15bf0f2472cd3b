"""Record what the original module's generate_scripts() prints, raises and writes.

python3 generate.py generate.5.19.0.json
"""

import json
import os
import shutil
import sys

import ecflow
from record import ROOT, anywhere, captured, here

HOME, INC, FILES = "@ROOT@/h", "@ROOT@/i", "@ROOT@/f"
CASES = {
    "no include": ({"ECF_HOME": HOME}, []),
    "all": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC}, []),
    "files": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC, "ECF_FILES": FILES}, []),
    "deep": ({"ECF_HOME": HOME + "/a/b", "ECF_INCLUDE": INC + "/c/d"}, []),
    "empty home": ({"ECF_HOME": "", "ECF_INCLUDE": INC}, []),
    "empty files": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC, "ECF_FILES": ""}, []),
    "empty include": ({"ECF_HOME": HOME, "ECF_INCLUDE": ""}, []),
    "home is a file": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC}, ["h"]),
    "home in a file": ({"ECF_HOME": HOME + "/x/y", "ECF_INCLUDE": INC}, ["h"]),
    "include is a file": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC}, ["i"]),
    "files is a file": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC, "ECF_FILES": FILES}, ["f"]),
    "script exists": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC}, ["h/s/f/t.ecf"]),
    "head exists": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC}, ["i/head.h"]),
    "head is a directory": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC}, ["i/head.h/x"]),
    "file in the way of the family": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC}, ["h/s/f"]),
    "file in the way of the suite": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC}, ["h/s"]),
    "dummy": ({"ECF_DUMMY_TASK": ""}, []),
    "relative": ({"ECF_HOME": "h", "ECF_INCLUDE": "i"}, []),
    "extension": ({"ECF_HOME": HOME, "ECF_INCLUDE": INC, "ECF_EXTN": ".sms"}, []),
    "no home": ({"ECF_INCLUDE": INC}, []),
}

DEFS = """suite s
%s
 family f
  task t
   event e
   event 3 n
   event g set
   meter m 2 4 4
   label l "it's 50%% of it"
   label o ""
   queue q a b
  task u
 endfamily
 queue p x y
endsuite
"""


def record(name):
    variables, files = CASES[name]
    shutil.rmtree(ROOT, ignore_errors=True)
    os.makedirs(ROOT)
    os.chdir(ROOT)
    for path in files:
        os.makedirs(os.path.dirname(ROOT + "/" + path), exist_ok=True)
        open(path, "w").close()
    text = DEFS % "\n".join(" edit %s '%s'" % item for item in variables.items())
    with open("/tmp/jobcheck.def", "w") as file:
        file.write(here(text))
    d = ecflow.Defs("/tmp/jobcheck.def")
    out, raised = captured(d.generate_scripts)
    found = sorted(anywhere(os.path.join(at, name)) for at, _, names in os.walk(ROOT) for name in names)
    return {
        "name": name,
        "defs": text,
        "before": files,
        "out": anywhere(out),
        "error": anywhere(raised or ""),
        "files": found,
    }


with open(sys.argv[1], "w") as output:
    json.dump([record(name) for name in CASES], output, indent=1)
    output.write("\n")
