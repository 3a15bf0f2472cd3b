package defs

import (
	"strconv"
	"time"
)

// Changing the clock of a running suite: its calendar starts anew, and so do the times below it; no state changes.
//
// source: libs/node Suite.cpp, changeClockType and so on, handle_clock_attribute_change.

// ChangeClockType makes the suite's clock "hybrid" or "real".
func (n *Node) ChangeClockType(name string) error {
	if name != "hybrid" && name != "real" {
		return argf("Suite::changeClockType: expected clock type to be 'hybrid' or 'real'  but found %s", name)
	}
	return n.changeClock(func(c *ClockAttr) error {
		c.Hybrid = name == "hybrid"
		return nil
	})
}

// ChangeClockDate sets the date of the suite's clock, given as day.month.year.
func (n *Node) ChangeClockDate(text string) error {
	d, err := ParseDateAttr(text)
	if err != nil {
		return err
	}
	if d.Day == 0 || d.Month == 0 || d.Year == 0 {
		return argf("Suite::changeClockDate Invalid clock date:%s", text)
	}
	return n.changeClock(func(c *ClockAttr) error {
		if r, ok := n.Repeat().(*RepeatDay); ok && c.Hybrid { // the requeue that is to follow adds the days again
			if err := checkDay(d.Year, d.Month, d.Day); err != nil {
				return err
			}
			t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).AddDate(0, 0, -int(r.Days))
			return c.SetDate(t.Day(), int(t.Month()), t.Year())
		}
		return c.SetDate(d.Day, d.Month, d.Year)
	})
}

// ChangeClockGain sets the gain of the suite's clock, in seconds.
func (n *Node) ChangeClockGain(text string) error {
	gain, err := strconv.ParseInt(text, 10, 64)
	if err != nil || gain > 1<<33 || gain < -1<<33 {
		return argf("Suite::changeClockGain: value '%s' is not convertible to an long, for suite %s", text, n.name)
	}
	return n.changeClock(func(c *ClockAttr) error {
		c.SetGainSeconds(gain, gain > 0)
		return nil
	})
}

// ChangeClockSync makes the suite's clock that of the computer.
func (n *Node) ChangeClockSync() error {
	return n.changeClock(func(c *ClockAttr) error {
		c.Sync()
		return nil
	})
}

func (n *Node) changeClock(change func(*ClockAttr) error) error {
	if n.suite == nil {
		return argf("only a suite has a clock, not %s", n.debugPath())
	}
	var clock ClockAttr
	if n.suite.clock != nil {
		clock = *n.suite.clock
	}
	if err := change(&clock); err != nil {
		return err
	}
	n.wholly(func() { n.restartClock(clock) })
	n.touch()
	return nil
}

func (n *Node) restartClock(clock ClockAttr) {
	n.suite.clock = &clock
	n.note(AspectClock)
	if n.suite.endClock != nil {
		n.suite.endClock.Hybrid = clock.Hybrid
	}
	n.beginCalendar(n.suite.now())
	n.suite.calendarMoved()
	for m := range n.All() {
		if m.kind != KindAlias {
			_ = m.moveTimes(n.suite, requeueHow{relative: true}, true) // not by a repeat
		}
	}
}

// ChangeTime puts another time in place of the one of the same structure.
func (n *Node) ChangeTime(old, other string) error {
	was, now, err := twoSeries(old, other)
	if err != nil {
		return err
	}
	times := n.Times()
	for i := range times {
		if times[i].Series.SameStructure(was) {
			times[i] = NewTimeAttr(now)
			n.note(AspectAttributes)
			return nil
		}
	}
	return missingf("Node::change_time : Cannot find time attribute: ")
}

// ChangeToday puts another today in place of the one of the same structure.
func (n *Node) ChangeToday(old, other string) error {
	was, now, err := twoSeries(old, other)
	if err != nil {
		return err
	}
	todays := n.Todays()
	for i := range todays {
		if todays[i].Series.SameStructure(was) {
			todays[i] = NewTodayAttr(now)
			n.note(AspectAttributes)
			return nil
		}
	}
	return missingf("Node::change_today : Cannot find time attribute: ")
}

func twoSeries(old, other string) (was, now TimeSeries, err error) {
	if was, err = ParseTimeSeries(old); err == nil {
		now, err = ParseTimeSeries(other)
	}
	return was, now, err
}
