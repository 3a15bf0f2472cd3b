"""Errors: kinds, classes, fields, pickling."""

import builtins
import copy
import pickle

import ecflow
import pytest
from ecflow._error import KINDS, error_of
from peer import Peer, error


def test_every_kind_has_a_class_and_a_word():
    words = [cls.kind for cls in KINDS.values()]
    assert len(set(words)) == len(words) >= 28
    for number, cls in KINDS.items():
        assert issubclass(cls, ecflow.Error) and issubclass(cls, RuntimeError)
        assert getattr(ecflow, cls.__name__) is cls and cls.__module__ == "ecflow"
        if number >= 100:
            assert issubclass(cls, KINDS[number // 100])


@pytest.mark.parametrize(
    "cls, twin",
    [
        (ecflow.ConnectError, ConnectionError),
        (ecflow.TLSError, ConnectionError),
        (ecflow.TimeoutError, builtins.TimeoutError),
        (ecflow.ArgumentError, ValueError),
        (ecflow.ParseError, ValueError),
        (ecflow.NotFoundError, LookupError),
        (ecflow.AuthError, PermissionError),
        (ecflow.UnsupportedError, NotImplementedError),
    ],
)
def test_built_in_twins(cls, twin):
    assert issubclass(cls, twin)
    assert str(cls("text")) == "text"


@pytest.mark.parametrize("number", sorted(KINDS))
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_errors_pickle_and_copy(number, protocol):
    e = error_of(
        number,
        "first\nsecond",
        '{"kind": "%s", "addr": "[::1]:7", "path": "/p", "line": 3}' % KINDS[number].kind,
    )
    for again in (pickle.loads(pickle.dumps(e, protocol)), copy.copy(e), copy.deepcopy(e)):
        assert type(again) is type(e) and str(again) == "first\nsecond"
        assert (again.kind, again.host, again.port, again.path, again.line) == (e.kind, "::1", "7", "/p", 3)


def test_a_refusal_keeps_the_servers_words():
    with Peer(lambda name, fields: error("no such thing")) as p:
        client = ecflow.Client("127.0.0.1", p.port)
        with pytest.raises(ecflow.RefusedError) as caught:
            client.suspend("/a")
    e = caught.value
    assert (e.kind, e.host, e.port, e.server) == ("refused", "127.0.0.1", str(p.port), "no such thing")
    assert e.op.startswith("--suspend") and not e.unsent
    assert "no such thing" in str(e)


def test_nobody_there():
    with Peer() as p:
        port = p.port
    client = ecflow.Client("127.0.0.1", port)
    client.set_connection_attempts(1)
    with pytest.raises(ConnectionError) as caught:
        client.ping()
    assert isinstance(caught.value, RuntimeError)
    assert caught.value.kind == "connect" and caught.value.unsent


def test_an_unknown_kind_is_still_an_error():
    assert type(error_of(99, "x")) is ecflow.Error
    assert type(error_of(1299, "x")) is ecflow.RefusedError


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"      zz",
        b"      ff{",
        b"       2{}",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x15\x03\x03\x00\x02\x02\x28",
    ],
)
def test_malformed_replies_are_errors(raw):
    with Peer(lambda name, fields: raw) as p:
        client = ecflow.Client("127.0.0.1", p.port)
        client.set_connection_attempts(1)
        with pytest.raises(ecflow.Error):
            client.ping()


def test_star_import_leaves_the_built_in_names_alone():
    space = {}
    exec("from ecflow import *", space)
    assert space.get("TimeoutError", builtins.TimeoutError) is builtins.TimeoutError
    assert space["Client"] is ecflow.Client and space["State"] is ecflow.State
