"""wheel_smoke.py HOST PORT [FOLDER]: the least that an installed wheel must do. Any Python from 3.8 on.

FOLDER is where ecflow must come from, so that nothing else is tested by mistake; its programs are in FOLDER/bin.
"""

import os
import subprocess
import sys

import ecflow
import ecflow.testing


def programs(folder, host, port):
    """The installed programs, called by their paths; those of clients reach the server."""
    for command in (
        ["ecflow_client", "--ping", "--host", host, "--port", port],
        ["ecflow", "ping", "-s", host + ":" + port],
        ["ecflow_server", "--version"],
    ):
        command[0] = os.path.join(folder, "bin", command[0])
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            sys.exit("%s: %s" % (" ".join(command), done.stdout.decode()))


def main(host, port, folder=None):
    place = os.path.realpath(ecflow.__file__)
    if folder and not place.startswith(os.path.realpath(folder) + os.sep):
        sys.exit("ecflow came from %s" % place)
    ci = ecflow.Client(host, port)
    ci.ping()
    version, server = ci.version(), ci.server_version()
    nobody = ecflow.Client(host, 1)
    nobody.set_connection_attempts(1)
    try:
        nobody.ping()
    except RuntimeError:
        pass
    else:
        sys.exit("a ping to nobody was answered")
    if folder:
        programs(folder, host, port)
        with ecflow.testing.Server() as own:
            own.client().ping()
    print("python %d.%d.%d: client %s, server %s" % (sys.version_info[:3] + (version, server)))


if __name__ == "__main__":
    main(*sys.argv[1:])
