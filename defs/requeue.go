package defs

import "time"

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
	quiet        bool // changes of state are not logged
}

// Requeue queues the node and all below it again, as a user's requeue does, whether or not jobs run. The suite must have begun.
//
// source: libs/node Node.cpp, NodeContainer.cpp, Submittable.cpp, Suite.cpp.
func (n *Node) Requeue() error { return n.requeueByUser(0) }

// RequeueResumed is [Node.Requeue] that also resumes the node itself.
func (n *Node) RequeueResumed() error { return n.requeueByUser(1) }

func (n *Node) requeueByUser(resume int) error {
	top := n.Root()
	if top.suite == nil || !top.suite.begun {
		return top.notBegun()
	}
	_ = n.requeue(top.suite, requeueHow{resetRepeats: true, nextSlot: true, relative: true, resume: resume}) // the suite has begun
	n.updateStateUp(top.suite)
	defer n.touch()
	if n.parent != nil {
		return n.parent.follow(top.suite) // its default state may have completed the node
	}
	return nil
}

// requeue may end in the middle, in a suite that has not begun: its calendar cannot tell when a day comes.
func (n *Node) requeue(s *suiteData, how requeueHow) (err error) {
	if n.kind != KindSuite {
		return n.requeueNode(s, how)
	}
	n.wholly(func() {
		n.requeueCalendar()
		err = n.requeueNode(s, how)
	})
	return err
}

func (n *Node) requeueNode(s *suiteData, how requeueHow) error {
	n.restoreArchived(s)
	n.restartRun(runData{aliasNo: n.aliasNoKept()}, s)
	if len(n.Mirrors()) > 0 {
		n.enter(Unknown, s)
	}
	n.start(s, how.resume, !how.quiet)
	n.holdExpressions(s)
	if n.Repeat() != nil && how.resetRepeats {
		n.resetRepeat(s)
		n.logRepeat(s)
	}
	if n.hasTimes() {
		if err := n.requeueTimes(s, how, how.nextSlot || !n.flag.Has(FlagNoReque)); err != nil {
			return err
		}
	}
	n.resetFlag(n.flag&Flag(0).With(FlagMessage).With(FlagArchived), s)
	n.clearProgress(s)
	if n.IsContainer() {
		n.clearLabels(s)
	}
	n.restartQueues(s)
	n.clearLimits(s)
	n.giveTokens(s, false)
	if !n.IsContainer() {
		return nil
	}
	if how.resume >= 0 {
		how.resume++
	}
	how.resetRepeats, how.relative = true, true
	how.quiet = n.dstate == DComplete // all below is queued and then completed
	for _, c := range n.children {
		if err := c.requeue(s, how); err != nil {
			return err
		}
	}
	n.spreadDefStatus(s)
	return nil
}

// requeueCalendar starts a suite's calendar anew. With a hybrid clock and a repeat over days its date moves on.
func (n *Node) requeueCalendar() {
	now := n.suite.now()
	clock, r := n.suite.clock, n.Repeat()
	if day, ok := r.(*RepeatDay); ok && clock != nil && clock.Hybrid {
		c := &n.suite.calendar
		date := c.Date().plus(int(day.Days)).Time()
		c.Begin(date.Add(timeOfDay(now.UTC())).Truncate(time.Second), now)
		n.suite.calendarMoved()
		return
	}
	n.beginCalendar(now)
}

// requeueTimes moves the time attributes on to their next slots and days, and completes what can never run.
func (n *Node) requeueTimes(s *suiteData, how requeueHow, nextSlot bool) error {
	if err := n.moveTimes(s, how, nextSlot); err != nil {
		return err
	}
	n.completeHybrid(s)
	return nil
}

func (n *Node) moveTimes(s *suiteData, how requeueHow, nextSlot bool) error {
	c, m := &s.calendar, n.rare()
	again := func(t *TimeSeries, free *bool) {
		if how.relative {
			t.ResetRelative()
		}
		*free = false
		t.requeue(c, nextSlot)
	}
	renew(n, s, AspectToday, m.todays, func(t *TodayAttr) { again(&t.Series, &t.Free) })
	renew(n, s, AspectTime, m.times, func(t *TimeAttr) { again(&t.Series, &t.Free) })
	renew(n, s, AspectCron, m.crons, func(t *CronAttr) { again(&t.Series, &t.Free) })
	renew(n, s, AspectDate, m.dates, func(d *DateAttr) { d.Free = false })
	if how.why == RequeueRepeat && c.Date() == 0 && len(m.days) > 0 {
		m.days[0].reset(0)
		s.changed(n, AspectDay, 0)
		return argf("Year is out of valid range: 1400..9999") // the words of the original's date library
	}
	renew(n, s, AspectDay, m.days, func(d *DayAttr) {
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
	})
	return nil
}
