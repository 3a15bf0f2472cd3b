package engine

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/jobs"
)

// kill starts the command that kills the job of a task or alias: the one of that process or remote id or, if it is "",
// the task's own, if it has one. The lock is held.
//
// source: libs/node Submittable.cpp, kill.
func (e *Engine) kill(task *defs.Node, id string) error {
	setFlags(task, task.Flag().Without(defs.FlagKillCmdFailed).Without(defs.FlagKilled))
	if id == "" && task.State() != defs.Active && task.State() != defs.Submitted {
		return nil
	}
	if err := e.steer(task, id, steering{"kill", "ECF_KILL_CMD", "task", jobs.Kill}); err != nil {
		setFlags(task, task.Flag().With(defs.FlagKillCmdFailed))
		return err
	}
	setFlags(task, task.Flag().With(defs.FlagKilled))
	return nil
}

// status starts the command that asks how the job of a task or alias is. The lock is held.
//
// source: libs/node Submittable.cpp, status.
func (e *Engine) status(task *defs.Node) error {
	setFlags(task, task.Flag().Without(defs.FlagStatusCmdFailed).Without(defs.FlagStatus))
	err := e.askStatus(task)
	if err != nil {
		setFlags(task, task.Flag().With(defs.FlagStatusCmdFailed))
		return err
	}
	setFlags(task, task.Flag().With(defs.FlagStatus))
	return nil
}

func (e *Engine) askStatus(task *defs.Node) error {
	if task.State() != defs.Active && task.State() != defs.Submitted {
		return fault.New(fault.Argument, "Submittable::status: To use status command on a *single* node("+task.Path()+
			") it must be active or submitted")
	}
	return e.steer(task, "", steering{"status", "ECF_STATUS_CMD", "ACTIVE task", jobs.Status})
}

// steering is one of the two commands that are about a job that runs.
type steering struct {
	what, variable, active string
	kind                   jobs.Kind
}

func (e *Engine) steer(task *defs.Node, id string, s steering) error {
	path := task.Path()
	fail := func(why string) error { return fault.New(fault.Refused, "Submittable::"+s.what+": "+why) }
	if id == "" && task.State() == defs.Active && task.ProcessID() == "" {
		return fail("Generated variable ECF_RID is empty for " + s.active + " " + path)
	}
	command, _ := task.UserVariable(s.variable)
	if command == "" {
		return fail(s.variable + " not defined, for task " + path + "\n")
	}
	if id != "" {
		command = strings.Replace(command, "%ECF_RID%", id, 1)
	}
	text, ok := task.Substitute(command, nil, task.Micro())
	if !ok {
		return fail("Variable substitution failed for " + s.variable + "(" + text + ") on task " + path + "\n")
	}
	if e.jobs != nil {
		e.jobs.Start(jobs.Command{Kind: s.kind, Path: path, Text: text})
	}
	return nil
}
