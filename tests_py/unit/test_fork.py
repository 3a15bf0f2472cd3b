"""Clients go on working after a fork, in the child as in the parent."""

import pytest
from conftest import interpreters, run
from peer import Peer


@pytest.mark.parametrize("version, python", sorted(interpreters().items()))
def test_clients_survive_os_fork(version, python):
    code = """
import os, sys
import ecflow
port = int(sys.argv[1])
client = ecflow.Client("127.0.0.1", port)
client.ping()
client.set_child_path("/kept")
client.set_child_password("pw"); client.set_child_pid("1")
for generation in range(2):          # a child, and a child of the child
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        client.ping()
        if generation: os._exit(status and 1)
        assert status == 0, status
        break
    client.ping()
    client.child_event("e")
    fresh = ecflow.Client("127.0.0.1", port)
    fresh.ping()
    client.close()
    fresh.close()
    assert ecflow._ecflow._open_handles() == 0
    client = ecflow.Client("127.0.0.1", port)
    client.set_child_path("/kept"); client.set_child_password("pw"); client.set_child_pid("1")
else:
    os._exit(0)
print("parent")
"""
    with Peer() as p:
        assert run(code, p.port, python=python) == "parent\n"
        events = [fields for name, fields in p.requests if name == "EventCmd"]
        assert [e["value0"]["path_to_submittable_"] for e in events] == ["/kept", "/kept"]


def test_fork_before_the_library_is_loaded():
    code = """
import os, sys
import ecflow
pid = os.fork()
ecflow.Client("127.0.0.1", int(sys.argv[1])).ping()
if pid == 0: os._exit(0)
print(os.waitpid(pid, 0)[1])
"""
    with Peer() as p:
        assert run(code, p.port) == "0\n"
        assert len(p.requests) == 2


def test_fork_while_other_threads_are_in_calls():
    code = """
import os, sys, threading, time
import ecflow
busy = ecflow.Client("127.0.0.1", int(sys.argv[2]))
threads = [threading.Thread(target=lambda: busy.ping(), daemon=True) for _ in range(4)]
for t in threads: t.start()
time.sleep(0.3)
client = ecflow.Client("127.0.0.1", int(sys.argv[1]))
pid = os.fork()
if pid == 0:
    client.ping()
    busy.set_host_port("127.0.0.1", sys.argv[1])
    busy.ping()
    os._exit(0)
print(os.waitpid(pid, 0)[1])
os._exit(0) if not sys.stdout.flush() else None
"""
    with Peer() as p, Peer(lambda name, fields: Peer.STALL) as stalled:
        assert run(code, p.port, stalled.port) == "0\n"
        assert len(p.requests) == 2


def test_many_forks_amid_calls_and_constructions():
    code = """
import os, sys, threading
import ecflow
port = sys.argv[1]
shared = ecflow.Client("127.0.0.1", port)
stop = threading.Event()
def ping():
    while not stop.is_set(): shared.ping()
def churn():
    while not stop.is_set():
        c = ecflow.Client("127.0.0.1", port); c.set_child_path("/x"); c.close()
threads = [threading.Thread(target=f) for f in (ping, ping, churn, churn)]
for t in threads: t.start()
status = 0
for i in range(15):
    pid = os.fork()
    if pid == 0:
        shared.ping(); ecflow.Client("127.0.0.1", port).ping()
        os._exit(0)
    status |= os.waitpid(pid, 0)[1]
stop.set()
for t in threads: t.join()
print(status, ecflow._ecflow._open_handles())
"""
    with Peer() as p:
        assert run(code, p.port) == "0 1\n"


def test_fork_from_a_thread_that_then_ends():
    """The thread that forked ends in the child, where another goes on."""
    code = """
import os, sys, threading, time
import ecflow
client = ecflow.Client("127.0.0.1", int(sys.argv[1]))
def go_on():
    time.sleep(0.5)  # joining it blocks for ever in 3.14, with or without ecflow
    client.ping()
    os._exit(0)
def work():
    client.ping()
    pid = os.fork()
    client.ping()
    if pid == 0:
        threading.Thread(target=go_on).start()
    else:
        print(os.waitpid(pid, 0)[1])
t = threading.Thread(target=work)
t.start()
t.join()
"""
    with Peer() as p:
        assert run(code, p.port) == "0\n"
        assert len(p.requests) == 4


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_multiprocessing(method, tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        """
import multiprocessing, sys
import ecflow
def work(port):
    return ecflow.Client("127.0.0.1", port).ping()
if __name__ == "__main__":
    port = int(sys.argv[1])
    work(port)
    with multiprocessing.get_context(sys.argv[2]).Pool(3) as pool:
        print(pool.map(work, [port] * 12))
"""
    )
    with Peer() as p:
        code = (
            "import runpy, sys; sys.argv[:] = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
        )
        if method != "fork":  # these import the program by its path
            import subprocess
            import sys

            import ecflow

            env = {
                "PYTHONPATH": str(__import__("pathlib").Path(ecflow.__file__).parent.parent),
                "PATH": "/usr/bin:/bin",
            }
            out = subprocess.run(
                [sys.executable, str(program), str(p.port), method],
                env=env,
                stdout=subprocess.PIPE,
                timeout=60,
                check=True,
            )
            assert out.stdout.decode() == str([0] * 12) + "\n"
        else:
            assert run(code, program, p.port, method) == str([0] * 12) + "\n"


def test_errors_cross_processes():
    code = """
import multiprocessing
import ecflow
def work(_):
    raise ecflow.RefusedError("no", {"kind": "refused", "server": "words"})
with multiprocessing.get_context("fork").Pool(1) as pool:
    try:
        pool.map(work, [1])
    except ecflow.RefusedError as e:
        print(e, e.server)
"""
    assert run(code) == "no words\n"
