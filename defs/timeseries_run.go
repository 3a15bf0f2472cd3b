package defs

import "time"

// The running of a time series by a calendar.
//
// source: libs/core TimeSeries.cpp.

// now is what the series compares its slots with, in whole minutes: time since the relative start, or the suite's time of day.
func (t *TimeSeries) now(c *Calendar) time.Duration {
	if t.Relative {
		return t.RelativeDuration.Truncate(time.Minute)
	}
	return c.TimeOfDay().Truncate(time.Minute)
}

// last is the last slot.
func (t *TimeSeries) last() time.Duration {
	start, incr := t.Start.Duration(), t.Incr.Duration()
	if !t.HasIncrement() || incr <= 0 {
		return start
	}
	return start + (t.Finish.Duration()-start)/incr*incr
}

// calendarChanged follows the calendar; true when that changed the state.
func (t *TimeSeries) calendarChanged(c *Calendar) bool {
	switch {
	case t.Relative:
		t.RelativeDuration += c.Increment
	case c.DayChanged:
		t.Expired, t.Next = false, t.Start
	default:
		return false
	}
	return true
}

// ResetRelative starts a relative series anew.
func (t *TimeSeries) ResetRelative() {
	if t.Relative {
		t.RelativeDuration = 0
	}
}

// restart goes back to the first slot.
func (t *TimeSeries) restart() {
	t.Expired, t.Next = false, t.Start
	t.ResetRelative()
}

// reset starts the series at begin: slots that have passed are left out.
func (t *TimeSeries) reset(c *Calendar) {
	t.restart()
	now := t.now(c)
	if !t.HasIncrement() {
		t.Expired = now > t.Start.Duration()
		return
	}
	t.markRequeue(c)
	t.skipTo(now)
}

// requeue goes to the next slot that has not come yet.
func (t *TimeSeries) requeue(c *Calendar, fromStart bool) {
	if fromStart {
		t.Expired, t.Next = false, t.Start
	}
	now := t.now(c)
	if !t.HasIncrement() {
		if now >= t.Start.Duration() {
			t.Expired = true
		}
		return
	}
	t.markRequeue(c)
	t.skipTo(now + 1)
	if t.Next.Compare(t.Finish) > 0 {
		t.suiteTimeAtRequeue = TimeSlot{}
	}
}

func (t *TimeSeries) markRequeue(c *Calendar) {
	if !t.Relative {
		t.suiteTimeAtRequeue = slotOf(c.TimeOfDay())
	}
}

// skipTo moves on to the first slot that is not before a time.
func (t *TimeSeries) skipTo(at time.Duration) {
	next, incr := t.Next.Duration(), t.Incr.Duration()
	if incr > 0 && next < at {
		t.Next = slotOf(next + (at-next+incr-1)/incr*incr)
	}
	if t.Next.Compare(t.Finish) > 0 {
		t.Expired = true
	}
}

// isFree reports whether the calendar's minute is one of the slots left.
func (t *TimeSeries) isFree(c *Calendar) bool {
	if t.Expired {
		return false
	}
	now := t.now(c)
	if !t.HasIncrement() {
		return now == t.Start.Duration()
	}
	next, incr := t.Next.Duration(), t.Incr.Duration()
	return incr > 0 && now >= next && now <= t.Finish.Duration() && (now-next)%incr == 0
}

// MissNext leaves out the next slot, as a user's run or free of the node does.
func (t *TimeSeries) MissNext() {
	if !t.HasIncrement() {
		t.Expired = true
		return
	}
	t.Next = slotOf(t.Next.Duration() + t.Incr.Duration())
	if t.Next.Compare(t.Finish) > 0 {
		t.Expired = true
	}
}

// wantsRequeue reports whether a node that is complete should be queued again for a later slot;
// low and high bound the slots of all attributes of its kind on the node.
func (t *TimeSeries) wantsRequeue(c *Calendar, low, high TimeSlot, byCommand bool) bool {
	if t.Expired {
		return false
	}
	now := t.now(c)
	if t.HasIncrement() {
		if t.Next.Compare(t.Finish) > 0 {
			return false
		}
		if !t.Relative && !t.suiteTimeAtRequeue.IsNull() {
			if slotOf(c.TimeOfDay()).Compare(t.suiteTimeAtRequeue) < 0 {
				return false
			}
			t.suiteTimeAtRequeue = TimeSlot{}
		}
		return now < t.last() && (byCommand || now >= t.Start.Duration())
	}
	if low == high {
		return false
	}
	return now < high.Duration() && (byCommand || now >= low.Duration())
}

// bounds widens low and high to the slots of the series.
func (t *TimeSeries) bounds(low, high TimeSlot) (TimeSlot, TimeSlot) {
	for _, s := range [...]TimeSlot{t.Start, t.Finish} {
		if s.IsNull() {
			continue
		}
		if low.IsNull() || s.Compare(low) < 0 {
			low = s
		}
		if high.IsNull() || s.Compare(high) > 0 {
			high = s
		}
	}
	return low, high
}
