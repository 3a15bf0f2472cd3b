"""Files beside a definition: scripts, and what they include."""

from __future__ import annotations

import os
from typing import Any, List

#: Files that deploy() has written.
deployed: List[str] = []

head_h = """#!%SHELL:/bin/bash%
# Tells ecFlow that the job runs; from here on any failure ends it as aborted.

export ECF_HOST=%ECF_HOST%
export ECF_PORT=%ECF_PORT%
export ECF_NAME=%ECF_NAME%
export ECF_PASS=%ECF_PASS%
export ECF_TRYNO=%ECF_TRYNO%
export ECF_RID=$$
if [[ -n "%ECF_SSL:%" ]]; then
  export ECF_SSL=%ECF_SSL:%
fi

ERROR() {
  set +e
  wait
  ecflow_client --abort=trap
  trap 0
  exit 0
}
trap ERROR 0
trap '{ echo "killed by a signal"; ERROR; }' 1 2 3 4 5 6 7 8 10 12 13 15

ecflow_client --init=$$
set -eux
"""

tail_h = """
# Tells ecFlow that the job has ended well.
set +x
wait
ecflow_client --complete
trap 0
exit 0
"""


def deploy(script: str, pathname: str, extn: str = ".ecf") -> None:
    """Write a script, once. One whose name has the extension gets the lines that include head.h and tail.h.

    The message on standard output names the file.
    """
    if pathname in deployed:
        return
    deployed.append(pathname)
    if extn in pathname:
        script = f"%include <head.h>\n{script}\n%include <tail.h>"
    with open(pathname, "w") as file:
        print(script, file=file)
    print("#MSG: created", pathname)


def create_head_and_tail(ecf_home: Any = None, head: str = "head.h", tail: str = "tail.h") -> None:
    """Write the files that scripts include, ``head_h`` and ``tail_h``, where they do not exist.

    ``ecf_home`` is their directory, ``$HOME/ecflow_server/include`` unless given; it is made if need be.
    """
    if ecf_home is None:
        ecf_home = os.path.join(os.path.expanduser("~"), "ecflow_server", "include")
    os.makedirs(ecf_home, exist_ok=True)
    for name, text in ((head, head_h), (tail, tail_h)):
        path = os.path.join(ecf_home, name)
        if not os.path.exists(path):
            with open(path, "w") as file:
                file.write(text)


def display(defs: Any, fname: Any = None) -> None:
    """Write a definition to a file. Without one nothing happens."""
    if fname is not None:
        with open(fname, "w") as file:
            file.write(str(defs))


__all__ = ["create_head_and_tail", "deploy", "deployed", "display", "head_h", "tail_h"]
