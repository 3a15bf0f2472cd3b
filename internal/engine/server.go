package engine

import (
	"fmt"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/version"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func unknown(m wire.Request) error {
	return fmt.Errorf("the server does not know the request %s", wire.TypeName(m))
}

func (c *call) version() (wire.Reply, error) { return &wire.SStringCmd{Str: version.EcFlow}, nil }

// ctsRow is that of the requests without arguments.
//
// source: CtsCmd.cpp.
func ctsRow(m *wire.CtsCmd) (row, error) {
	n := func(f func(*wire.RequestCounts) *uint32) counter { return f }
	switch m.API {
	case wire.CtsPing:
		return row{ping: true, count: n(func(n *wire.RequestCounts) *uint32 { return &n.Ping }), run: func(*call) (wire.Reply, error) { return nil, nil }}, nil
	case wire.CtsRestartServer:
		return row{access: edits, write: true, count: n(func(n *wire.RequestCounts) *uint32 { return &n.Restart }), run: (*call).restart}, nil
	case wire.CtsShutdownServer:
		return row{access: edits, write: true, count: n(func(n *wire.RequestCounts) *uint32 { return &n.Shutdown }), run: (*call).shutdown}, nil
	case wire.CtsHaltServer:
		return row{access: edits, write: true, count: n(func(n *wire.RequestCounts) *uint32 { return &n.Halt }), run: (*call).halt}, nil
	case wire.CtsTerminateServer:
		return row{access: edits, write: true, run: (*call).end}, nil
	case wire.CtsSuites:
		return row{access: reads, count: n(func(n *wire.RequestCounts) *uint32 { return &n.Suites }), run: (*call).suites}, nil
	}
	return row{}, unknown(m)
}

func (c *call) restart() (wire.Reply, error) {
	c.setState(defs.Running)
	if c.keeper != nil {
		c.keeper.Go()
	}
	c.resolve = true
	return nil, nil
}

func (c *call) shutdown() (wire.Reply, error) {
	c.setState(defs.Shutdown)
	if c.keeper != nil {
		c.keeper.Go()
	}
	return nil, nil
}

func (c *call) halt() (wire.Reply, error) {
	c.setState(defs.Halted)
	if c.keeper != nil {
		c.keeper.Hold()
	}
	return nil, nil
}

func (c *call) end() (wire.Reply, error) {
	c.terminate = true
	if c.keeper != nil {
		c.later = append(c.later, func() { _ = c.keeper.Save() })
	}
	return nil, nil
}

func (c *call) suites() (wire.Reply, error) {
	names := make([]string, 0, len(c.tree.Suites()))
	for _, s := range c.tree.Suites() {
		names = append(names, s.Name())
	}
	return &wire.SSuitesCmd{Suites: names}, nil
}

// setState sets the state of the server. The lock is held.
func (e *Engine) setState(s defs.SState) {
	e.tree.SetServerState(s)
	if s == defs.Running {
		e.startClock(second(e.clock()))
		e.wake()
	}
}
