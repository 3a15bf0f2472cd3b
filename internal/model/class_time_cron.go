package model

import (
	"math"

	"github.com/ecflow-go/ecflow/defs"
)

// cronKeywords sets what the keywords of Cron() say.
//
// source: libs/pyext ExportNodeAttr.cpp, CronAttr_extract_kwargs; the two messages differ by a bracket there.
func cronKeywords(c *defs.CronAttr, words []Value) error {
	const unknown = "CronAttr_extract_kwargs: keyword arguments, expected [days_of_week | last_week_days_of_the_month | days_of_month | months | last_day_of_the_month"
	for ; len(words) > 1; words = words[2:] {
		name, value := words[0].S, words[1]
		switch value.Kind {
		case List:
			set, ok := map[string]func([]int) error{
				"days_of_week": c.SetWeekDays, "days_of_month": c.SetDaysOfMonth, "months": c.SetMonths,
				"last_week_days_of_the_month": c.SetLastWeekDays,
			}[name]
			if !ok {
				return argf("%s", unknown)
			}
			numbers, err := value.ints()
			if err == nil {
				err = set(numbers)
			}
			if err != nil {
				return err
			}
		case Bool:
			if name != "last_day_of_the_month" || value.I == 0 {
				return argf("%s]", unknown)
			}
			c.LastDayOfMonth = true
		case Absent, Nil, Int, Float, String, Bytes, Dict, Object, Pair, Opaque:
			return argf("CronAttr_extract_kwargs: keyword arguments to be a list")
		}
	}
	return nil
}

func cronClass() Class {
	type cron = defs.CronAttr
	days := func(name, doc string, set func(c *cron, days []int) error) Member {
		return Member{Name: name, Doc: doc, Forms: one("(days: list, /) -> None", func(c *cron, a *Args) (any, error) {
			numbers, err := a.At(0).ints()
			if err == nil {
				err = set(c, numbers)
			}
			return nil, err
		})}
	}
	series := func(signature string, read func(a *Args) (defs.TimeSeries, error)) Form {
		return Form{signature, on(func(c *cron, a *Args) (any, error) {
			s, err := read(a)
			if err == nil {
				c.Series = s
			}
			return nil, err
		})}
	}
	made := func(read func(a *Args) (defs.TimeSeries, error)) func(a *Args) (any, error) {
		return func(a *Args) (any, error) {
			s, err := read(a)
			if err != nil {
				return nil, err
			}
			c := &cron{Series: s}
			return c, cronKeywords(c, a.List(1))
		}
	}
	ofText := func(a *Args) (defs.TimeSeries, error) {
		return textSeries(a, "CronAttr::CronAttr : empty string passed")
	}
	ofSeries := func(a *Args) (defs.TimeSeries, error) { return value[defs.TimeSeries](a, 0), nil }
	return Class{Name: "Cron", Type: (*cron)(nil),
		Doc: "Runs a node again and again at times of certain days; it is never complete for good.\n\n" +
			">>> c = ecflow.Cron('10:00', days_of_week=[0, 1], months=[12])\n>>> str(c)\n'cron -w 0,1 -m 12 10:00'\n" +
			">>> c.set_last_week_days_of_the_month([5])\n>>> c.last_week_days_of_the_month\n[5]\n\n" +
			"source: libs/attribute CronAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make it of a time series or its text, and of days by keywords.\n\n" +
				"days_of_week: 0 for Sunday to 6. last_week_days_of_the_month: the last such days of a month. days_of_month: 1 to 31.\n" +
				"months: 1 to 12. last_day_of_the_month: True. Lists, of which none means any.\n\n" +
				"IndexError for numbers out of range; RuntimeError for other keywords or values, and for a text that is no time series.", Forms: []Form{
				create("() -> Cron", func(*Args) (any, error) { return &cron{}, nil }),
				create("(text: str, /, **kwargs: object) -> Cron", made(ofText)),
				create("(time_series: TimeSeries, /, **kwargs: object) -> Cron", made(ofSeries)),
			}},
			days("set_week_days", "Set the days of the week, 0 for Sunday to 6. IndexError for others.", (*cron).SetWeekDays),
			days("set_last_week_days_of_the_month", "Set the days of the week (0 for Sunday to 6) whose last in a month counts. IndexError for others.",
				(*cron).SetLastWeekDays),
			days("set_days_of_month", "Set the days of the month, 1 to 31. IndexError for others.", (*cron).SetDaysOfMonth),
			days("set_months", "Set the months, 1 to 12. IndexError for others.", (*cron).SetMonths),
			{Name: "set_last_day_of_the_month", Doc: "Let the last day of a month count.", Forms: one("() -> None", func(c *cron, _ *Args) (any, error) {
				c.LastDayOfMonth = true
				return nil, nil
			})},
			{Name: "set_time_series", Doc: "Set the times.\n\n" + seriesDoc, Forms: []Form{
				series("(hour: int, minute: int, relative: bool = False) -> None", clockSeries),
				series("(time_series: TimeSeries, /) -> None", ofSeries),
				series("(start: TimeSlot, finish: TimeSlot, increment: TimeSlot, /) -> None", rangeSeries),
				series("(text: str, /) -> None", ofText),
			}},
			getter("time", "TimeSeries", "The times.", func(c *cron) any { return copied(&c.Series) }),
			getter("last_day_of_the_month", "bool", "True if the last day of a month counts.", func(c *cron) any { return c.LastDayOfMonth }),
			property("week_days", "List[int]", "The days of the week, 0 for Sunday.", func(c *cron) any { return numbers(c.WeekDays) }),
			property("last_week_days_of_the_month", "List[int]", "The days of the week whose last in a month counts.",
				func(c *cron) any { return numbers(c.LastWeekDays) }),
			property("days_of_month", "List[int]", "The days of the month.", func(c *cron) any { return numbers(c.DaysOfMonth) }),
			property("months", "List[int]", "The months.", func(c *cron) any { return numbers(c.Months) }),
		}, traits[cron]{text: (*cron).String, equal: (*cron).Equal, clone: func(c *cron) *cron { n := c.Clone(); return &n }}.members("Cron"))}
}

