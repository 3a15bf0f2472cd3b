"""Signals: Ctrl-C ends a blocked call; Python 3.8 and 3.9 handlers get their stack; SIGPIPE does not kill."""

import pytest
from conftest import interpreters, run
from peer import Peer

BLOCKED = """
import os, signal, sys, threading, time
import ecflow
client = ecflow.Client("127.0.0.1", int(sys.argv[1]))
sent = []
def press():
    time.sleep(0.3)
    sent.append(time.perf_counter())
    os.kill(os.getpid(), signal.SIGINT)
threading.Thread(target=press).start()
try:
    client.ping()
except KeyboardInterrupt:
    print("%.1f" % ((time.perf_counter() - sent[0]) * 1000))
"""


@pytest.mark.parametrize("version, python", sorted(interpreters().items()))
def test_ctrl_c_ends_a_blocked_call_within_50_ms(version, python):
    with Peer(lambda name, fields: Peer.STALL) as p:
        latencies = sorted(float(run(BLOCKED, p.port, python=python)) for _ in range(3))
    assert latencies[1] < 50, f"Python {version}: {latencies} ms"


def test_ctrl_c_ends_the_pause_between_attempts():
    with Peer() as p:
        port = p.port
    code = BLOCKED.replace("client.ping()", "client.set_retry_connection_period(30); client.suites()")
    assert float(run(code, port)) < 50


def test_another_handler_runs_and_the_call_goes_on():
    code = """
import os, signal, sys, threading, time
import ecflow
ran = []
signal.signal(signal.SIGUSR1, lambda *a: ran.append(1))
client = ecflow.Client("127.0.0.1", int(sys.argv[1]))
threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGUSR1)).start()
client.ping()
print(ran)
"""

    def slow(name, fields):
        import time

        time.sleep(0.4)
        return ("StcCmd", {"api_": 0})

    with Peer(slow) as p:
        assert run(code, p.port) == "[1]\n"


def test_a_handlers_exception_is_the_calls():
    code = """
import os, signal, sys, threading
import ecflow
class Mine(Exception): pass
def handler(*a): raise Mine("x")
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.1)
try:
    ecflow.Client("127.0.0.1", int(sys.argv[1])).ping()
except Mine as e:
    print("mine")
"""
    with Peer(lambda name, fields: Peer.STALL) as p:
        assert run(code, p.port) == "mine\n"


@pytest.mark.parametrize("version, python", sorted(interpreters().items()))
def test_a_storm_of_signals_does_no_harm(version, python):
    """Handlers set before and after the library was loaded, while Go code runs."""
    code = """
import signal, sys
import ecflow
count = 0
def handler(*a):
    global count
    count += 1
signal.signal(signal.SIGALRM, handler)
client = ecflow.Client("127.0.0.1", int(sys.argv[1]))
client.ping()
signal.signal(signal.SIGPROF, handler)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
for i in range(300):
    client.ping()
signal.setitimer(signal.ITIMER_REAL, 0)
signal.setitimer(signal.ITIMER_PROF, 0)
print(count > 10)
"""
    with Peer() as p:
        assert run(code, p.port, python=python) == "True\n"


def test_sigpipe_at_its_default_does_not_kill():
    code = """
import signal, sys
import ecflow
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
client = ecflow.Client("127.0.0.1", int(sys.argv[1]))
client.set_connection_attempts(1)
errors = 0
for i in range(5):
    try:
        client.edit_script_submit("/t", [], ["x" * 1000] * 5000, False, False)
    except ecflow.Error:
        errors += 1
print(errors)
"""
    import socket
    import struct
    import threading

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def slam():
            for _ in range(5):
                conn, _ = listener.accept()
                conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                conn.recv(100)
                conn.close()

        thread = threading.Thread(target=slam, daemon=True)
        thread.start()
        assert run(code, listener.getsockname()[1]) == "5\n"
        thread.join(10)
