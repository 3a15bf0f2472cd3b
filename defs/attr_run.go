package defs

import "slices"

// The running of time attributes by a calendar.
//
// source: libs/attribute TimeAttr.cpp, TodayAttr.cpp, DateAttr.cpp, DayAttr.cpp, CronAttr.cpp, LateAttr.cpp.

// IsFree reports whether the attribute lets its node run.
func (t *TimeAttr) IsFree(c *Calendar) bool { return t.Free || t.Series.isFree(c) }

// CalendarChanged follows the calendar; it reports whether that is told as a change.
func (t *TimeAttr) CalendarChanged(c *Calendar) bool {
	was, changed := t.Free, t.Series.calendarChanged(c)
	t.Free = t.IsFree(c)
	return changed || t.Free != was
}

// IsFree reports whether the attribute lets its node run: a single time also when it has passed.
func (t *TodayAttr) IsFree(c *Calendar) bool {
	return t.Free || !t.Series.HasIncrement() && t.Series.now(c) > t.Series.Start.Duration() || t.Series.isFree(c)
}

// CalendarChanged follows the calendar; it reports whether that is told as a change.
func (t *TodayAttr) CalendarChanged(c *Calendar) bool {
	was, changed := t.Free, t.Series.calendarChanged(c)
	t.Free = t.IsFree(c)
	return changed || t.Free != was
}

// IsFree reports whether the calendar's date is one of those waited for.
func (d *DateAttr) IsFree(c *Calendar) bool { return d.Free || d.matches(c.Date()) }

func (d *DateAttr) matches(date Date) bool {
	day, month, year := int(date)%100, int(date)/100%100, int(date)/10000
	return (d.Day == 0 || d.Day == day) && (d.Month == 0 || d.Month == month) && (d.Year == 0 || d.Year == year)
}

// CalendarChanged follows the calendar; at midnight the attribute is no longer free unless keep. It reports whether that is
// told as a change.
func (d *DateAttr) CalendarChanged(c *Calendar, keep bool) bool {
	was, anew := d.Free, c.DayChanged && !keep
	if anew {
		d.Free = false
	}
	d.Free = d.IsFree(c)
	return anew || d.Free != was
}

// fitsHybrid reports whether the attribute can come true under a date that never changes.
func (d *DateAttr) fitsHybrid(c *Calendar) bool {
	return d.Day != 0 && d.Month != 0 && d.Year != 0 && d.matches(c.Date())
}

// IsFree reports whether today is the day waited for.
func (d *DayAttr) IsFree(c *Calendar) bool { return !d.Expired && (d.Free || c.Date() == d.Date) }

// CalendarChanged follows the calendar; at midnight the attribute is no longer free unless keep. It reports whether that is
// told as a change.
func (d *DayAttr) CalendarChanged(c *Calendar, keep bool) bool {
	if d.Expired {
		return false
	}
	was, anew := d.Free, c.DayChanged && !keep
	if anew {
		d.Free = false
	}
	d.Free = d.IsFree(c)
	return anew || d.Free != was
}

// reset forgets the state and waits for the next such day from a date on.
func (d *DayAttr) reset(from Date) {
	*d = DayAttr{Day: d.Day, Date: d.next(from)}
}

// next is the next such day, from a date on.
func (d *DayAttr) next(from Date) Date {
	if from == 0 {
		return 0
	}
	return from.plus((d.Day - from.Weekday() + 7) % 7)
}

// IsFree reports whether the attribute lets its node run.
func (c *CronAttr) IsFree(cal *Calendar) bool {
	return c.Free || c.Series.isFree(cal) && c.matches(cal.Date())
}

// CalendarChanged follows the calendar; it reports whether that is told as a change.
func (c *CronAttr) CalendarChanged(cal *Calendar) bool {
	was, changed := c.Free, c.Series.calendarChanged(cal)
	c.Free = c.IsFree(cal)
	return changed || c.Free != was
}

// matches reports whether a date is one of the cron's days.
func (c *CronAttr) matches(date Date) bool {
	t := date.Time()
	day, month, weekday := t.Day(), int(t.Month()), date.Weekday()
	last := t.AddDate(0, 1, -day).Day() // of this month
	weekdayFits := len(c.WeekDays) == 0 && len(c.LastWeekDays) == 0 || slices.Contains(c.WeekDays, weekday) ||
		slices.Contains(c.LastWeekDays, weekday) && last-day < 7
	dayFits := len(c.DaysOfMonth) == 0 && !c.LastDayOfMonth || slices.Contains(c.DaysOfMonth, day) ||
		c.LastDayOfMonth && day == last
	monthFits := len(c.Months) == 0 || slices.Contains(c.Months, month)
	return weekdayFits && dayFits && monthFits
}

// fitsHybrid reports whether the cron can come true under a date that never changes.
func (c *CronAttr) fitsHybrid(cal *Calendar) bool {
	if !c.Series.HasIncrement() || c.LastDayOfMonth || len(c.Months) > 0 || len(c.DaysOfMonth) > 0 {
		return false
	}
	switch len(c.WeekDays) {
	case 0:
		return true
	case 1:
		return c.WeekDays[0] == cal.Date().Weekday()
	}
	return false
}

// Check reports whether a node in a state since some duration of the calendar is late; it does not look whether it was before.
func (l LateAttr) Check(n *Node, c *Calendar) bool {
	inState := c.Duration - n.since
	switch n.state {
	case Submitted, Queued:
		if n.state == Submitted && !l.Submitted.IsNull() && inState >= l.Submitted.Duration() {
			return true
		}
		return !l.Active.IsNull() && c.TimeOfDay() >= l.Active.Duration()
	case Active:
		if l.Complete.IsNull() {
			return false
		}
		if l.CompleteRelative {
			return inState >= l.Complete.Duration()
		}
		return c.TimeOfDay() >= l.Complete.Duration()
	default:
		return false
	}
}

// Override takes over what another late attribute specifies, as a node does with that of the node above.
func (l LateAttr) Override(o LateAttr) LateAttr {
	if !o.Submitted.IsNull() {
		l.Submitted = o.Submitted
	}
	if !o.Active.IsNull() {
		l.Active = o.Active
	}
	if !o.Complete.IsNull() {
		l.Complete = o.Complete
	}
	l.CompleteRelative = o.CompleteRelative
	return l
}

// IsFree reports whether a complete node may be deleted; since is when it became complete.
func (a AutoCancel) IsFree(n *Node, c *Calendar) bool { return timeUp(a.Time, a.Relative, n, c) }

// IsFree reports whether a node may be archived.
func (a AutoArchive) IsFree(n *Node, c *Calendar) bool {
	if n.state != Complete && !(a.Idle && (n.state == Queued || n.state == Aborted)) {
		return false
	}
	return timeUp(a.Time, a.Relative, n, c)
}

func timeUp(t TimeSlot, relative bool, n *Node, c *Calendar) bool {
	if relative {
		return c.Duration-n.since >= t.Duration()
	}
	return c.TimeOfDay() >= t.Duration()
}
