"""ecflow.testing: a server in one line, which always ends."""

import gc
import os
import pickle
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

import ecflow
import ecflow.testing
import pytest
from conftest import interpreters, run
from ecflow import _program

ROOT = Path(__file__).resolve().parents[2]
PYTHON = Path(ecflow.__file__).resolve().parent.parent
PROGRAM = {"ECFLOW_PROGRAM": ecflow.testing.find_program()}  # for children, whatever their directory
START = 0.050  # seconds


def listens(port):
    with socket.socket() as s:
        s.settimeout(5)
        return s.connect_ex(("127.0.0.1", port)) == 0


def lives(pid):
    """Whether a process runs; it may be dead and nobody has taken it from the system."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def ended(port, within=10):
    """Whether nobody listens there, soon."""
    deadline = time.monotonic() + within
    while listens(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def test_answers_and_ends():
    with ecflow.testing.Server() as server:
        assert server.host == "localhost" and server.port and server.pid
        assert server.client().ping() == 0
        directory = server.directory
        assert os.path.isdir(server.home)
        assert repr(server) == f"<ecflow.testing.Server at localhost:{server.port}>"
    assert not listens(server.port)
    assert not os.path.exists(directory)
    assert server.pid == 0 and "does not run" in repr(server)
    server.stop()


def test_log_has_all():
    with ecflow.testing.Server() as server:
        ci = server.client()
        for n in range(20):
            ci.load(f"suite s{n}\nendsuite")
            ci.delete(f"/s{n}")
            assert f"--delete yes /s{n} " in server.log.splitlines()[-1]
        assert server.log.count("--log=flush") == 20


def test_start_and_stop_again():
    server = ecflow.testing.Server()
    for _ in range(2):
        assert server.start() is server
        pid = server.pid
        assert server.start().pid == pid
        assert server.client().suites() == []
        server.stop()


def test_is_running_unless_halted():
    for halted, state in ((False, "RUNNING"), (True, "HALTED")):
        with ecflow.testing.Server(halted=halted) as server:
            ci = server.client()
            ci.sync_local()
            assert str(ci.get_defs().get_server_state()) == state


def test_side_by_side():
    with ecflow.testing.Server() as a, ecflow.testing.Server() as b:
        assert a.port != b.port
        a.play("suite only_a\nendsuite")
        assert a.client().suites() == ["only_a"] and b.client().suites() == []


def test_home_stays(tmp_path):
    with ecflow.testing.Server(home=tmp_path) as server:
        assert server.home == str(tmp_path)
        script = server.script("/s/f/t", "echo hello")
    assert script == str(tmp_path / "s" / "f" / "t.ecf")
    assert "echo hello" in Path(script).read_text()


def test_environment(monkeypatch):
    monkeypatch.setenv("ECF_USER", "somebody")
    monkeypatch.setenv("NO_ECF", "1")
    with ecflow.testing.Server() as server:
        environment = server.environment(HOME=None, A="1")
        assert "ECF_USER" not in environment and "NO_ECF" not in environment and "HOME" not in environment
        assert environment["A"] == "1" and environment["ECF_PORT"] == str(server.port)
        done = subprocess.run(["ecflow_client", "--ping"], env=environment, stdout=subprocess.PIPE)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("ssl", [False, True], ids=["plain", "tls"])
def test_starts_fast(ssl):
    times = []
    for _ in range(20):
        begin = time.perf_counter()
        server = ecflow.testing.Server(ssl=ssl, users={"fred": "secret"}).start()
        times.append(time.perf_counter() - begin)
        server.stop()
    assert statistics.quantiles(times)[0] < START, times  # a busy machine makes most of them slow


def test_jobs_run():
    with ecflow.testing.Server() as server:
        server.script("/s/t", "echo from the job")
        server.play("suite s\n task t\nendsuite")
        server.wait("/s")
        server.wait("/s", ecflow.State.complete)
        assert "from the job" in Path(server.home, "s", "t.1").read_text()
        assert "complete: /s/t" in server.log


def test_wait_tells_why():
    with ecflow.testing.Server() as server:
        server.script("/s/t", "echo what went wrong\nfalse")
        server.play("suite s\n edit ECF_TRIES 1\n task t\nendsuite")
        with pytest.raises(ecflow.testing.ServerError) as failure:
            server.wait("/s/t")
        text = str(failure.value)
        assert text.startswith("/s/t is aborted, not complete\n") and "what went wrong" in text
        with pytest.raises(ecflow.testing.ServerError, match="not unknown"):
            server.wait("/s", "unknown", timeout=0)


def test_jobs_end_with_it():
    with ecflow.testing.Server() as server:
        server.script("/s/t", "echo $$ > pid\nsleep 1000")
        server.play("suite s\n task t\nendsuite")
        server.wait("/s/t", "active")
        pid = int(server.client().query("variable", "/s/t", "ECF_RID"))
        assert lives(pid)
    deadline = time.monotonic() + 5
    while lives(pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_jobs_in_the_background_end_with_it(tmp_path):
    """Put there by ECF_JOB_CMD, by the job, or into a session of their own."""
    with ecflow.testing.Server(variables={"ECF_JOB_CMD": "%ECF_JOB% 1> %ECF_JOBOUT% 2>&1 &"}) as server:
        server.script(
            "/s/t",
            f"sleep 1000 & echo $! $$ > {tmp_path}/a\nsetsid sleep 1000 & echo $! > {tmp_path}/b\nwait",
        )
        server.play("suite s\n task t\nendsuite")
        server.wait("/s/t", "active")
        deadline = time.monotonic() + 10
        while not (tmp_path / "b").exists() or not (tmp_path / "b").read_text():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        pids = [*(tmp_path / "a").read_text().split(), *(tmp_path / "b").read_text().split()]
        assert len(pids) == 3 and all(map(lives, pids))
    assert not any(map(lives, pids))


def test_tls():
    with ecflow.testing.Server(ssl=True) as server:
        assert server.client().ping() == 0
        assert os.path.isfile(server.certificate)
        plain = ecflow.Client("localhost", server.port)
        plain.set_connection_attempts(1)
        with pytest.raises(ecflow.Error) as failure:
            plain.ping()
        assert failure.value.kind == "plain_to_tls"
        done = subprocess.run(["ecflow_client", "--ping"], env=server.environment(), stdout=subprocess.PIPE)
        assert done.returncode == 0, done.stdout


@pytest.mark.filterwarnings("error")  # the server is on this machine: nobody reads its network
def test_users():
    with ecflow.testing.Server(users={"fred": "secret", "mary": "tulips"}) as server:
        assert server.client().suites() == []
        assert server.client("mary").suites() == []
        with pytest.raises(ecflow.AuthError):
            server.client("nobody").suites()
        wrong = server.client()
        wrong.set_password("wrong")
        with pytest.raises(ecflow.AuthError):
            wrong.suites()
        done = subprocess.run(["ecflow_client", "--suites"], env=server.environment(), stdout=subprocess.PIPE)
        assert done.returncode == 0, done.stdout
        assert "secret" not in repr(server) + server.log


def test_tls_and_users_and_jobs():
    with ecflow.testing.Server(ssl=True, users={"fred": "secret"}) as server:
        server.script("/s/t", "ecflow_client --label=l hello")
        server.play('suite s\n task t\n  label l ""\nendsuite')
        server.wait("/s")
        assert server.client().query("label", "/s/t", "l") == "hello"


@pytest.mark.filterwarnings("error")
def test_http():
    with ecflow.testing.Server(http=True) as server:
        assert server.client().suites() == []


@pytest.mark.parametrize("users", [{"": "x"}, {"fred": ""}, {"fr ed": "x"}, {"fred": "#"}, {"fred": "a\nb"}])
def test_users_that_no_file_can_hold(users):
    with pytest.raises(ValueError) as failure:
        ecflow.testing.Server(users=users)
    assert "a\nb" not in str(failure.value)


# However its owner ends, it ends.

HOLD = """
import os, sys, time
import ecflow.testing
server = ecflow.testing.Server().start()
print(server.port, server.directory, flush=True)
"""


@pytest.mark.parametrize(
    "ending",
    ["", "raise ValueError", "sys.exit(3)", "os.kill(os.getpid(), 9)", "os._exit(0)", "os.abort()"],
)
def test_ends_with_the_process(ending):
    environment = dict(os.environ, PYTHONPATH=str(PYTHON), **PROGRAM)
    done = subprocess.run(
        [sys.executable, "-c", HOLD + ending], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        timeout=60,
    )  # fmt: skip
    port, directory = done.stdout.decode().split(maxsplit=1)
    assert ended(int(port)), done
    if ending in ("", "raise ValueError", "sys.exit(3)"):
        assert not os.path.exists(directory.strip())


def test_ends_with_the_process_though_a_child_lives_on():
    code = (
        HOLD
        + "child = os.fork()\nif not child: time.sleep(60)\nprint(child, flush=True)\nos.kill(os.getpid(), 9)"
    )
    environment = dict(os.environ, PYTHONPATH=str(PYTHON), **PROGRAM)
    with subprocess.Popen([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE) as parent:
        port = int(parent.stdout.readline().split()[0])
        child = int(parent.stdout.readline())
        parent.wait(60)
        try:
            assert ended(port)
        finally:
            os.kill(child, signal.SIGKILL)


def test_a_forked_child_does_not_end_it():
    with ecflow.testing.Server() as server:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                server.client().ping()
                server.stop()
                code = 0
            finally:
                os._exit(code)
        assert os.waitpid(child, 0)[1] == 0
        assert server.client().ping() == 0
        assert os.path.isdir(server.directory)


def test_ends_when_forgotten():
    server = ecflow.testing.Server().start()
    port, directory = server.port, server.directory
    del server
    gc.collect()
    assert ended(port) and not os.path.exists(directory)


def test_ends_when_its_start_fails(monkeypatch):
    before = set(os.listdir("/proc/self/fd"))
    server = ecflow.testing.Server(options=["--no-such-option"])
    with pytest.raises(ecflow.testing.ServerError, match="ecflow_server does not start: .*no-such-option"):
        server.start()
    assert server.pid == 0 and set(os.listdir("/proc/self/fd")) == before
    monkeypatch.setenv("ECFLOW_PROGRAM", "/no/such")
    with pytest.raises(ecflow.testing.ServerError, match="ECFLOW_PROGRAM names '/no/such'"):
        server.start()


def test_find_program(monkeypatch, tmp_path):
    monkeypatch.delenv("ECFLOW_PROGRAM", raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin" / "python"))
    package = tmp_path / "lib" / "python3.8" / "site-packages" / "ecflow"
    monkeypatch.setattr(_program, "__file__", str(package / "_program.py"))
    with pytest.raises(ecflow.testing.ServerError, match="ECFLOW_PROGRAM may name it"):
        ecflow.testing.find_program()
    (tmp_path / "bin").mkdir()
    client = tmp_path / "bin" / "ecflow_client"
    client.write_text("")
    client.chmod(0o755)
    with pytest.raises(ecflow.testing.ServerError):
        ecflow.testing.find_program()  # the original's
    (tmp_path / "bin" / "ecflow").write_text("")
    assert ecflow.testing.find_program() == str(client)


def test_is_not_pickled():
    with ecflow.testing.Server() as server, pytest.raises(TypeError):
        pickle.dumps(server)


@pytest.mark.parametrize("python", [p for v, p in sorted(interpreters().items())], ids=lambda p: p)
def test_every_python(python):
    run(
        "import ecflow.testing\nwith ecflow.testing.Server() as s: s.client().ping()",
        python=python,
        env=PROGRAM,
    )


# pytest's plugin, in a pytest of its own.


def pytest_of(tmp_path, text, *options):
    (tmp_path / "test_it.py").write_text(text)
    environment = dict(os.environ, **PROGRAM, PYTHONPATH=str(PYTHON), PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "pytest_ecflow", "--strict-markers", "-q", *options, "test_it.py"],
        cwd=str(tmp_path), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
        universal_newlines=True,
    )  # fmt: skip


def test_plugin(tmp_path):
    done = pytest_of(
        tmp_path,
        """
