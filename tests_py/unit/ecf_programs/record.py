"""Record what the programs say under the original module: python tests_py/unit/ecf_programs/record.py [5.19.0]."""

import gzip
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
CHANCES = 60


def main(version):
    """Run this file by the Python of an installation."""
    sys.path.insert(0, os.path.dirname(os.path.dirname(HERE)))
    import realserver

    command, variables = realserver.find(version).python()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ECF_", "NO_ECF", "PYTHON"))}
    environment.update(variables, PYTHONDONTWRITEBYTECODE="1")
    with tempfile.TemporaryDirectory() as directory:  # simulate() writes a log
        command += [os.path.abspath(__file__), "--here"]
        subprocess.run(command, env=environment, cwd=directory, check=True)


def here():
    """Run the programs, write the file."""
    sys.path.insert(0, os.path.dirname(HERE))
    import ecf_programs
    from ecf_programs import chance

    said = {
        program: ecf_programs.run(program) for program in [*ecf_programs.written(), *chance.programs(CHANCES)]
    }
    with open(ecf_programs.RECORDED, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(json.dumps(said, sort_keys=True, indent=0).encode())


if __name__ == "__main__":
    if "--here" in sys.argv:
        here()
    else:
        main(*(sys.argv[1:] or ["5.19.0"]))
