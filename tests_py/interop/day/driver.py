"""driver.py HOST PORT HOME CLIENT OUT: a day of operations, by the module that this Python imports.

It plays the operators: loads suites into the server, watches them with
sync_local(), moves the suites' clock on to the hours when something is to
happen, and interferes as people do: suspends, alters, forces, requeues, kills,
edits scripts, looks after zombies. What it sees at each point of rest goes into
OUT, as JSON. Nothing in it depends on how fast a server is.
"""

import json
import os
import re
import sys
import time

import ecflow
import suite

PATIENCE = 40  # seconds


class Day:
    def __init__(self, host, port, home, client):
        self.ci = ecflow.Client(host, port)
        self.home = home
        self.client = client
        self.notes = []

    # What is noted.

    def note(self, what, value):
        self.notes.append([what, value])

    def does(self, what, *arguments):
        """Calls a method of the client, and notes its result or its error."""
        label = "%s%s" % (what, json.dumps(arguments, default=lambda one: type(one).__name__))
        try:
            result = getattr(self.ci, what)(*arguments)
        except RuntimeError as error:
            self.note(label, "error: " + self.plain(str(error).strip().split("\n")[0]))
        else:
            self.note(label, self.plain(result))

    def plain(self, value):
        """A value as JSON, without the names of places."""
        if isinstance(value, str):
            return value.replace(self.home, "<home>").replace(self.client, "<client>")
        return value if value is None or isinstance(value, (int, float)) else type(value).__name__

    def look(self, what):
        """Notes how all nodes are."""
        self.ci.sync_local()
        defs = self.ci.get_defs()
        found = {}
        for one in defs.suites:
            found[one.get_abs_node_path()] = described(one)
            for node in one.get_all_nodes():
                found[node.get_abs_node_path()] = described(node)
        self.note("look: " + what, [str(defs.get_server_state()), found])

    # Waiting.

    def until(self, what, predicate):
        """Syncs until the definition is as it should be."""
        deadline = time.time() + PATIENCE
        while True:
            self.ci.sync_local()
            defs = self.ci.get_defs()
            if predicate(defs):
                return
            if time.time() > deadline:
                states = [
                    "%s %s" % (n.get_abs_node_path(), n.get_state())
                    for s in defs.suites
                    for n in s.get_all_nodes()
                ]
                sys.exit("waited in vain: %s\n%s" % (what, "\n".join(states)))
            time.sleep(0.05)

    def until_state(self, path, *states):
        def there(defs):
            node = defs.find_abs_node(path)
            return node is not None and str(node.get_state()) in states

        self.until("%s %s" % (path, "/".join(states)), there)

    def until_file(self, name):
        """Waits for what a command writes into a file."""
        name = os.path.join(self.home, name)
        deadline = time.time() + PATIENCE
        while not os.path.exists(name) or not os.path.getsize(name):
            if time.time() > deadline:
                sys.exit("waited in vain for " + name)
            time.sleep(0.05)
        time.sleep(0.5)

    def clock(self, hours, minutes, day=1):
        """Sets the clock of the operational suite a minute before a time. It goes on by a minute each second."""
        gain = (day - 1) * 86400 + hours * 3600 + minutes * 60 - 60
        self.does("alter", "/oper", "change", "clock_gain", str(gain))

    def hold(self, on):
        """Lets the models wait before they end, or go on."""
        name = os.path.join(self.home, "hold.model")
        if on:
            open(name, "w").close()
        elif os.path.exists(name):
            os.remove(name)

    # The day.

    def run(self):
        suite.write(self.home)
        self.morning()
        self.cycle_00()
        self.cycle_06()
        self.cycle_12()
        self.cycle_18()
        self.night()
        self.evening()

    def morning(self):
        self.note("version", self.ci.server_version() != "")
        self.does("ping")
        self.does("load", suite.oper(self.home, self.client))
        self.does("load", suite.oper(self.home, self.client))  # twice: refused
        self.does("load", suite.research(self.home, self.client))
        self.does("begin_suite", "oper")
        self.look("begun, halted")
        self.does("restart_server")
        self.clock(0, 5)
        self.look("running")
        self.does("suites")
        self.does("begin_suite", "research")
        self.until_state("/research/exp/prepare", "complete")
        self.look("an experiment waits")

    def cycle_00(self):
        self.clock(0, 30)
        self.until_state("/oper/main/00", "complete")
        self.until_state("/research/exp", "complete")
        self.look("00 is done")
        self.does("query", "label", "/oper/main/00/obs/fetch", "info")
        self.does("query", "meter", "/oper/main/00/fc/model", "step")
        self.does("query", "event", "/oper/main/00/obs/fetch", "arrived")
        self.does("query", "repeat", "/oper/main")
        self.does("query", "limit", "/oper", "hpc")
        self.does("get_file", "/oper/main/00/obs/fetch", "manual")

    def cycle_06(self):
        """Observations are rejected; the operator corrects that."""
        self.does("suspend", "/oper/main/06/fc")
        self.does("alter", "/oper/main/06", "add", "variable", "REJECT", "yes")
        self.does("alter", "/oper/main/06/an/fields", "add", "variable", "EXPVER", "0002")
        self.does("alter", "/oper/main/06/an/fields", "change", "label", "info", "by hand")
        self.clock(6, 30)
        self.until_state("/oper/main/06/obs/qc", "aborted")
        self.until_state("/oper/main/06/obs/fetch", "complete")
        self.look("06 is aborted")
        self.does("alter", "/oper/main/06", "change", "variable", "REJECT", "no")
        self.does("requeue", "/oper/main/06/obs/qc")
        self.until_state("/oper/main/06/an", "complete")
        self.look("06 waits for the operator")
        self.does("query", "dstate", "/oper/main/06/fc")
        self.does("resume", "/oper/main/06/fc")
        self.until_state("/oper/main/06", "complete")
        self.look("06 is done")
        self.does("alter", "/oper/main/06", "delete", "variable", "REJECT")

    def cycle_12(self):
        """A model hangs and is killed; its script is edited; zombies."""
        self.hold(True)
        self.clock(12, 0)  # the cron
        self.until("the cron has run", lambda defs: variable(defs, "/oper/housekeep", "CLEANED") == "1200")
        self.clock(12, 30)
        self.until_state("/oper/main/12/pp/maps", "complete")
        self.until("the last step", lambda defs: meter(defs, "/oper/main/12/fc/model", "step") == 240)
        self.until_state("/oper/main/12/fc/waves", "complete")
        self.until("the model is late", lambda defs: flagged(defs, "/oper/main/12/fc/model", "late"))
        self.look("12: the model hangs")
        self.does("status", "/oper/main/12/fc/model")
        self.until_file("oper/main/12/fc/model.job1.stat")
        self.does("kill", "/oper/main/12/fc/model")
        self.until_state("/oper/main/12/fc/model", "aborted")
        self.until_state("/oper/main/12/pp/disseminate", "complete")
        self.look("12: the model is killed")
        self.hold(False)
        self.does("edit_script_edit", "/oper/main/12/fc/model")
        self.does("run", "/oper/main/12/fc/model", False)
        self.until_state("/oper/main/12", "complete")
        self.look("12 is done")
        self.zombies()

    def zombies(self):
        """A job that is forced complete goes on speaking."""
        task = "/oper/main/12/fc/model"
        self.hold(True)
        self.does("run", task, True)
        self.until_state(task, "active")
        self.until("the last step", lambda defs: meter(defs, task, "step") == 240)
        self.does("force_state", task, ecflow.State.complete)
        self.hold(False)
        deadline = time.time() + PATIENCE
        while not len(self.ci.zombie_get(0)) and time.time() < deadline:
            time.sleep(0.05)
        self.note(
            "zombies", [[z.path_to_task(), str(z.type()), z.user_action_str()] for z in self.ci.zombie_get(0)]
        )
        self.look("a zombie")
        self.does("zombie_fob", task)
        deadline = time.time() + PATIENCE
        while len(self.ci.zombie_get(0)) and time.time() < deadline:
            time.sleep(0.1)
        self.note("zombies left", len(self.ci.zombie_get(0)))

    def cycle_18(self):
        """The machine is full, a trigger is freed, the server halted for a moment."""
        self.does("alter", "/oper", "change", "limit_max", "hpc", "0")
        self.clock(18, 30)
        self.until_state("/oper/main/18/obs", "complete")
        time.sleep(2)
        self.look("18: no room")
        self.does("halt_server")
        self.does("alter", "/oper", "change", "limit_max", "hpc", "2")
        self.does("alter", "/oper", "change", "limit_max", "nothing", "2")
        self.look("halted")
        self.does("checkpt")
        self.does("restart_server")
        self.does("free_trigger_dep", "/oper/main/18/pp")
        self.until(
            "the next day",
            lambda defs: str(defs.find_abs_node("/oper/main").get_repeat().value()) == str(suite.FIRST + 1),
        )
        self.until(
            "the day behind",
            lambda defs: str(defs.find_abs_node("/oper/lag").get_repeat().value()) == str(suite.FIRST + 1),
        )
        self.look("the next day")

    def night(self):
        self.clock(0, 5, day=2)
        self.until_state("/oper/housekeep/nightly", "complete")
        self.look("the nightly task has run")
        self.does("alter", "/oper/main", "change", "repeat", str(suite.LAST))
        self.does("force_event", "/oper/main/00/obs/fetch:arrived", "set")
        self.until_state("/oper/main/00/obs/qc", "complete")
        self.does("force_state_recursive", "/oper/main", ecflow.State.complete)
        self.until_state("/oper/lag", "complete")
        self.look("the last day is forced")
        self.does("order", "/oper/lag", "top")
        self.look("in another order")  # at once: 5.9.2 loses the flag of a node if more comes with its order
        self.does("sort_attributes", "/oper", "variable")
        self.look("sorted")

    def evening(self):
        self.does("load", suite.scratch(self.home, self.client))
        self.does("begin_suite", "scratch")
        self.until("scratch has removed itself", lambda defs: defs.find_suite("scratch") is None)
        self.does("delete", "/research")
        self.look("research is deleted")
        self.does("delete", "/nothing")
        self.does("suspend", "/nothing")
        self.does("check", "/oper")
        self.does("shutdown_server")
        self.look("shut down")
        self.does("delete_all", True)
        self.look("nothing is left")


