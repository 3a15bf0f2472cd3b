package defs

// Reset puts the node and all below it into the states that they take at
// begin, with everything cleared that runs have left. A suite is then one that
// has not begun, and its calendar starts anew.
//
// source: libs/node Node.cpp, Submittable.cpp, Suite.cpp.
func (n *Node) Reset() {
	s := n.Root().suite
	if s == nil {
		s = &suiteData{}
	}
	if n.suite == nil {
		n.reset(s)
	} else {
		n.wholly(func() {
			n.SetBegun(false)
			n.requeueCalendar()
			n.reset(s)
		})
	}
	n.touch()
}

func (n *Node) reset(s *suiteData) {
	n.restartRun(runData{aliasNo: n.aliasNoKept(), trial: n.job().trial}, s)
	n.start(s, 1, true)
	if len(n.Mirrors()) > 0 {
		n.enter(Unknown, s)
	}
	n.holdExpressions(s)
	a, m := n.some(), n.rare()
	n.resetRepeat(s)
	n.resetFlag(0, s)
	n.clearProgress(s)
	for i, l := range a.limits {
		l.SetValue(0)
		s.changed(n, AspectLimit, i)
	}
	if n.IsContainer() {
		n.clearLabels(s)
	}
	restart := func(t *TimeSeries, free *bool) {
		*free = false
		t.restart()
	}
	renew(n, s, AspectToday, m.todays, func(t *TodayAttr) { restart(&t.Series, &t.Free) })
	renew(n, s, AspectTime, m.times, func(t *TimeAttr) { restart(&t.Series, &t.Free) })
	renew(n, s, AspectCron, m.crons, func(t *CronAttr) { restart(&t.Series, &t.Free) })
	renew(n, s, AspectDate, m.dates, func(d *DateAttr) { d.Free = false })
	renew(n, s, AspectDay, m.days, func(d *DayAttr) { *d = DayAttr{Day: d.Day} })
	for _, c := range n.children {
		if c.kind != KindAlias {
			c.reset(s)
		}
	}
}

// ClearLabels forgets what runs have put into the labels.
func (n *Node) ClearLabels() {
	s := n.Root().suite
	if s == nil {
		s = &suiteData{}
	}
	n.clearLabels(s)
	n.touch()
}

func (n *Node) clearLabels(s *suiteData) {
	labels := n.some().labels
	for i := range labels {
		labels[i].New = ""
		s.changed(n, AspectLabel, i)
	}
}
