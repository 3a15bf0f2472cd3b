"""The library behind the module: loading, closing, leaks, panics, interpreters."""

import gc
import io
import os
import sys
import threading
import weakref

import ecflow
import pytest
from conftest import interpreters, run
from ecflow import _ecflow
from peer import Peer, text


def test_importing_loads_nothing_of_go():
    code = """
import sys
before = set(sys.modules)
import ecflow
new = {m.split(".")[0] for m in set(sys.modules) - before}
print(ecflow._ecflow._loaded(), sorted(new - {"ecflow", "__future__"}))
ecflow.State.complete, ecflow.Variable("a", "b"), ecflow.Zombie()
print(ecflow._ecflow._loaded())
ecflow.Client()
print(ecflow._ecflow._loaded())
"""
    assert run(code) == "False []\nFalse\nTrue\n"


def test_a_missing_or_wrong_library_is_an_import_error(tmp_path):
    code = """
import ecflow
try:
    ecflow.Client()
except ImportError as e:
    print(e)
"""
    assert "cannot load" in run(code, env={"ECFLOW_LIBRARY": str(tmp_path / "none.so")})
    libc = next(line.split()[-1] for line in open("/proc/self/maps") if "libc.so.6" in line)
    assert "not the library of this package" in run(code, env={"ECFLOW_LIBRARY": libc})


def test_closing(peer):
    before = _ecflow._open_handles()
    client = ecflow.Client("127.0.0.1", peer.port)
    assert not client.closed and _ecflow._open_handles() == before + 1
    assert repr(client) == f"<ecflow.Client 127.0.0.1:{peer.port}>"
    client.close()
    client.close()
    assert client.closed and _ecflow._open_handles() == before
    assert repr(client) == "<ecflow.Client closed>"
    with pytest.raises(ValueError, match="closed"):
        client.ping()


def test_no_handle_outlives_its_client(peer):
    gc.collect()
    before = _ecflow._open_handles()
    for _ in range(200):
        ecflow.Client("127.0.0.1", peer.port)
        with pytest.raises(RuntimeError):
            ecflow.Client("")
    many = [ecflow.Client() for _ in range(50)]
    assert _ecflow._open_handles() == before + 50
    del many
    gc.collect()
    assert _ecflow._open_handles() == before


def test_calls_leave_nothing_open(peer):
    client = ecflow.Client("127.0.0.1", peer.port)
    client.ping()

    def descriptors():
        """How many there are once the peer, which lives in this process, has closed its own."""
        counts = []
        while len(counts) < 5 or len(set(counts[-5:])) > 1:
            counts.append(len(os.listdir("/proc/self/fd")))
            threading.Event().wait(0.02)
        return counts[-1]

    before = descriptors(), _ecflow._open_handles()
    for _ in range(200):
        client.ping()
        client.query("variable", "/a", "b")
        with pytest.raises(TypeError):
            client.ping(1)
    assert (descriptors(), _ecflow._open_handles()) == before


def test_memory_does_not_grow():
    """5,000 calls: a leak of 300 bytes in each would show."""
    code = """
import sys
import ecflow
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096
client = ecflow.Client("127.0.0.1", int(sys.argv[1]))
def work(n):
    for i in range(n):
        client.query("variable", "/some/path", "attribute")
        try: client.suspend(1)
        except TypeError: pass
work(2000)
before = resident()
work(5000)
print(resident() - before)
"""
    with Peer() as p:
        grown = int(run(code, p.port, timeout=120))
    assert grown < 1_500_000


def test_subclasses_attributes_and_weak_references(peer):
    class Mine(ecflow.Client):
        """With another constructor."""

        def __init__(self, port):
            super().__init__("127.0.0.1", port)
            self.extra = [self]  # a cycle

    mine = Mine(peer.port)
    assert mine.ping() == 0 and isinstance(mine, ecflow.Client)
    ref = weakref.ref(mine)
    before = _ecflow._open_handles()
    del mine
    gc.collect()
    assert ref() is None and _ecflow._open_handles() == before - 1

    class Forgetful(ecflow.Client):
        def __init__(self):
            pass

    with pytest.raises(TypeError, match=r"__init__\(\) must be called"):
        Forgetful().ping()
    assert "closed" in repr(Forgetful())


def test_init_twice_leaves_one_handle(peer):
    client = ecflow.Client("127.0.0.1", peer.port)
    before = _ecflow._open_handles()
    client.__init__("h", 7)
    assert client.get_port() == "7" and _ecflow._open_handles() == before


