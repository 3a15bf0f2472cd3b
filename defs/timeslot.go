package defs

import (
	"time"
)

// TimeSlot is an hour and a minute: of the day, or since something. The zero
// value is not midnight but no time at all; see [NewTimeSlot].
type TimeSlot struct {
	hour, minute int32
	set          bool
}

// NewTimeSlot makes a slot; neither number may be negative. Hours have no upper
// bound, as slots also hold durations (autocancel of several days).
//
// source: libs/core TimeSlot.cpp; the original ends the process for negative numbers.
func NewTimeSlot(hour, minute int) (TimeSlot, error) {
	if hour < 0 || minute < 0 || hour > 1<<30 || minute > 1<<30 {
		return TimeSlot{}, rangef("TimeSlot: hour(%d) and minute(%d) must not be negative", hour, minute)
	}
	return slot(hour, minute), nil
}

// slot is NewTimeSlot for numbers known to be right.
func slot(hour, minute int) TimeSlot {
	return TimeSlot{hour: int32(hour), minute: int32(minute), set: true}
}

// slotOf is the slot of a duration, seconds dropped.
func slotOf(d time.Duration) TimeSlot {
	return slot(int(d/time.Hour), int(d%time.Hour/time.Minute))
}

// Hour is the hour, -1 for no time.
func (s TimeSlot) Hour() int {
	if !s.set {
		return -1
	}
	return int(s.hour)
}

// Minute is the minute, -1 for no time.
func (s TimeSlot) Minute() int {
	if !s.set {
		return -1
	}
	return int(s.minute)
}

// IsNull reports whether this is no time.
func (s TimeSlot) IsNull() bool { return !s.set }

// Duration is the time since 00:00.
func (s TimeSlot) Duration() time.Duration {
	return time.Duration(s.hour)*time.Hour + time.Duration(s.minute)*time.Minute
}

// Compare is negative, zero or positive as s is before, at or after o; no time is before all.
func (s TimeSlot) Compare(o TimeSlot) int {
	if h := s.Hour() - o.Hour(); h != 0 {
		return h
	}
	return s.Minute() - o.Minute()
}

// String is hh:mm; 00:00 for no time.
func (s TimeSlot) String() string { return string(s.Append(nil)) }

// Append appends hh:mm.
func (s TimeSlot) Append(b []byte) []byte {
	b = appendPadded(b, int(s.hour), 2)
	b = append(b, ':')
	return appendPadded(b, int(s.minute), 2)
}
