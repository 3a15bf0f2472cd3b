package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// freeRow frees nodes from what they wait for.
//
// source: libs/base FreeDepCmd.cpp.
func freeRow(m *wire.FreeDepCmd) (row, error) {
	return row{
		access: edits, write: true, paths: root, count: func(n *tally) *uint32 { return &n.FreeDep },
		run: func(c *call) (wire.Reply, error) { return nil, c.free(m) },
	}, nil
}

func (c *call) free(m *wire.FreeDepCmd) error {
	var wrong problems
	for _, path := range m.Paths {
		n := c.edit(path)
		if n == nil {
			wrong.add("FreeDepCmd: Could not find node at path %s", path)
			c.logf(defs.LogError, "FreeDepCmd: Could not find node at path %s", path)
			continue
		}
		if m.All || m.Trigger {
			n.SetTriggerFree(true)
		}
		if m.All || m.Date {
			n.FreeDate()
		}
		if m.All || m.Time {
			n.FreeTime()
		}
	}
	c.resolve = true
	return wrong.err()
}

// orderRow moves a node among those beside it.
//
// source: libs/base OrderNodeCmd.cpp.
func orderRow(m *wire.OrderNodeCmd) (row, error) {
	return row{
		access: edits, write: true, paths: []string{m.AbsNodepath}, count: func(n *tally) *uint32 { return &n.Order },
		run: func(c *call) (wire.Reply, error) {
			if c.edit(m.AbsNodepath) == nil {
				_, err := c.find(m.AbsNodepath)
				return nil, err
			}
			if m.Option < wire.OrderTop || m.Option > wire.OrderRuntime {
				return nil, refused("OrderNodeCmd: the order is not known")
			}
			c.resolve = true
			return nil, c.edited[0].Order(defs.Order(m.Option))
		},
	}, nil
}
