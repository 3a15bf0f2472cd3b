package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// loadRow loads suites. They are read before the lock is taken.
//
// source: libs/base LoadDefsCmd.cpp; libs/node Defs.cpp, absorb.
func loadRow(m *wire.LoadDefsCmd) (row, error) {
	var sent *defs.Defs
	var failed error
	return row{
		access: edits, write: true, paths: root, count: func(n *tally) *uint32 { return &n.Load },
		prepare: func(c *call) error {
			if m.Defs == "" {
				return nil
			}
			if c.opts.Ease != nil {
				c.later = append(c.later, c.opts.Ease())
			}
			if sent, failed = text.ParseString(m.Defs, text.Options{Check: true, Host: c.opts.Host}); failed != nil {
				failed = refused("LoadDefsCmd::doHandleRequest : Could not parse file " + m.DefsFilename + " : " + message(failed) + "\n")
				return nil
			}
			failed = c.noMirrorOfSelf(sent)
			return nil
		},
		run: func(c *call) (wire.Reply, error) {
			if m.Defs == "" {
				return nil, nil
			}
			c.tree.CountReading() // in the original, reading counts as a change, even if it fails
			if failed != nil {
				return nil, failed
			}
			return nil, c.absorb(sent, m.Force)
		},
	}, nil
}

// noMirrorOfSelf refuses mirrors of nodes of this very server.
func (c *call) noMirrorOfSelf(d *defs.Defs) error {
	for n := range d.All() {
		for _, m := range n.Mirrors() {
			host, _ := n.Substitute(m.RemoteHost, nil, n.Micro())
			port, _ := n.Substitute(m.RemotePort, nil, n.Micro())
			if host == c.opts.Host && port == c.opts.Port {
				return refused("Mirror '" + m.Name + "' on node '" + n.Path() + "' mirrors own server '" + host + ":" + port + "'")
			}
		}
	}
	return nil
}

// absorb puts the suites into the server's definition; force lets them replace those of the same names. Externs are
// dropped: a server has none.
func (c *call) absorb(sent *defs.Defs, force bool) error {
	suites := append([]*defs.Node(nil), sent.Suites()...)
	if !force {
		for _, s := range suites {
			if c.tree.Suite(s.Name()) != nil {
				return refused("Add Suite failed: A Suite of name '" + s.Name() + "' already exists")
			}
		}
	}
	c.tree.SetCalendarCount(0)
	for _, s := range suites {
		if old := c.tree.Suite(s.Name()); old != nil {
			if err := c.tree.Remove(old); err != nil {
				return err
			}
			c.handles.Follow(c.tree) // the one that comes is new to handles
		}
		if err := sent.Remove(s); err != nil {
			return err
		}
		if err := c.tree.Add(s, -1); err != nil {
			return err
		}
	}
	for _, v := range sent.UserVariables() {
		c.tree.AddVariable(v)
	}
	c.tree.UpdateState()
	return nil
}
