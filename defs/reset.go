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
	if n.suite != nil {
		s.begun = false
		n.requeueCalendar()
	}
	n.reset(s)
	n.touch()
}

func (n *Node) reset(s *suiteData) {
	if n.run != nil {
		n.setRunQuietly(runData{aliasNo: n.aliasNoKept(), trial: n.run.trial})
	}
	n.start(s, 1, true)
	if len(n.Mirrors()) > 0 {
		n.enter(Unknown, s)
	}
	n.holdExpressions()
	a, m := n.some(), n.rare()
	if a.repeat != nil {
		a.repeat.Reset()
	}
	n.flag = 0
	n.clearProgress()
	for _, l := range a.limits {
		l.SetValue(0)
	}
	if n.IsContainer() {
		n.clearLabels()
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
	n.clearLabels()
	n.touch()
}

func (n *Node) clearLabels() {
	labels := n.some().labels
	for i := range labels {
		labels[i].New = ""
	}
}
