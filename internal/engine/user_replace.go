package engine

import (
	"fmt"
	"slices"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// replaceRow puts a node of a definition that was sent in place of one that is there, or adds it.
//
// source: libs/base ReplaceNodeCmd.cpp; libs/node Defs.cpp, replaceChild.
func replaceRow(m *wire.ReplaceNodeCmd) (row, error) {
	var sent *defs.Defs
	var failed error
	return row{
		access: edits, write: true, paths: []string{m.PathToNode}, count: func(n *tally) *uint32 { return &n.Replace },
		prepare: func(c *call) error {
			sent, failed = text.ParseString(m.ClientDefs, text.Options{Check: true, Host: c.opts.Host})
			return nil
		},
		run: func(c *call) (wire.Reply, error) {
			c.tree.CountReading() // in the original, reading counts as a change, even if it fails
			if failed != nil {
				return nil, refused("ReplaceNodeCmd::doHandleRequest : Could not create client defs : " + message(failed) + "\n")
			}
			return nil, c.replace(m, sent)
		},
	}, nil
}

func (c *call) replace(m *wire.ReplaceNodeCmd, sent *defs.Defs) error {
	path := m.PathToNode
	theirs, ours := sent.Find(path), c.tree.Find(path)
	if m.Force && ours != nil {
		c.userZombies(ours, "replace")
	}
	switch {
	case theirs == nil:
		return refused("Cannot replace node since path " + path + " does not exist on the client definition")
	case ours == nil && !m.CreateNodesAsNeeded:
		return refused("Cannot replace child since path " + path + " does not exist on the server definition. Please use <parent> option")
	}
	if ours != nil && !m.Force {
		var w atWork
		if w.look(ours); w.active+w.submitted > 0 {
			return refused(fmt.Sprintf("Cannot replace node %s because it has %d tasks which are active or submitted\n"+
				"Please use the 'force' option to bypass this check, at the expense of creating zombies\n", kindPath(ours), w.active+w.submitted))
		}
	}
	var placed *defs.Node
	var err error
	if ours != nil {
		placed, err = c.replaceNode(ours, theirs, sent)
	} else {
		placed, err = c.addWithParents(theirs)
	}
	if err != nil {
		return err
	}
	if n := c.tree.Find(path); n != nil {
		c.edited = append(c.edited, n)
	}
	// As in the original, what the node refers to need only be in the definition that was sent.
	if errors := placed.Suite().CheckBeside(placed); errors != "" {
		return refused(errors)
	}
	c.resolve = true
	return nil
}

// replaceNode puts theirs where ours is. What was suspended stays so.
func (c *call) replaceNode(ours, theirs *defs.Node, sent *defs.Defs) (*defs.Node, error) {
	if ours.Kind() != theirs.Kind() && (ours.Kind() == defs.KindSuite || theirs.Kind() == defs.KindSuite || ours.Kind() == defs.KindAlias) {
		return nil, refused("Cannot replace node " + kindPath(ours) + " by " + kindPath(theirs))
	}
	begun := ours.Suite().Begun()
	for n := range ours.All() {
		if n.Suspended() {
			if other := sent.Find(n.Path()); other != nil {
				other.SetSuspended(true)
			}
		}
	}
	parent, at := ours.Parent(), 0
	if parent != nil {
		at = parent.ChildAt(ours)
	} else {
		at = slices.Index(c.tree.Suites(), ours)
	}
	if err := c.remove(ours); err != nil {
		return nil, err
	}
	return c.place(parent, theirs, at, begun)
}

// addWithParents adds theirs, with those above it that are not there. It is put where it was beside the others.
func (c *call) addWithParents(theirs *defs.Node) (*defs.Node, error) {
	top := theirs
	var parent *defs.Node
	for top.Parent() != nil {
		if parent = c.tree.Find(top.Parent().Path()); parent != nil {
			break
		}
		top = top.Parent()
	}
	if parent == nil {
		return c.place(nil, top, -1, false)
	}
	if parent.IsSubmittable() {
		return nil, refused("Cannot replace child '" + theirs.Path() + "' since path (" + parent.Path() + ") in the server is a task.")
	}
	return c.place(parent, top, top.Parent().ChildAt(top), parent.Suite().Begun())
}

// place takes a node out of where it is and puts it below a parent, or into the definition.
func (c *call) place(parent, n *defs.Node, at int, begin bool) (*defs.Node, error) {
	if err := n.Remove(); err != nil {
		return nil, err
	}
	var err error
	if parent == nil {
		err = c.tree.Add(n, at)
	} else {
		err = parent.AddChild(n, at)
	}
	if err != nil {
		return nil, err
	}
	if begin {
		if parent == nil {
			err = n.Begin(c.now)
		} else {
			n.BeginBelow()
		}
	}
	n.UpdateStateUp()
	return n, err
}
