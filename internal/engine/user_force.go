package engine

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// forceRow forces nodes into a state, or sets and clears events.
//
// source: libs/base ForceCmd.cpp.
func forceRow(m *wire.ForceCmd) (row, error) {
	return row{
		access: edits, write: true, paths: orRoot(m.Paths), count: func(n *tally) *uint32 { return &n.Force },
		run: func(c *call) (wire.Reply, error) { return nil, c.force(m) },
	}, nil
}

func (c *call) force(m *wire.ForceCmd) error {
	state, isState := defs.ParseNState(m.StateOrEvent)
	if !isState && m.StateOrEvent != "set" && m.StateOrEvent != "clear" {
		return refused("ForceCmd: failed. Invalid node state or event " + m.StateOrEvent +
			" expected one of [ unknown | complete | queued | submitted | active | aborted | clear | set ]")
	}
	c.ownHistory = true
	var wrong problems
	for _, path := range m.Paths {
		event := ""
		if !isState {
			path, event, _ = strings.Cut(path, ":")
			if path == "" || event == "" {
				wrong.add("ForceCmd: When 'set' or 'clear' is specified the path needs to include name of the event i.e --force=/path/to_task:event_name set")
				continue
			}
		}
		n := c.tree.Find(path)
		if n == nil {
			wrong.add("ForceCmd: Could not find node at path %s", path)
			continue
		}
		c.mark(n, path)
		if isState {
			if err := c.forceState(n, state, m.Recursive); err != nil {
				return err
			}
		} else if !n.SetEvent(event, m.StateOrEvent == "set") {
			wrong.add("ForceCmd: force %s: failed for node(%s) cannot find event(%s)", m.StateOrEvent, n.Path(), event)
			continue
		}
		if m.Recursive && m.SetRepeatToLastValue {
			n.FinishRepeats()
		}
	}
	c.resolve = true
	return wrong.err()
}

func (c *call) forceState(n *defs.Node, state defs.NState, recursive bool) error {
	if state == defs.Complete {
		n.MissTime()
	}
	if state != defs.Active && state != defs.Submitted {
		c.userZombies(n, "force")
	}
	if err := n.ForceState(state, recursive); err != nil {
		return err
	}
	if state == defs.Queued {
		n.ClearProgress()
	}
	return nil
}