def flagged(defs, path, name):
    flags = defs.find_abs_node(path).get_flag()
    return any(str(one) == name and flags.is_set(one) for one in flags.list())


def variable(defs, path, name):
    return defs.find_abs_node(path).find_variable(name).value()


def meter(defs, path, name):
    return next(m.value() for m in defs.find_abs_node(path).meters if m.name() == name)


def described(node):
    """What of a node does not depend on the moment."""
    found = {"state": str(node.get_state()), "dstate": str(node.get_dstate())}
    if node.is_suspended():
        found["suspended"] = True
    flags = node.get_flag()
    found["flags"] = sorted(str(f) for f in flags.list() if flags.is_set(f)) if flags else []
    found["variables"] = [v.name() + "=" + v.value() for v in node.variables if v.name() not in PLACES]
    found["events"] = ["%s %s" % (e.name_or_number(), e.value()) for e in node.events]
    found["meters"] = ["%s %d" % (m.name(), m.value()) for m in node.meters]
    found["labels"] = [[one.name(), one.value(), one.new_value()] for one in node.labels]
    found["limits"] = [
        "%s %d/%d %s" % (one.name(), one.value(), one.limit(), sorted(one.node_paths()))
        for one in node.limits
    ]
    repeat = node.get_repeat()
    if not repeat.empty():
        found["repeat"] = "%s %s" % (repeat.name(), repeat.value())
    if isinstance(node, ecflow.Task):
        found["try"] = node.get_try_no()
        found["abort"] = re.sub(r"\d+", "N", node.get_aborted_reason())
        found["queues"] = [one.name() + " " + str(one.index()) for one in node.queues]
    return {name: value for name, value in found.items() if value not in ([], "", 0)}


PLACES = ("ECF_HOME", "ECF_FILES", "ECF_INCLUDE", "ECFLOW_CLIENT")


def main():
    host, port, home, client, out = sys.argv[1:]
    day = Day(host, port, home, client)
    try:
        day.run()
    finally:
        with open(out, "w") as text:
            json.dump(day.notes, text, indent=1)


if __name__ == "__main__":
    main()
