package defs

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Date is a day as yyyymmdd; 0 is no date.
type Date int32

// dateOf is the day of a point in time.
func dateOf(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	return Date(t.Year()*10000 + int(t.Month())*100 + t.Day())
}

// Time is midnight of the day, in UTC.
func (d Date) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Date(int(d)/10000, time.Month(int(d)/100%100), int(d)%100, 0, 0, 0, 0, time.UTC)
}

// plus is the day so many days later.
func (d Date) plus(days int) Date { return dateOf(d.Time().AddDate(0, 0, days)) }

// Weekday is 0 for Sunday.
func (d Date) Weekday() int { return int(d.Time().Weekday()) }

// String is yyyy-Mon-dd as the original prints it, "not-a-date-time" for no date.
func (d Date) String() string {
	if d == 0 {
		return "not-a-date-time"
	}
	return d.Time().Format("2006-Jan-02")
}

// badCast is what the original says of text that is no number.
const badCast = "bad lexical cast: source type value could not be interpreted as target"

// ParseDate reads year, month, which may be a name, and day as the original's date library does: with any punctuation between
// them, and anything behind them.
func ParseDate(text string) (Date, error) {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return r <= ' ' || r < 0x7f && !isAlphanumeric(byte(r))
	})
	var number [3]int
	for i, w := range words[:min(len(words), len(number))] {
		if i == 1 && (w[0] < '0' || w[0] > '9') {
			number[i] = monthNamed(w)
			continue
		}
		n, err := strconv.ParseUint(w, 10, 16)
		if err != nil {
			return 0, argf(badCast)
		}
		number[i] = int(n)
	}
	year, month, day := number[0], number[1], number[2]
	for _, part := range [...][3]int{{2000, 1, day}, {2000, month, 1}, number} { // the day is looked at first
		if err := checkDay(part[0], part[1], part[2]); err != nil {
			return 0, err
		}
	}
	return Date(year*10000 + month*100 + day), nil
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// monthNamed is the month of an English name, long or short, in any case; 13 if there is none.
func monthNamed(name string) int {
	for m := time.January; m <= time.December; m++ {
		if strings.EqualFold(name, m.String()) || strings.EqualFold(name, m.String()[:3]) {
			return int(m)
		}
	}
	return 13
}

// validDate reports whether yyyymmdd is a day of the years that the original knows, 1400 to 9999.
func validDate(yyyymmdd int) bool {
	return checkDay(yyyymmdd/10000, yyyymmdd/100%100, yyyymmdd%100) == nil
}

// checkDay tells whether a day exists, in the words of the original's date library.
func checkDay(year, month, day int) error {
	switch {
	case year < 1400 || year > 9999:
		return rangef("Year is out of valid range: 1400..9999")
	case month < 1 || month > 12:
		return rangef("Month number is out of range 1..12")
	case day < 1 || day > 31:
		return rangef("Day of month value is out of range 1..31")
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return rangef("Day of month is not valid for year")
	}
	return nil
}

// Instant is a point in time in UTC, in seconds since 1970.
type Instant int64

// Time is the same as a time.Time.
func (i Instant) Time() time.Time { return time.Unix(int64(i), 0).UTC() }

// String is yyyymmddTHHMMSS.
func (i Instant) String() string { return i.Time().Format("20060102T150405") }

// The points in time that the original can hold: its clock counts nanoseconds.
// Beyond them it takes some other point; here they are refused.
var earliest, latest = time.Unix(0, math.MinInt64), time.Unix(0, math.MaxInt64)

// ParseInstant reads yyyymmddTHHMMSS. As in the original, the time may be cut
// short from the right, what follows it is ignored, and second 60 counts on.
//
// source: libs/core Chrono.cpp.
func ParseInstant(text string) (Instant, error) {
	rest := strings.TrimLeft(text, " \t\n\r")
	failed := false
	digits := func(most, top int) (n int) {
		i := 0
		for ; i < most && i < len(rest) && rest[i] >= '0' && rest[i] <= '9'; i++ {
			n = n*10 + int(rest[i]-'0')
		}
		rest, failed = rest[i:], failed || i == 0 || n > top
		return n
	}
	year, month, day := digits(4, 9999), 0, 0
	if rest != "" {
		month = digits(2, 12)
		failed = failed || month == 0
	}
	if rest != "" {
		day = digits(2, 31)
		failed = failed || day == 0
	}
	var clock [3]int
	if rest != "" && !failed {
		var found bool
		if rest, found = strings.CutPrefix(rest, "T"); !found {
			failed = true
		}
		for i, top := range []int{23, 59, 60} {
			if i == 0 || rest != "" {
				clock[i] = digits(2, top)
			}
		}
	}
	if failed {
		return 0, argf("Unable to parse invalid instant value: %s", text)
	}
	t := time.Date(year, time.Month(month), day, clock[0], clock[1], clock[2], 0, time.UTC)
	if day == 0 || time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return 0, argf("Detected invalid number of days for instant value: %s", text)
	}
	if t.Before(earliest) || t.After(latest) {
		return 0, argf("Unable to parse invalid instant value: %s", text)
	}
	return Instant(t.Unix()), nil
}

// FormatDelta is a step in seconds as hh:mm:ss, with the original's ways: a minus takes the place
// of a digit, and stands before the first part that is not zero.
func FormatDelta(seconds int64) string {
	hours, rest := seconds/3600, seconds%3600
	if hours < 0 {
		rest = -rest
	}
	minutes, rest := rest/60, rest%60
	if minutes < 0 {
		rest = -rest
	}
	return fmt.Sprintf("%02d:%02d:%02d", hours, minutes, rest)
}

// ParseDelta reads hours[:minutes[:seconds]] into seconds. A sign before the
// hours counts for the whole, and what is empty is 0.
//
// source: libs/core Chrono.cpp.
func ParseDelta(text string) (int64, error) {
	parts := strings.Split(text, ":")
	total, sign := int64(0), int64(1)
	for i, unit := range []int64{3600, 60, 1} {
		if i >= len(parts) {
			break
		}
		if parts[i] == "" {
			continue
		}
		n, ok := parseInt(parts[i])
		if !ok {
			return 0, argf(badCast)
		}
		total += sign * int64(n) * unit
		if n < 0 {
			sign = -sign
		}
	}
	return total, nil
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
