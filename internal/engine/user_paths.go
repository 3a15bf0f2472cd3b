package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// pathsRow is that of the requests about some nodes.
//
// source: libs/base PathsCmd.cpp.
func pathsRow(m *wire.PathsCmd) (row, error) {
	r := row{access: edits, write: true, paths: orRoot(m.Paths)}
	switch m.API {
	case wire.PathsSuspend:
		r.count = func(n *tally) *uint32 { return &n.Suspend }
		r.run = func(c *call) (wire.Reply, error) { return nil, c.suspend(m.Paths) }
	case wire.PathsResume:
		r.count = func(n *tally) *uint32 { return &n.Resume }
		r.run = func(c *call) (wire.Reply, error) { return nil, c.resume(m.Paths) }
	case wire.PathsKill:
		r.count = func(n *tally) *uint32 { return &n.Kill }
		r.run = func(c *call) (wire.Reply, error) { return nil, c.killAll(m.Paths) }
	case wire.PathsStatus:
		r.count = func(n *tally) *uint32 { return &n.StatusCmd }
		r.run = func(c *call) (wire.Reply, error) { return nil, c.statusAll(m.Paths) }
	case wire.PathsCheck:
		r.access, r.write = reads, false
		r.count = func(n *tally) *uint32 { return &n.Check }
		r.run = func(c *call) (wire.Reply, error) { return c.check(m.Paths) }
	case wire.PathsEditHistory:
		r.write = len(m.Paths) == 1 && m.Paths[0] == "clear"
		if !r.write {
			r.access = reads
		}
		r.count = func(n *tally) *uint32 { return &n.EditHistory }
		r.run = func(c *call) (wire.Reply, error) { return c.editHistory(m.Paths) }
	case wire.PathsArchive:
		r.count = func(n *tally) *uint32 { return &n.Archive }
		r.run = func(c *call) (wire.Reply, error) { return nil, c.archiveAll(m) }
	case wire.PathsRestore:
		r.count = func(n *tally) *uint32 { return &n.Restore }
		r.run = func(c *call) (wire.Reply, error) { return nil, c.restoreAll(m.Paths) }
	default:
		return row{}, unknown(m)
	}
	return r, nil
}

// missing notes that there is no node at a path, for the answer and in the log.
func (c *call) missing(wrong *problems, what, path string) {
	wrong.add("PathsCmd:%s: Could not find node at path '%s'", what, path)
	c.logf(defs.LogError, "%s: Could not find node at path %s", what, path)
}

func (c *call) suspend(paths []string) error {
	c.ownHistory = true
	var wrong problems
	for _, path := range paths {
		n := c.tree.Find(path)
		if n == nil {
			c.missing(&wrong, "Suspend", path)
			continue
		}
		n.SetSuspended(true)
		c.mark(n, path)
	}
	return wrong.err()
}

func (c *call) resume(paths []string) error {
	c.ownHistory = true
	var wrong problems
	for _, path := range paths {
		n := c.tree.Find(path)
		if n == nil {
			wrong.add("PathsCmd:Resume: Could not find node at path '%s'", path)
			c.logf(defs.LogError, "Resume: Could not find path %s", path)
			continue
		}
		if n.Suspended() {
			n.SetSuspended(false)
		}
		c.mark(n, path)
		c.resolve = true
	}
	if err := wrong.err(); err != nil {
		if c.resolve {
			c.wake() // those that are there go on all the same
		}
		return err
	}
	c.resolve = true
	return nil
}

func (c *call) killAll(paths []string) error {
	var wrong problems
	for _, path := range paths {
		n := c.edit(path)
		if n == nil {
			c.missing(&wrong, "Kill", path)
			continue
		}
		if err := c.killBelow(n); err != nil {
			return err
		}
	}
	return wrong.err()
}

func (c *call) statusAll(paths []string) error {
	var wrong problems
	for _, path := range paths {
		n := c.edit(path)
		if n == nil {
			c.missing(&wrong, "Status", path)
			continue
		}
		if s := n.Suite(); !s.Begun() {
			return refused("Status failed. For " + path + " The suite " + s.Name() + " must be 'begun' first")
		}
		if err := c.statusBelow(n); err != nil {
			return err
		}
	}
	return wrong.err()
}

// check tells what is wrong with expressions, limits and so on.
func (c *call) check(paths []string) (wire.Reply, error) {
	if len(paths) == 0 {
		return &wire.SStringCmd{Str: c.tree.CheckText()}, nil
	}
	var wrong problems
	text := ""
	for _, path := range paths {
		n := c.tree.Find(path)
		if n == nil {
			c.missing(&wrong, "Check", path)
			continue
		}
		errors, warnings := n.Check()
		if errors != "" {
			return &wire.SStringCmd{Str: errors + "\n" + warnings}, nil
		}
		text += warnings
	}
	return &wire.SStringCmd{Str: text}, wrong.err()
}

// editHistory gives what was done to the first node, or forgets all.
func (c *call) editHistory(paths []string) (wire.Reply, error) {
	switch {
	case len(paths) == 0:
		return nil, refused("No paths/options specified for edit history")
	case len(paths) == 1 && paths[0] == "clear":
		c.tree.ClearHistory()
		c.ownHistory = true
		return nil, nil
	}
	return &wire.SStringVecCmd{Vec: append([]string(nil), c.tree.History(paths[0])...)}, nil
}
