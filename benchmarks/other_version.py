"""The definition tree against another version of the original, in one of the Debian roots (scripts/roots.sh).

    other_version.py --wheel dist/ecflow_go-....whl --version 5.19.0 [--rounds 3]

Both modules run under the root's own Python, one after the other, against the root's own server. Prints a table.
"""

import argparse
import json
import os
import subprocess
import tempfile
import zipfile

import run
from run import TREE_ROWS, realserver, table, tree_workload


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--wheel", required=True)
    options.add_argument("--version", default="5.19.0")
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()

    installation = realserver.find(asked.version)
    command, variables = installation.python()
    with tempfile.TemporaryDirectory(prefix="ecflow-bench-") as folder, realserver.RealServer(
        installation
    ) as server:
        zipfile.ZipFile(asked.wheel).extractall(folder)
        definition = os.path.join(folder, "tree.def")
        with open(definition, "w") as out:
            out.write(tree_workload.definition())
        sides = [("theirs", variables), ("ours", dict(variables, PYTHONPATH=folder))]
        for number in range(asked.rounds):
            for side, more in sides if number % 2 == 0 else sides[::-1]:
                done = subprocess.run(
                    [*command, run.TREE_WORKLOAD, definition],
                    env=server.environment(**more),
                    cwd="/",
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    check=True,
                )
                for row in TREE_ROWS:
                    getattr(row, side).append(json.loads(done.stdout)[row.step])
    lines = [row.line() for row in TREE_ROWS]
    print("The tree against the module of %s, medians of %d rounds\n" % (installation.version, asked.rounds))
    print(table(lines))


if __name__ == "__main__":
    main()
