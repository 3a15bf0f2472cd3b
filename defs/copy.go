package defs

import (
	"maps"
	"slices"
)

// Copy is a copy of the node and all below it, of no parent and no definition. As the original's copies, it does not
// know how long nodes ran.
func (n *Node) Copy() *Node {
	c := n.clone()
	c.forgetRuntimes()
	return c
}

func (n *Node) forgetRuntimes() {
	for m := range n.All() {
		m.ran = 0
	}
}

func (n *Node) clone() *Node {
	c := &Node{
		name: n.name, vars: slices.Clone(n.vars), attrs: n.attrs.clone(), since: n.since, ran: n.ran,
		flag: n.flag, kind: n.kind, state: n.state, dstate: n.dstate, suspend: n.suspend,
	}
	if n.run != nil {
		run := *n.run
		run.trial = trial{}
		c.putRun(run)
	}
	if n.suite != nil {
		s := *n.suite
		s.defs, s.dated, s.nos = nil, false, suiteNos{}
		s.clock, s.endClock = clonePointer(s.clock), clonePointer(s.endClock)
		c.suite = &s
	}
	if len(n.children) > 0 {
		c.children = make([]*Node, len(n.children))
		for i, child := range n.children {
			c.children[i] = child.clone()
			c.children[i].parent = c
		}
		c.reindex()
	}
	return c
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c := *p
	return &c
}

func (a *attributes) clone() *attributes {
	if a == nil {
		return nil
	}
	c := &attributes{
		meters: slices.Clone(a.meters), events: slices.Clone(a.events), labels: slices.Clone(a.labels),
		inlimits: slices.Clone(a.inlimits), limits: slices.Clone(a.limits),
	}
	for i, l := range c.limits {
		c.limits[i] = l.Clone()
	}
	if a.trigger != nil {
		c.trigger = a.trigger.Clone()
	}
	if a.complete != nil {
		c.complete = a.complete.Clone()
	}
	if a.repeat != nil {
		c.repeat = a.repeat.Clone()
	}
	if a.more != nil {
		c.more = a.more.clone()
	}
	return c
}

func (m *moreAttributes) clone() *moreAttributes {
	c := *m
	c.times, c.todays = slices.Clone(m.times), slices.Clone(m.todays)
	c.dates, c.days = slices.Clone(m.dates), slices.Clone(m.days)
	c.crons, c.queues = slices.Clone(m.crons), slices.Clone(m.queues)
	for i := range c.crons {
		c.crons[i] = m.crons[i].Clone()
	}
	for i := range c.queues {
		c.queues[i] = m.queues[i].Clone()
	}
	c.late, c.cancel, c.archive = clonePointer(m.late), clonePointer(m.cancel), clonePointer(m.archive)
	c.restore = clonePointer(m.restore)
	c.zombies, c.verifies = slices.Clone(m.zombies), slices.Clone(m.verifies)
	c.generics, c.avisos, c.mirrors = slices.Clone(m.generics), slices.Clone(m.avisos), slices.Clone(m.mirrors)
	return &c
}

// Copy is an independent copy of the definition and all its nodes. As the
// original's copies, it has no edit history, externs, change numbers or run times.
func (d *Defs) Copy() *Defs {
	c := d.copied()
	for _, s := range c.suites {
		s.forgetRuntimes()
	}
	return c
}

func (d *Defs) copied() *Defs {
	c := &Defs{state: d.state, flag: d.flag}
	c.server = serverData{state: d.server.state, user: slices.Clone(d.server.user), internal: slices.Clone(d.server.internal)}
	c.takeSuites(d)
	return c
}

// Clone is an independent copy of everything, edit history, externs, numbers and run times too.
func (d *Defs) Clone() *Defs {
	c := d.copied()
	c.externs = slices.Clone(d.externs)
	c.history = maps.Clone(d.history)
	for path, entries := range c.history {
		c.history[path] = slices.Clone(entries)
	}
	c.stateChangeNo, c.modifyChange, c.calCount = d.stateChangeNo, d.modifyChange, d.calCount
	return c
}

// takeSuites gives d copies of the suites of o.
func (d *Defs) takeSuites(o *Defs) {
	d.suites = make([]*Node, len(o.suites))
	for i, s := range o.suites {
		d.suites[i] = s.clone()
		d.suites[i].suite.defs = d
	}
	if len(d.suites) > manyChildren {
		d.index = make(map[string]*Node, len(d.suites))
		for _, s := range d.suites {
			d.index[s.name] = s
		}
	}
}
