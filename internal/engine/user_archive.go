package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// archiveAll archives what is below some nodes.
//
// source: libs/base PathsCmd.cpp.
func (c *call) archiveAll(m *wire.PathsCmd) error {
	c.ownHistory = true
	if len(m.Paths) == 0 {
		return refused("No paths specified for archive")
	}
	asked := make(map[string]bool, len(m.Paths))
	for _, path := range m.Paths {
		asked[path] = true
	}
	defer c.writeAhead(c.archivable(m, asked))()
	var wrong problems
	var nodes []*defs.Node
	for _, path := range m.Paths {
		n := c.tree.Find(path)
		if n == nil {
			c.missing(&wrong, "ARCHIVE", path)
			continue
		}
		if n.IsContainer() && !askedAbove(n, asked) {
			nodes = append(nodes, n)
		}
	}
	for _, n := range nodes {
		if !m.Force {
			if err := c.mayDelete(n); err != nil {
				return err
			}
		} else {
			c.userZombies(n, "archive")
		}
		c.mark(n, n.Path())
		if err := n.Archive(); err != nil {
			return err
		}
	}
	return wrong.err()
}

// archivable are the nodes that can be archived as things are.
func (c *call) archivable(m *wire.PathsCmd, asked map[string]bool) (nodes []*defs.Node) {
	for _, path := range m.Paths {
		n := c.tree.Find(path)
		if n != nil && n.IsContainer() && !askedAbove(n, asked) && (m.Force || c.mayDelete(n) == nil) {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// askedAbove reports whether a node above is archived too.
func askedAbove(n *defs.Node, asked map[string]bool) bool {
	for up := n.Parent(); up != nil; up = up.Parent() {
		if asked[up.Path()] {
			return true
		}
	}
	return false
}

func (c *call) restoreAll(paths []string) error {
	if len(paths) == 0 {
		return refused("No paths specified for restore")
	}
	defer c.readAhead(paths)()
	var wrong problems
	for _, path := range paths {
		n := c.edit(path)
		if n == nil {
			c.missing(&wrong, "RESTORE", path)
			continue
		}
		if !n.IsContainer() {
			continue
		}
		if err := n.Restore(&c.host); err != nil {
			return err
		}
	}
	return wrong.err()
}
