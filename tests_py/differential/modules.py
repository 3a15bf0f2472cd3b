"""Runs programs in a module of one's choice, each module in processes of its own; survives their crashes."""

import json
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.dirname(HERE)]

import realserver  # noqa: E402  (the path above)

HANG_SECONDS = 60


class Module:
    """A Python that imports some `ecflow`: "ours", a version ("5.19.0"), or a Python (and its module's directory)."""

    def __init__(self, wanted):
        self.name = wanted
        self.variables = {}
        if wanted == "ours":
            self.command = [sys.executable]
            self.variables["PYTHONPATH"] = os.environ.get("PYTHONPATH") or os.path.join(ROOT, "python")
        elif os.sep in wanted:
            python, _, folder = wanted.partition(" ")
            self.command = [python]
            if folder:
                self.variables["PYTHONPATH"] = folder
        else:
            self.command, self.variables = realserver.find(wanted).python()

    def run(self, programs, zone="UTC"):
        """What each program showed, {"crash": signal} if it ended the process; and the members that were used."""
        results, coverage = [], {}
        with tempfile.TemporaryDirectory(prefix="ecflow-diff-") as folder:
            # The same directory for every module: the length of its name may show.
            source, out = os.path.join(folder, "programs"), os.path.join(folder, "out")
            with open(source, "w") as target:
                target.writelines(json.dumps(program) + "\n" for program in programs)
            while len(results) < len(programs):
                code = self._once(source, out, len(results), zone)
                with open(out) as shown:
                    results += [json.loads(line) for line in shown if line.endswith("\n")]
                os.remove(out)
                if code == 0 and len(results) == len(programs):
                    with open(out + ".coverage") as report:
                        for name, count in json.load(report).items():
                            coverage[name] = coverage.get(name, 0) + count
                elif code == 0 or len(results) == len(programs):
                    raise RuntimeError("%s ended with %d, having run everything" % (self.name, code))
                else:
                    if code > 0:
                        raise RuntimeError(
                            "%s: the interpreter failed on\n%s\n%s"
                            % (self.name, json.dumps(programs[len(results)]), self.words)
                        )
                    results.append({"crash": -code})
        return results, coverage

    def _once(self, source, out, first, zone):
        environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("ECF_", "NO_ECF", "PYTHON", "LD_"))
        }
        environment.update(self.variables, LC_ALL="C.UTF-8", TZ=zone)
        open(out, "w").close()
        with open(out + ".errors", "w") as errors:
            process = subprocess.Popen(
                self.command + [os.path.join(HERE, "interpreter.py"), source, out, str(first)],
                env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
            )  # fmt: skip
            size, since = 0, time.monotonic()
            while True:
                try:
                    code = process.wait(1)
                    break
                except subprocess.TimeoutExpired:
                    now = os.path.getsize(out)
                    if now != size:
                        size, since = now, time.monotonic()
                    elif time.monotonic() - since > HANG_SECONDS:
                        process.kill()
                        code = process.wait()
                        break
        with open(out + ".errors") as errors:
            self.words = errors.read()[-3000:]
        return code
