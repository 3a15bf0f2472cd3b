"""Which form a call means, and what is said when none fits."""

import re

import ecflow
import pytest


def sent(peer):
    return peer.requests[-1]


def test_str_bytes_and_lists_are_paths(peer, client):
    client.suspend("/a")
    assert sent(peer)[1]["paths_"] == ["/a"]
    client.suspend(b"/b")
    assert sent(peer)[1]["paths_"] == ["/b"]
    client.suspend(["/a", b"/b", bytearray(b"/c")])
    assert sent(peer)[1]["paths_"] == ["/a", "/b", "/c"]
    client.suspend(("/a",))
    assert sent(peer)[1]["paths_"] == ["/a"]


@pytest.mark.parametrize(
    "call, wrong",
    [
        (lambda c: c.suspend(), "argument 'paths' (str | list[str]) is missing"),
        (lambda c: c.suspend(1), "argument 'paths' should be str | list[str], not int"),
        (lambda c: c.suspend(None), "argument 'paths' should be str | list[str], not None"),
        (lambda c: c.suspend("/a", 1), "too many arguments"),
        (lambda c: c.suspend(paths="/a"), "unknown keyword argument"),
        (lambda c: c.ping(1), "too many arguments"),
        (lambda c: c.ping(x=1), "unknown keyword argument"),
        (lambda c: c.begin_all_suites("x"), "argument 'force' should be bool, not str"),
        (lambda c: c.begin_all_suites(foo=True), "unknown keyword argument"),
        (lambda c: c.begin_suite("s", suite_name="t"), "argument 'suite_name' (str) is given twice"),
        (lambda c: c.run("/a", "x"), "should be bool, not str"),
        (lambda c: c.get_file("/a", max_lines=1.5), "argument 'max_lines' should be str | int, not float"),
        (lambda c: c.get_log("a"), "should be int, not str"),
        (lambda c: c.get_log(1.5), "should be int, not float"),
        (lambda c: c.get_log(2**31), "should be int, not int out of range"),
        (lambda c: c.set_child_timeout(-1), "out of range"),
        (lambda c: c.set_child_try_no(-1), "out of range"),
        (lambda c: c.checkpt(mode=1), "argument 'mode' should be CheckPt, not int"),
        (lambda c: c.force_state("/a", 1), "should be State, not int"),
        (lambda c: c.force_state("/a", ecflow.DState.complete), "should be State, not DState"),
        (lambda c: c.ch_register(True, "a"), "should be list[str], not str"),
        (lambda c: c.set_child_init_add_vars("a"), "not str"),
    ],
)
def test_wrong_types_are_type_errors_that_name_the_argument(peer, client, call, wrong):
    with pytest.raises(TypeError) as caught:
        call(client)
    text = str(caught.value)
    assert re.match(
        r"\w+\(\): incompatible function arguments\. The following argument types are supported:\n    1\. ",
        text,
    )
    assert wrong in text
    assert peer.requests == []


def test_a_type_error_shows_no_values(client):
    with pytest.raises(TypeError) as caught:
        client.set_password("hunter2", 1)
    assert "hunter2" not in str(caught.value)


def test_constructor():
    for args in [(), ("h:1",), ("h@1",), ("h", "1"), ("h", 1)]:
        ecflow.Client(*args)
    assert ecflow.Client("h", 5).get_port() == "5"
    assert ecflow.Client("h:7").get_port() == "7"
    assert ecflow.Client(host="h", port=3).get_host() == "h"
    with pytest.raises(TypeError, match="incompatible constructor arguments"):
        ecflow.Client(1)
    with pytest.raises(TypeError):
        ecflow.Client("h", 1.5)
    with pytest.raises(ValueError, match="null character"):
        ecflow.Client("h\0x", 1)


@pytest.mark.parametrize(
    "args", [("a",), ("",), ("a:",), (":3",), ("a:b:c",), ("a", "b"), ("a", ""), ("", "")]
)
def test_unusable_servers_are_runtime_errors(args):
    with pytest.raises(RuntimeError) as caught:
        ecflow.Client(*args)
    assert isinstance(caught.value, ecflow.ArgumentError)


