package engine

import (
	"github.com/ecflow-go/ecflow/internal/wire"
)

// rowOf is the table of requests: how each is handled. Requests of one type that differ by a number have
// functions of their own, in the file of their group.
func rowOf(m wire.Request) (row, error) {
	switch m := m.(type) {
	case *wire.CtsCmd:
		return ctsRow(m)
	case *wire.ServerVersionCmd:
		return row{count: func(n *wire.RequestCounts) *uint32 { return &n.ServerVersion }, run: (*call).version}, nil
	case *wire.GroupCTSCmd:
		return groupRow(m)
	case *wire.LoadDefsCmd:
		var loaded loading
		return row{
			access: edits, write: true, count: func(n *wire.RequestCounts) *uint32 { return &n.Load },
			prepare: func(c *call) error { return loaded.read(c, m) },
			run:     func(c *call) (wire.Reply, error) { return nil, loaded.absorb(c, m.Force) },
		}, nil
	case *wire.BeginCmd:
		return row{
			access: edits, write: true, count: func(n *wire.RequestCounts) *uint32 { return &n.Begin },
			run: func(c *call) (wire.Reply, error) { return nil, c.begin(m) },
		}, nil
	case *wire.CSyncCmd:
		return syncRow(m)
	case *wire.ClientHandleCmd:
		return handleRow(m)
	case *wire.CtsNodeCmd:
		return nodeRow(m)
	}
	return row{}, unknown(m)
}
