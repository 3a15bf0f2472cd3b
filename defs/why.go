package defs

import (
	"strings"
	"time"
)

// Why tells in the original's words, one reason an entry, why the node itself does not run: it is suspended, limits are
// full, times have not come, the trigger does not hold. Nodes above may hold it too.
//
// source: libs/node Node.cpp, why.
func (n *Node) Why() []string {
	var reasons []string
	if n.suspend {
		reasons = append(reasons, n.debugPath()+" is suspended")
	} else if n.state != Queued && n.state != Aborted {
		reasons = append(reasons, n.debugPath()+" ("+n.state.String()+") is not queued or aborted")
		if n.kind == KindTask {
			return reasons
		}
	}
	reasons = n.whyTokens(reasons)
	prefix := strings.ToUpper(n.kind.String()) + " " + n.Path() + "(" + n.state.String() + ") "
	if top := n.Root(); top.suite != nil {
		reasons = n.whyTimes(reasons, prefix, &top.suite.calendar)
	}
	for _, a := range n.Avisos() {
		reasons = append(reasons, prefix+" is Aviso dependent ("+a.Listener+"), but no notification received")
	}
	for _, m := range n.Mirrors() {
		reasons = append(reasons, prefix+" is a Mirror of "+m.RemotePath+" at '"+m.RemoteHost+":"+m.RemotePort+"'")
	}
	if e := n.Complete(); e != nil && (e.Free || n.evaluate(e)) {
		return reasons
	}
	if text := n.WhyTrigger(false); text != "" {
		reasons = append(reasons, prefix+text)
	}
	return reasons
}

// mostUsers is how many users of a full limit are named.
const mostUsers = 4

func (n *Node) whyTokens(reasons []string) []string {
	if n.hasTokens() {
		return reasons
	}
	inlimits := n.some().inlimits
	for i := range inlimits {
		l := &inlimits[i]
		limit, _ := n.limitAt(l)
		if limit == nil || limit.Free(l.Tokens) {
			continue
		}
		text := "limit "
		if l.Path != "" {
			text += l.Path + ":"
		}
		text += limit.Name + " is full("
		for i, path := range limit.Paths {
			if i == mostUsers {
				text += "..."
				break
			}
			text += path + ","
		}
		reasons = append(reasons, text+")")
	}
	return reasons
}

func (n *Node) whyTimes(reasons []string, prefix string, c *Calendar) []string {
	m := n.rare()
	for i := range m.days {
		if d := &m.days[i]; !d.IsFree(c) {
			on := d.Date
			if on == 0 {
				on = d.next(c.Date().plus(1))
			}
			reasons = append(reasons, prefix+" is day dependent ( next run on "+d.DayName()+" "+on.String()+
				" the current day is "+dayNames[c.Date().Weekday()]+" )")
		}
	}
	for i := range m.dates {
		if d := &m.dates[i]; !d.IsFree(c) {
			y, month, day := c.Suite.Date()
			reasons = append(reasons, prefix+" is date dependent ( next run on "+d.next(c).String()+
				" the current date is "+itoa(int64(day))+"/"+itoa(int64(month))+"/"+itoa(int64(y))+" )")
		}
	}
	for i := range m.todays {
		if t := &m.todays[i]; !t.IsFree(c) {
			reasons = append(reasons, prefix+"is today "+m.whySeries(t.String(), &t.Series, c, ""))
		}
	}
	for i := range m.times {
		if t := &m.times[i]; !t.IsFree(c) {
			reasons = append(reasons, prefix+"is time "+m.whySeries(t.String(), &t.Series, c, " "))
		}
	}
	for i := range m.crons {
		if cron := &m.crons[i]; !cron.IsFree(c) {
			reasons = append(reasons, prefix+"is cron dependent"+cron.why(c))
		}
	}
	return reasons
}

// next is the next day on which a date attribute matches as the original reckons: part by part, within a year.
func (d *DateAttr) next(c *Calendar) Date {
	day, month, year := d.Day == 0, d.Month == 0, d.Year == 0
	at := c.Date()
	for range 365 {
		at = at.plus(1)
		day = day || int(at)%100 == d.Day
		month = month || int(at)/100%100 == d.Month
		year = year || int(at)/10000 == d.Year
		if day && month && year {
			return at
		}
	}
	return c.Date()
}

