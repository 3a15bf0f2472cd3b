"""What a client knows of its definition, call by call; printed, for test_sync.py.

python syncing.py PORT
"""

import sys

import ecflow

FIRST = "suite s\n family f\n task t\n  event e\n  meter m 0 100\n task u\n endfamily\nendsuite\nsuite r\n task x\nendsuite\n"


def main(port):
    c, other = ecflow.Client("localhost", port), ecflow.Client("localhost", port)

    def show(name, result=None):
        defs = c.get_defs()
        suites = None if defs is None else [suite.name() for suite in defs.suites]
        print(name, result, c.in_sync(), list(c.changed_node_paths), c.ch_handle(), suites)

    show("load", other.load(FIRST, True))
    show("full", c.sync_local())
    show("nothing new", c.sync_local())
    show("no news", c.news_local())
    other.alter("/s/f/t", "add", "variable", "A", "1")
    other.suspend("/s/f/u")
    show("news", c.news_local())
    show("changes", c.sync_local())
    show("whole", c.get_server_defs())
    show("other request", c.ping())
    other.begin_suite("s")
    show("begun", c.sync_local())
    show("clock", c.sync_local(True))
    c.ch_register(False, ["r"])
    show("registered")
    show("handle", c.sync_local())
    other.suspend("/s")
    show("not its suite", c.sync_local())
    other.suspend("/r")
    show("its suite", c.sync_local())
    c.ch_add(["s"])
    show("suite added", c.sync_local())
    show("dropped", c.ch_drop())
    show("reset", c.reset())
    c.set_auto_sync(True)
    show("automatic", c.is_auto_sync_enabled())
    c.suspend("/s/f")
    show("first")
    c.resume("/s/f")
    show("second")
    c.suites()
    show("reading")
    try:
        c.suspend("/nosuch")
    except RuntimeError:
        show("refused")
    c.order("/r", "top")
    show("ordered")
    c.force_state("/s/f/t", ecflow.State.complete)
    show("forced")
    c.ch_register(True, ["r"])
    show("registered")
    c.load("suite n\n task q\nendsuite\n")
    show("loaded")
    c.ch_drop()
    show("dropped")
    c.delete("/n", True)
    show("deleted")
    c.delete_all(True)
    show("all deleted")
    c.set_auto_sync(False)
    for name, call in (
        ("not in it", lambda: c.replace("/x", "suite s\nendsuite")),
        ("replaced", lambda: c.replace("/s", "suite s\nendsuite", True, False)),
        ("replaced by a tree", lambda: c.replace("/s", c.get_defs() or ecflow.Defs(), True, False)),
        ("no definition", lambda: c.load("suite s\n tusk t\nendsuite")),
        ("no file", lambda: c.load("/nosuch")),
        ("no reference", lambda: c.load("suite s\n task t\n  trigger x == complete\nendsuite")),
        ("a tree", lambda: c.load(ecflow.Defs())),
    ):
        try:
            print(name, call())
        except RuntimeError as e:
            print(name, [line for line in str(e).split("\n") if line][0])


main(sys.argv[1])
