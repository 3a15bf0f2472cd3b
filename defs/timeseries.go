package defs

import (
	"strings"
	"time"
)

// TimeSeries is one time of day, or a range of them with an increment. A
// relative series counts from the begin or requeue of the suite.
//
// Next, Expired and RelativeDuration are its state; the rest is its structure.
type TimeSeries struct {
	Start, Finish, Incr TimeSlot // Finish and Incr are null for a single time
	Relative            bool
	Next                TimeSlot      // the slot waited for
	Expired             bool          // no slot is left for today
	RelativeDuration    time.Duration // how long a relative series has been counting
	suiteTimeAtRequeue  TimeSlot
}

// NewTimeSeries makes a series of a single time.
func NewTimeSeries(start TimeSlot, relative bool) (TimeSeries, error) {
	if err := checkSlot(start); err != nil {
		return TimeSeries{}, err
	}
	return TimeSeries{Start: start, Next: start, Relative: relative}, nil
}

// NewTimeRange makes a series from start to finish in steps of incr.
//
// source: libs/core TimeSeries.cpp.
func NewTimeRange(start, finish, incr TimeSlot, relative bool) (TimeSeries, error) {
	for _, s := range []TimeSlot{start, finish, incr} {
		if err := checkSlot(s); err != nil {
			return TimeSeries{}, err
		}
	}
	if start.Compare(finish) > 0 {
		return TimeSeries{}, rangef("TimeSeries::TimeSeries: Invalid time series: Start time(%s) is greater than end time(%s)", start, finish)
	}
	if incr.Duration() == 0 {
		return TimeSeries{}, rangef("TimeSeries::TimeSeries Invalid time series:  Increment must be greater than 0 minutes.")
	}
	if diff := finish.Duration() - start.Duration(); incr.Duration() > diff {
		return TimeSeries{}, rangef("TimeSeries::TimeSeries: Invalid time series: Increment(%s) is greater than duration %s between start(%s) and finish(%s)",
			incr, FormatDuration(diff), start, finish)
	}
	return TimeSeries{Start: start, Finish: finish, Incr: incr, Next: start, Relative: relative}, nil
}

func checkSlot(s TimeSlot) error {
	if s.Hour() < 0 || s.Hour() > 23 {
		return rangef("TimeSeries:  time hour(%d) must be in range 0-23", s.Hour())
	}
	if s.Minute() < 0 || s.Minute() > 59 {
		return rangef("TimeSeries:  time minute(%d) must be in range 0-59", s.Minute())
	}
	return nil
}

// ParseTimeSeries reads "hh:mm", "+hh:mm" or "hh:mm hh:mm hh:mm", as constructors and alter take it.
func ParseTimeSeries(text string) (TimeSeries, error) {
	words := strings.Fields(text)
	if len(words) == 0 {
		return TimeSeries{}, argf("TimeSeries::create: Invalid time series :")
	}
	relative := words[0][0] == '+'
	start, _, err := ParseTime(strings.TrimPrefix(words[0], "+"))
	if err != nil {
		return TimeSeries{}, err
	}
	if len(words) == 1 || words[1][0] == '#' {
		return NewTimeSeries(start, relative)
	}
	if len(words) < 3 {
		return TimeSeries{}, argf("TimeSeries::create: Invalid time series :")
	}
	finish, _, err := ParseTime(words[1])
	if err != nil {
		return TimeSeries{}, err
	}
	incr, _, err := ParseTime(words[2])
	if err != nil {
		return TimeSeries{}, err
	}
	return NewTimeRange(start, finish, incr, relative)
}

// ParseTime reads "hh:mm" within one day; relative tells whether a "+" stood before it.
func ParseTime(text string) (s TimeSlot, relative bool, err error) {
	hours, minutes, found := strings.Cut(text, ":")
	if !found {
		return s, false, argf("TimeSeries::getTime: Invalid time :'%s'", text)
	}
	if strings.HasPrefix(hours, "+") {
		relative, hours = true, hours[1:]
	}
	if len(hours) != 2 {
		return s, relative, argf("TimeSeries::getTime: Invalid hour :%s", hours)
	}
	if len(minutes) != 2 {
		return s, relative, argf("TimeSeries::getTime: Invalid minute :%s", minutes)
	}
	hour, ok := parseInt(hours)
	if !ok {
		return s, relative, argf("TimeSeries::getTime: hour must be a integer : %s", hours)
	}
	minute, ok := parseInt(minutes)
	if !ok {
		return s, relative, argf("TimeSeries::getTime: minute must be integer : %s", minutes)
	}
	if hour == -1 || minute == -1 { // what the original takes for "not there"
		return s, relative, argf("TimeSeries::testTime: Failed to extract time")
	}
	if hour < 0 || hour > 23 {
		return s, relative, argf("TimeSeries::testTime: time hour(%d) must be in range 0-23", hour)
	}
	if minute < 0 || minute > 59 {
		return s, relative, argf("TimeSeries::testTime: time minute(%d) must be in range 0-59", minute)
	}
	return slot(hour, minute), relative, nil
}

// HasIncrement reports whether the series is a range.
func (t TimeSeries) HasIncrement() bool { return !t.Finish.IsNull() }

// SameStructure compares all but the state.
func (t TimeSeries) SameStructure(o TimeSeries) bool {
	return t.Relative == o.Relative && t.Start == o.Start && t.Finish == o.Finish && t.Incr == o.Incr
}

// Equal compares structure and state.
func (t TimeSeries) Equal(o TimeSeries) bool {
	return t.Expired == o.Expired && t.Next == o.Next && t.RelativeDuration == o.RelativeDuration && t.SameStructure(o)
}

// String is the series as a definition has it, without state.
func (t TimeSeries) String() string { return string(t.Append(nil)) }

// Append appends the series as a definition has it, without state.
func (t TimeSeries) Append(b []byte) []byte {
	if t.Relative {
		b = append(b, '+')
	}
	b = t.Start.Append(b)
	if t.HasIncrement() {
		b = t.Finish.Append(append(b, ' '))
		b = t.Incr.Append(append(b, ' '))
	}
	return b
}
