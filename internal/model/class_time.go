package model

import "github.com/ecflow-go/ecflow/defs"

func timeClasses() []Class {
	return strict([]Class{
		timeSlotClass(), timeSeriesClass(),
		timeClass("Time", "Makes a node wait for times of day, every day.\n\n"+
			">>> str(ecflow.Time('10:00')), str(ecflow.Time(0, 5, True)), str(ecflow.Time('10:00 20:00 01:00'))\n"+
			"('time 10:00', 'time +00:05', 'time 10:00 20:00 01:00')\n\n"+
			"source: libs/attribute TimeAttr.cpp.",
			func(s defs.TimeSeries) *defs.TimeAttr { t := defs.NewTimeAttr(s); return &t },
			func(t *defs.TimeAttr) *defs.TimeSeries { return &t.Series }, func(a, b *defs.TimeAttr) bool { return a.Equal(*b) }),
		timeClass("Today", "Makes a node wait for times of today: a time that has passed when the suite begins is waited for no more.\n\n"+
			">>> str(ecflow.Today('+00:10'))\n'today +00:10'\n\n"+
			"source: libs/attribute TodayAttr.cpp.",
			func(s defs.TimeSeries) *defs.TodayAttr { t := defs.NewTodayAttr(s); return &t },
			func(t *defs.TodayAttr) *defs.TimeSeries { return &t.Series }, func(a, b *defs.TodayAttr) bool { return a.Equal(*b) }),
		dateClass(), dayClass(), cronClass(), clockClass(),
	})
}

func timeSlotClass() Class {
	type slot = defs.TimeSlot
	return Class{Name: "TimeSlot", Type: (*slot)(nil),
		Doc: "An hour and a minute: a time of day, or how long.\n\n" +
			">>> t = ecflow.TimeSlot(10, 5)\n>>> str(t), t.hour(), t.minute()\n('10:05', 10, 5)\n\n" +
			"source: libs/core TimeSlot.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make a slot; what uses it checks that it is within a day. IndexError for negative numbers (the original ends the process).",
				Forms: []Form{create("(hour: int, minute: int, /) -> TimeSlot", func(a *Args) (any, error) {
					t, err := defs.NewTimeSlot(a.Int(0), a.Int(1))
					return &t, err
				})}},
			getter("hour", "int", "The hour, -1 for no time.", func(t *slot) any { return t.Hour() }),
			getter("minute", "int", "The minute, -1 for no time.", func(t *slot) any { return t.Minute() }),
			getter("empty", "bool", "True for what is no time at all, such as the finish of a single time.", func(t *slot) any { return t.IsNull() }),
		}, traits[slot]{text: texted[slot], equal: same[slot], clone: copied[slot]}.members("TimeSlot"))}
}

// seriesForms are the overloads that make a time series, and with it the class that has it.
func seriesForms(class string, made func(defs.TimeSeries) any) []Form {
	wrap := func(s defs.TimeSeries, err error) (any, error) { return made(s), err }
	return []Form{
		create("(ts: TimeSlot, relative: bool = False) -> "+class, func(a *Args) (any, error) {
			return wrap(defs.NewTimeSeries(value[defs.TimeSlot](a, 0), a.Bool(1)))
		}),
		create("(hour: int, minute: int, relative: bool = False) -> "+class, func(a *Args) (any, error) {
			return wrap(clockSeries(a))
		}),
		create("(start: TimeSlot, finish: TimeSlot, increment: TimeSlot, relative: bool = False) -> "+class, func(a *Args) (any, error) {
			return wrap(rangeSeries(a))
		}),
	}
}

// clockSeries is a series of an hour and a minute.
func clockSeries(a *Args) (defs.TimeSeries, error) {
	t, err := defs.NewTimeSlot(a.Int(0), a.Int(1))
	if err != nil {
		return defs.TimeSeries{}, err
	}
	return defs.NewTimeSeries(t, a.Bool(2))
}

// rangeSeries is a series of start, finish and increment.
func rangeSeries(a *Args) (defs.TimeSeries, error) {
	slot := value[defs.TimeSlot]
	return defs.NewTimeRange(slot(a, 0), slot(a, 1), slot(a, 2), a.Bool(3))
}

// textSeries is a series of a text, which must not be empty.
func textSeries(a *Args, empty string) (defs.TimeSeries, error) {
	if a.Str(0) == "" {
		return defs.TimeSeries{}, argf("%s", empty)
	}
	return defs.ParseTimeSeries(a.Str(0))
}

const seriesDoc = "ts: a single time. start, finish, increment: several, the last not after finish.\n" +
	"relative: they count from the begin or requeue of the suite or repeating node.\n\n" +
	"IndexError unless times are within a day, start is not after finish, and the increment is not 0 and fits between them."

