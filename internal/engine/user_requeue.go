package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// requeueRow queues nodes again.
//
// source: libs/base RequeueNodeCmd.cpp.
func requeueRow(m *wire.RequeueNodeCmd) (row, error) {
	return row{
		access: edits, write: true, paths: orRoot(m.Paths), count: func(n *tally) *uint32 { return &n.Requeue },
		run: func(c *call) (wire.Reply, error) { return nil, c.requeue(m) },
	}, nil
}

func (c *call) requeue(m *wire.RequeueNodeCmd) error {
	var wrong problems
	again := (*defs.Node).Requeue
	for _, path := range m.Paths {
		n := c.edit(path)
		if n == nil {
			wrong.add("RequeueNodeCmd: Could not find node at path %s", path)
			c.logf(defs.LogError, "RequeueNodeCmd: Could not find node at path %s", path)
			continue
		}
		if s := n.Suite(); !s.Begun() {
			return refused("RequeueNodeCmd::doHandleRequest: For node " + path + ". The suite " + s.Name() + " must be 'begun' first")
		}
		var err error
		switch m.Option {
		case wire.RequeueAbort:
			err = n.RequeueAborted()
		case wire.RequeueForce:
			c.userZombies(n, "requeue")
			err = again(n)
		default:
			var w atWork
			if w.look(n); w.active+w.submitted > 0 {
				return nil // not even the paths after it are done; nor is it an error
			}
			err = again(n)
		}
		if err != nil {
			return err
		}
		if n.IsContainer() && m.Option != wire.RequeueAbort {
			again = (*defs.Node).RequeueResumed // the original has the nodes after a suite or family resumed
		}
	}
	c.resolve = true
	return wrong.err()
}
