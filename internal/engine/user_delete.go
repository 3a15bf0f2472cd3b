package engine

import (
	"fmt"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// deleteRow deletes nodes, or all suites.
//
// source: libs/base DeleteCmd.cpp.
func deleteRow(m *wire.DeleteCmd) (row, error) {
	paths := root
	if len(m.Paths) > 0 {
		paths = m.Paths // the original looks at the first alone, so that whoever may write one node may delete all
	}
	return row{
		access: edits, write: true, paths: paths, count: func(n *tally) *uint32 { return &n.Delete },
		run: func(c *call) (wire.Reply, error) {
			if len(m.Paths) == 0 {
				return c.deleteAll(m.Force)
			}
			return nil, c.delete(m)
		},
	}, nil
}

func (c *call) deleteAll(force bool) (wire.Reply, error) {
	if !force {
		if err := c.mayDelete(nil); err != nil {
			return nil, err
		}
	} else {
		for _, s := range c.tree.Suites() {
			c.userZombies(s, "delete")
		}
	}
	c.clear()
	if c.group != nil {
		c.registered, c.handleSet = 0, true
	}
	return &wire.StcCmd{API: wire.StcDeleteAll}, nil
}

// clear empties the definition; its variables, marks and numbers stay.
func (c *call) clear() {
	c.tree.Clear()
	c.handles.Clear()
}

func (c *call) delete(m *wire.DeleteCmd) error {
	var wrong problems
	for _, path := range m.Paths {
		n := c.tree.Find(path)
		if n == nil {
			wrong.add("DeleteCmd:Delete: Could not find node at path '%s'", path)
			continue
		}
		c.deleted = append(c.deleted, path)
		if !m.Force {
			if err := c.mayDelete(n); err != nil {
				return err
			}
		} else {
			c.userZombies(n, "delete")
		}
		if err := c.remove(n); err != nil {
			return err
		}
	}
	return wrong.err()
}

// remove deletes a node with its history and what it has archived.
func (c *call) remove(n *defs.Node) error {
	c.forgetArchives(n)
	c.tree.RemoveHistory(n)
	parent := n.Parent()
	if err := n.Remove(); err != nil {
		return err
	}
	switch {
	case parent == nil:
		c.tree.UpdateState()
	case parent.IsContainer():
		parent.UpdateStateUp()
	}
	return nil
}

// mayDelete refuses to delete, or archive, what has jobs; nil stands for all suites.
func (c *call) mayDelete(n *defs.Node) error {
	var w atWork
	text := "Cannot delete all nodes.\n"
	if n != nil {
		w.look(n)
		text = "Cannot delete node " + kindPath(n) + "\n"
	} else {
		for _, s := range c.tree.Suites() {
			w.look(s)
		}
	}
	if w.active+w.submitted == 0 {
		return nil
	}
	if w.active > 0 {
		text += fmt.Sprintf(" There are %d active tasks. First : %s\n", w.active, w.firstActive.Path())
	}
	if w.submitted > 0 {
		text += fmt.Sprintf(" There are %d submitted tasks. First : %s\n", w.submitted, w.firstSubmitted.Path())
	}
	return refused(text + "Please use the 'force' option to bypass this check, at the expense of creating zombies\n")
}
