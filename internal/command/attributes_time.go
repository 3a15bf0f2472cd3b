package command

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

// checkTimeSeries reads [+]hh:mm [hh:mm hh:mm]: one time, or start, end, step.
func checkTimeSeries(text string) error {
	words := strings.Fields(text)
	if len(words) != 1 && len(words) != 3 {
		return bad("TimeSeries::create: Invalid time series :")
	}
	minutes := make([]int, len(words))
	for i, w := range words {
		if i == 0 {
			w = strings.TrimPrefix(w, "+")
		}
		var err error
		if minutes[i], err = checkTime(w); err != nil {
			return err
		}
	}
	if len(minutes) == 3 && minutes[0] > minutes[1] {
		return bad("TimeSeries::TimeSeries: Invalid time series: Start time(%s) is greater than end time(%s)", words[0], words[1])
	}
	return nil
}

// checkTime reads hh:mm and gives it in minutes.
func checkTime(text string) (int, error) {
	hour, minute, colon := strings.Cut(text, ":")
	switch {
	case !colon:
		return 0, bad("TimeSeries::getTime: Invalid time :'%s'", text)
	case len(hour) != 2:
		return 0, bad("TimeSeries::getTime: Invalid hour :%s", hour)
	case len(minute) != 2:
		return 0, bad("TimeSeries::getTime: Invalid minute :%s", minute)
	}
	h, errH := strconv.Atoi(hour)
	m, errM := strconv.Atoi(minute)
	switch {
	case errH != nil || errM != nil:
		return 0, bad("TimeSeries::getTime: Invalid time :'%s'", text)
	case h < 0 || h > 23:
		return 0, bad("TimeSeries::testTime: time hour(%d) must be in range 0-23", h)
	case m < 0 || m > 59:
		return 0, bad("TimeSeries::testTime: time minute(%d) must be in range 0-59", m)
	}
	return h*60 + m, nil
}

// checkDate reads day.month.year; wild allows "*" for each.
func checkDate(text string, wild bool) error {
	parts := strings.SplitN(text, ".", 3)
	switch len(parts) {
	case 1:
		return bad("DateAttr::getDate Invalid date missing first dot :%s", text)
	case 2:
		return bad("DateAttr::getDate: Invalid date missing second dot :%s", text)
	}
	var n [3]int
	for i, what := range []string{"day", "month", "year"} {
		if parts[i] == "*" {
			continue
		}
		var err error
		if n[i], err = strconv.Atoi(parts[i]); err != nil {
			return bad("DateAttr::getDate: Invalid %s :%s", what, text)
		}
	}
	day, month, year := n[0], n[1], n[2]
	switch {
	case day < 0 || day > 31:
		return bad("DateAttr::getDate: Invalid clock date: %s", text)
	case month < 0 || month > 12:
		return bad("DateAttr::getDate Invalid clock date: %s", text)
	case !wild && day == 0:
		return bad("Invalid date attribute : the day >= 1 and day < 31")
	case !wild && month == 0:
		return bad("Invalid date attribute : the month >=1 and month <= 12")
	case !wild && year == 0:
		return bad("Invalid date attribute : the year must be specified")
	case day > 0 && month > 0 && year > 0 && day > daysIn(month, year):
		return bad("Day of month is not valid for year")
	}
	return nil
}

func daysIn(month, year int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// checkLine reads what follows a keyword in a definition.
func checkLine(keyword, line string) error {
	_, err := text.ParseNode("task t\n"+keyword+" "+strings.ReplaceAll(line, "\n", " ")+"\n", text.Options{})
	var e *fault.Error
	if errors.As(err, &e) {
		message, _, _ := strings.Cut(e.Msg, "\n") // where it stands is of no help here
		return badAlter(strings.Replace(message, "in line: "+keyword+" ", "in line: ", 1))
	}
	return err
}

var days = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

func checkDay(text string) error {
	if !slices.Contains(days, text) {
		return bad("Invalid day(%s) specification expected one of [%s]: ", text, strings.Join(days, ","))
	}
	return nil
}

// checkLate reads -s [+]hh:mm -a hh:mm -c [+]hh:mm, each at most once.
func checkLate(text string) error {
	words := strings.Fields(text)
	if len(words) > 0 && words[0] == "late" {
		words = words[1:]
	}
	if len(words) == 0 {
		return bad("LateParser::create: empty string no late specified ?%s", text)
	}
	if len(words)%2 != 0 {
		return bad("LateParser::doParse:5: Invalid late :%s", text)
	}
	for i := 0; i < len(words); i += 2 {
		if words[i] != "-s" && words[i] != "-a" && words[i] != "-c" {
			return bad("LateParser::doParse:5: Invalid late :%s", text)
		}
		if _, err := checkTime(strings.TrimPrefix(words[i+1], "+")); err != nil {
			return err
		}
	}
	return nil
}
