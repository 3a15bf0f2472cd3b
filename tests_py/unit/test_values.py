"""Variable, Zombie and their lists."""

import copy

import ecflow
import pytest
from ecflow import ChildCmdType, Variable, Zombie, ZombieAttr, ZombieType, ZombieUserActionType, ZombieVec
from peer import Peer, text


def test_variable():
    v = Variable("a", 3)
    assert (v.name(), v.value(), str(v), v.empty()) == ("a", "3", "edit a '3'", False)
    assert v == Variable("a", "3") == copy.copy(v) and v != Variable("a", "4") and v < Variable("b", "")
    assert isinstance(hash(v), int)


@pytest.mark.parametrize(
    "name, text",
    [("", "empty string"), ("a b", "only alphanumeric"), (".a", "only alphanumeric"), ("é", "only")],
)
def test_variable_names(name, text):
    with pytest.raises(RuntimeError, match="Variable::new_variable: Invalid name .*" + text):
        Variable(name, "b")


def test_variable_types():
    for args in [("a", 3.5), (1, "a"), ("a", None)]:
        with pytest.raises(TypeError, match="incompatible constructor arguments"):
            Variable(*args)
    with pytest.raises(RuntimeError):
        Variable("a", 2**70)


def test_empty_zombie_prints_as_the_original():
    z = Zombie()
    assert str(z) == (
        " task-path type age(s) password pid try_no action     child calls host explanation             \n"
        "           user 0                   0      auto-block init  0          Created by user action()\n"
    )
    assert z.empty() and z.type() == ZombieType.user and z.user_action() == ZombieUserActionType.block
    assert str(z.attr()) == "zombie not_set:block::0" and z.allowed_age() == 0
    assert z == Zombie() == copy.copy(z)
    assert (
        str(ZombieVec([z])) == "ZombieVec[ user 0  <pid> 0 calls(0) auto-block init]"
        and str(ZombieVec()) == "ZombieVec[]"
    )


def test_zombie_attr():
    a = ZombieAttr(ZombieType.ecf, [ChildCmdType.init], ZombieUserActionType.fob)
    assert (
        str(a) == "zombie ecf:fob:init:3600"
        and a.zombie_lifetime() == 3600
        and a.child_cmds == [ChildCmdType.init]
    )
    assert str(ZombieAttr(ZombieType.user, [], ZombieUserActionType.kill, 5)) == "zombie user:kill::60"
    assert a == copy.copy(a) and not a.empty()
    with pytest.raises(TypeError):
        ZombieAttr(1, [], ZombieUserActionType.fob)
    with pytest.raises(RuntimeError):
        ZombieAttr(ZombieType.ecf, ["init"], ZombieUserActionType.fob)


def test_vec_holds_zombies_only():
    v = ZombieVec()
    v.append(Zombie())
    v.extend([Zombie()])
    assert len(v) == 2
    for wrong in (lambda: v.append(1), lambda: ZombieVec([1]), lambda: v.insert(0, None)):
        with pytest.raises(RuntimeError):
            wrong()


ZOMBIE = {
    "cereal_class_version": 0, "user_action_": 0, "try_no_": 2, "duration_": 30, "calls_": 4, "zombie_type_": 2,
    "last_child_cmd_": 7, "path_to_task_": "/s/t", "jobs_password_": "PW", "process_or_remote_id_": "123",
    "user_cmd_": "", "host_": "node1",
    "attr_": {
        "cereal_class_version": 0, "child_cmds_": [0, 6], "zombie_type_": 2, "action_": 1, "zombie_lifetime_": 3600,
    },
    "user_action_set_": True,
}  # fmt: skip


def test_zombies_of_a_server():
    def script(name, fields):
        return (
            ("ZombieGetCmd", {"zombies_": [ZOMBIE]}) if fields.get("api_") == 9 else ("StcCmd", {"api_": 0})
        )

    with Peer(script) as p:
        client = ecflow.Client("127.0.0.1", p.port)
        (z,) = client.zombie_get(0)
        assert isinstance(z, Zombie) and z.path_to_task() == "/s/t" and z.type() == ZombieType.ecf_pid
        assert (z.try_no(), z.duration(), z.calls(), z.host()) == (2, 30, 4, "node1")
        assert z.fob() and z.user_action_str() == "manual-fob" and z.last_child_cmd() == ChildCmdType.complete
        assert z.attr().child_cmds == [ChildCmdType.init, ChildCmdType.abort]
        assert client.zombie_adopt(z) == 0
        assert p.requests[-1][1]["process_id_"] == "123" and p.requests[-1][1]["paths_"] == ["/s/t"]
        assert client.zombie_fob("/s/t") == 0
        assert client.zombie_fob(["/s/t"]) is None


def test_files_in_any_encoding():
    with Peer(lambda name, fields: text("caf\udce9\n")) as p:
        client = ecflow.Client("127.0.0.1", p.port)
        assert client.get_file("/s/t", as_bytes=True) == b"caf\xe9\n"
        assert client.get_file("/s/t", "script", "10", True) == b"caf\xe9\n"
        assert client.get_file("/s/t", as_bytes=False) == client.get_file("/s/t") == "caf\udce9\n"
    with Peer() as p:
        assert ecflow.Client("127.0.0.1", p.port).get_file("/s/t", as_bytes=True) == b""
