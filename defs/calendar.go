package defs

import "time"

// Calendar is the running time of a suite. The zero value is that of a suite that has not begun.
type Calendar struct {
	Hybrid     bool
	Init       time.Time     // when the suite began, by its clock
	Suite      time.Time     // what time it is for the suite
	Duration   time.Duration // since the suite began
	InitLocal  time.Time     // when the suite began, by the computer's clock in UTC
	Last       time.Time     // of the last update, likewise
	Increment  time.Duration // of the last update
	DayChanged bool          // the last update went over midnight
}

// Begin starts the calendar at a suite time; now is the computer's time.
//
// source: libs/core Calendar.cpp.
func (c *Calendar) Begin(suite, now time.Time) {
	now = now.UTC().Truncate(time.Second)
	*c = Calendar{Hybrid: c.Hybrid, Init: suite, Suite: suite, InitLocal: now, Last: now, Increment: time.Minute}
}

// Begun reports whether the calendar runs.
func (c *Calendar) Begun() bool { return !c.Init.IsZero() }

// Advance moves the calendar on by a step, as simulations do.
func (c *Calendar) Advance(step time.Duration) {
	c.Duration += step
	c.move(step)
}

// Update moves the calendar on to the computer's time.
func (c *Calendar) Update(now time.Time) {
	step := now.Sub(c.Last)
	c.Duration = now.Sub(c.InitLocal)
	c.Last = now
	c.move(step)
}

func (c *Calendar) move(step time.Duration) {
	day := c.Suite.Weekday()
	c.Suite = c.Suite.Add(step)
	c.Increment = step
	c.DayChanged = day != c.Suite.Weekday()
	if c.Hybrid && dateOf(c.Suite) != dateOf(c.Init) {
		y, m, d := c.Init.Date()
		c.Suite = time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Add(c.TimeOfDay())
	}
}

// TimeOfDay is the suite's time since midnight.
func (c *Calendar) TimeOfDay() time.Duration { return timeOfDay(c.Suite) }

// timeOfDay is the time since midnight of a point in UTC.
func timeOfDay(t time.Time) time.Duration {
	const day = 24 * 60 * 60
	return time.Duration((t.Unix()%day+day)%day) * time.Second
}

// Date is the suite's day.
func (c *Calendar) Date() Date { return dateOf(c.Suite) }

// Equal compares what the original compares.
func (c *Calendar) Equal(o *Calendar) bool {
	return c.Hybrid == o.Hybrid && c.Init.Equal(o.Init) && c.Suite.Equal(o.Suite) && c.Duration == o.Duration &&
		c.DayChanged == o.DayChanged && c.Increment == o.Increment
}
