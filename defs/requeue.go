package defs

// RequeueWhy is what makes a node queue again: it decides what its day attributes wait for.
type RequeueWhy uint8

// The reasons.
const (
	RequeueFull RequeueWhy = iota // a user
	RequeueRepeat
	RequeueTime
)

// requeueHow are the ways of requeueing, passed down the tree.
type requeueHow struct {
	why          RequeueWhy
	resetRepeats bool
	resume       int  // 0: the node stays suspended, those below are resumed; negative: none is
	nextSlot     bool // time series start from their first slot
	relative     bool // relative series start anew
}

// Requeue queues the node and all below it again, as a user's requeue does. The suite must have begun.
//
// source: libs/node Node.cpp, NodeContainer.cpp, Submittable.cpp.
func (n *Node) Requeue() error {
	top := n.Root()
	if top.suite == nil || !top.suite.begun {
		return argf("Suite::requeue: The suite %s must be 'begun' first\n", top.name)
	}
	n.requeue(top.suite, requeueHow{resetRepeats: true, nextSlot: true, relative: true})
	n.UpdateStateUp()
	return nil
}

func (n *Node) requeue(s *suiteData, how requeueHow) {
	if n.run != nil {
		n.setRunQuietly(runData{aliasNo: n.aliasNoKept()})
	}
	n.start(s, how.resume)
	kept := n.flag & (Flag(0).With(FlagMessage) | Flag(0).With(FlagArchived))
	nextSlot := how.nextSlot || !n.flag.Has(FlagNoReque)
	labels, a := n.some().labels, n.some()
	if r := a.repeat; r != nil && !how.resetRepeats {
		at := r.IndexOrValue()
		n.restart()
		r.Set(at)
	} else {
		n.restart()
	}
	n.flag = kept
	if n.IsContainer() {
		for i := range labels {
			labels[i].New = ""
		}
	}
	n.requeueTimes(s, how, nextSlot)
	if how.resume >= 0 {
		how.resume++
	}
	how.resetRepeats, how.relative = true, true
	for _, c := range n.children {
		if c.kind != KindAlias {
			c.requeue(s, how)
		}
	}
	n.spreadDefStatus(s)
}

// requeueTimes moves the time attributes on to their next slots and days.
func (n *Node) requeueTimes(s *suiteData, how requeueHow, nextSlot bool) {
	c, m := &s.calendar, n.rare()
	again := func(t *TimeSeries, free *bool) {
		if how.relative {
			t.ResetRelative()
		}
		*free = false
		t.requeue(c, nextSlot)
	}
	for i := range m.todays {
		again(&m.todays[i].Series, &m.todays[i].Free)
	}
	for i := range m.times {
		again(&m.times[i].Series, &m.times[i].Free)
	}
	for i := range m.crons {
		again(&m.crons[i].Series, &m.crons[i].Free)
	}
	for i := range m.dates {
		m.dates[i].Free = false
	}
	for i := range m.days {
		d := &m.days[i]
		switch how.why {
		case RequeueFull:
			d.reset(c.Date())
		case RequeueRepeat:
			d.reset(c.Date().plus(1))
		case RequeueTime:
			if !d.Expired {
				d.Free = false
			}
		}
	}
	n.completeHybrid(s)
}

// WantsRequeue reports whether a complete node has times or dates left for which it is queued again.
//
// source: libs/node NodeTime.cpp.
func (n *Node) WantsRequeue(byCommand bool) bool {
	top := n.Root()
	if top.suite == nil {
		return false
	}
	c, m := &top.suite.calendar, n.rare()
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
	for _, d := range m.days {
		if !d.Expired && !c.Hybrid && d.Date > c.Date() {
			return true
		}
	}
	return false
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
