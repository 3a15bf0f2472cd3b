package defs

import (
	"slices"
	"strconv"
	"time"
)

// times is which times, dates, and waits for others hold the node.
//
// source: libs/attribute DayAttr.cpp, DateAttr.cpp, TodayAttr.cpp, TimeAttr.cpp, CronAttr.cpp, why; libs/core TimeSeries.cpp.
func (w *why) times(n *Node, m *moreAttributes, prefix string) {
	var calendar Calendar
	if suite := n.Suite(); suite != nil {
		calendar = suite.suite.calendar
	}
	c := &calendar
	for i := range m.days {
		if d := &m.days[i]; !d.IsFree(c) {
			w.add(prefix + d.why(c))
		}
	}
	for i := range m.dates {
		if d := &m.dates[i]; !d.IsFree(c) {
			w.add(prefix + d.why(c))
		}
	}
	kinds := ""
	if len(m.days) > 0 {
		kinds += "and day "
	}
	if len(m.dates) > 0 {
		kinds += "and date "
	}
	for i := range m.todays {
		if t := &m.todays[i]; !t.IsFree(c) {
			w.add(prefix + "is today " + kinds + "dependent" + t.Series.why(c, m, "today ", ""))
		}
	}
	for i := range m.times {
		if t := &m.times[i]; !t.IsFree(c) {
			w.add(prefix + "is time " + kinds + "dependent" + t.Series.why(c, m, "time ", " "))
		}
	}
	for i := range m.crons {
		if cron := &m.crons[i]; !cron.IsFree(c) {
			w.add(prefix + "is cron dependent" + cron.why(c))
		}
	}
	for _, a := range m.avisos { // only a server knows of notifications
		w.add(prefix + " is Aviso dependent (" + a.Listener + "), but no notification received")
	}
	for _, a := range m.mirrors {
		w.add(prefix + " is a Mirror of " + a.RemotePath + " at '" + a.RemoteHost + ":" + a.RemotePort + "'")
	}
}

func (d *DayAttr) why(c *Calendar) string {
	date := d.Date
	if date == 0 {
		date = d.nextAfter(c.Date())
	}
	return " is day dependent ( next run on " + d.DayName() + " " + date.String() +
		" the current day is " + dayNames[c.Date().Weekday()] + " )"
}

// nextAfter is the next such day after a date.
func (d *DayAttr) nextAfter(date Date) Date { return d.next(date.plus(1)) }

func (d *DateAttr) why(c *Calendar) string {
	now := c.Date()
	return " is date dependent ( next run on " + d.nextAfter(now).String() + " the current date is " +
		strconv.Itoa(int(now)%100) + "/" + strconv.Itoa(int(now)/100%100) + "/" + strconv.Itoa(int(now)/10000) + " )"
}

// nextAfter is the date that the original shows: the first by which day, month and year have each matched some day
// within a year, or else the same date.
func (d *DateAttr) nextAfter(date Date) Date {
	day, month, year := d.Day == 0, d.Month == 0, d.Year == 0
	at := date.Time()
	for range 365 {
		at = at.AddDate(0, 0, 1)
		day, month, year = day || at.Day() == d.Day, month || int(at.Month()) == d.Month, year || at.Year() == d.Year
		if day && month && year {
			return dateOf(at)
		}
	}
	return date
}

// why tells when a series that holds its node will let it run; gap is what the original puts before a slot to requeue at.
func (t *TimeSeries) why(c *Calendar, m *moreAttributes, keyword, gap string) string {
	if !t.Expired && t.comes(c) {
		return t.nextSlot(c)
	}
	s := " ( '" + keyword + t.String() + "' has expired,"
	switch slot := t.slotAfter(c); {
	case t.comes(c) && (slot.IsNull() || !t.HasIncrement()):
		s += " *re-queue* to run at this time"
	case t.comes(c):
		s += " *re-queue* to run at" + gap + slot.String()
	case t.Relative:
		s += " please *re-queue*, to reset the relative duration"
	case len(m.days)+len(m.dates) == 0:
		s += " next run tomorrow at " + t.Start.String() + " " + c.Date().plus(1).String()
	default:
		first := Date(0)
		for i := range m.days {
			first = earlier(first, m.days[i].nextAfter(c.Date()))
		}
		for i := range m.dates {
			first = earlier(first, m.dates[i].nextAfter(c.Date()))
		}
		s += " next run at " + t.Start.String() + " " + first.String()
	}
	return s + " )"
}

