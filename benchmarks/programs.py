"""The programs: our ecflow_client against the original's, whole processes.

Each value is one process, started and waited for by benchmarks/onerun, so that nothing of Python is
in it: from the call to the end, and the peak of the resident set. Output goes to /dev/null. The two
sides take turns, and their order changes from round to round.
"""

import contextlib
import json
import os
import subprocess
import tempfile

import realserver
import tree_workload
from rows import Row, table

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MOST_BYTES = 12 * 2**20  # of the program


class Program(Row):
    """A command line of ecflow_client, against one of the servers; `key` is what is kept of a run."""

    def __init__(self, title, *arguments, server="plain", key="seconds", ours="ecflow_client", at_most=None):
        super().__init__(title, None, unit="MB" if key == "peak" else "ms", at_most=at_most)
        self.arguments, self.server, self.key, self.program = arguments, server, key, ours


ROWS = [
    Program("`--version`", "--version", at_most=0.5),
    Program("`--ping`, plain", "--ping", at_most=0.5),
    Program("`--ping`, plain, peak memory", "--ping", key="peak", at_most=1.0),
    Program("`--ping`, TLS, certificate P-256", "--ping", server="P-256", at_most=0.8),
    Program("`--ping`, TLS, certificate RSA 2048", "--ping", server="RSA-2048", at_most=0.8),
    Program("`--ping`, plain, by the program of the wheel", "--ping", ours="wheel/ecflow_client"),
]

TREE_ROWS = [
    Program("`--load` of the tree", "--load=%s", "force", at_most=0.5),
    Program("`--get_state` of the tree", "--get_state", at_most=0.5),
    Program("`--get_state` of the tree, peak memory", "--get_state", key="peak"),
]

SECTION = """
## The programs

`ecflow_client` as a whole process, from its start to its end, against the original's of the same machine: a static file of
%.1f MB (%s). The tree is the one above, the output goes to /dev/null. Medians of %d rounds, of the tree %d, with the
quartiles in brackets. `make bench` runs it, in `benchmarks/programs.py`.

%s

Of `--load` and `--get_state` a good part is the server's work, the same for both: about half of the original's `--load`. A Go program
that does nothing takes a third of the original's `--version` already ([decision 0010](decisions/0010-start-up.md)).
"""


class Bench:
    """The programs of both sides and the means to run them once."""

    def __init__(self, theirs, folder, scratch):
        self.theirs = theirs
        self.folder = folder
        self.wheel = os.path.join(scratch, "wheel")
        self.onerun = os.path.join(scratch, "onerun")
        os.mkdir(self.wheel)
        # As in the wheel: one program, by the name of the other.
        os.symlink(os.path.join(folder, "ecflow"), os.path.join(self.wheel, "ecflow_client"))
        subprocess.run(["go", "build", "-o", self.onerun, "./benchmarks/onerun"], cwd=ROOT, check=True)

    def command(self, row, side):
        if side == "theirs":
            return self.theirs
        if row.program.startswith("wheel/"):
            return [os.path.join(self.wheel, "ecflow_client")]
        return [os.path.join(self.folder, row.program)]

    def once(self, command, server):
        done = subprocess.run(
            [self.onerun, *command], env=server.environment(), cwd="/", stdout=subprocess.PIPE, check=True
        )
        return json.loads(done.stdout)

    def rounds(self, rows, servers, number, definition=""):
        for turn in range(number + 1):
            for row in rows:
                server = servers[row.server]
                arguments = [word % definition if "%s" in word else word for word in row.arguments]
                for side in ("theirs", "ours") if turn % 2 else ("ours", "theirs"):
                    value = self.once(self.command(row, side) + arguments, server)[row.key]
                    if turn:  # the first round warms up
                        getattr(row, side).append(value)
            print("programs, round %d of %d" % (turn, number), flush=True)


def measure(installation, folder, rounds, tree_rounds):
    """The section of the report."""
    folder = os.path.abspath(folder)
    size = os.path.getsize(os.path.join(folder, "ecflow_client"))
    with contextlib.ExitStack() as stack:
        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="ecflow-bench-"))
        servers = {"plain": stack.enter_context(realserver.RealServer(installation))}
        for key in ("P-256", "RSA-2048"):
            server = realserver.RealServer(installation, tls="server", certificate={"key": key})
            servers[key] = stack.enter_context(server)
        bench = Bench(installation.client, folder, scratch)
        bench.rounds(ROWS, servers, rounds)
        definition = os.path.join(scratch, "tree.def")
        with open(definition, "w") as out:
            out.write(tree_workload.definition())
        bench.rounds(TREE_ROWS, servers, tree_rounds, definition)
    verdict = "promised: at most %d MB, %s" % (
        MOST_BYTES / 2**20,
        "met" if size <= MOST_BYTES else "**missed**",
    )
    lines = [row.line() for row in ROWS + TREE_ROWS]
    return SECTION % (size / 2**20, verdict, rounds, tree_rounds, table(lines, "original"))
