package defs

// DayAttr makes a node wait for a day of the week.
type DayAttr struct {
	Day     int // 0 is Sunday
	Free    bool
	Expired bool
	Date    Date // the day waited for, 0 until the suite begins
}

var dayNames = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// NewDayAttr makes an attribute for a day of the week, 0 for Sunday.
func NewDayAttr(day int) (DayAttr, error) {
	if day < 0 || day > 6 {
		return DayAttr{}, rangef("Invalid day(%d) of the week expected range is 0==Sun to 6==Sat", day)
	}
	return DayAttr{Day: day}, nil
}

// ParseDayAttr reads a day's name in lower case.
//
// source: libs/attribute DayAttr.cpp.
func ParseDayAttr(name string) (DayAttr, error) {
	for i, n := range dayNames {
		if n == name {
			return DayAttr{Day: i}, nil
		}
	}
	return DayAttr{}, argf("Invalid day(%s) specification expected one of [monday,tuesday,wednesday,thursday,friday,saturday,sunday]: ", name)
}

// DayName is the day's name in lower case.
func (d DayAttr) DayName() string {
	if d.Day < 0 || d.Day > 6 {
		return ""
	}
	return dayNames[d.Day]
}

// SameStructure compares all but the state.
func (d DayAttr) SameStructure(o DayAttr) bool { return d.Day == o.Day }

// Equal compares what the original's equality does.
func (d DayAttr) Equal(o DayAttr) bool {
	return d == o
}

// String is the attribute as a definition has it.
func (d DayAttr) String() string { return "day " + d.DayName() }
