package defs

import (
	"strconv"
	"time"
)

// ClockAttr says what time it is for a suite.
type ClockAttr struct {
	Hybrid           bool  // the date never changes
	Day, Month, Year int   // 0: today
	Gain             int64 // seconds added to real time
	PositiveGain     bool  // the gain is printed with a plus
	End              bool  // an end clock: when a simulation ends
}

// NewClockAttr makes a clock of today.
func NewClockAttr(hybrid bool) ClockAttr { return ClockAttr{Hybrid: hybrid} }

// NewClockAttrDate makes a clock that starts on a date.
func NewClockAttrDate(day, month, year int, hybrid bool) (ClockAttr, error) {
	c := ClockAttr{Hybrid: hybrid}
	err := c.SetDate(day, month, year)
	return c, err
}

// SetDate sets the date; all three numbers must make a day.
//
// source: libs/attribute ClockAttr.cpp, DateAttr.cpp.
func (c *ClockAttr) SetDate(day, month, year int) error {
	switch {
	case day < 1 || day > 31:
		return rangef("Invalid date attribute : the day >= 1 and day < 31")
	case month < 1 || month > 12:
		return rangef("Invalid date attribute: the month >=1 and month <= 12")
	case year <= 0:
		return rangef("Invalid date attribute: the year >0")
	}
	if err := checkDay(year, month, day); err != nil {
		return err
	}
	c.Day, c.Month, c.Year = day, month, year
	return nil
}

// SetGain sets the gain in hours and minutes.
func (c *ClockAttr) SetGain(hours, minutes int, positive bool) {
	c.Gain, c.PositiveGain = int64(hours)*3600+int64(minutes)*60, positive
}

// SetGainSeconds sets the gain in seconds.
func (c *ClockAttr) SetGainSeconds(seconds int64, positive bool) {
	c.Gain, c.PositiveGain = seconds, positive
}

// Sync makes it the clock of the computer again.
func (c *ClockAttr) Sync() { *c = ClockAttr{Hybrid: c.Hybrid, End: c.End} }

// Equal compares what the original compares.
func (c ClockAttr) Equal(o ClockAttr) bool {
	o.End = c.End
	return c == o
}

// Start is when a suite that begins now begins by this clock.
func (c ClockAttr) Start(now time.Time) time.Time {
	if c.Day != 0 {
		now = time.Date(c.Year, time.Month(c.Month), c.Day, 0, 0, 0, 0, time.UTC)
	}
	return now.UTC().Truncate(time.Second).Add(time.Duration(c.Gain) * time.Second)
}

// String is the attribute as a definition has it.
func (c ClockAttr) String() string {
	s := "clock real "
	switch {
	case c.End:
		s = "endclock "
	case c.Hybrid:
		s = "clock hybrid "
	}
	if c.Day != 0 {
		s += strconv.Itoa(c.Day) + "." + strconv.Itoa(c.Month) + "." + strconv.Itoa(c.Year) + " "
	}
	if c.Gain != 0 {
		if c.PositiveGain {
			s += "+"
		}
		s += strconv.FormatInt(c.Gain, 10)
	}
	return s
}
