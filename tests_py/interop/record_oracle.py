"""Records the original module's doings: record_oracle.py VERSION, see test_oracle.py.

Runs oracle.py under the Python that belongs to the version, with its module,
against its server, and writes oracle-<version>.json.gz beside this file.
"""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

import realserver  # noqa: E402  (the path above)


def main(version):
    installation = realserver.find(version)
    command, variables = installation.python()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ECF_", "NO_ECF", "PYTHON"))}
    environment.update(variables)
    out = os.path.join(HERE, "oracle-%s.json.gz" % installation.version)
    subprocess.run(
        command + [os.path.join(HERE, "oracle.py"), "--server", version, "--out", out],
        env=environment, check=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    print("wrote", os.path.relpath(out))


if __name__ == "__main__":
    main(sys.argv[1])
