package defs

import (
	"slices"
	"strconv"
)

// CronAttr runs a node again and again at times of certain days. Empty lists mean any.
type CronAttr struct {
	Series         TimeSeries
	WeekDays       []int // 0 is Sunday
	LastWeekDays   []int // the last such week day of a month
	DaysOfMonth    []int
	LastDayOfMonth bool
	Months         []int
	Free           bool
}

// SetWeekDays sets the days of the week.
//
// source: libs/attribute CronAttr.cpp.
func (c *CronAttr) SetWeekDays(days []int) error {
	for _, d := range days {
		if d < 0 || d > 6 {
			return rangef("Invalid range for day(%d) of the week expected range is 0==Sun to 6==Sat", d)
		}
		if slices.Contains(c.LastWeekDays, d) {
			return argf("Duplicate day(%d) of the week also found in last week day of the month", d)
		}
	}
	c.WeekDays = slices.Clone(days)
	return nil
}

// SetLastWeekDays sets the week days whose last occurrence in a month counts.
func (c *CronAttr) SetLastWeekDays(days []int) error {
	for _, d := range days {
		if d < 0 || d > 6 {
			return rangef("Invalid range for day(%d) of the week expected range is 0==Sun to 6==Sat", d)
		}
		if slices.Contains(c.WeekDays, d) {
			return argf("Duplicate last week day (%d) of the month also found in week day", d)
		}
	}
	c.LastWeekDays = slices.Clone(days)
	return nil
}

// SetDaysOfMonth sets the days of the month.
func (c *CronAttr) SetDaysOfMonth(days []int) error {
	for _, d := range days {
		if d < 1 || d > 31 {
			return rangef("Invalid range for day of month(%d) expected range is  1-31", d)
		}
	}
	c.DaysOfMonth = slices.Clone(days)
	return nil
}

// SetMonths sets the months.
func (c *CronAttr) SetMonths(months []int) error {
	for _, m := range months {
		if m < 1 || m > 12 {
			return rangef("Invalid range for month(%d)  expected range is 1==Jan to 12==Dec", m)
		}
	}
	c.Months = slices.Clone(months)
	return nil
}

// SameStructure compares all but the state.
func (c *CronAttr) SameStructure(o *CronAttr) bool {
	return c.LastDayOfMonth == o.LastDayOfMonth && slices.Equal(c.WeekDays, o.WeekDays) &&
		slices.Equal(c.LastWeekDays, o.LastWeekDays) && slices.Equal(c.DaysOfMonth, o.DaysOfMonth) &&
		slices.Equal(c.Months, o.Months) && c.Series.SameStructure(o.Series)
}

// Equal compares structure and state.
func (c *CronAttr) Equal(o *CronAttr) bool {
	return c.Free == o.Free && c.SameStructure(o) && c.Series.Equal(o.Series)
}

// Clone is an independent copy.
func (c *CronAttr) Clone() CronAttr {
	n := *c
	n.WeekDays, n.LastWeekDays = slices.Clone(c.WeekDays), slices.Clone(c.LastWeekDays)
	n.DaysOfMonth, n.Months = slices.Clone(c.DaysOfMonth), slices.Clone(c.Months)
	return n
}

// String is the attribute as a definition has it.
func (c *CronAttr) String() string { return string(c.Append(nil)) }

// Append appends the attribute as a definition has it.
func (c *CronAttr) Append(b []byte) []byte {
	b = append(b, "cron "...)
	first := true
	list := func(option string, values []int, suffix string) {
		for _, v := range values {
			if first {
				b = append(append(b, option...), ' ')
			} else {
				b = append(b, ',')
			}
			first = false
			b = append(strconv.AppendInt(b, int64(v), 10), suffix...)
		}
	}
	end := func() {
		if !first {
			b = append(b, ' ')
		}
		first = true
	}
	list("-w", c.WeekDays, "")
	list("-w", c.LastWeekDays, "L")
	end()
	list("-d", c.DaysOfMonth, "")
	if c.LastDayOfMonth {
		if first {
			b = append(b, "-d L"...)
		} else {
			b = append(b, ",L"...)
		}
		first = false
	}
	end()
	list("-m", c.Months, "")
	end()
	return c.Series.Append(b)
}
