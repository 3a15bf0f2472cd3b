package defs

import (
	"strconv"
	"strings"
)

// DateAttr makes a node wait for a date; 0 stands for any day, month or year.
type DateAttr struct {
	Day, Month, Year int
	Free             bool
}

// NewDateAttr checks the numbers, and that the day exists when all three are given.
//
// source: libs/attribute DateAttr.cpp.
func NewDateAttr(day, month, year int) (DateAttr, error) {
	switch {
	case day != 0 && (day < 1 || day > 31):
		return DateAttr{}, rangef("Invalid Date(day,month,year) : the day >= 0 and day < 31, where 0 means wild card ")
	case month != 0 && (month < 1 || month > 12):
		return DateAttr{}, rangef("Invalid Date(day,month,year): the month >=0 and month <= 12, where 0 means wild card")
	case year < 0:
		return DateAttr{}, rangef("Invalid Date(day,month,year): the year >=0, where 0 means wild card")
	}
	if day != 0 && month != 0 && year != 0 {
		if err := checkDay(year, month, day); err != nil {
			return DateAttr{}, err
		}
	}
	return DateAttr{Day: day, Month: month, Year: year}, nil
}

// ParseDateAttr reads dd.mm.yyyy with "*" for any.
func ParseDateAttr(text string) (DateAttr, error) {
	first, rest, found := strings.Cut(text, ".")
	if !found {
		return DateAttr{}, argf("DateAttr::getDate Invalid date missing first dot :%s", text)
	}
	second, third, found := strings.Cut(rest, ".")
	if !found {
		return DateAttr{}, argf("DateAttr::getDate: Invalid date missing second dot :%s", text)
	}
	field := func(word, what, beyond string, top int) (int, error) {
		if word == "*" {
			return 0, nil
		}
		n, ok := parseInt(word)
		if !ok {
			return 0, argf("DateAttr::getDate: Invalid %s :%s", what, text)
		}
		if top != 0 && (n < 1 || n > top) {
			return 0, argf("%s %s", beyond, text)
		}
		return n, nil
	}
	day, err := field(first, "day", "DateAttr::getDate: Invalid clock date:", 31)
	if err != nil {
		return DateAttr{}, err
	}
	month, err := field(second, "month", "DateAttr::getDate Invalid clock date:", 12)
	if err != nil {
		return DateAttr{}, err
	}
	year, err := field(third, "year", "", 0)
	if err != nil {
		return DateAttr{}, err
	}
	if year == -1 {
		return DateAttr{}, argf("DateAttr::getDate: Invalid clock date:%s", text)
	}
	return NewDateAttr(day, month, year)
}

// SameStructure compares all but the state.
func (d DateAttr) SameStructure(o DateAttr) bool {
	return d.Day == o.Day && d.Month == o.Month && d.Year == o.Year
}

// Equal compares everything.
func (d DateAttr) Equal(o DateAttr) bool { return d == o }

// String is the attribute as a definition has it.
func (d DateAttr) String() string {
	field := func(n int) string {
		if n == 0 {
			return "*"
		}
		return strconv.Itoa(n)
	}
	return "date " + field(d.Day) + "." + field(d.Month) + "." + field(d.Year)
}