func timeSeriesClass() Class {
	type series = defs.TimeSeries
	return Class{Name: "TimeSeries", Type: (*series)(nil),
		Doc: "One time of day, or a row of them.\n\n" +
			">>> ts = ecflow.TimeSeries(ecflow.TimeSlot(10, 0), ecflow.TimeSlot(20, 0), ecflow.TimeSlot(1, 0))\n" +
			">>> str(ts), ts.has_increment()\n('10:00 20:00 01:00', True)\n\n" +
			"source: libs/core TimeSeries.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make a single time or a row of them.\n\n" + seriesDoc,
				Forms: seriesForms("TimeSeries", func(s series) any { return &s })},
			getter("start", "TimeSlot", "The first time, or the only one.", func(s *series) any { return copied(&s.Start) }),
			getter("finish", "TimeSlot", "The time that none is after; empty for a single time.", func(s *series) any { return copied(&s.Finish) }),
			getter("incr", "TimeSlot", "The time between two; empty for a single time.", func(s *series) any { return copied(&s.Incr) }),
			getter("has_increment", "bool", "False for a single time.", func(s *series) any { return s.HasIncrement() }),
			getter("relative", "bool", "True if the times count from begin or requeue.", func(s *series) any { return s.Relative }),
		}, traits[series]{text: texted[series], equal: func(a, b *series) bool { return a.Equal(*b) }, clone: copied[series]}.members("TimeSeries"))}
}

// timeClass makes Time or Today.
func timeClass[T any](name, doc string, made func(defs.TimeSeries) *T, series func(*T) *defs.TimeSeries, equal func(a, b *T) bool) Class {
	forms := append(seriesForms(name, func(s defs.TimeSeries) any { return made(s) }),
		create("(time_series: TimeSeries, /) -> "+name, func(a *Args) (any, error) { return made(value[defs.TimeSeries](a, 0)), nil }),
		create("(text: str, /) -> "+name, func(a *Args) (any, error) {
			s, err := textSeries(a, name+"::"+name+": empty string passed")
			return made(s), err
		}))
	keyword := map[string]string{"Time": "time ", "Today": "today "}[name]
	return Class{Name: name, Type: (*T)(nil), Doc: doc, Members: with([]Member{
		{Name: "__init__", Doc: "Make it of a time, of a row of times, or of a text: 'hh:mm', '+hh:mm', 'hh:mm hh:mm hh:mm'.\n\n" + seriesDoc +
			"\nRuntimeError for a text that is neither.", Forms: forms},
		getter("time_series", "TimeSeries", "The times.", func(t *T) any { return copied(series(t)) }),
	}, traits[T]{text: func(t *T) string { return keyword + series(t).String() }, equal: equal, clone: copied[T]}.members(name))}
}

func dateClass() Class {
	type date = defs.DateAttr
	return Class{Name: "Date", Type: (*date)(nil),
		Doc: "Makes a node wait for a date; 0 or '*' is any day, month or year.\n\n" +
			">>> str(ecflow.Date(0, 12, 2030)), str(ecflow.Date('1.*.*'))\n('date *.12.2030', 'date 1.*.*')\n\n" +
			"source: libs/attribute DateAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make it of day, month and year, or of a text 'day.month.year'.\n\n" +
				"IndexError for numbers out of range and for days that do not exist; RuntimeError for other texts.", Forms: []Form{
				create("(day: int, month: int, year: int, /) -> Date", func(a *Args) (any, error) {
					d, err := defs.NewDateAttr(a.Int(0), a.Int(1), a.Int(2))
					return &d, err
				}),
				create("(date: str, /) -> Date", func(a *Args) (any, error) {
					d, err := defs.ParseDateAttr(a.Str(0))
					return &d, err
				}),
			}},
			getter("day", "int", "The day of the month, 0 for any.", func(d *date) any { return d.Day }),
			getter("month", "int", "The month, 0 for any.", func(d *date) any { return d.Month }),
			getter("year", "int", "The year, 0 for any.", func(d *date) any { return d.Year }),
		}, traits[date]{text: texted[date], equal: same[date], less: dateLess, clone: copied[date]}.members("Date"))}
}

func dateLess(a, b *defs.DateAttr) bool {
	switch {
	case a.Year != b.Year:
		return a.Year < b.Year
	case a.Month != b.Month:
		return a.Month < b.Month
	}
	return a.Day < b.Day
}

func dayClass() Class {
	type day = defs.DayAttr
	return Class{Name: "Day", Type: (*day)(nil),
		Doc: "Makes a node wait for a day of the week.\n\n" +
			">>> str(ecflow.Day('monday')), str(ecflow.Day(ecflow.Days.friday))\n('day monday', 'day friday')\n\n" +
			"source: libs/attribute DayAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make it of a day or its name in lower case. RuntimeError for other names.", Forms: []Form{
				create("(day: Days, /) -> Day", func(a *Args) (any, error) {
					d, err := defs.NewDayAttr(a.Int(0))
					return &d, err
				}),
				create("(name: str, /) -> Day", func(a *Args) (any, error) {
					d, err := defs.ParseDayAttr(a.Str(0))
					return &d, err
				}),
			}},
			getter("day", "Days", "The day.", func(d *day) any { return d.Day }),
		}, traits[day]{text: texted[day], equal: same[day], less: func(a, b *day) bool { return a.Day < b.Day }, clone: copied[day]}.members("Day"))}
}
