"""tree_workload.py FILE: the definition tree, with whatever `ecflow` the interpreter finds.

FILE is a definition (see definition() below); ECF_HOST and ECF_PORT name a server that has nothing better to do.
Prints a JSON object: seconds for each step, bytes for the peak. Both modules run this very file, one after the other
against the same server; it uses nothing that only one of them has.
"""

import json
import os
import sys
import time

SUITES, FAMILIES, TASKS = 100, 10, 100


def high_water():
    """Peak resident bytes of this program; ru_maxrss would begin with those of whoever started it."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def definition(suites=SUITES):
    """100 suites x 10 families x 100 tasks, a variable, trigger, meter, event, label and inlimit in each task."""
    lines = []
    for s in range(suites):
        lines += [f"suite s{s}", "  edit SUITE_VAR '/path/of/some/length/that/users/have'", "  limit lim 10"]
        for f in range(FAMILIES):
            lines += [f"  family f{f}", "    edit FAMILY_VAR '/path/of/some/length/that/users/have'"]
            for t in range(TASKS):
                lines += [
                    f"    task t{t}",
                    f"      trigger t{max(t - 1, 0)} == complete",
                    "      edit VAR 'value of a variable'",
                    f"      inlimit /s{s}:lim",
                    '      label info "some text"',
                    "      meter step 0 100 100",
                    "      event done",
                ]
            lines.append("  endfamily")
        lines.append("endsuite")
    return "\n".join(lines) + "\n"


def best(action, times=3):
    """The shortest of some runs, in seconds, and what the last one gave."""
    seconds, result = [], None
    for _ in range(times):
        result = None  # what the run before made goes first
        started = time.perf_counter()
        result = action()
        seconds.append(time.perf_counter() - started)
    return min(seconds), result


def walk(defs):
    total = 0
    for node in defs.get_all_nodes():
        total += len(node.name()) + len(node.get_abs_node_path())
        node.get_state()
    return total


def walk_down(defs):
    def below(node):
        node.name(), node.get_state(), node.get_abs_node_path()
        for child in node.nodes:
            below(child)

    for suite in defs.suites:
        below(suite)


def walk_variables(defs):
    total = 0
    for node in defs.get_all_nodes():
        for variable in node.variables:
            total += len(variable.name()) + len(variable.value())
    return total


def build(ecflow):
    defs = ecflow.Defs()
    for s in range(SUITES):
        suite = defs.add_suite(f"s{s}")
        suite.add_variable("SUITE_VAR", "/path/of/some/length/that/users/have")
        suite.add_limit("lim", 10)
        for f in range(FAMILIES):
            family = suite.add_family(f"f{f}")
            family.add_variable("FAMILY_VAR", "/path/of/some/length/that/users/have")
            for t in range(TASKS):
                task = family.add_task(f"t{t}")
                task.add_trigger(f"t{max(t - 1, 0)} == complete")
                task.add_variable("VAR", "value of a variable")
                task.add_inlimit("lim", f"/s{s}")
                task.add_label("info", "some text")
                task.add_meter("step", 0, 100, 100)
                task.add_event("done")
    return defs


def evaluate(defs):
    return sum(1 for task in defs.get_all_tasks() if task.evaluate_trigger())


def main(path):
    import ecflow

    seconds = {}
    seconds["parse"], defs = best(lambda: ecflow.Defs(path))
    seconds["str"], text = best(lambda: str(defs))
    seconds["check"], said = best(defs.check)
    assert not said, said
    seconds["walk"], _ = best(lambda: walk(defs))
    seconds["walk_down"], _ = best(lambda: walk_down(defs))
    seconds["walk_variables"], _ = best(lambda: walk_variables(defs))
    seconds["evaluate"], _ = best(lambda: evaluate(defs))
    seconds["build"], built = best(lambda: build(ecflow), 2)
    assert built == defs
    del built, text
    seconds["peak_local"] = high_water()

    here, other = (ecflow.Client(os.environ["ECF_HOST"], int(os.environ["ECF_PORT"])) for _ in range(2))
    here.delete_all(True)
    started = time.perf_counter()
    here.load(defs)
    seconds["load"] = time.perf_counter() - started

    def full():
        ci = ecflow.Client(os.environ["ECF_HOST"], int(os.environ["ECF_PORT"]))
        started = time.perf_counter()
        ci.sync_local()
        return time.perf_counter() - started

    seconds["sync_full"] = min(full() for _ in range(2))
    here.sync_local()
    paths = [f"/s{s}/f{f}/t{t}" for s in range(SUITES // 10) for f in range(FAMILIES) for t in range(TASKS)]
    for name, some in (("sync_1", paths[:1]), ("sync_10000", paths)):
        times = []
        for number in range(3):
            other.alter(some, "change", "variable", "VAR", f"changed {number}")
            started = time.perf_counter()
            here.sync_local()
            times.append(time.perf_counter() - started)
            changed = list(here.changed_node_paths)
            assert sorted(set(changed) - {"/"}) == sorted(some), (len(changed), changed[:3])
        seconds[name] = min(times)
    seconds["peak"] = high_water()
    here.delete_all(True)
    return seconds


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
