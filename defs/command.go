package defs

import (
	"slices"
	"strings"
)

// What users' commands do to nodes beyond changing single attributes.
//
// source: libs/node Node.cpp, NodeTime.cpp, NodeContainer.cpp.

// FreeDate sets the first date free that holds the node.
func (n *Node) FreeDate() {
	c := n.calendarOf()
	freeFirst(n, AspectDate, n.rare().dates, func(d *DateAttr) bool {
		if d.IsFree(c) {
			return false
		}
		d.Free = true
		return true
	})
}

// FreeTime sets free of each kind the first time, today, day and cron that holds the node; times miss their next slot.
func (n *Node) FreeTime() {
	c, m := n.calendarOf(), n.rare()
	free := func(series *TimeSeries, free *bool) bool {
		*free = true
		series.MissNext()
		return true
	}
	freeFirst(n, AspectTime, m.times, func(t *TimeAttr) bool { return !t.IsFree(c) && free(&t.Series, &t.Free) })
	freeFirst(n, AspectToday, m.todays, func(t *TodayAttr) bool { return !t.IsFree(c) && free(&t.Series, &t.Free) })
	freeFirst(n, AspectDay, m.days, func(d *DayAttr) bool {
		if d.IsFree(c) {
			return false
		}
		d.Free = true
		return true
	})
	freeFirst(n, AspectCron, m.crons, func(t *CronAttr) bool { return !t.IsFree(c) && free(&t.Series, &t.Free) })
}

// freeFirst changes the first attribute that can be.
func freeFirst[T any](n *Node, a Aspect, items []T, change func(*T) bool) {
	for i := range items {
		if change(&items[i]) {
			n.noteAt(a, i)
			return
		}
	}
}

// MissTime lets the node miss its next time slot, because a user runs or completes it before; once until it is queued again.
func (n *Node) MissTime() {
	if !n.hasTimes() || n.flag.Has(FlagNoReque) {
		return
	}
	n.SetFlag(n.flag.With(FlagNoReque))
	miss := func(t *TimeSeries) bool {
		if t.Expired {
			return false
		}
		t.MissNext()
		return true
	}
	m := n.rare()
	freeFirst(n, AspectTime, m.times, func(t *TimeAttr) bool { return miss(&t.Series) })
	freeFirst(n, AspectToday, m.todays, func(t *TodayAttr) bool { return miss(&t.Series) })
	freeFirst(n, AspectCron, m.crons, func(t *CronAttr) bool { return miss(&t.Series) })
}

// suiteOrNone is what the node's suite has, or what stands for a suite that is not there.
func (n *Node) suiteOrNone() *suiteData {
	if s := n.Root().suite; s != nil {
		return s
	}
	return &suiteData{}
}

// calendarOf is the calendar of the node's suite.
func (n *Node) calendarOf() *Calendar {
	if s := n.Root().suite; s != nil {
		return &s.calendar
	}
	return &Calendar{}
}

// ForceState is [Node.Become] as a user forces it. With deep all below a suite or family enters the state too, aliases
// excepted, and what is aborted so is not tried again.
func (n *Node) ForceState(state NState, deep bool) error {
	if !deep || !n.IsContainer() {
		return n.Become(state)
	}
	s := n.suiteOrNone()
	n.force(state, s)
	for c := range n.All() {
		if c.kind == KindTask {
			c.updateTokens(s)
		}
	}
	defer n.touch()
	return n.follow(s)
}

func (n *Node) force(state NState, s *suiteData) {
	if n.state != state && state == Aborted {
		n.setFlag(n.flag.With(FlagForceAbort), s)
	}
	n.enter(state, s)
	for _, c := range n.children {
		if c.kind != KindAlias {
			c.force(state, s)
		}
	}
}

// ClearProgress resets late marks, meters and events of the node and of all below it, aliases excepted.
func (n *Node) ClearProgress() {
	s := n.Root().suite
	if s == nil {
		s = &suiteData{}
	}
	for m := range n.All() {
		if m == n || m.kind != KindAlias {
			m.clearProgress(s)
		}
	}
	n.touch()
}

