package expr

import (
	"strconv"
	"time"
)

// DateToJulian is the Julian day of a date, yyyymmdd. Days that do not exist
// count on from the last that does.
//
// source: libs/core Calendar.cpp.
func DateToJulian(date int64) int64 {
	year, month, day := date/10000, date%10000/100, date%100
	if month > 2 {
		month -= 3
	} else {
		month, year = month+9, year-1
	}
	return 146097*(year/100)/4 + 1461*(year%100)/4 + (153*month+2)/5 + day + 1721119
}

// JulianToDate is the date, yyyymmdd, of a Julian day.
func JulianToDate(julian int64) int64 {
	x := 4*julian - 6884477
	century, rest := x/146097*100, x%146097
	x = 4*(rest/4) + 3
	year, rest := x/1461+century, x%1461
	x = 5*(rest/4+1) - 3
	month, day := x/153+1, x%153/5+1
	if month < 11 {
		month += 2
	} else {
		month, year = month-10, year+month/11
	}
	return year*10000 + month*100 + day
}

// AddDays is the date, yyyymmdd, so many days after another.
func AddDays(date, days int64) int64 { return JulianToDate(DateToJulian(date) + days) }

// Number is the value of a variable with this text: the text as an integer of 32 bits, 0 if it is none.
func Number(text string) int32 {
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return 0
	}
	return int32(n)
}

// call is the value of a calendar function. A date has eight digits, or ten with the hour; others are 0.
func (f *Function) call(argument int32) int32 {
	if f.ToDate {
		return int32(JulianToDate(int64(argument)))
	}
	digits := 0
	if argument < 0 {
		digits = 1
	}
	for n := argument; n != 0; n /= 10 {
		digits++
	}
	switch digits {
	case 8:
		return int32(DateToJulian(int64(argument)))
	case 10:
		return int32(DateToJulian(int64(argument / 100)))
	}
	return 0
}

// newInstant makes a point in time of fifteen characters, yyyymmddTHHMMSS.
func newInstant(before, text string) (*Instant, bool) {
	i := &Instant{Text: text, before: before}
	if i.problem() != "" {
		return i, false
	}
	y, m, d, hour, minute, second := i.fields()
	t := time.Date(y, time.Month(m), d, hour, minute, second, 0, time.UTC)
	i.Text, i.Seconds = t.Format("20060102T150405"), int32(t.Unix())
	return i, true
}

func (i *Instant) fields() (year, month, day, hour, minute, second int) {
	n := func(from, to int) int { v, _ := strconv.Atoi(i.Text[from:to]); return v }
	return n(0, 4), n(4, 6), n(6, 8), n(9, 11), n(11, 13), n(13, 15)
}

// problem says, in the original's words, why this is no point in time, "" if it is one.
func (i *Instant) problem() string {
	year, month, day, hour, minute, second := i.fields()
	if month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60 {
		return "Unable to parse invalid instant value: " + i.before + i.Text
	}
	if time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day {
		return "Detected invalid number of days for instant value: " + i.before + i.Text
	}
	return ""
}
