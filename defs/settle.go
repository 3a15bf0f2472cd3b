package defs

// Become changes the state of the node and follows what comes of it: tokens of limits are taken or given back, the
// states above are computed, and what is complete goes on with its repeat, or is queued again for a later time.
//
// An error says that a repeat would have to go on in a suite that has not begun, with the suite or with days: what is above, and
// what autorestore wants, stays as it is then.
//
// source: libs/node Node.cpp, set_state and handleStateChange.
func (n *Node) Become(state NState) error {
	defer n.touch()
	return n.become(state, n.suiteOrNone())
}

func (n *Node) become(state NState, s *suiteData) error {
	if n.state == state {
		return nil
	}
	n.enter(state, s)
	return n.follow(s)
}

// follow does what a change of the node's state brings about.
func (n *Node) follow(s *suiteData) error {
	if n.kind == KindAlias {
		n.autoRestore(s)
		n.updateTokens(s)
		return nil
	}
	if n.kind == KindTask {
		n.updateTokens(s)
	}
	if err := n.settle(s); err != nil {
		return err
	}
	n.autoRestore(s)
	return nil
}

// settle computes the states from the node upwards. What is complete is queued again by its repeat or its times,
// and then the nodes above take part no more.
//
// source: libs/node Node.cpp, requeueOrSetMostSignificantStateUpNodeTree.
func (n *Node) settle(s *suiteData) error {
	for ; n != nil; n = n.parent {
		state := n.ComputedState()
		n.enter(state, s)
		if state != Complete {
			continue
		}
		if queued, err := n.again(s); err != nil {
			return err
		} else if queued {
			n.updateStateUp(s)
			return nil
		}
	}
	s.updateDefs()
	return nil
}

// again queues a complete node once more if its repeat or its times want it.
func (n *Node) again(s *suiteData) (queued bool, err error) {
	if r := n.Repeat(); r != nil {
		r.Increment()
		s.changed(n, AspectRepeat, 0)
		if r.Valid() {
			n.logRepeat(s)
			if n.kind == KindSuite && !s.begun {
				return false, n.notBegun()
			}
			return true, n.requeue(s, requeueHow{why: RequeueRepeat, resume: -1, nextSlot: true, relative: true})
		}
	}
	if !n.hasTimes() || !n.wantsRequeue(s) {
		return false, nil
	}
	// a time that a user's command made the node miss stays missed
	nextSlot := len(n.Crons()) > 0 && !n.flag.Has(FlagNoReque)
	return true, n.requeue(s, requeueHow{why: RequeueTime, resume: -1, nextSlot: nextSlot})
}

// notBegun refuses to queue a suite again.
func (n *Node) notBegun() error {
	return argf("Suite::requeue: The suite %s must be 'begun' first\n", n.name)
}

// hasTimes reports whether the node waits for times, dates or notifications.
func (n *Node) hasTimes() bool {
	m := n.rare()
	return len(m.times)+len(m.todays)+len(m.crons)+len(m.dates)+len(m.days)+len(m.avisos) > 0
}

// wantsRequeue reports whether a complete node has times or dates left for which it is queued again.
// Its days that have come are no longer waited for.
//
// source: libs/node NodeTime.cpp, testTimeDependenciesForRequeue.
func (n *Node) wantsRequeue(s *suiteData) bool {
	c, m, byCommand := &s.calendar, n.rare(), s.host().ByCommand
	if len(m.crons) > 0 {
		return true
	}
	var low, high TimeSlot
	for i := range m.times {
		low, high = m.times[i].Series.bounds(low, high)
	}
	for i := range m.times {
		if m.times[i].Series.wantsRequeue(c, low, high, byCommand) {
			return true
		}
	}
	low, high = TimeSlot{}, TimeSlot{}
	for i := range m.todays {
		low, high = m.todays[i].Series.bounds(low, high)
	}
	for i := range m.todays {
		if m.todays[i].Series.wantsRequeue(c, low, high, byCommand) {
			return true
		}
	}
	for i := range m.dates {
		if m.dates[i].wantsRequeue(c) {
			return true
		}
	}
	for i := range m.days {
		was := m.days[i]
		m.days[i].expire(c, byCommand)
		if m.days[i] != was {
			s.changed(n, AspectDay, i)
		}
	}
	for i := range m.days {
		if d := &m.days[i]; !d.Expired && !c.Hybrid && d.Date > c.Date() {
			return true
		}
	}
	return false
}

// expire ends a day attribute whose node has completed: on its day or after it, and by command at any time.
func (d *DayAttr) expire(c *Calendar, byCommand bool) {
	if byCommand {
		d.Expired = true
		return
	}
	if d.Date == 0 {
		d.Date = d.next(c.Date())
	}
	if d.Day == c.Date().Weekday() || d.Date <= c.Date() {
		d.Expired = true
	}
}

// wantsRequeue reports whether the date can still come.
func (d *DateAttr) wantsRequeue(c *Calendar) bool {
	if c.Hybrid {
		return false
	}
	today := c.Date()
	if d.Day != 0 && d.Month != 0 && d.Year != 0 {
		return Date(d.Year*10000+d.Month*100+d.Day) > today
	}
	return d.Day == 0 || d.Month == 0 || d.Year == 0 ||
		d.Day > int(today)%100 || d.Month > int(today)/100%100 || d.Year > int(today)/10000
}
