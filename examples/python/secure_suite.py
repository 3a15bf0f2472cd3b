"""Run a suite on a server that wants TLS and passwords, and watch it.

`make demo` prepares a server, certificates and password files and starts this.
What it needs is what any ecFlow user has:

    ECF_HOST, ECF_PORT               the server
    $HOME/.ecflowrc/ssl/server.crt   its certificate
    ECF_PASSWD, ECF_CUSTOM_PASSWD    your password files

and, because it plays administrator for a moment, the server's own two password
files, and somebody else's certificate:

    secure_suite.py --server-passwords DIR --other-certificates DIR
"""

import argparse
import os
import sys
import time

import ecflow

HERE = os.path.dirname(os.path.abspath(__file__))
DEFINITION = os.path.join(HERE, "secure_suite", "forecast.def")
SUITE = "forecast"
TASKS = [
    "fetch/observations",
    "fetch/boundaries",
    "model/analysis",
    "model/run",
    "products/maps",
    "products/archive",
]
PATIENCE = 120  # seconds


def say(text):
    print(text, flush=True)


def connect(host, port):
    """Where the server is, and that it is to be spoken to over TLS: no more is needed."""
    ci = ecflow.Client(host, port)
    ci.enable_ssl()
    started = time.perf_counter()
    ci.ping()
    say("  ping answered in %.0f ms, over TLS" % (1000 * (time.perf_counter() - started)))
    return ci


def watch(ci):
    """Shows the states of the tasks until the suite is complete; says whether it got there."""
    screen = Screen()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        whole = ci.query("state", "/" + SUITE)
        states = {task: ci.query("state", "/%s/%s" % (SUITE, task)) for task in TASKS}
        if states["model/run"] == "active":
            states["model/run"] += ", step %s of 24" % ci.query("meter", "/%s/model/run" % SUITE, "step")
        screen.show(states)
        if whole in ("complete", "aborted"):
            return whole == "complete"
        time.sleep(0.2)
    return False


class Screen:
    """The states as a table that is drawn over itself; in a pipe, a line for each change."""

    def __init__(self):
        self.started = time.monotonic()
        self.shown = {}
        self.moves_cursor = sys.stdout.isatty()

    def show(self, states):
        if self.moves_cursor:
            back = "\033[%dA" % len(states) if self.shown else ""
            say(back + "\n".join("\033[2K  %-20s %s" % item for item in states.items()))
        else:
            for task, state in states.items():
                if state != self.shown.get(task):
                    say("  %5.1f s  %-20s %s" % (time.monotonic() - self.started, task, state))
        self.shown = states


def add_user(ci, folder, name, password):
    """What an administrator does: a line for the new user, and the server is told to read again."""
    for file in ("passwd", "custom_passwd"):
        with open(os.path.join(folder, file), "a") as passwords:
            passwords.write("%s %s %s %s\n" % (name, ci.get_host(), ci.get_port(), password))
    ci.reload_passwd_file()
    ci.reload_custom_passwd_file()


def refusal(action):
    """The error an action must end in."""
    try:
        action()
    except ecflow.Error as error:
        return error
    sys.exit("that should have been refused")


def show(error):
    """An error as a user sees it."""
    say("  %s, kind %r:" % (type(error).__name__, error.kind))
    for line in str(error).strip().splitlines():
        say("    | " + line)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--server-passwords", required=True, metavar="DIR")
    options.add_argument("--other-certificates", required=True, metavar="DIR")
    asked = options.parse_args()
    host, port = os.environ["ECF_HOST"], os.environ["ECF_PORT"]

    say("Client(%r, %r); enable_ssl(); ping()" % (host, port))
    ci = connect(host, port)

    say("load(%r); begin_suite(%r)" % (os.path.basename(DEFINITION), SUITE))
    ci.load(DEFINITION)
    ci.restart_server()  # a new server is halted: it schedules nothing until told so
    ci.begin_suite(SUITE)
    if not watch(ci):
        sys.exit("the suite did not complete")

    say("a colleague, whom the server does not know")
    colleague = ecflow.Client(host, port)
    colleague.enable_ssl()
    colleague.set_user_name("carol")
    show(refusal(lambda: colleague.query("state", "/" + SUITE)))

    say("the same colleague, after a line in the password files and reload_passwd_file()")
    add_user(ci, asked.server_passwords, "carol", "tulips")
    say("  query('state', '/%s') as carol: %s" % (SUITE, colleague.query("state", "/" + SUITE)))

    say("the server, seen by somebody who trusts another certificate")
    os.environ["ECF_SSL_DIR"] = asked.other_certificates
    stranger = ecflow.Client(host, port)
    stranger.enable_ssl()
    show(refusal(stranger.ping))


if __name__ == "__main__":
    main()