// FinishRepeats lets the repeats of the node and of all below it, aliases excepted, come to their end.
func (n *Node) FinishRepeats() {
	if r := n.Repeat(); r != nil {
		r.SetToLast()
		r.Increment()
		n.note(AspectRepeat)
	}
	if n.IsContainer() {
		for _, c := range n.children {
			c.FinishRepeats()
		}
	}
}

// SetEvent sets or clears the event of a name, or of a number if it has no name, and reports whether there is one.
func (n *Node) SetEvent(nameOrNumber string, value bool) bool {
	events := n.some().events
	for i := range events {
		if events[i].NameOrNumber() == nameOrNumber {
			events[i].Value = value
			n.noteAt(AspectEvent, i)
			return true
		}
	}
	return false
}

// BeginBelow gives a node that was put below a suite that has begun its state at begin, as if it had been there then.
func (n *Node) BeginBelow() {
	s := n.Root().suite
	if s == nil {
		return
	}
	n.begin(s)
	n.touch()
}

// RequeueAborted queues the aborted tasks among the node and all below it again, as [Node.Requeue] does.
func (n *Node) RequeueAborted() error {
	top := n.Root()
	if top.suite == nil || !top.suite.begun {
		return top.notBegun()
	}
	var aborted []*Node
	for t := range n.All() {
		if t.kind == KindTask && t.state == Aborted {
			aborted = append(aborted, t)
		}
	}
	for _, t := range aborted {
		_ = t.requeue(top.suite, requeueHow{resetRepeats: true, nextSlot: true, relative: true}) // the suite has begun
		t.updateStateUp(top.suite)
	}
	defer n.touch()
	if n.parent != nil {
		return n.parent.follow(top.suite)
	}
	return nil
}

// Archive gives the children to the host to keep; nothing happens without any.
func (n *Node) Archive() error {
	s := n.Root().suite
	if len(n.children) == 0 || !n.IsContainer() || s == nil {
		return nil
	}
	host := s.host()
	if host.Archive == nil {
		return missingf("%s could not be archived, as nothing keeps archived nodes", n.debugPath())
	}
	if err := host.Archive(n); err != nil {
		return err
	}
	n.archived(s)
	return nil
}

// RemoveHistory forgets the edits of a node and of all below it. Those of nodes that are gone already stay, as in the original.
func (d *Defs) RemoveHistory(n *Node) {
	path := n.Path()
	for p := range d.history {
		if p == path || strings.HasPrefix(p, path+"/") && d.Find(p) != nil {
			delete(d.history, p)
			d.revision++
		}
	}
}

// Clear deletes all suites, externs and edits. The server's variables and state, marks and numbers of changes stay.
//
// source: libs/node Defs.cpp, clear.
func (d *Defs) Clear() {
	for _, s := range d.suites {
		s.left(d)
		s.suite.defs = nil
		s.edits = uint32(d.revision) + 1
	}
	d.suites, d.index, d.externs, d.history = nil, nil, nil, nil
	d.SetState(Unknown) // which counts in any case, as in the original
	d.structure(nil)
}

// MoveBeside moves the node to the place of another with the same parent; what stands between them moves up.
//
// source: libs/node move_peer.hpp.
func (n *Node) MoveBeside(other *Node) error {
	nodes := n.beside()
	from, to := slices.Index(nodes, n), slices.Index(nodes, other)
	if n.parent != other.parent || from < 0 || to < 0 {
		return argf("move source and destination node are not siblings")
	}
	if from < to {
		copy(nodes[from:to], nodes[from+1:to+1])
	} else {
		copy(nodes[to+1:from+1], nodes[to:from])
	}
	nodes[to] = n
	if n.parent != nil {
		n.parent.note(AspectOrder)
	} else {
		n.Defs().noteOwn(AspectOrder)
	}
	return nil
}

// beside are the node and those with the same parent, or the suites.
func (n *Node) beside() []*Node {
	switch {
	case n.parent != nil:
		return n.parent.children
	case n.Defs() != nil:
		return n.Defs().suites
	}
	return nil
}

// ResetLimit gives back all tokens of a limit.
func (n *Node) ResetLimit(name string) error {
	if err := n.ChangeLimitValue(name, 0); err != nil {
		return err
	}
	if s := n.Root().suite; s != nil {
		n.logLimit(s, "reset", n.Limit(name))
	}
	return nil
}
