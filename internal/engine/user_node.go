package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// nodeRow is that of the requests about one node, or the whole definition.
//
// source: libs/base CtsNodeCmd.cpp.
func nodeRow(m *wire.CtsNodeCmd) (row, error) {
	r := row{access: reads, paths: root}
	if m.AbsNodePath != "" {
		r.paths = []string{m.AbsNodePath}
	}
	switch m.API {
	case wire.CtsNodeGet, wire.CtsNodeGetState, wire.CtsNodeMigrate:
		r.count = func(n *tally) *uint32 { return &n.Get }
		r.run = func(c *call) (wire.Reply, error) { return c.get(m) }
	case wire.CtsNodeWhy: // the client finds out itself
		r.access = free
		r.run = func(*call) (wire.Reply, error) { return nil, nil }
	case wire.CtsNodeJobGen:
		r.access, r.write = edits, true
		r.count = func(n *tally) *uint32 { return &n.JobGen }
		r.run = func(c *call) (wire.Reply, error) { return nil, c.jobGen(m.AbsNodePath) }
	case wire.CtsNodeCheckJobGenOnly:
		r.access = edits
		r.count = func(n *tally) *uint32 { return &n.CheckJobGenOnly }
		r.run = func(c *call) (wire.Reply, error) { return nil, c.checkJobGen(m.AbsNodePath) }
	default:
		return row{}, unknown(m)
	}
	return r, nil
}

func (c *call) get(m *wire.CtsNodeCmd) (wire.Reply, error) {
	if m.AbsNodePath == "" {
		p := text.Printer{Style: text.Net, History: m.API == wire.CtsNodeMigrate}
		return &wire.DefsCmd{Defs: string(p.Append(nil, c.tree))}, nil
	}
	n, err := c.find(m.AbsNodePath)
	if err != nil {
		return nil, err
	}
	return &wire.SNodeCmd{TheNodeStr: string(text.AppendNode(nil, n, text.Net))}, nil
}

// jobGen submits what is free: everywhere, or from a node on downwards.
func (c *call) jobGen(path string) error {
	if c.tree.ServerState() != defs.Running {
		return nil
	}
	if path == "" {
		c.resolve = true
		return nil
	}
	n := c.edit(path)
	if n == nil {
		_, err := c.find(path)
		return err
	}
	if c.looking.Stopped() || c.answers.missing() {
		c.resolve = true // that look comes first, and then one is enough
		return nil
	}
	below := func(s *submissions) bool {
		done := c.looking.ResolveBelow(n, s.next)
		if done {
			s.wrong.Reset() // as in the original, states alone tell what went wrong
		}
		return done
	}
	if done, _ := c.resolveWith(below); !done {
		c.rouse()
		c.later = append(c.later, c.lookOn)
	}
	return nil
}

// checkJobGen makes the jobs of all tasks below a node and starts none. Like the original it leaves suites that have not
// begun, and states that are unknown.
func (c *call) checkJobGen(path string) error {
	files, err := c.patience()
	if err != nil {
		return err
	}
	if c.lookForDirs(files, path); files.gaveUp {
		return c.postpone()
	}
	ctrl := job.Ctrl{NodePath: path, Now: c.clock, System: files}
	err = job.Check(c.ctx, c.tree, &ctrl)
	switch {
	case files.gaveUp:
		c.halfway = "The states of what was to be checked are unknown, as after a check."
		return c.postpone()
	case err != nil:
		return err
	case ctrl.Wrong != "":
		return refused(ctrl.Wrong)
	}
	return nil
}

// lookForDirs looks at the directories that jobs are made from, since a check that has begun cannot be undone.
func (c *call) lookForDirs(files *patient, path string) {
	seen := map[string]bool{}
	nodes := c.tree.All()
	if n := c.tree.Find(path); n != nil {
		nodes = n.All()
	}
	for n := range nodes {
		for _, name := range [...]string{"ECF_HOME", "ECF_FILES", "ECF_INCLUDE"} {
			if dir, ok := n.UserVariable(name); ok && !seen[dir] {
				seen[dir] = true
				_, _ = files.Stat(dir)
			}
		}
	}
}
