"""What a client says besides its results: warnings, failed attempts, time limits."""

import socket
import time
import warnings

import ecflow
import pytest
from peer import Peer


@pytest.fixture
def readable_file(tmp_path, monkeypatch, peer):
    """A password file that everybody may read."""
    path = tmp_path / "passwd"
    path.write_text(f"4.5.0\nfred 127.0.0.1 {peer.port} hunter2\n")
    path.chmod(0o644)
    monkeypatch.setenv("ECF_CUSTOM_PASSWD", str(path))
    client = ecflow.Client("127.0.0.1", peer.port)
    client.set_user_name("fred")
    return client


def test_warnings_go_to_the_warnings_module_once(readable_file):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        readable_file.ping()
        first = len(caught)
        readable_file.ping()
    assert first >= 1 and len(caught) == first
    assert all(w.category is ecflow.EcflowWarning for w in caught)
    assert caught[0].filename == __file__
    assert "hunter2" not in str([str(w.message) for w in caught])


def test_a_warning_that_is_an_error_ends_the_call(readable_file, peer):
    with warnings.catch_warnings():
        warnings.simplefilter("error", ecflow.EcflowWarning)
        with pytest.raises(ecflow.EcflowWarning):
            readable_file.ping()
    assert peer.requests == []


def test_failed_attempts_are_told_on_stderr(capsys):
    with Peer() as p:
        port = p.port
    client = ecflow.Client("127.0.0.1", port)
    client.set_retry_connection_period(0)
    with pytest.raises(ecflow.ConnectError):
        client.suites()
    out, err = capsys.readouterr()
    assert out == "" and "--suites" in err and str(port) in err


def test_a_closed_stderr_is_no_error(monkeypatch):
    with Peer() as p:
        port = p.port
    client = ecflow.Client("127.0.0.1", port)
    client.set_retry_connection_period(0)
    monkeypatch.setattr("sys.stderr", None)
    with pytest.raises(ecflow.ConnectError):
        client.suites()


def test_timeouts():
    with Peer(lambda name, fields: Peer.STALL) as p:
        client = ecflow.Client("127.0.0.1", p.port, timeout=0.1)
        client.set_connection_attempts(1)
        start = time.perf_counter()
        with pytest.raises(TimeoutError) as caught:
            client.ping()
        assert time.perf_counter() - start < 2
        assert isinstance(caught.value, ecflow.TimeoutError) and isinstance(caught.value, RuntimeError)


def test_connect_timeout():
    """A listener whose backlog is full does not answer a connect."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        fill = [socket.socket() for _ in range(4)]
        for s in fill:
            s.setblocking(False)
            s.connect_ex(("127.0.0.1", port))
        client = ecflow.Client("127.0.0.1", port, connect_timeout=0.2)
        client.set_connection_attempts(1)
        start = time.perf_counter()
        with pytest.raises(RuntimeError):
            client.ping()
        assert time.perf_counter() - start < 5
        for s in fill:
            s.close()
