package defs

import "slices"

// Equal compares the two nodes with all below them as the original's == does:
// structure and state, but not times of state changes, abort reasons' texts
// apart, calendars, Aviso and mirror attributes.
//
// source: libs/node Node.cpp, operator==, and those of the kinds of nodes.
func (n *Node) Equal(o *Node) bool {
	return n.kind == o.kind && n.sameSelf(o) &&
		slices.EqualFunc(n.children, o.children, (*Node).Equal) &&
		slices.Equal(n.vars, o.vars) && n.some().equal(o.some()) && n.rare().equal(o.rare())
}

func (n *Node) sameSelf(o *Node) bool {
	if n.name != o.name || n.state != o.state || n.dstate != o.dstate || n.suspend != o.suspend || n.flag != o.flag {
		return false
	}
	if n.suite != nil {
		return n.suite.begun == o.suite.begun && equalPointers(n.suite.clock, o.suite.clock, ClockAttr.Equal)
	}
	a, b := n.job(), o.job()
	a.trial, b.trial = trial{}, trial{}
	return a == b
}

// equalPointers compares what two pointers point to, nil being equal to nil only.
func equalPointers[T any](a, b *T, equal func(T, T) bool) bool {
	if a == nil || b == nil {
		return a == b
	}
	return equal(*a, *b)
}

func (a *attributes) equal(o *attributes) bool {
	if a == o {
		return true
	}
	return slices.Equal(a.meters, o.meters) && slices.Equal(a.events, o.events) && slices.Equal(a.labels, o.labels) &&
		slices.Equal(a.inlimits, o.inlimits) && slices.EqualFunc(a.limits, o.limits, (*Limit).Equal) &&
		sameExpression(a.trigger, o.trigger) && sameExpression(a.complete, o.complete) && sameRepeat(a.repeat, o.repeat)
}

func sameExpression(a, b *Expression) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(b)
}

func sameRepeat(a, b Repeat) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(b)
}

func (m *moreAttributes) equal(o *moreAttributes) bool {
	if m == o {
		return true
	}
	same := m.misc == o.misc && slices.EqualFunc(m.times, o.times, TimeAttr.Equal) && slices.EqualFunc(m.todays, o.todays, TodayAttr.Equal) &&
		slices.Equal(m.dates, o.dates) && slices.Equal(m.days, o.days) &&
		slices.EqualFunc(m.crons, o.crons, func(a, b CronAttr) bool { return a.Equal(&b) }) &&
		slices.EqualFunc(m.zombies, o.zombies, ZombieAttr.Equal) && slices.EqualFunc(m.verifies, o.verifies, VerifyAttr.Equal) &&
		slices.EqualFunc(m.queues, o.queues, func(a, b QueueAttr) bool { return a.Equal(&b) }) &&
		slices.EqualFunc(m.generics, o.generics, GenericAttr.Equal) &&
		equalPointers(m.late, o.late, func(a, b LateAttr) bool { return a == b })
	if !same {
		return false
	}
	if m.restore != nil && o.restore != nil { // the original then looks no further
		return m.restore.Equal(*o.restore)
	}
	return m.restore == o.restore &&
		equalPointers(m.cancel, o.cancel, func(a, b AutoCancel) bool { return a == b }) &&
		equalPointers(m.archive, o.archive, func(a, b AutoArchive) bool { return a == b })
}

// Equal compares the two definitions as the original's == does: state, server
// state and variables, marks, and suites in order; not externs, history or numbers.
func (d *Defs) Equal(o *Defs) bool {
	return d.state == o.state && d.flag == o.flag && d.server.state == o.server.state &&
		slices.Equal(d.server.user, o.server.user) && slices.Equal(d.server.internal, o.server.internal) &&
		slices.EqualFunc(d.suites, o.suites, (*Node).Equal)
}
