package defs

import "time"

// Begin starts a suite that has not begun: its calendar runs from now, all
// below it takes its default state, and repeats, events and so on start anew.
//
// source: libs/node Suite.cpp, NodeContainer.cpp, Submittable.cpp, Node.cpp.
func (n *Node) Begin(now time.Time) error {
	if n.suite == nil {
		return argf("only a suite can begin, not %s", n.debugPath())
	}
	if n.suite.begun {
		return nil
	}
	n.suite.begun, n.suite.dated = true, true
	n.beginCalendar(now)
	n.begin(n.suite)
	n.touch()
	return nil
}

// Begin begins all suites that have not begun.
func (d *Defs) Begin(now time.Time) {
	for _, s := range d.suites {
		_ = s.Begin(now)
	}
	d.UpdateState()
}

// ResetBegin makes a suite one that has not begun, and nothing else.
func (n *Node) ResetBegin() { n.SetBegun(false) }

func (n *Node) beginCalendar(now time.Time) {
	start := now.UTC().Truncate(time.Second)
	c := &n.suite.calendar
	if clock := n.suite.clock; clock != nil {
		c.Hybrid = clock.Hybrid
		start = clock.Start(now)
	}
	c.Begin(start, now)
}

func (n *Node) begin(s *suiteData) {
	n.restoreArchived(s)
	if n.run != nil {
		n.setRunQuietly(runData{aliasNo: n.aliasNoKept()})
	}
	verifies, queues := n.rare().verifies, n.rare().queues
	for i := range verifies {
		verifies[i].Actual = 0
	}
	for i := range queues {
		queues[i].Requeue()
	}
	n.start(s, 0, true)
	if len(n.Mirrors()) > 0 {
		n.enter(Unknown, s)
	}
	n.holdExpressions()
	n.flag = 0
	if r := n.Repeat(); r != nil {
		r.Reset()
	}
	n.clearProgress()
	n.clearLabels()
	n.clearLimits(s)
	n.resetTimes(s)
	for _, c := range n.children {
		if c.kind != KindAlias {
			c.begin(s)
		}
	}
	n.spreadDefStatus(s)
}

// aliasNoKept is the alias number after begin or requeue: 0 unless there are aliases.
func (n *Node) aliasNoKept() int {
	if len(n.children) == 0 {
		return 0
	}
	return n.AliasNo()
}

func (n *Node) setRunQuietly(run runData) {
	n.run = nil
	if run != (runData{}) {
		n.run = &run
	}
}

// start gives the node its default state; resume above 0 also resumes it.
func (n *Node) start(s *suiteData, resume int, log bool) {
	n.since = s.calendar.Duration
	if n.dstate == DSuspended {
		n.suspend = true
	} else if resume > 0 {
		n.suspend = false
	}
	n.change(n.dstate.NState(), s, log)
}

// enter sets the state with what goes with it: log, marks, time, verify counts.
func (n *Node) enter(state NState, s *suiteData) { n.change(state, s, true) }

func (n *Node) change(state NState, s *suiteData, log bool) {
	if n.state == state {
		return
	}
	if state == Aborted {
		if n.IsSubmittable() {
			n.flag = n.flag.With(FlagTaskAborted)
		}
	} else {
		n.flag = n.flag.Without(FlagTaskAborted).Without(FlagForceAbort)
	}
	if log {
		n.logState(s, state)
	}
	n.ran = s.calendar.Duration - n.since
	if state == Queued {
		n.ran = 0
	}
	n.state, n.since = state, s.calendar.Duration
	m := n.rare()
	for i := range m.verifies {
		if m.verifies[i].State == state {
			m.verifies[i].Actual++
		}
	}
}

// holdExpressions takes back that the user set trigger and complete expression free.
func (n *Node) holdExpressions() {
	a := n.some()
	for _, e := range [...]*Expression{a.trigger, a.complete} {
		if e != nil {
			e.Free = false
		}
	}
}

// clearProgress resets late, meters and events.
func (n *Node) clearProgress() {
	a := n.some()
	for i := range a.meters {
		a.meters[i].Value = a.meters[i].Min
	}
	for i := range a.events {
		a.events[i].Value = a.events[i].Initial
	}
	if late := n.Late(); late != nil {
		late.Late = false
	}
}

// clearLimits gives back all tokens of the node's limits, and forgets which its inlimits have.
func (n *Node) clearLimits(s *suiteData) {
	a := n.some()
	for _, l := range a.limits {
		l.SetValue(0)
		n.logLimit(s, "reset", l)
	}
	for i := range a.inlimits {
		a.inlimits[i].Incremented = false
	}
}

// resetTimes starts the time attributes at begin.
func (n *Node) resetTimes(s *suiteData) {
	c, m := &s.calendar, n.rare()
	for i := range m.todays {
		m.todays[i].Free = false
		m.todays[i].Series.reset(c)
	}
	for i := range m.times {
		m.times[i].Free = false
		m.times[i].Series.reset(c)
	}
	for i := range m.crons {
		m.crons[i].Free = false
		m.crons[i].Series.reset(c)
	}
	for i := range m.days {
		m.days[i].reset(c.Date())
	}
	for i := range m.dates {
		m.dates[i].Free = false
	}
	n.completeHybrid(s)
}

// completeHybrid completes a node whose dates, days or crons can never come true under a hybrid clock.
func (n *Node) completeHybrid(s *suiteData) {
	c, m := &s.calendar, n.rare()
	if n.state == Complete || !c.Hybrid || len(m.dates)+len(m.days)+len(m.crons) == 0 {
		return
	}
	fits := [...]bool{len(m.dates) == 0, len(m.days) == 0, len(m.crons) == 0}
	for i := range m.dates {
		fits[0] = fits[0] || m.dates[i].fitsHybrid(c)
	}
	for i := range m.days {
		fits[1] = fits[1] || m.days[i].IsFree(c)
	}
	for i := range m.crons {
		fits[2] = fits[2] || m.crons[i].fitsHybrid(c)
	}
	if fits[0] && fits[1] && fits[2] {
		n.enter(Queued, s)
	} else {
		n.enter(Complete, s)
	}
}

// spreadDefStatus gives a container the state that follows from its default state and its children.
func (n *Node) spreadDefStatus(s *suiteData) {
	if !n.IsContainer() {
		return
	}
	switch n.dstate {
	case DComplete:
		n.enterDeep(Complete, s)
	case DQueued:
		if len(n.children) > 0 {
			n.enter(computed(n.children), s)
		}
	default:
	}
}
