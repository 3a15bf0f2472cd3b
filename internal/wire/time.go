package wire

import "github.com/ecflow-go/ecflow/internal/cereal"

// Duration is a span of time as text: HH:MM:SS, hours may exceed 23, a
// fraction of a second and a leading minus are possible.
type Duration struct {
	Text string `cereal:"duration"`
}

// DateTime is a point of time as text, such as "2026-Nov-22 01:51:15".
type DateTime struct {
	Text string `cereal:"ptime"`
}

// Date is a date as text, such as "2026-Nov-23".
type Date struct {
	Text string `cereal:"date"`
}

// Instant is a point of time in nanoseconds since 1970 UTC.
type Instant struct {
	_     cereal.Versioned
	Value struct {
		TimeSinceEpoch Count `cereal:"time_since_epoch"`
	} `cereal:",value"`
}

// NewInstant gives the instant that lies so many nanoseconds after 1970 UTC.
func NewInstant(nanoseconds int64) Instant {
	var i Instant
	i.Value.TimeSinceEpoch.Count = nanoseconds
	return i
}

// Nanoseconds is the time since 1970 UTC.
func (i Instant) Nanoseconds() int64 { return i.Value.TimeSinceEpoch.Count }

// Span is the duration that repeats over date and time use, in nanoseconds.
type Span struct {
	_     cereal.Versioned
	Value Count `cereal:",value"`
}

// Count is a number of nanoseconds.
type Count struct {
	Count int64 `cereal:"count"`
}

// TimeSlot is a time of day, or a span, in hours and minutes.
type TimeSlot struct {
	Hour   int `cereal:"h_"`
	Minute int `cereal:"m_"`
}
