package engine

import (
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// beginRow begins a suite, or all.
//
// source: libs/base BeginCmd.cpp; libs/node Defs.cpp.
func beginRow(m *wire.BeginCmd) (row, error) {
	return row{
		access: edits, write: true, paths: root, count: func(n *tally) *uint32 { return &n.Begin },
		run: func(c *call) (wire.Reply, error) { return nil, c.begin(m) },
	}, nil
}

func (c *call) begin(m *wire.BeginCmd) error {
	suites := c.tree.Suites()
	if m.SuiteName != "" {
		s := c.tree.Suite(m.SuiteName)
		if s == nil {
			return refused("BeginCmd::doHandleRequest:  Begin failed as suite '" + m.SuiteName + "' is not loaded.")
		}
		suites = []*defs.Node{s}
	}
	var zombies []*defs.Node
	for _, s := range suites {
		if !m.Force {
			if err := c.mayBegin(s); err != nil {
				return err
			}
			continue
		}
		for t := range s.All() {
			if t.IsSubmittable() && (t.State() == defs.Active || t.State() == defs.Submitted) {
				zombies = append(zombies, t)
			}
		}
		c.userZombies(s, "begin")
	}
	begun := false
	for _, s := range suites {
		if m.Force {
			s.ResetBegin()
		}
		if s.Begun() {
			if m.SuiteName != "" {
				c.logf(defs.LogWarning, "Suite %s has already begun", s.Name())
			}
			continue
		}
		if err := s.Begin(c.now); err != nil {
			return err
		}
		begun = true
	}
	if begun {
		c.tree.UpdateState()
	}
	for _, t := range zombies { // begin has taken the mark away
		t.SetFlag(t.Flag().With(defs.FlagZombie))
	}
	c.resolve = true
	return nil
}

// mayBegin refuses to begin a suite that has not begun while there are jobs.
func (c *call) mayBegin(s *defs.Node) error {
	if s.Begun() || s.State() == defs.Unknown || s.State() == defs.Complete {
		return nil
	}
	var paths strings.Builder
	count := 0
	for t := range c.tree.All() {
		if t.Kind() == defs.KindTask && (t.State() == defs.Active || t.State() == defs.Submitted) {
			paths.WriteString("   " + t.Path() + "\n")
			count++
		}
	}
	if count == 0 {
		return nil
	}
	return refused(fmt.Sprintf("Begin failed as suite %s(computed state=%s) can only begin if its in UNKNOWN or COMPLETE state\n"+
		"Found %d tasks with state 'active' or 'submitted'\n%sUse the force argument to bypass this check, at the risk of creating zombies\n",
		s.Name(), s.State(), count, paths.String()))
}
