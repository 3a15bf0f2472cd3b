package job

import (
	"context"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// Prepared is what is needed to start a task's job.
type Prepared struct {
	Made           // zero for a task without script
	Command string // of ECF_JOB_CMD; empty for a dummy task, which nothing is started for
}

// Failure is in the chain of the errors of [Maker.Prepare]: what becomes of the task.
type Failure struct {
	Mark   defs.FlagType // that the task gets
	Reason string        // why the task aborts; empty when it stays as it is
}

func (f *Failure) Error() string { return f.Reason }

// Prepare makes a task's job, unless ECF_NO_SCRIPT says that there is none, and
// the command that starts it. The task's password, process id and try number
// are those of the job already. The task itself is not changed.
//
// source: libs/node Submittable.cpp, submit_job_only.
func (m *Maker) Prepare(ctx context.Context, n *defs.Node, options Options) (Prepared, error) {
	const me = "Submittable::submit_job_only: "
	if s := n.State(); s == defs.Active || s == defs.Submitted {
		return Prepared{}, refused(n, defs.FlagEditFailed, "", me+"failed: Submittable "+n.Path()+" is already "+s.String()+" : ")
	}
	if _, dummy := n.UserVariable("ECF_DUMMY_TASK"); dummy {
		return Prepared{}, nil
	}
	var made Made
	if _, without := n.UserVariable("ECF_NO_SCRIPT"); !without {
		script, err := Locate(m.sys, n)
		if err != nil {
			why := words(err)
			return Prepared{}, refused(n, defs.FlagNoScript, why, me+"Script location failed for task "+n.Path()+" :\n"+why+"\n")
		}
		if made, err = m.make(ctx, n, script, options); err != nil {
			why := me + "Job creation failed for task " + n.Path() + " : \n   " + words(err) + "\n"
			return Prepared{}, refused(n, defs.FlagEditFailed, why, why)
		}
	}
	command, err := jobCommand(n, options.Generated)
	if err != nil {
		why := " Job creation failed for task " + n.Path() + " could not create child process."
		return Prepared{}, refused(n, defs.FlagJobCmdFailed, why, words(err)+why)
	}
	return Prepared{made, command}, nil
}

// refused makes an error. Lines of scripts, which messages show, may have the job's password: it is blotted out.
func refused(n *defs.Node, mark defs.FlagType, reason, text string) error {
	if password, _ := n.GeneratedVariable("ECF_PASS"); len(password) >= passwordSize {
		reason = strings.ReplaceAll(reason, password, blot)
		text = strings.ReplaceAll(text, password, blot)
	}
	kind := fault.Check
	if mark == defs.FlagNoScript {
		kind = fault.NotFound
	}
	return &fault.Error{Kind: kind, Msg: text, Err: &Failure{mark, reason}}
}

// jobCommand is ECF_JOB_CMD with its variables replaced.
func jobCommand(n *defs.Node, generated []defs.Variable) (string, error) {
	const me = "Submittable::createChildProcess: "
	command, _ := n.UserVariable("ECF_JOB_CMD")
	if command == "" {
		return "", failf(me + "Could not find ECF_JOB_CMD : ")
	}
	s := defs.Substitution{Node: n, Micro: n.Micro(), Generated: generated}
	command, ok := s.Expand(command)
	if !ok {
		return "", failf(me+"Variable substitution failed for ECF_JOB_CMD(%s) :", command)
	}
	return command, nil
}
