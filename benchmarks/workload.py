"""workload.py NAME [ARGUMENT...]: one measurement, with whatever `ecflow` the interpreter finds.

Prints one JSON number. Both modules run this very file; it uses nothing that only one of them has.
ECF_HOST and ECF_PORT name the server; the TLS workload needs its certificate in $HOME/.ecflowrc/ssl.
"""

import json
import os
import signal
import sys
import threading
import time


def high_water():
    """Peak resident bytes of this program; ru_maxrss would begin with those of whoever started it."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def timed(action, times):
    """Median seconds of one call, after a warm-up."""
    for _ in range(min(20, times)):
        action()
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - started)
    return sorted(seconds)[len(seconds) // 2]


def client(tls=False):
    import ecflow

    ci = ecflow.Client(os.environ["ECF_HOST"], int(os.environ["ECF_PORT"]))
    if tls:
        ci.enable_ssl()
    return ci


def importing():
    started = time.perf_counter()
    import ecflow  # noqa: F401

    return time.perf_counter() - started


def import_and_ping():
    started = time.perf_counter()
    client().ping()
    return time.perf_counter() - started


def ping():
    return timed(client().ping, 300)


def ping_tls():
    return timed(client(tls=True).ping, 150)


def query():
    """Seconds for 1,000 calls."""
    ci = client()
    started = time.perf_counter()
    for _ in range(1000):
        ci.query("state", "/bench/family/task")
    return time.perf_counter() - started


def threads(clients, times=150):
    """Pings a second of 8 threads on 8 clients or on 1."""
    pool = [client() for _ in range(int(clients))]
    for ci in pool:
        ci.ping()
    barrier = threading.Barrier(9)

    def work(number):
        ci = pool[number % len(pool)]
        barrier.wait()
        for _ in range(times):
            ci.ping()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for worker in workers:
        worker.start()
    barrier.wait()
    started = time.perf_counter()
    for worker in workers:
        worker.join()
    return 8 * times / (time.perf_counter() - started)


def peak():
    """Peak resident bytes after import and ping."""
    client().ping()
    return high_water()


def growth(times=100000):
    """Bytes that the process grows by during so many pings, the first thousand aside."""

    def resident():
        with open("/proc/self/statm") as numbers:
            return int(numbers.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    ci = client()
    for _ in range(1000):
        ci.ping()
    before = resident()
    for _ in range(int(times)):
        ci.ping()
    return resident() - before


def interrupt():
    """Seconds from Ctrl-C to KeyboardInterrupt, in a call to a server that never answers.

    run.py sends the signal, and says on stdin when it did (CLOCK_MONOTONIC is one for all processes).
    """
    ci = client()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        ci.query("state", "/bench")
    except KeyboardInterrupt:
        ended = time.monotonic()
        return ended - float(sys.stdin.readline())
    sys.exit("the call was not interrupted")


if __name__ == "__main__":
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