// why tells when a series comes to its next slot.
func (t *TimeSeries) why(c *Calendar) string {
	plus := ""
	if t.Relative {
		plus = "+"
	}
	return " ( next run time is " + plus + t.Next.String() + ", current suite time is " + plus + slotOf(t.now(c)).String() + " )"
}

// pending reports whether a slot is still to come as the calendar stands, whatever has been used.
func (t *TimeSeries) pending(c *Calendar) bool {
	now := t.now(c)
	return now < t.Start.Duration() || t.HasIncrement() && now < t.Finish.Duration()
}

// nextSlot is the slot that a requeue would wait for; no time when the last has passed.
func (t *TimeSeries) nextSlot(c *Calendar) TimeSlot {
	fresh := *t
	fresh.requeue(c, true)
	if fresh.Expired {
		return TimeSlot{}
	}
	return fresh.Next
}

// whySeries is what holds a time or today attribute of the node.
func (m *moreAttributes) whySeries(name string, t *TimeSeries, c *Calendar, space string) string {
	text := ""
	if len(m.days) > 0 {
		text += "and day "
	}
	if len(m.dates) > 0 {
		text += "and date "
	}
	text += "dependent"
	pending := t.pending(c)
	if !t.Expired && pending {
		return text + t.why(c)
	}
	text += " ( '" + name + "' has expired,"
	switch next := t.nextSlot(c); {
	case pending && (next.IsNull() || !t.HasIncrement()):
		text += " *re-queue* to run at this time"
	case pending:
		text += " *re-queue* to run at" + space + next.String()
	case t.Relative:
		text += " please *re-queue*, to reset the relative duration"
	default:
		day, when := c.Date().plus(1), " next run tomorrow at "
		if len(m.days)+len(m.dates) > 0 {
			day, when = m.nextDay(c), " next run at "
		}
		text += when + t.Start.String() + " " + day.String()
	}
	return text + " )"
}

// nextDay is the first day that one of the days or dates waits for.
func (m *moreAttributes) nextDay(c *Calendar) (first Date) {
	for i := range m.days {
		if on := m.days[i].next(c.Date().plus(1)); first == 0 || on < first {
			first = on
		}
	}
	for i := range m.dates {
		if on := m.dates[i].next(c); first == 0 || on < first {
			first = on
		}
	}
	return first
}

// why is what holds a cron.
func (c *CronAttr) why(cal *Calendar) string {
	t := &c.Series
	pending := t.pending(cal)
	if c.matches(cal.Date()) && !t.Expired && pending {
		return t.why(cal)
	}
	text := " ( next run is at "
	if pending && len(c.WeekDays)+len(c.DaysOfMonth)+len(c.Months) == 0 {
		text = " ( *re-queue* to run at "
		if next := t.nextSlot(cal); next.IsNull() {
			text += "this time "
		} else {
			text += next.String()
		}
		text += ", otherwise next run is at "
	}
	plus := ""
	if t.Relative {
		plus = "+"
	}
	return text + t.Start.String() + " " + c.nextDate(cal.Date()).String() + ", current time " + plus +
		slotOf(t.now(cal)).String() + " " + cal.Date().String() + " )"
}

// farthest is how many days ahead a cron's next day is looked for: dates like 29 February on a certain weekday are rare.
const farthest = 400 * 366

// nextDate is the next day that the original tells for a cron: it does not care whether a "last weekday of the month"
// is the last, and takes a list of weekdays that is not there for one that matches.
func (c *CronAttr) nextDate(today Date) Date {
	for i := 1; i < farthest; i++ {
		at := today.Time().AddDate(0, 0, i)
		if c.seemsToMatch(at) {
			return dateOf(at)
		}
	}
	return 0
}

func (c *CronAttr) seemsToMatch(at time.Time) bool {
	weekday, day, month := int(at.Weekday()), at.Day(), int(at.Month())
	has := func(list []int, n int) bool {
		for _, x := range list {
			if x == n {
				return true
			}
		}
		return false
	}
	last := at.AddDate(0, 0, 1).Day() == 1
	return (len(c.WeekDays) == 0 || len(c.LastWeekDays) == 0 || has(c.WeekDays, weekday) || has(c.LastWeekDays, weekday)) &&
		(len(c.DaysOfMonth) == 0 && !c.LastDayOfMonth || has(c.DaysOfMonth, day) || c.LastDayOfMonth && last) &&
		(len(c.Months) == 0 || has(c.Months, month))
}
