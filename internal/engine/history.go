package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/command"
)

// addHistory notes a request that has changed something with the nodes it edited, or with the definition.
//
// source: ClientToServerCmd.cpp, add_edit_history.
func (c *call) addHistory() {
	if c.ownHistory {
		return
	}
	entry := "MSG:" + stamp(c.now) + command.Describe(c.req) + " :" + c.user + "@" + *c.req.Host()
	if len(c.edited) == 0 && len(c.deleted) == 0 {
		c.tree.SetFlag(c.tree.Flag().With(defs.FlagMessage))
		c.tree.AddHistory("/", entry)
		return
	}
	if len(c.deleted) > 0 {
		c.tree.SetFlag(c.tree.Flag().With(defs.FlagMessage))
		for range c.deleted {
			c.tree.AddHistory("/", entry)
		}
	}
	for _, n := range c.edited {
		if n.Defs() != c.tree {
			continue
		}
		n.SetFlag(n.Flag().With(defs.FlagMessage))
		c.tree.AddHistory(n.Path(), entry)
	}
}
