package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/logfile"
)

// historyEntry is the request as the history of the node at a path has it.
func (c *call) historyEntry(path string) string {
	what := c.logged // which is of this path, if it is the only one
	if what == "" || len(c.row.paths) != 1 || c.row.paths[0] != path || path == "/" {
		what = command.For(c.req, path)
	}
	return "MSG:" + logfile.Stamp(c.now) + what + " :" + c.user + "@" + *c.req.Host()
}

// addHistory notes a request that has changed something with the nodes it edited, or with the definition.
//
// source: ClientToServerCmd.cpp, add_edit_history.
func (c *call) addHistory() {
	switch {
	case c.row.history != nil:
		c.row.history()
		return
	case c.ownHistory:
		return
	}
	if len(c.edited) == 0 || len(c.deleted) > 0 {
		c.markDefs(defs.FlagMessage)
	}
	if len(c.edited) == 0 && len(c.deleted) == 0 {
		c.tree.AddHistory("/", c.historyEntry("/"))
		return
	}
	for _, path := range c.deleted {
		c.tree.AddHistory("/", c.historyEntry(path))
	}
	for _, n := range c.edited {
		if n.Defs() != c.tree {
			continue
		}
		setFlags(n, n.Flag().With(defs.FlagMessage))
		path := n.Path()
		c.tree.AddHistory(path, c.historyEntry(path))
	}
}

// markDefs marks the definition.
func (e *Engine) markDefs(f defs.FlagType) {
	if flag := e.tree.Flag(); !flag.Has(f) {
		e.tree.SetFlag(flag.With(f))
	}
}
