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

// resetFlag is setFlag where the original tells of it in any case.
func (n *Node) resetFlag(f Flag, s *suiteData) {
	n.flag = f
	s.changed(n, AspectFlag, 0)
}

// restartRun gives a task the job that it has when it begins or is queued, or for its next try. The original tells of it in any case.
func (n *Node) restartRun(run runData, s *suiteData) {
	was := n.job()
	if was == run && n.IsContainer() {
		return
	}
	if was != run {
		n.putRun(run)
	}
	if was.aliasNo != run.aliasNo {
		s.changed(n, AspectAliasNo, 0)
	}
	s.changed(n, AspectJob, 0)
}

// renew lets f bring attributes of one kind back to where they start: they are told as changed even if they were there.
func renew[T any](n *Node, s *suiteData, a Aspect, items []T, f func(*T)) {
	for i := range items {
		f(&items[i])
		s.changed(n, a, i)
	}
}
