"""Threads: on one client and on many; other threads run while a call waits."""

import threading
import time

import ecflow
import pytest
from conftest import run
from peer import Peer, text


@pytest.mark.parametrize("shared", [True, False])
def test_eight_threads(peer, shared):
    one = ecflow.Client("127.0.0.1", peer.port)
    failures = []

    def work():
        client = one if shared else ecflow.Client("127.0.0.1", peer.port)
        try:
            for _ in range(50):
                assert client.ping() == 0
        except BaseException as e:
            failures.append(e)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(60)
    assert failures == [] and len(peer.requests) == 400


def test_each_thread_gets_its_own_answer():
    with Peer(lambda name, fields: text(fields["attribute_"])) as p:
        client = ecflow.Client("127.0.0.1", p.port)
        wrong = []

        def work(n):
            for i in range(30):
                want = f"{n}.{i}" * 50
                if client.query("variable", "/a", want) != want:
                    wrong.append(want)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join(60)
        assert wrong == []


def test_other_threads_run_while_a_call_waits():
    """Eight calls that take 0.3 s each take little more together."""

    def slow(name, fields):
        time.sleep(0.3)
        return ("StcCmd", {"api_": 0})

    with Peer(slow) as p:
        client = ecflow.Client("127.0.0.1", p.port)
        threads = [threading.Thread(target=client.ping) for _ in range(8)]
        start = time.perf_counter()
        for t in threads:
            t.start()
        ticks = 0
        while any(t.is_alive() for t in threads):
            time.sleep(0.01)
            ticks += 1
        assert time.perf_counter() - start < 1.5
        assert ticks >= 10


def test_settings_change_while_calls_run(peer):
    client = ecflow.Client("127.0.0.1", peer.port)
    stop = threading.Event()
    failures = []

    def ping():
        try:
            while not stop.is_set():
                client.ping()
        except BaseException as e:
            failures.append(e)

    threads = [threading.Thread(target=ping) for _ in range(4)]
    for t in threads:
        t.start()
    for i in range(200):
        client.set_host_port("127.0.0.1", peer.port)
        client.set_retry_connection_period(i)
        client.set_user_name("")
    stop.set()
    for t in threads:
        t.join(30)
    assert failures == []


def test_daemon_threads_in_calls_do_not_disturb_the_end():
    code = """
import atexit, sys, threading, time
import ecflow
def work(port):
    client = ecflow.Client("127.0.0.1", port)
    while True:
        try: client.ping()
        except ecflow.Error: pass
for port in sys.argv[1:3] * 4:
    threading.Thread(target=work, args=(port,), daemon=True).start()
atexit.register(time.sleep, 0.2)
time.sleep(0.5)
print("end")
"""
    with Peer() as answering, Peer(lambda name, fields: Peer.STALL) as silent:
        for _ in range(3):
            assert run(code, answering.port, silent.port) == "end\n"
