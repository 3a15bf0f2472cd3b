"""Jobs without a server: Defs.check_job_creation() and Defs.generate_scripts().

What scripts become is tested in defs/job, against what the original made of them.
"""

import os

import ecflow
import pytest


@pytest.fixture
def defs(tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "t.ecf").write_text("echo %TASK%\n")
    task = ecflow.Task("t")
    return ecflow.Defs(ecflow.Suite("s", task, ecflow.Task("u"), ECF_HOME=str(tmp_path)))


def test_check_gives_what_is_wrong_and_writes_the_rest(defs, tmp_path, capsys):
    wrong = defs.check_job_creation()
    assert wrong.startswith("Submittable::submit_job_only: Script location failed for task /s/u :\n")
    job = tmp_path / "s" / "t.job0"
    assert job.read_text() == "echo t"
    assert os.access(job, os.X_OK)
    assert capsys.readouterr().out == ""
    with pytest.raises(RuntimeError, match="Script location failed for task /s/u"):
        defs.check_job_creation(throw_on_error=True)
    assert defs.check_job_creation(False, True) == wrong
    assert capsys.readouterr().out == "Defs::check_job_creation(verbose):\n /s/t (0 ms)\n /s/u (FAILED)\n"
    assert defs.s.get_state() == ecflow.State.unknown


def test_check_with_a_control(defs, tmp_path):
    ctrl = ecflow.JobCreationCtrl()
    ctrl.set_dir_for_job_creation(str(tmp_path / "jobs"))
    ctrl.set_node_path("/s/t")
    assert defs.check_job_creation(ctrl) is None
    assert ctrl.get_error_msg() == ""
    assert (tmp_path / "jobs" / "s" / "t.job0").exists()
    ctrl.set_node_path("")
    defs.check_job_creation(ctrl)
    defs.check_job_creation(ctrl)
    assert ctrl.get_error_msg().count("Script location failed") == 2
    ctrl.set_node_path("/nix")
    defs.check_job_creation(ctrl)
    assert ctrl.get_error_msg() == "Defs::check_job_creation: failed as node path '/nix' does not exist.\n"


def test_generated_scripts_make_jobs(defs, tmp_path, capsys):
    with pytest.raises(RuntimeError, match="no ECF_INCLUDE specified"):
        defs.generate_scripts()
    defs.s.add_variable("ECF_INCLUDE", str(tmp_path / "inc"))
    defs.generate_scripts()
    assert capsys.readouterr().out == (
        f"Cannot generate. Script file {tmp_path}/s/t.ecf already exists\n"
        f"Generated header file: {tmp_path}/inc/head.h\n"
        f"Generated tail file: {tmp_path}/inc/tail.h\n"
        f"Generated script file {tmp_path}/s/u.ecf\n"
    )
    assert defs.check_job_creation() == ""
