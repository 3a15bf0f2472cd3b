"""Runs the steps through the module that gopy built: same arguments and output as ecflow_side.py.

It is the Go package as gopy renders it: errors are RuntimeError, no error is "",
lists are Go slices by handle, variadic parameters are *args.
"""

import inspect
import json
import sys

from ecflow_go import go, goface
from steps import steps


def main(host, port, definition_file):
    client = goface.Connect(host, port)
    context = goface.Background()
    for step in steps(definition_file):
        method = getattr(client, step.go)
        try:
            outcome = {"result": plain(method(context, *arguments(method, step.arguments)))}
        except RuntimeError as error:
            outcome = {"error": str(error)}
        print(json.dumps(outcome), flush=True)


def arguments(method, given):
    """Lists become Go slices, or are spread out where the Go method is variadic."""
    parameters = list(inspect.signature(method).parameters.values())[1:]
    for index, value in enumerate(given):
        kind = parameters[min(index, len(parameters) - 1)]
        if kind.kind is inspect.Parameter.VAR_POSITIONAL:
            yield from [value] if isinstance(value, str) else value
        elif isinstance(value, list) or kind.name == "paths":
            yield go.Slice_string([value] if isinstance(value, str) else value)
        else:
            yield value


def plain(value):
    if value == "":
        return None
    return value if isinstance(value, (str, int, bool)) else [plain(one) for one in value]


main(*sys.argv[1:])