func clockClass() Class {
	type clock = defs.ClockAttr
	return Class{Name: "Clock", Type: (*clock)(nil),
		Doc: "Says what time it is for a suite.\n\n" +
			"A real clock goes on over midnight; a hybrid one stays on its date. The gain is added to the computer's time.\n\n" +
			">>> c = ecflow.Clock(1, 1, 2030)\n>>> c.set_gain(1, 10, True)\n>>> str(c), c.gain()\n('clock real 1.1.2030 +4200', 4200)\n\n" +
			"source: libs/attribute ClockAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make a clock of a date, or of today. IndexError for days that do not exist.", Forms: []Form{
				create("(day: int, month: int, year: int, hybrid: bool = False) -> Clock", func(a *Args) (any, error) {
					c, err := defs.NewClockAttrDate(a.Int(0), a.Int(1), a.Int(2), a.Bool(3))
					return &c, err
				}),
				create("(hybrid: bool) -> Clock", func(a *Args) (any, error) {
					c := defs.NewClockAttr(a.Bool(0))
					return &c, nil
				}),
			}},
			{Name: "set_gain_in_seconds", Doc: "Set the gain, of 68 years at most. positive: a '+' is printed before it.",
				Forms: one("(seconds: int, positive: bool, /) -> None", func(c *clock, a *Args) (any, error) {
					c.SetGainSeconds(a.At(0).I, a.Bool(1))
					return nil, nil
				})},
			{Name: "set_gain", Doc: "Set the gain. positive: a '+' is printed before it. IndexError for more than 68 years.",
				Forms: one("(hours: int, minutes: int, positive: bool, /) -> None", func(c *clock, a *Args) (any, error) {
					seconds := a.At(0).I*3600 + a.At(1).I*60
					if seconds != int64(int32(seconds)) {
						return nil, indexf("a gain of %d seconds is beyond %d", seconds, math.MaxInt32)
					}
					c.SetGain(a.Int(0), a.Int(1), a.Bool(2))
					return nil, nil
				})},
			getter("day", "int", "The day of the month, 0 for a clock of today.", func(c *clock) any { return c.Day }),
			getter("month", "int", "The month, 0 for a clock of today.", func(c *clock) any { return c.Month }),
			getter("year", "int", "The year, 0 for a clock of today.", func(c *clock) any { return c.Year }),
			getter("gain", "int", "The gain in seconds.", func(c *clock) any { return c.Gain }),
			getter("positive_gain", "bool", "True if a '+' is printed before the gain.", func(c *clock) any { return c.PositiveGain }),
		}, traits[clock]{text: texted[clock], equal: func(a, b *clock) bool { return a.Equal(*b) }, clone: copied[clock]}.members("Clock"))}
}
