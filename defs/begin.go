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
	n.wholly(func() {
		n.suite.begun, n.suite.dated = true, true
		n.note(AspectBegun)
		n.beginCalendar(now)
		n.begin(n.suite)
	})
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
	n.suite.calendarMoved()
}

func (n *Node) begin(s *suiteData) {
	n.restoreArchived(s)
	n.restartRun(runData{aliasNo: n.aliasNoKept()}, s)
	if n.HasRare() {
		renew(n, s, AspectVerify, n.attrs.more.verifies, func(v *VerifyAttr) { v.Actual = 0 })
		n.restartQueues(s)
	}
	n.start(s, 0, true)
	if len(n.Mirrors()) > 0 {
		n.enter(Unknown, s)
	}
	n.holdExpressions(s)
	n.resetFlag(0, s)
	n.resetRepeat(s)
	n.clearProgress(s)
	n.clearLabels(s)
	n.clearLimits(s)
	if n.HasRare() {
		n.resetTimes(s)
	}
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

// start gives the node its default state; resume above 0 also resumes it.
func (n *Node) start(s *suiteData, resume int, log bool) {
	n.since = s.calendar.Duration // told only if the state is another
	if n.dstate == DSuspended {
		n.suspend = true
		s.changed(n, AspectSuspended, 0)
	} else if resume > 0 && n.suspend {
		n.suspend = false
		s.changed(n, AspectSuspended, 0)
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
			n.setFlag(n.flag.With(FlagTaskAborted), s)
		}
	} else {
		n.setFlag(n.flag.Without(FlagTaskAborted).Without(FlagForceAbort), s)
	}
	if log {
		n.logState(s, state)
	}
	n.ran = s.calendar.Duration - n.since
	if state == Queued {
		n.ran = 0
	}
	n.state, n.since = state, s.calendar.Duration
	s.changed(n, AspectState, 0)
	m := n.rare()
	for i := range m.verifies {
		if m.verifies[i].State == state {
			m.verifies[i].Actual++
			s.changed(n, AspectVerify, i)
		}
	}
}

// holdExpressions takes back that the user set trigger and complete expression free.
func (n *Node) holdExpressions(s *suiteData) {
	a := n.some()
	for i, e := range [...]*Expression{a.trigger, a.complete} {
		if e != nil && e.Free {
			e.Free = false
			s.changed(n, AspectTrigger+Aspect(i), 0)
		}
	}
}

// resetRepeat starts the repeat anew.
func (n *Node) resetRepeat(s *suiteData) {
	if r := n.Repeat(); r != nil {
		r.Reset()
		if _, isDay := r.(*RepeatDay); !isDay { // has no value
			s.changed(n, AspectRepeat, 0)
		}
	}
}

// restartQueues starts the queues anew.
func (n *Node) restartQueues(s *suiteData) {
	queues := n.rare().queues
	for i := range queues {
		queues[i].Requeue()
		s.changed(n, AspectQueue, i)
	}
}

// clearProgress resets late, meters and events.
func (n *Node) clearProgress(s *suiteData) {
	a := n.some()
	for i := range a.meters {
		a.meters[i].Value = a.meters[i].Min
		s.changed(n, AspectMeter, i)
	}
	for i := range a.events {
		a.events[i].Value = a.events[i].Initial
		s.changed(n, AspectEvent, i)
	}
	if late := n.Late(); late != nil && late.Late {
		late.Late = false
		s.changed(n, AspectLate, 0)
	}
}

// clearLimits gives back all tokens of the node's limits, and forgets which its inlimits have.
func (n *Node) clearLimits(s *suiteData) {
	a := n.some()
	for i, l := range a.limits {
		l.SetValue(0)
		s.changed(n, AspectLimit, i)
		n.logLimit(s, "reset", l)
	}
	for i := range a.inlimits {
		a.inlimits[i].Incremented = false
	}
}

// resetTimes starts the time attributes at begin.
func (n *Node) resetTimes(s *suiteData) {
	c, m := &s.calendar, n.rare()
	again := func(t *TimeSeries, free *bool) {
		*free = false
		t.reset(c)
	}
	renew(n, s, AspectToday, m.todays, func(t *TodayAttr) { again(&t.Series, &t.Free) })
	renew(n, s, AspectTime, m.times, func(t *TimeAttr) { again(&t.Series, &t.Free) })
	renew(n, s, AspectCron, m.crons, func(t *CronAttr) { again(&t.Series, &t.Free) })
	renew(n, s, AspectDay, m.days, func(d *DayAttr) { d.reset(c.Date()) })
	renew(n, s, AspectDate, m.dates, func(d *DateAttr) { d.Free = false })
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
