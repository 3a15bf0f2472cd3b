package engine

import (
	"fmt"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// loading is a definition that was sent, read before the lock is taken.
type loading struct{ tree *defs.Defs }

func (l *loading) read(c *call, m *wire.LoadDefsCmd) (err error) {
	l.tree, err = text.ParseString(m.Defs, text.Options{Check: true, Host: c.opts.Host})
	return err
}

// absorb puts the suites into the server's definition; force lets them replace those of the same names.
//
// source: Defs.cpp, absorb.
func (l *loading) absorb(c *call, force bool) error {
	suites := append([]*defs.Node(nil), l.tree.Suites()...)
	for _, s := range suites {
		old := c.tree.Suite(s.Name())
		if old != nil && !force {
			return fmt.Errorf("Add Suite failed: A Suite of name '%s' already exists", s.Name())
		}
	}
	for _, s := range suites {
		at := -1
		if old := c.tree.Suite(s.Name()); old != nil {
			at = indexOf(c.tree.Suites(), old)
			if err := c.tree.Remove(old); err != nil {
				return err
			}
		}
		if err := l.tree.Remove(s); err != nil {
			return err
		}
		if err := c.tree.Add(s, at); err != nil {
			return err
		}
	}
	for _, v := range l.tree.UserVariables() {
		c.tree.AddVariable(v)
	}
	c.tree.UpdateState()
	return nil
}

func indexOf(nodes []*defs.Node, n *defs.Node) int {
	for i, m := range nodes {
		if m == n {
			return i
		}
	}
	return -1
}

// begin begins a suite, or all.
//
// source: BeginCmd.cpp.
func (c *call) begin(m *wire.BeginCmd) error {
	c.resolve = true
	if m.SuiteName == "" {
		for _, s := range c.tree.Suites() {
			if s.Begun() && !m.Force {
				continue
			}
			if err := s.Begin(c.now); err != nil {
				return err
			}
		}
		return nil
	}
	s := c.tree.Suite(m.SuiteName)
	if s == nil {
		return fmt.Errorf("BeginCmd::doHandleRequest:  Begin failed as suite '%s' is not loaded", m.SuiteName)
	}
	return s.Begin(c.now)
}

// nodeRow is that of the requests about one node, or the whole definition.
//
// source: CtsNodeCmd.cpp.
func nodeRow(m *wire.CtsNodeCmd) (row, error) {
	switch m.API {
	case wire.CtsNodeGet, wire.CtsNodeGetState, wire.CtsNodeMigrate:
		return row{
			access: reads, count: func(n *wire.RequestCounts) *uint32 { return &n.Get }, paths: some(m.AbsNodePath),
			run: func(c *call) (wire.Reply, error) { return c.get(m) },
		}, nil
	}
	return row{}, unknown(m)
}

func some(path string) []string {
	if path == "" {
		return nil
	}
	return []string{path}
}

func (c *call) get(m *wire.CtsNodeCmd) (wire.Reply, error) {
	if m.AbsNodePath == "" {
		p := text.Printer{Style: text.Net, History: m.API == wire.CtsNodeMigrate}
		return &wire.DefsCmd{Defs: string(p.Append(nil, c.tree))}, nil
	}
	n, err := c.find(m.AbsNodePath)
	if err != nil {
		return nil, err
	}
	return &wire.SNodeCmd{TheNodeStr: string(text.AppendNode(nil, n, text.Net))}, nil
}

// find finds the node at a path.
func (c *call) find(path string) (*defs.Node, error) {
	if n := c.tree.Find(path); n != nil {
		return n, nil
	}
	return nil, fmt.Errorf("Cannot find node at path '%s' ", path)
}
