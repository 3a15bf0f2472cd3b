package delta

import (
	"slices"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// slot converts a time of day or a span; nil gives no time.
func slot(w *wire.TimeSlot) (defs.TimeSlot, error) {
	if w == nil {
		return defs.TimeSlot{}, nil
	}
	s, err := defs.NewTimeSlot(w.Hour, w.Minute)
	if err != nil {
		return s, misfit("time %d:%d", w.Hour, w.Minute)
	}
	return s, nil
}

func series(w *wire.TimeSeries) (defs.TimeSeries, error) {
	t := defs.TimeSeries{Relative: w.RelativeToSuiteStart, Expired: !w.IsValid}
	var c collect
	take := func(to *defs.TimeSlot, from *wire.TimeSlot) {
		s, err := slot(from)
		c.add(err)
		*to = s
	}
	take(&t.Start, &w.Start)
	take(&t.Finish, w.Finish)
	take(&t.Incr, w.Increment)
	take(&t.Next, w.NextTimeSlot)
	if w.NextTimeSlot == nil {
		t.Next = t.Start
	}
	var err error
	t.RelativeDuration, err = duration(w.RelativeDuration)
	c.add(err)
	return t, c.err
}

func timeAttr(w *wire.TimeAttr) (defs.TimeAttr, error) {
	s, err := series(&w.Series)
	return defs.TimeAttr{Series: s, Free: w.Free}, err
}

func todayAttr(w *wire.TodayAttr) (defs.TodayAttr, error) {
	s, err := series(&w.Series)
	return defs.TodayAttr{Series: s, Free: w.Free}, err
}

func dateAttr(w *wire.DateAttr) defs.DateAttr {
	return defs.DateAttr{Day: w.Day, Month: w.Month, Year: w.Year, Free: w.Free}
}

func dayAttr(w *wire.DayAttr) (defs.DayAttr, error) {
	if w.Day < 0 || w.Day > 6 {
		return defs.DayAttr{}, misfit("day %d of the week", w.Day)
	}
	d := defs.DayAttr{Day: int(w.Day), Free: w.Free, Expired: w.Expired}
	if w.Date.Text != "" && w.Date.Text != "not-a-date-time" {
		date, err := defs.ParseDate(w.Date.Text)
		if err != nil {
			return d, misfit("date %q", w.Date.Text)
		}
		d.Date = date
	}
	return d, nil
}

func cronAttr(w *wire.CronAttr) (defs.CronAttr, error) {
	s, err := series(&w.Series)
	return defs.CronAttr{
		Series: s, WeekDays: slices.Clone(w.WeekDays), LastWeekDays: slices.Clone(w.LastWeekDaysOfMonth),
		DaysOfMonth: slices.Clone(w.DaysOfMonth), LastDayOfMonth: w.LastDayOfMonth, Months: slices.Clone(w.Months),
		Free: w.Free,
	}, err
}

func late(w *wire.LateAttr) (defs.LateAttr, error) {
	l := defs.LateAttr{CompleteRelative: w.CompleteIsRelative, Late: w.IsLate}
	var c collect
	for to, from := range map[*defs.TimeSlot]*wire.TimeSlot{&l.Submitted: w.Submitted, &l.Active: w.Active, &l.Complete: w.Complete} {
		s, err := slot(from)
		c.add(err)
		*to = s
	}
	return l, c.err
}

func clock(w *wire.ClockAttr) defs.ClockAttr {
	return defs.ClockAttr{
		Hybrid: w.Hybrid, Day: w.Day, Month: w.Month, Year: w.Year, Gain: int64(w.Gain), PositiveGain: w.PositiveGain,
	}
}

func calendar(w *wire.Calendar) (defs.Calendar, error) {
	c := defs.Calendar{DayChanged: w.DayChanged, Increment: time.Minute}
	var errs collect
	take := func(to *time.Time, from wire.DateTime) {
		t, err := point(from, c.Init)
		errs.add(err)
		*to = t
	}
	take(&c.Init, w.InitTime)
	take(&c.Suite, w.SuiteTime)
	take(&c.InitLocal, w.InitLocalTime)
	take(&c.Last, w.LastTime)
	span, err := duration(w.Duration)
	errs.add(err)
	c.Duration = span
	if w.Increment.Text != "" {
		c.Increment, err = duration(w.Increment)
		errs.add(err)
	}
	return c, errs.err
}

// second is what instants and spans of the wire count in the tree.
const second = int64(time.Second)

func instant(i wire.Instant) defs.Instant { return defs.Instant(i.Nanoseconds() / second) }

// spanSeconds is a step in seconds. 5.13.8 sends seconds where 5.19.0 sends
// nanoseconds; as steps are whole seconds, less than one tells them apart.
func spanSeconds(w wire.Span) int64 {
	if n := w.Value.Count; n <= -second || n >= second {
		return n / second
	}
	return w.Value.Count
}

func repeat(w *wire.Repeat) (defs.Repeat, error) {
	r, at, err := repeatKind(w)
	if err != nil {
		return nil, misfit("%v", err)
	}
	r.Set(at)
	return r, nil
}

// repeatKind makes the repeat, and tells where it stands.
func repeatKind(w *wire.Repeat) (r defs.Repeat, at int64, err error) {
	switch k := w.Kind.(type) {
	case *wire.RepeatDate:
		r, err = wrap(defs.NewRepeatDate(k.Name, k.Start, k.End, k.Delta))
		at = int64(k.Value)
	case *wire.RepeatInteger:
		r, err = wrap(defs.NewRepeatInteger(k.Name, k.Start, k.End, k.Delta))
		at = int64(k.Value)
	case *wire.RepeatDateTime:
		r, err = wrap(defs.NewRepeatDateTime(k.Name, instant(k.Start), instant(k.End), spanSeconds(k.Delta)))
		at = int64(instant(k.Value))
	case *wire.RepeatDateList:
		r, err = wrap(defs.NewRepeatDateList(k.Name, k.List))
		at = int64(k.CurrentIndex)
	case *wire.RepeatDateTimeList:
		points := make([]defs.Instant, len(k.List))
		for i, p := range k.List {
			points[i] = instant(p)
		}
		r, err = wrap(defs.NewRepeatDateTimeList(k.Name, points))
		at = int64(k.CurrentIndex)
	case *wire.RepeatEnumerated:
		r, err = wrap(defs.NewRepeatEnumerated(k.Name, k.Enums))
		at = int64(k.CurrentIndex)
	case *wire.RepeatString:
		r, err = wrap(defs.NewRepeatString(k.Name, k.Strings))
		at = int64(k.CurrentIndex)
	case *wire.RepeatDay:
		r = defs.NewRepeatDay(k.Step)
	default:
		err = misfit("a repeat of unknown kind")
	}
	return r, at, err
}

// wrap keeps a nil pointer from becoming a repeat.
func wrap[R defs.Repeat](r R, err error) (defs.Repeat, error) {
	if err != nil {
		return nil, err
	}
	return r, nil
}
