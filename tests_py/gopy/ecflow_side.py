"""Runs the steps through the package ecflow: host, port, definition file as arguments, JSON lines out."""

import json
import sys

import ecflow
from steps import steps


def main(host, port, definition_file):
    client = ecflow.Client(host, port)
    for step in steps(definition_file):
        try:
            result = getattr(client, step.python)(*step.arguments)
            # Success is 0 here and no error in Go.
            outcome = {"result": None if result == 0 and result is not False else plain(result)}
        except ecflow.Error as error:
            outcome = {"error": error.server or str(error)}
        print(json.dumps(outcome), flush=True)


def plain(value):
    if value is None or isinstance(value, (str, int, bool)):
        return value
    return [plain(one) for one in value]


main(*sys.argv[1:])
