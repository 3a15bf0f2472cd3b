package defs

import "time"

// Reset puts the node and all below it into the states that they take at
// begin, with everything cleared that runs have left. A suite is then one that
// has not begun, and its calendar starts now.
//
// source: libs/node Node.cpp, Submittable.cpp, Suite.cpp.
func (n *Node) Reset(now time.Time) {
	s := n.Root().suite
	if s == nil {
		s = &suiteData{}
	}
	if n.suite != nil {
		s.begun = false
		n.requeueCalendar(now)
	}
	n.reset(s)
	n.touch()
}

// requeueCalendar begins the calendar anew; under a hybrid clock a repeat of days moves the date on instead.
func (n *Node) requeueCalendar(now time.Time) {
	r, isDays := n.Repeat().(*RepeatDay)
	if s := n.suite; isDays && s.clock != nil && s.clock.Hybrid && s.calendar.Begun() {
		y, m, d := s.calendar.Suite.AddDate(0, 0, int(r.Days)).Date()
		hour, minute, second := now.UTC().Clock()
		s.calendar.Begin(time.Date(y, m, d, hour, minute, second, 0, time.UTC), now)
		return
	}
	n.beginCalendar(now)
}

func (n *Node) reset(s *suiteData) {
	if n.run != nil {
		n.setRunQuietly(runData{aliasNo: n.aliasNoKept()})
	}
	n.start(s, 1)
	a, m := n.some(), n.rare()
	for _, e := range [...]*Expression{a.trigger, a.complete} {
		if e != nil {
			e.Free = false
		}
	}
	if a.repeat != nil {
		a.repeat.Reset()
	}
	n.flag = 0
	n.clearProgress()
	if n.IsContainer() {
		n.ClearLabels()
	}
	for i := range m.todays {
		m.todays[i].Free = false
		m.todays[i].Series.restart()
	}
	for i := range m.times {
		m.times[i].Free = false
		m.times[i].Series.restart()
	}
	for i := range m.crons {
		m.crons[i].Free = false
		m.crons[i].Series.restart()
	}
	for i := range m.dates {
		m.dates[i].Free = false
	}
	for i := range m.days {
		m.days[i] = DayAttr{Day: m.days[i].Day}
	}
	for _, c := range n.children {
		if c.kind != KindAlias {
			c.reset(s)
		}
	}
}

// ClearLabels forgets what runs have put into the labels.
func (n *Node) ClearLabels() {
	labels := n.some().labels
	for i := range labels {
		labels[i].New = ""
	}
	n.touch()
}
