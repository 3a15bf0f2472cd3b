package engine

import (
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// checkRow is that of the request that saves the definition, or sets when it is saved.
//
// source: libs/base CheckPtCmd.cpp; libs/server BaseServer.cpp, checkPtDefs.
func checkRow(m *wire.CheckPtCmd) (row, error) {
	sets := m.Mode != wire.CheckPtUndefined || m.CheckPtInterval != 0 || m.CheckPtSaveTimeAlarm != 0
	return row{
		paths: root, write: sets, count: func(n *tally) *uint32 { return &n.Checkpt },
		run: func(c *call) (wire.Reply, error) {
			switch {
			case c.keeper == nil:
			case sets:
				c.keeper.Set(m.Mode, m.CheckPtInterval, m.CheckPtSaveTimeAlarm)
			case c.group != nil: // which holds the lock
				c.later = append(c.later, func() { _ = c.keeper.Save() })
			default:
				if err := c.keeper.Save(); err != nil {
					return nil, fault.New(fault.Config, "Could not save check point file. file system full or permissions ?")
				}
			}
			return nil, nil
		},
	}, nil
}

// kept waits until what has changed is as safe as the mode of check points asks for; before it does, it calls wait. The lock
// is not held.
func (e *Engine) kept(wait func()) {
	if e.keeper == nil {
		return
	}
	if durable := e.keeper.Changed(); durable != nil {
		wait()
		_ = durable() // the keeper tells of it, in the log and in the definition
	}
}