def test_with_block_drops_the_handle_of_the_client(peer):
    with ecflow.Client("127.0.0.1", peer.port) as client:
        assert client.ping() == 0
    assert not client.closed
    with pytest.raises(KeyError):
        with client:
            raise KeyError("goes through")


def test_a_client_does_not_pickle_nor_show_its_password(client):
    import copy
    import pickle

    client.set_password("hunter2")
    assert "hunter2" not in repr(client)
    for what in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot pickle"):
            what(client)


def test_a_panic_poisons_the_library():
    code = """
import sys
import ecflow
client = ecflow.Client("127.0.0.1", int(sys.argv[1]))
client.ping()
for attempt in (ecflow._ecflow._test_panic, client.ping, client.get_host, ecflow.Client):
    try:
        attempt()
    except ecflow.InternalError as e:
        print("defect" in str(e), e.kind)
client.close()
import os
pid = os.fork()   # the child gets a library of its own; the client's settings are lost with the poisoned one
if pid == 0:
    ecflow.Client("127.0.0.1", int(sys.argv[1])).ping()
    try:
        client.ping()
    except (RuntimeError, ValueError):
        os._exit(0)
    os._exit(1)
print(os.waitpid(pid, 0)[1])
"""
    with Peer() as p:
        assert run(code, p.port, env={"ECFLOW_TEST_PANIC": "1"}) == "True internal\n" * 4 + "0\n"


def test_the_test_panic_needs_its_variable():
    with pytest.raises(ecflow.ArgumentError):
        _ecflow._test_panic()
    ecflow.Client()


SUBINTERPRETER = """
import sys, textwrap
port = sys.argv[1]
inner = textwrap.dedent('''
    import ecflow
    c = ecflow.Client("127.0.0.1", %s)
    assert c.ping() == 0
    try:
        c.suspend(1)
    except TypeError:
        pass
    else:
        raise SystemExit("no TypeError")
    try:
        ecflow.Client("")
    except ecflow.ArgumentError:
        pass
''') % port
import ecflow
mine = ecflow.Client("127.0.0.1", port)
try:
    from concurrent import interpreters            # 3.14
    for _ in range(3):
        i = interpreters.create(); i.exec(inner); i.close()
except ImportError:
    try:
        import _interpreters as low                # 3.13
    except ImportError:
        import _xxsubinterpreters as low           # 3.8 ... 3.12
    for _ in range(3):
        i = low.create()
        error = low.run_string(i, inner)
        assert error is None, error
        low.destroy(i)
assert mine.ping() == 0
print(ecflow._ecflow._open_handles())
"""


@pytest.mark.parametrize("version, python", sorted(interpreters().items()))
def test_subinterpreters(version, python):
    with Peer() as p:
        assert run(SUBINTERPRETER, p.port, python=python) == "1\n"
        assert len(p.requests) == 4


@pytest.mark.parametrize("version, python", sorted(interpreters().items()))
def test_every_python_here(version, python):
    code = """
import sys
import ecflow
c = ecflow.Client("127.0.0.1", sys.argv[1])
assert c.ping() == 0 and c.query("variable", "/a", "b") == "hello"
assert ecflow.State.complete == 1
print(ecflow._ecflow._library_version() == ecflow.__release__)
"""
    with Peer() as p:
        assert run(code, p.port, python=python) == "True\n"


def test_an_environment_changed_by_python_is_seen(peer, monkeypatch):
    ecflow.Client()
    monkeypatch.setenv("ECF_HOST", "elsewhere")
    monkeypatch.setenv("ECF_PORT", "4321")
    client = ecflow.Client()
    assert (client.get_host(), client.get_port()) == ("elsewhere", "4321")


def test_stats_prints_to_sys_stdout_unless_told_otherwise(capsys):
    with Peer(lambda name, fields: text("figures")) as p:
        client = ecflow.Client("127.0.0.1", p.port)
        assert client.stats() == "figures" and capsys.readouterr().out == "figures\n"
        assert client.stats(to_stdout=False) == client.stats(False) == "figures"
        assert capsys.readouterr().out == ""
        saved, sys.stdout = sys.stdout, None
        try:
            assert client.stats() == "figures"
        finally:
            sys.stdout = saved


def test_what_a_stream_cannot_show_is_escaped(monkeypatch):
    raw = io.BytesIO()
    with Peer(lambda name, fields: text("caf\udce9")) as p:
        client = ecflow.Client("127.0.0.1", p.port)
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "utf-8", "strict"))
        client.ch_suites()
        sys.stdout.flush()
    assert raw.getvalue() == b"caf\\udce9\n"
