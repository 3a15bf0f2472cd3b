package defs

import "time"

// Advance moves the calendar of a suite that has begun on by a step, as simulations do, and follows what comes of it.
func (d *Defs) Advance(suite *Node, step time.Duration) {
	if suite.suite == nil || !suite.suite.begun {
		return
	}
	suite.suite.calendar.Advance(step)
	d.calendarMoved(suite)
}

// UpdateCalendars moves the calendars of all suites that have begun on to the computer's time, and follows what comes of it.
//
// source: libs/node Defs.cpp, updateCalendar.
func (d *Defs) UpdateCalendars(now time.Time) {
	d.calCount++
	for _, n := range append([]*Node(nil), d.suites...) {
		d.UpdateCalendar(n, now)
	}
}

// AdvanceCalendars moves the calendars of all suites that have begun on by a step, whatever the computer's time.
func (d *Defs) AdvanceCalendars(step time.Duration) {
	d.calCount++
	for _, n := range append([]*Node(nil), d.suites...) {
		d.Advance(n, step)
	}
}

// UpdateCalendar moves the calendar of one suite, if it has begun, on to a time.
func (d *Defs) UpdateCalendar(suite *Node, now time.Time) {
	if suite.suite == nil || !suite.suite.begun {
		return
	}
	suite.suite.calendar.Update(now)
	d.calendarMoved(suite)
}

// followTime moves the duration of a running suite on to the computer's time before tasks are looked for, so that states
// are entered at the second; the suite's own time moves with the calendar.
//
// source: libs/node Suite.cpp, resolveDependencies; libs/core Calendar.cpp, update_duration_only.
func (s *suiteData) followTime() {
	if s.defs == nil || s.defs.track == nil {
		return
	}
	c := &s.calendar
	c.Duration = max(c.Duration, s.now().UTC().Truncate(time.Second).Sub(c.InitLocal))
	s.calendarMoved()
}

// due are the nodes whose time has come to be deleted, or archived.
type due struct{ cancel, archive []*Node }

// calendarMoved frees times, marks what is late, and deletes or archives what is due.
func (d *Defs) calendarMoved(suite *Node) {
	suite.suite.calendarMoved()
	var late LateAttr
	if own := suite.Late(); own != nil {
		late = *own
	}
	var found due
	suite.followCalendar(suite.suite, late, false, &found)
	host := suite.suite.host()
	for _, n := range found.cancel {
		if n.Defs() != d {
			continue // it went with a node above
		}
		if host.Log != nil {
			host.Log(LogMsg, "autocancel "+n.debugPath())
		}
		_ = n.Remove()
	}
	for _, n := range found.archive {
		if n.IsContainer() && n.Defs() == d && len(n.children) > 0 {
			n.archive(suite.suite)
		}
	}
	d.revision++
}

// followCalendar tells the node and all below that the calendar has moved. late is what the nodes above specify;
// held tells that one of them waits for a day or date, until which no time below counts.
func (n *Node) followCalendar(s *suiteData, late LateAttr, held bool, found *due) {
	if n.IsContainer() && n.flag.Has(FlagArchived) {
		return
	}
	m := n.rare()
	if m != &noMoreAttributes {
		if !held {
			held = n.followTimes(s)
		}
		if m.cancel != nil && n.state == Complete && m.cancel.IsFree(n, &s.calendar) && !n.isRunning() {
			found.cancel = append(found.cancel, n)
		}
		if m.archive != nil && !n.flag.Has(FlagRestored) && !n.suspendedUp(s) && m.archive.IsFree(n, &s.calendar) && !n.isRunning() {
			found.archive = append(found.archive, n)
		}
	}
	if !n.IsContainer() {
		n.checkLate(s, late)
		return
	}
	if n.parent != nil && m.late != nil {
		late = late.Override(*m.late)
	}
	for _, c := range n.children {
		c.followCalendar(s, late, held, found)
	}
}

// suspendedUp reports whether the node, one above it, or the whole definition is suspended.
func (n *Node) suspendedUp(s *suiteData) bool {
	for ; n != nil; n = n.parent {
		if n.suspend {
			return true
		}
	}
	return s.defs != nil && s.defs.server.state != Running
}

// checkLate marks a task that is late by its own or the inherited attribute.
func (n *Node) checkLate(s *suiteData, inherited LateAttr) {
	own := n.Late()
	switch {
	case own == nil:
		if !n.flag.Has(FlagLate) && inherited.Check(n, &s.calendar) {
			n.setFlag(n.flag.With(FlagLate), s)
		}
	case !own.Late && inherited.Override(*own).Check(n, &s.calendar):
		n.markLate(own, s)
	}
}

func (n *Node) markLate(l *LateAttr, s *suiteData) {
	if !l.Late {
		l.Late = true
		s.changed(n, AspectLate, 0)
	}
	n.setFlag(n.flag.With(FlagLate), s)
}

// followTimes tells the node's times, dates and so on; true when a day or date holds the node.
//
// source: libs/node NodeTime.cpp, calendar_changed_timeattrs.
func (n *Node) followTimes(s *suiteData) (held bool) {
	c, m := &s.calendar, n.rare()
	if len(m.days)+len(m.dates) > 0 {
		keepDay, keepDate := n.keepDays(c)
		held = true
		for i := range m.days {
			if m.days[i].CalendarChanged(c, keepDay) {
				s.changed(n, AspectDay, i)
			}
			held = held && !m.days[i].IsFree(c)
		}
		for i := range m.dates {
			if m.dates[i].CalendarChanged(c, keepDate) {
				s.changed(n, AspectDate, i)
			}
			held = held && !m.dates[i].IsFree(c)
		}
		if held {
			return true
		}
	}
	for i := range m.times {
		if m.times[i].CalendarChanged(c) {
			s.changed(n, AspectTime, i)
		}
	}
	for i := range m.todays {
		if m.todays[i].CalendarChanged(c) {
			s.changed(n, AspectToday, i)
		}
	}
	for i := range m.crons {
		if m.crons[i].CalendarChanged(c) {
			s.changed(n, AspectCron, i)
		}
	}
	return false
}

// keepDays tells whether a container's days and dates that are free stay so beyond midnight: when tasks below have not
// finished what they began.
func (n *Node) keepDays(c *Calendar) (day, date bool) {
	if !c.DayChanged || !n.IsContainer() {
		return false, false
	}
	m := n.rare()
	day = len(m.days) > 0 && anyFree(m.days, c, (*DayAttr).IsFree)
	date = len(m.dates) > 0 && anyFree(m.dates, c, (*DateAttr).IsFree)
	if !day && !date {
		return false, false
	}
	var have states
	for t := range n.All() {
		if t.kind == KindTask {
			have[t.state] = true
		}
	}
	running := have[Active] || have[Submitted]
	if !running && !(have[Complete] && have[Queued]) {
		return false, false
	}
	return day, date
}