import os, pytest, ecflow

pytestmark = pytest.mark.ecflow(halted=True)

def test_one(ecflow_server, ecflow_client, ecflow_environment):
    assert ecflow_client.suites() == []
    assert os.environ["ECF_PORT"] == str(ecflow_server.port)
    assert ecflow.Client().ping() == 0
    ecflow_client.sync_local()
    assert str(ecflow_client.get_defs().get_server_state()) == "HALTED"

def test_environment_is_as_before():
    assert "ECF_PORT" not in os.environ

@pytest.mark.ecflow(halted=False)
def test_the_nearest_mark_counts(ecflow_client):
    ecflow_client.sync_local()
    assert str(ecflow_client.get_defs().get_server_state()) == "RUNNING"

ports = set()

@pytest.mark.parametrize("n", [1, 2])
def test_one_for_all(ecflow_session_server, n):
    ports.add(ecflow_session_server.port)
    assert len(ports) == 1
""",
    )
    assert done.returncode == 0 and "5 passed" in done.stdout, done.stdout


def test_plugin_with_xdist(tmp_path):
    """Each worker has servers of its own, that of its session too, and leaves none."""
    done = pytest_of(
        tmp_path,
        f"""
import os, pathlib, pytest

@pytest.mark.parametrize("n", range(8))
def test(ecflow_server, ecflow_client, ecflow_session_server, n):
    worker = os.environ["PYTEST_XDIST_WORKER"]
    ecflow_server.play("suite s\\nendsuite")
    assert ecflow_client.suites() == ["s"]
    shared = ecflow_session_server.client()
    shared.load(f"suite {{worker}}_{{n}}\\nendsuite")
    assert all(name.startswith(worker + "_") for name in shared.suites())
    with open({str(tmp_path / "ports")!r}, "a") as out:
        out.write(f"{{worker}} {{ecflow_server.port}} {{ecflow_session_server.port}}\\n")
