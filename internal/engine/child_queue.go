package engine

import (
	"slices"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// queue works on a queue of the task, of a node above it, or of the node that is named.
//
// source: libs/base QueueCmd.cpp.
func (c *call) queue(m *wire.QueueCmd, task *defs.Node) (wire.Reply, error) {
	holder, err := c.queueHolder(m, task)
	if err != nil {
		return nil, err
	}
	q := holder.Queue(m.Name)
	work := func(f func(q *defs.QueueAttr) error) error {
		if holder.Root() != task.Root() { // of the other suite the original tells nothing, which does no harm where nothing changes
			after := *q
			after.States = slices.Clone(q.States)
			if err := f(&after); err != nil {
				return err
			}
			if after.Index == q.Index && slices.Equal(after.States, q.States) {
				c.tree.CountState()
				return nil
			}
		}
		return holder.WithQueue(m.Name, f)
	}
	var answer string
	switch m.Action {
	case "no_of_aborted":
		answer = q.CountAborted()
	case "active":
		if answer = q.Value(); q.Index < len(q.Steps) {
			err = work(func(q *defs.QueueAttr) error { q.Active(); return nil })
		}
	case "complete":
		err = work(func(q *defs.QueueAttr) error { return q.Finish(m.Step, defs.Complete) })
	case "aborted":
		err = work(func(q *defs.QueueAttr) error { return q.Finish(m.Step, defs.Aborted) })
	case "reset":
		err = work(func(q *defs.QueueAttr) error { q.Rewind(); return nil })
	}
	if err != nil {
		return nil, err
	}
	c.wake()
	if answer == "" {
		return nil, nil
	}
	return &wire.SStringCmd{Str: answer}, nil
}

func (c *call) queueHolder(m *wire.QueueCmd, task *defs.Node) (*defs.Node, error) {
	missing := func(text string) error { return fault.New(fault.NotFound, "QueueCmd:: Could not find "+text) }
	if path := m.PathToNodeWithQueue; path != "" {
		n := c.tree.Find(path)
		switch {
		case n == nil:
			return nil, missing("node at path " + path)
		case n.Queue(m.Name) == nil:
			return nil, missing("queue of name " + m.Name + ", on input node " + path)
		}
		return n, nil
	}
	for n := task; n != nil; n = n.Parent() {
		if n.Queue(m.Name) != nil {
			return n, nil
		}
	}
	return nil, missing("queue " + m.Name + " Up the node hierarchy")
}
