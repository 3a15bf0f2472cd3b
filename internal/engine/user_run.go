package engine

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// runRow runs tasks at once.
//
// source: libs/base RunNodeCmd.cpp.
func runRow(m *wire.RunNodeCmd) (row, error) {
	return row{
		access: edits, write: true, paths: orRoot(m.Paths), count: func(n *tally) *uint32 { return &n.Run },
		run: func(c *call) (wire.Reply, error) { return nil, c.runNodes(m) },
	}, nil
}

func (c *call) runNodes(m *wire.RunNodeCmd) error {
	files, err := c.patience()
	if err != nil {
		return err
	}
	all, jobs := c.requested(files), make([]*requested, len(m.Paths))
	for i, path := range m.Paths {
		jobs[i] = all.more()
		n := c.tree.Find(path)
		if n != nil && !n.Suite().Begun() {
			break // so far it comes
		}
		if n != nil && !jobs[i].prepareBelow(n) {
			return c.postpone()
		}
	}
	var wrong problems
	for i, path := range m.Paths {
		n := c.edit(path)
		if n == nil {
			wrong.add("RunNodeCmd: Could not find node at path %s", path)
			c.logf(defs.LogError, "RunNodeCmd: Could not find node at path %s", path)
			continue
		}
		if s := n.Suite(); !s.Begun() {
			return refused("RunNodeCmd failed: For " + path + ". The suite " + s.Name() + " must be 'begun' first")
		}
		if m.Force {
			c.userZombies(n, "run")
		}
		n.MissTime()
		var failed strings.Builder
		jobs[i].runBelow(n, m.Force, &failed)
		if failed.Len() > 0 {
			c.logf(defs.LogError, "RunNodeCmd: Failed for %s : %s", path, failed.String())
		}
	}
	return wrong.err()
}

// prepareBelow makes the job of a task or alias, or of all tasks below a suite or family, but for those that have one. It
// reports whether the files could be had.
func (r *requested) prepareBelow(n *defs.Node) bool {
	if n.IsContainer() {
		for _, child := range n.Children() {
			if !r.prepareBelow(child) {
				return false
			}
		}
		return true
	}
	_, made := r.jobs[n]
	return made || n.State() == defs.Submitted || n.State() == defs.Active || r.prepare(n, n.Alone(), job.Options{})
}

// runBelow submits the job of a task or alias, or of all tasks below a suite or family.
func (r *requested) runBelow(n *defs.Node, force bool, failed *strings.Builder) {
	if n.IsContainer() {
		for _, child := range n.Children() {
			r.runBelow(child, force, failed)
		}
		return
	}
	if !force && (n.State() == defs.Submitted || n.State() == defs.Active) {
		failed.WriteString("Submittable::run: Aborted for task " + n.Path() + " because state is " + n.State().String() + " and force not set\n")
		return
	}
	if err := r.submit(n, job.Options{}); err != nil {
		failed.WriteString(message(err))
	}
}