def test_a_wrong_item_is_a_runtime_error_as_in_the_original(peer, client):
    for call in (lambda: client.suspend(["/a", 1]), lambda: client.ch_register(True, [1])):
        with pytest.raises(RuntimeError, match="item . is int, expected str"):
            call()
    with pytest.raises(RuntimeError, match="item 0 is int, expected Variable"):
        client.set_child_init_add_vars([1])
    with pytest.raises(RuntimeError, match="item 0 is int, expected str"):
        client.set_child_init_add_vars({1: "b"})
    assert peer.requests == []


def test_bools_are_lenient_as_in_the_original(peer, client):
    assert client.begin_all_suites(1) == 0
    assert sent(peer)[1]["force_"] is True
    assert client.begin_all_suites(None) == 0
    assert sent(peer)[1]["force_"] is False


def test_exact_types_win_over_lenient_ones(peer, client):
    """ch_auto_add(bool) and ch_auto_add(int, bool): a number alone is taken for a bool, as in the original."""
    assert client.ch_auto_add(3, False) == 0
    assert sent(peer)[1]["client_handle_"] == 3
    assert sent(peer)[1]["auto_add_new_suites_"] is False


def test_index_is_an_int(peer, client):
    class Number:
        def __index__(self):
            return 7

    client.get_log(Number())
    assert sent(peer)[1]["get_last_n_lines_"] == 7


def test_pairs(peer, client):
    client.edit_script_submit("/t", ["A=1", "B=x=y"], ["line"], True, False)
    assert sent(peer)[1]["user_variables_"] == [
        {"first": "A", "second": "1"},
        {"first": "B", "second": "x=y"},
    ]
    client.set_child_init_add_vars({"a": 1, "b": "x"})
    client.set_child_init_add_vars([ecflow.Variable("a", "b"), ("c", "d")])
    client.set_child_complete_del_vars(["a"])


def test_text_that_is_not_utf8_travels_both_ways():
    from peer import Peer, text

    raw = "Latin-1: \udce9"
    with Peer(lambda name, fields: text(fields["attribute_"])) as p:
        assert ecflow.Client("127.0.0.1", p.port).query("variable", "/a", raw) == raw


def test_an_exception_of_a_conversion_is_not_lost(client):
    class Bad:
        def __index__(self):
            raise KeyError("mine")

    with pytest.raises(KeyError):
        client.get_log(Bad())

    class Text:
        def __str__(self):
            raise LookupError("mine")

    with pytest.raises(LookupError):
        client.set_child_init_add_vars({"a": Text()})


def test_signatures_and_docs():
    import inspect

    assert str(inspect.signature(ecflow.Client.query)).startswith("(self, /, query_type")
    assert ecflow.Client.ping.__doc__
    for name in dir(ecflow.Client):
        if not name.startswith("_"):
            assert getattr(ecflow.Client, name).__doc__, name


@pytest.mark.parametrize("length", [2**63 - 1, 2**62, 2**61, 2**60, 2**59])
@pytest.mark.parametrize("name", ["delete", "set_child_init_add_vars"])
def test_a_list_that_lies_about_its_length(client, name, length):
    class Liar(list):
        def __len__(self):
            return length

    with pytest.raises(MemoryError):
        getattr(client, name)(Liar(["a=b"] * 1000))


@pytest.mark.parametrize("name", [lambda cls: 1 // 0, lambda cls: 3], ids=["raises", "int"])
def test_a_type_whose_name_is_no_text(client, name):
    class Odd(metaclass=type("Meta", (type,), {"__name__": property(name)})):
        pass

    with pytest.raises(TypeError, match="argument 'suite_name' should be str, not object"):
        client.begin_suite(Odd())
    with pytest.raises(ecflow.ArgumentError, match="item 1 is object, expected str"):
        client.delete(["/a", Odd()])
