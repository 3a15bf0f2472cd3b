package defs

import (
	"strconv"
	"strings"
	"time"
)

// FormatDuration is d as the original prints durations: hh:mm:ss, hours as many digits as they need.
func FormatDuration(d time.Duration) string { return string(AppendDuration(nil, d)) }

// AppendDuration appends what FormatDuration gives.
func AppendDuration(b []byte, d time.Duration) []byte {
	if d < 0 {
		b, d = append(b, '-'), -d
	}
	b = appendPadded(b, int(d/time.Hour), 2)
	b = appendPadded(append(b, ':'), int(d%time.Hour/time.Minute), 2)
	b = appendPadded(append(b, ':'), int(d%time.Minute/time.Second), 2)
	if frac := d % time.Second / time.Microsecond; frac != 0 {
		b = appendPadded(append(b, '.'), int(frac), 6)
	}
	return b
}

// ParseDuration reads [-]hh:mm:ss, minutes and seconds optional, fractions of a second allowed.
func ParseDuration(text string) (time.Duration, error) {
	body, negative := strings.CutPrefix(text, "-")
	var d time.Duration
	for i, part := range strings.Split(body, ":") {
		unit := [...]time.Duration{time.Hour, time.Minute, time.Second}
		whole, frac, _ := strings.Cut(part, ".")
		n, err := strconv.ParseUint(whole, 10, 32)
		if i >= len(unit) || err != nil || n > 1<<21 && i == 0 {
			return 0, argf("invalid duration '%s'", text)
		}
		d += time.Duration(n) * unit[i]
		if frac != "" {
			micros, err := strconv.ParseUint((frac + "000000")[:6], 10, 32)
			if err != nil || i != 2 {
				return 0, argf("invalid duration '%s'", text)
			}
			d += time.Duration(micros) * time.Microsecond
		}
	}
	if negative {
		d = -d
	}
	return d, nil
}

// pointFormat is a point in time as the original prints it.
const pointFormat = "2006-Jan-02 15:04:05"

// FormatPoint is t as the original prints points in time, "not-a-date-time" for the zero time.
func FormatPoint(t time.Time) string { return string(AppendPoint(nil, t)) }

// AppendPoint appends what FormatPoint gives.
func AppendPoint(b []byte, t time.Time) []byte {
	if t.IsZero() {
		return append(b, "not-a-date-time"...)
	}
	b = t.AppendFormat(b, pointFormat)
	if micros := t.Nanosecond() / 1000; micros != 0 {
		b = appendPadded(append(b, '.'), micros, 6)
	}
	return b
}

// ParsePoint reads what FormatPoint writes, with the leniency of [ParseDate]; hours may be more than a day has.
func ParsePoint(text string) (time.Time, error) {
	date, clock, _ := strings.Cut(text, " ")
	day, err := ParseDate(date)
	if err != nil {
		return time.Time{}, err
	}
	d, err := ParseDuration(clock)
	if err != nil {
		return time.Time{}, argf(badCast)
	}
	return day.Time().Add(d), nil
}
