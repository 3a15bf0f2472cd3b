"""What the original makes of the cases here: python3 expect.py OUT.jsonl FILE.cases ...

Run it with a Python that can import the original ecflow module. One line of JSON a case: file, name, text, and either
"error" (the message) or the printed forms "DEFS", "STATE", "MIGRATE"; "warning" is what went to standard error.
Compress the result: gzip -9n OUT.jsonl
"""

import json
import os
import subprocess
import sys
import tempfile

RUN = """
import json, socket, sys, ecflow
try:
    d = ecflow.Defs(sys.argv[1])
except Exception as e:
    print(json.dumps({"error": str(e), "type": type(e).__name__}))
else:
    r = {}
    for style in ("DEFS", "STATE", "MIGRATE"):
        ecflow.PrintStyle.set_style(getattr(ecflow.Style, style))
        try:
            r[style] = str(d).replace("'" + socket.gethostname() + ".", "'ecfhost.")
        except Exception as e:  # a suite without a calendar that claims to have begun
            r[style + " error"] = str(e)
    print(json.dumps(r))
"""


def cases(path):
    name, lines = None, []
    with open(path, newline="\n", encoding="utf-8", errors="surrogateescape") as f:
        for line in f:
            if line.startswith("==== "):
                if name is not None:
                    yield name, "".join(lines)
                name, lines = line[5:].rstrip("\n"), []
            else:
                lines.append(line)
    yield name, "".join(lines)


def main(out, *paths):
    with open(out, "w") as o, tempfile.TemporaryDirectory() as tmp:
        for path in paths:
            for name, text in cases(path):
                file = os.path.join(tmp, "x.def")
                with open(file, "w", newline="\n", encoding="utf-8", errors="surrogateescape") as f:
                    f.write(text)
                done = subprocess.run(
                    [sys.executable, "-c", RUN, file], capture_output=True, text=True, cwd=tmp
                )
                row = {"file": os.path.basename(path), "name": name, "text": text}
                if done.stdout:
                    row.update(json.loads(done.stdout))
                else:
                    row["crash"] = done.returncode
                if done.stderr:
                    row["warning"] = done.stderr
                o.write(json.dumps(row) + "\n")


main(*sys.argv[1:])
