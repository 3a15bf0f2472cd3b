"""ecflow.ecf: what the original says to the same programs, and what works here and not there."""

import json
import sys

import ecf_programs
import ecflow
import pytest
from conftest import run
from ecflow import ecf, sms2ecf

RECORDED = ecf_programs.recorded()
WRITTEN = ecf_programs.written()
BY_CHANCE = [program for program in RECORDED if program not in set(WRITTEN)]


@pytest.fixture(autouse=True)
def as_imported(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # simulate() writes a log
    ecf_programs.run("")
    yield
    ecf_programs.run("")
    sms2ecf.ECF_MODE, sms2ecf.RAW_MODE = "ecflow", False


@pytest.mark.parametrize("number", range(len(WRITTEN)))
def test_program(number):
    program = WRITTEN[number]
    said, expected = ecf_programs.run(program), RECORDED[program]
    if expected.startswith("!") and said == "!DefError":
        return  # the original stumbles; here it is refused
    assert said == expected, program


@pytest.mark.parametrize("number", range(len(BY_CHANCE)))
def test_program_by_chance(number):
    program = BY_CHANCE[number]
    assert ecf_programs.run(program) == RECORDED[program], program


def test_programs_are_recorded():
    assert set(WRITTEN) <= set(RECORDED) and len(BY_CHANCE) == 60


def test_import_is_quiet():
    said = run(
        "import os, sys\n"
        "os.environ.pop('HOME', None); os.environ.pop('USER', None)\n"
        "os.getuid = lambda: 3999999  # nobody\n"
        "import socket\n"
        "def refuse(*args): raise AssertionError('connects')\n"
        "socket.socket.connect = refuse\n"
        "import ecflow\n"
        "assert 'ecflow.ecf' not in sys.modules and 'ecflow.sms2ecf' not in sys.modules\n"
        "import ecflow.ecf\n"
        "from ecflow.ecf import *\n"
        "assert isinstance(CLIENT, ecflow.Client) and CLIENT is ecflow.ecf.CLIENT\n"
        "assert ecflow.ecf.ECF_PORT == 4001499 and get_uid() == 3999999\n"
    )
    assert said == ""


@pytest.mark.parametrize("home", ["/a/directory", "localhost", "no:host:at:all"])
def test_import_with_environment(home):
    code = "from ecflow.ecf import *; print(ECF_HOME, ECF_PORT, isinstance(CLIENT, ecflow.Client))"
    assert run(code, env={"ECF_HOME": home, "ECF_PORT": "20000"}) == f"{home} 20000 True\n"


def test_names():
    exported = {}
    exec("from ecflow.ecf import *", exported)
    assert exported["ecflow"] is ecflow and exported["Task"] is ecf.Task and "_tree" not in exported
    assert ecf.Task.__module__ == ecf.If.__module__ == "ecflow.ecf"
    with pytest.raises(AttributeError):
        ecf.nothing_of_this_name  # noqa: B018


def test_states_differ():
    assert ("t1" != ecf.COMPLETE) == "t1 != complete"
    assert (ecf.ABORTED != ecf.Task("t")) == "/t != aborted"
    assert (ecflow.Task("t") != ecf.COMPLETE) == "/t != complete"
    assert ecf.UNKNOWN.eval(ecf.Task("t")) and not ecf.COMPLETE.eval(ecflow.Task("t"))


def test_trigger_from_raw_expressions():
    for expression in (ecflow.Expression("a == complete"), ecflow.PartExpression("a == complete")):
        assert "trigger a == complete" in repr(ecf.Task("t").add(ecf.Trigger(expression)))


def test_limit_within_itself():
    assert repr(ecf.Family("f").add(ecf.Limit("l", 2, inlimit=1))).count("limit l") == 2


def test_crons():
    assert "cron -w 1 -d 2 -m 3 10:00" in repr(
        ecf.Task("t").add(ecf.Cron("-w 1 10:00", days=[2], months=[3]))
    )
    assert "cron -d 1,15 10:00" in repr(ecf.Task("t").cron("10:00", dom=[1, 15]))
    with pytest.raises(ValueError, match="no time"):
        ecf.Cron("-w 1")


def test_defaults():
    assert "clock real" in repr(ecf.Suite("s").add(ecf.Clock()))
    assert ecf.Clock(None).real is None
    assert "zombie ecf:remove::3600" in repr(ecf.Family("f").add(ecf.Zombie()))


def test_repeats():
    assert "repeat date date_of_run 20300101 20300105" in repr(
        ecf.Family("f").add(ecf.Repeat("date_of_run", 20300101, 20300105))
    )
    assert "repeat day 2" in repr(ecf.Family("f").repeat(step=2, kind="day"))


def test_edit_from_variables():
    assert "edit A '1'" in repr(ecf.Task("t").add(ecf.Edit(ecflow.Variable("A", "1"))))
    assert repr(ecf.Task("t").add(ecf.Edit(ecf.Variables(A=1, B=2, C=3)))).count("edit ") == 3
    with pytest.raises(ecf.DefError):
        ecf.Edit("A", 1, None, "B", 2)


def test_node_methods():
    task = ecf.Task("t")
    assert "edit A '1'" in repr(task.variable("A", 1)) and task.find_variable("A").value() == "1"
    assert "defstatus complete" in repr(task.defstatus("complete"))
    suite = ecf.Suite("s")
    assert suite + task is suite and suite.append(ecf.Task("a"), ecf.Task("b")) is suite
    assert [node.name() for node in suite.real.nodes] == ["t", "a", "b"]
    assert task.is_eq(task) and not task.is_eq(ecf.Task("t").add(ecf.Edit(A=2)))


def test_subclasses():
    class MySuite(ecf.Suite):
        pass

    class MyTask(ecf.Task):
        pass

    defs = ecf.Defs().add(MySuite("s").add(MyTask("t").add(ecf.Trigger([MyTask("u")]))))
    assert "trigger /u == complete" in str(defs)


def test_definition():
    defs = ecf.Defs().append(ecf.Suite("s"), ecf.Suite("u"))
    assert defs.find_node("/u").name() == "u"
    assert "extern /a\nextern /a:b" in str(defs.add(ecf.Extern("/a:b")))


def test_two_suites_in_blocks():
    ecf.CWN.cdp(True)
    with ecf.Suite("a"):
        ecf.Task("t")
    with ecf.Suite("b"):
        ecf.Task("u")
    assert [(s.name(), [n.name() for n in s.nodes]) for s in ecf.DEFS.suites] == [("a", ["t"]), ("b", ["u"])]


def test_to_pyflow():
    suite = ecf.Suite("s").add(ecf.Edit(A=1), ecf.Family("f").add(ecf.Task("t"), ecf.Meter("m", 0, 5)))
    expected = {"s": {"variables": {"A": "1"}, "f": {"meters": {"m": [0, 5]}, "t": {}}}}
    assert ecf.to_pyflow(suite) == ecf.to_pyflow(suite.real) == expected


def test_json_and_back():
    task = ecf.Task("t").add(
        ecf.Meter("m", 0, 10, 5), ecf.Edit(A=1), ecf.Event("3 e"), ecf.Trigger("a == complete")
    )
    suite = ecf.Suite("s").add(task, ecf.Task("a"))
    again = ecf.from_json(json.loads(ecf.to_json(suite)))
    assert sorted(repr(again).split("\n")) == sorted(repr(suite).split("\n"))
    assert ecf.to_json(ecf.Defs().add(suite)) == ecf.to_json(ecf.Defs().add(again))
    assert ecf.to_d3js(suite) == ecf.to_d3js(suite.real)


def test_head_and_tail(tmp_path):
    ecf.create_head_and_tail(str(tmp_path / "include"))
    (tmp_path / "include" / "head.h").write_text("mine")
    ecf.create_head_and_tail(str(tmp_path / "include"))
    assert (tmp_path / "include" / "head.h").read_text() == "mine"
    assert "ecflow_client --complete" in (tmp_path / "include" / "tail.h").read_text()


def test_drawing_needs_graphviz(monkeypatch):
    monkeypatch.setitem(sys.modules, "graphviz", None)
    with pytest.raises(ecf.DefError, match="graphviz"):
        ecf.Dot()


def test_client():
    assert (
        str(ecf.Client("localhost", 20000)) == f"ecflow client localhost@20000 v{ecflow.Client().version()}"
    )


def test_selection_of_a_site(monkeypatch):
    site = type(sys)("inc_common")
    site.psel = lambda: "oper"
    monkeypatch.setitem(sys.modules, "inc_common", site)
    oper, other = ecf.Suite("oper"), ecf.Suite("other")
    inside, outside = oper.family("f"), other.family("g")
    assert ecf.Trigger([inside, outside]).expression() == "/oper/f == complete and g == complete"


def test_translate():
    sms2ecf.ECF_MODE = "sms"
    ecf.set_raw_mode()
    assert sms2ecf.RAW_MODE is True
    assert "edit SMSHOME 'SMSX'" in repr(ecf.Task("t").add(ecf.Edit(ECF_HOME="ECF_X")))
    ecf.set_raw_mode(False)
    assert ecf.translate("ECF_JOB_CMD", "submit WSHOST") == (
        "SMSCMD",
        "/home/ma/emos/bin/trimurti  %USER% %WSHOST% %SMSJOB% %SMSJOBOUT%",
    )
    sms2ecf.ECF_MODE = "ecflow"
    assert sms2ecf.translate("SMSURLBASE", "x") == ("ECF_URL_BASE", "x")
    assert sms2ecf.DICT_ECF_SMS["ECF_HOST"] == "SMSHOST" and len(sms2ecf.DICT_SMS_ECF) == 37


def test_sms2ecf_copies(tmp_path):
    (tmp_path / "a").write_text("suite s\n action x\n")
    sms2ecf.sms2ecf(str(tmp_path / "a"), str(tmp_path / "b"))
    assert (tmp_path / "b").read_text() == "suite s\n\n action x\n\n"
    sms2ecf.CDP, kept = str(tmp_path / "none"), sms2ecf.CDP
    with pytest.raises(FileNotFoundError):
        sms2ecf.get("x")
    sms2ecf.CDP = kept
