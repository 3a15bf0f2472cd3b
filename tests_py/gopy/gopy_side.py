"""Runs the steps through the module that gopy built: same arguments and output as ecflow_side.py.

It is Go as gopy renders it: errors are RuntimeError, no error is "", lists are
Go slices by handle, variadic parameters are *args.
"""

import json
import sys

from ecflow_go import goface
from steps import State, steps


def main(host, port, definition_file):
    client = goface.Connect(host, port)
    for step in steps(definition_file):
        try:
            outcome = {"result": plain(getattr(client, step.go)(*arguments(step)))}
        except RuntimeError as error:
            outcome = {"error": str(error)}
        print(json.dumps(outcome), flush=True)


def arguments(step):
    """The list comes last, spread out; an enumeration is its number."""
    single = [a.number if isinstance(a, State) else a for a in step.arguments if not isinstance(a, list)]
    return single + [one for a in step.arguments if isinstance(a, list) for one in a]


def plain(value):
    if value == "":
        return None
    return value if isinstance(value, (str, int, bool)) else list(value)


main(*sys.argv[1:])
