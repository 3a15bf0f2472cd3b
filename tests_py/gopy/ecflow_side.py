"""Runs the steps through the package ecflow: host, port, definition file as arguments, JSON lines out."""

import json
import sys

import ecflow
from steps import State, steps


def main(host, port, definition_file):
    client = ecflow.Client(host, port)
    for step in steps(definition_file):
        try:
            given = [getattr(ecflow.State, a.name) if isinstance(a, State) else a for a in step.arguments]
            result = getattr(client, step.python)(*given)
            # Success is 0 here and no error in Go, and gopy makes "" of both that and an empty text.
            nothing = result == "" or (result == 0 and result is not False)
            outcome = {"result": None if nothing else plain(result)}
        except ecflow.Error as error:
            outcome = {"error": error.server or str(error)}
        print(json.dumps(outcome), flush=True)


def plain(value):
    if value is None or isinstance(value, (str, int, bool)):
        return value
    return [plain(one) for one in value]


main(*sys.argv[1:])
