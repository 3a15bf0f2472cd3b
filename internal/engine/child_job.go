package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// The requests of jobs. Those that may set tasks free wake the clock's goroutine, which looks for them.

// source: libs/base InitCmd.cpp.
func (c *call) init(m *wire.InitCmd, task *defs.Node) error {
	vars := make([]defs.Variable, len(m.VarToAdd))
	for i, v := range m.VarToAdd {
		var err error
		if vars[i], err = defs.NewVariable(v.Name, v.Value); err != nil {
			return err // the original takes such names, and cannot read its check point
		}
	}
	task.JobActive(m.RemoteID)
	for _, v := range vars {
		task.AddVariable(v)
	}
	c.wake()
	return nil
}

// source: libs/base CompleteCmd.cpp.
func (c *call) complete(m *wire.CompleteCmd, task *defs.Node) error {
	c.zombies.RemoveJob(task)
	if err := task.JobComplete(); err != nil {
		return err
	}
	for _, name := range m.VarToDel {
		if name != "" {
			_ = task.DeleteVariable(name) // which may be gone already
		}
	}
	c.wake()
	return nil
}

// source: libs/base AbortCmd.cpp.
func (c *call) abort(m *wire.AbortCmd, task *defs.Node) error {
	c.zombies.RemoveJob(task)
	reason := m.Reason
	if reason == "" {
		reason = "Trap raised in job file"
	}
	task.JobAborted(reason)
	c.wake()
	return nil
}

// source: libs/base EventCmd.cpp.
func (c *call) event(m *wire.EventCmd, task *defs.Node) error {
	if task.ChangeEvent(m.Name, m.Value) != nil {
		c.write(defs.LogError, "Event request failed as event '"+m.Name+"' does not exist on task "+m.Path)
		return nil
	}
	c.wake()
	return nil
}

// source: libs/base MeterCmd.cpp.
func (c *call) meter(m *wire.MeterCmd, task *defs.Node) error {
	const me = "MeterCmd::doHandleRequest: failed "
	if _, known := task.Meter(m.Name); !known {
		c.write(defs.LogError, me+"as meter '"+m.Name+"' does not exist on task "+m.Path)
		return nil
	}
	if err := task.ChangeMeter(m.Name, m.Value); err != nil {
		c.write(defs.LogError, me+"for task "+m.Path+". "+message(err))
		return nil
	}
	c.wake()
	return nil
}

// source: libs/base LabelCmd.cpp.
func (c *call) label(m *wire.LabelCmd, task *defs.Node) error {
	if _, known := task.Label(m.Name); known {
		return task.ChangeLabel(m.Name, m.Label)
	}
	return nil
}

// source: libs/base CtsWaitCmd.cpp.
func (c *call) wait(m *wire.CtsWaitCmd, task *defs.Node) (wire.Reply, error) {
	holds, err := task.Holds("CtsWaitCmd:", m.Expression)
	switch {
	case err != nil:
		return nil, err
	case holds:
		setFlags(task, task.Flag().Without(defs.FlagWait))
		return nil, nil
	}
	setFlags(task, task.Flag().With(defs.FlagWait))
	return &wire.StcCmd{API: wire.StcBlockClientOnHomeServer}, nil
}
