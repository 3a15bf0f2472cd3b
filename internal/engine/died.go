package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/jobs"
)

// died notes which commands of jobs have failed. Only the failure of one that submits a job aborts the task.
//
// source: libs/node System.cpp, died.
func (e *Engine) died(failed []jobs.Failure) {
	e.noteFailures(failed)
	e.wake()
	e.kept(func() {})
	e.log.Flush()
	e.troubled()
}

func (e *Engine) noteFailures(failed []jobs.Failure) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range failed {
		e.log.Write(defs.LogError, f.Reason)
		if task := e.tree.Find(f.Path); task != nil && task.IsSubmittable() {
			e.commandFailed(task, f)
		}
	}
}

func (e *Engine) commandFailed(task *defs.Node, f jobs.Failure) {
	switch f.Kind {
	case jobs.Kill:
		setFlags(task, task.Flag().With(defs.FlagKillCmdFailed))
		return
	case jobs.Status:
		setFlags(task, task.Flag().With(defs.FlagStatusCmdFailed))
		return
	}
	setFlags(task, task.Flag().With(defs.FlagJobCmdFailed))
	if state := task.State(); state == defs.Complete || state == defs.Active { // the job goes on, or went on, all the same
		e.log.Write(defs.LogError, "System::died: ECF_JOB_CMD *failed*, but state is "+state.String()+"("+f.Path+") setting zombie flag")
		setFlags(task, task.Flag().With(defs.FlagZombie))
		return
	}
	task.JobAborted(f.Reason)
}