""",
        "-p", "xdist.plugin", "-n", "2",
    )  # fmt: skip
    assert done.returncode == 0 and "8 passed" in done.stdout, done.stdout
    lines = [line.split() for line in (tmp_path / "ports").read_text().splitlines()]
    assert len(lines) == 8 and len({worker for worker, _, _ in lines}) == 2
    assert (
        len({(worker, shared) for worker, _, shared in lines}) == len({shared for _, _, shared in lines}) == 2
    )
    assert not any(listens(int(port)) for _, *ports in lines for port in ports)


def test_plugin_tls(tmp_path):
    text = "def test(ecflow_server, ecflow_client):\n  assert ecflow_server.certificate and ecflow_client.suites() == []\n"
    done = pytest_of(tmp_path, text, "--ecflow-ssl")
    assert done.returncode == 0, done.stdout
    mark = "import pytest\n@pytest.mark.ecflow(ssl=True, users={'fred': 'secret'})\n"
    done = pytest_of(tmp_path, mark + text)
    assert done.returncode == 0, done.stdout


def test_plugin_shows_the_log(tmp_path):
    done = pytest_of(tmp_path, "def test(ecflow_client):\n  ecflow_client.ping()\n  assert False\n")
    assert done.returncode == 1
    assert "ecFlow server's log" in done.stdout and "--ping" in done.stdout


def test_plugin_imports_nothing(tmp_path):
    done = pytest_of(
        tmp_path,
        "import sys\ndef test():\n  assert not [m for m in sys.modules if m.split('.')[0] == 'ecflow']\n",
    )
    assert done.returncode == 0, done.stdout


def test_plugin_is_announced():
    text = (ROOT / "pyproject.toml").read_text()
    assert '[project.entry-points.pytest11]\necflow = "pytest_ecflow"' in text
