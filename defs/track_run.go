package defs

// What running suites change: each field that clients are told of is changed here, or noted where it is.

// noteLimit notes that a limit of the node has changed.
func (n *Node) noteLimit(l *Limit) {
	if s := n.Root().suite; s != nil && s.defs != nil {
		s.defs.revision++
		s.limitChanged(n, l)
		return
	}
	n.touch()
}

// limitChanged notes that a limit of a node has changed, which may be of another suite.
func (s *suiteData) limitChanged(owner *Node, l *Limit) {
	if s.defs == nil || s.defs.track == nil {
		return
	}
	for i, have := range owner.some().limits {
		if have == l {
			owner.Root().suite.changed(owner, AspectLimit, i)
		}
	}
}

// limitUse takes or gives back tokens of a limit of owner.
func (s *suiteData) limitUse(owner *Node, l *Limit, use func()) {
	value, paths := l.Value, len(l.Paths)
	use()
	if l.Value != value || len(l.Paths) != paths {
		s.limitChanged(owner, l)
	}
}

// calendarMoved notes that the calendar has moved. That is no change by itself: clients are told with the next one.
//
// source: libs/node Suite.cpp, collateChanges.
func (s *suiteData) calendarMoved() {
	if s.defs != nil && s.defs.track != nil {
		s.nos.calendar = uint32(s.defs.stateChangeNo) + 1
	}
}

// setFlag replaces the marks.
func (n *Node) setFlag(f Flag, s *suiteData) {
	if n.flag != f {
		n.flag = f
		s.changed(n, AspectFlag, 0)
	}
}

// setSuspend suspends or resumes the node.
func (n *Node) setSuspend(on bool, s *suiteData) {
	if n.suspend != on {
		n.suspend = on
		s.changed(n, AspectSuspended, 0)
	}
}

// restartRun forgets the job but for the number of tries, and the number of aliases unless there are some.
func (n *Node) restartRun(run runData, s *suiteData) {
	was := n.job()
	if was == run {
		return
	}
	n.putRun(run)
	if was.aliasNo != run.aliasNo {
		s.changed(n, AspectAliasNo, 0)
	}
	s.changed(n, AspectJob, 0)
}

// eachChanged lets f change attributes of one kind, and notes those that are other than before.
func eachChanged[T comparable](n *Node, s *suiteData, a Aspect, items []T, f func(*T)) {
	for i := range items {
		was := items[i]
		f(&items[i])
		if items[i] != was {
			s.changed(n, a, i)
		}
	}
}

// eachCron is eachChanged for crons.
func (n *Node) eachCron(s *suiteData, f func(*CronAttr)) {
	crons := n.rare().crons
	for i := range crons {
		c := &crons[i]
		series, free := c.Series, c.Free
		f(c)
		if c.Series != series || c.Free != free {
			s.changed(n, AspectCron, i)
		}
	}
}