func earlier(a, b Date) Date {
	if a == 0 || b < a {
		return b
	}
	return a
}

// minute is what the series counts, in whole minutes.
func (t *TimeSeries) minute(c *Calendar) time.Duration { return t.now(c).Truncate(time.Minute) }

// comes reports whether a slot is still to come: today, or since the relative start.
func (t *TimeSeries) comes(c *Calendar) bool {
	now := t.minute(c)
	return now < t.Start.Duration() || t.HasIncrement() && now < t.Finish.Duration()
}

// slotAfter is the first slot after now; null when there is none.
func (t *TimeSeries) slotAfter(c *Calendar) TimeSlot {
	now, slot := t.minute(c), t.Start.Duration()
	if !t.HasIncrement() {
		if now >= slot {
			return TimeSlot{}
		}
		return t.Start
	}
	if incr := t.Incr.Duration(); now >= slot && incr > 0 {
		slot += ((now-slot)/incr + 1) * incr
	}
	if slot > t.Finish.Duration() {
		return TimeSlot{}
	}
	return slotOf(slot)
}

func (t *TimeSeries) nextSlot(c *Calendar) string {
	plus := ""
	if t.Relative {
		plus = "+"
	}
	return " ( next run time is " + plus + t.Next.String() + ", current suite time is " + plus + slotOf(t.now(c)).String() + " )"
}

func (c *CronAttr) why(cal *Calendar) string {
	t := &c.Series
	if c.matches(cal.Date()) && !t.Expired && t.comes(cal) {
		return t.nextSlot(cal)
	}
	s := " ( next run is at "
	if t.comes(cal) && len(c.WeekDays) == 0 && len(c.DaysOfMonth) == 0 && len(c.Months) == 0 {
		if slot := t.slotAfter(cal); slot.IsNull() {
			s = " ( *re-queue* to run at this time "
		} else {
			s = " ( *re-queue* to run at " + slot.String()
		}
		s += ", otherwise next run is at "
	}
	plus := ""
	if t.Relative {
		plus = "+"
	}
	return s + t.Start.String() + " " + c.nextAfter(cal.Date()).String() + ", current time " + plus + slotOf(t.now(cal)).String() +
		" " + cal.Date().String() + " )"
}

// longestWait is how far ahead a cron's next date is looked for, in days: a 29th of February on some day of the week.
const longestWait = 41 * 366

// nextAfter is the date that the original shows, which is not always one on which the cron runs: days of the week
// matter only if ordinary and last ones are both given, and then each week has the last one.
func (c *CronAttr) nextAfter(date Date) Date {
	at := date.Time()
	for range longestWait {
		at = at.AddDate(0, 0, 1)
		weekday, day, month := int(at.Weekday()), at.Day(), int(at.Month())
		last := at.AddDate(0, 0, 1).Day() == 1
		if (len(c.WeekDays) == 0 || len(c.LastWeekDays) == 0 || slices.Contains(c.WeekDays, weekday) || slices.Contains(c.LastWeekDays, weekday)) &&
			(len(c.DaysOfMonth) == 0 && !c.LastDayOfMonth || slices.Contains(c.DaysOfMonth, day) || c.LastDayOfMonth && last) &&
			(len(c.Months) == 0 || slices.Contains(c.Months, month)) {
			return dateOf(at)
		}
	}
	return 0
}
