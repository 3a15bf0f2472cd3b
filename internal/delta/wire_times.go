package delta

import (
	"slices"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func wireDuration(d time.Duration) wire.Duration { return wire.Duration{Text: defs.FormatDuration(d)} }

func wireSlot(s defs.TimeSlot) wire.TimeSlot {
	return wire.TimeSlot{Hour: s.Hour(), Minute: s.Minute()}
}

// slotUnless is nil for a slot that need not be told.
func slotUnless(untold bool, s defs.TimeSlot) *wire.TimeSlot {
	if untold {
		return nil
	}
	w := wireSlot(s)
	return &w
}

func wireSeries(t *defs.TimeSeries) wire.TimeSeries {
	w := wire.TimeSeries{
		Start: wireSlot(t.Start), Finish: slotUnless(t.Finish.IsNull(), t.Finish), Increment: slotUnless(t.Incr.IsNull(), t.Incr),
		NextTimeSlot: slotUnless(t.Next == t.Start, t.Next), RelativeToSuiteStart: t.Relative, IsValid: !t.Expired,
	}
	if t.RelativeDuration != 0 {
		w.RelativeDuration = wireDuration(t.RelativeDuration)
	}
	return w
}

func wireTime(t *defs.TimeAttr) wire.TimeAttr {
	return wire.TimeAttr{Series: wireSeries(&t.Series), Free: t.Free}
}

func wireToday(t *defs.TodayAttr) wire.TodayAttr {
	return wire.TodayAttr{Series: wireSeries(&t.Series), Free: t.Free}
}

func wireDate(d *defs.DateAttr) wire.DateAttr {
	return wire.DateAttr{Day: d.Day, Month: d.Month, Year: d.Year, Free: d.Free}
}

func wireDay(d *defs.DayAttr) wire.DayAttr {
	w := wire.DayAttr{Day: wire.Weekday(d.Day), Free: d.Free, Expired: d.Expired}
	if d.Date != 0 {
		w.Date.Text = d.Date.String()
	}
	return w
}

func wireCron(c *defs.CronAttr) wire.CronAttr {
	return wire.CronAttr{
		Series: wireSeries(&c.Series), WeekDays: slices.Clone(c.WeekDays), LastWeekDaysOfMonth: slices.Clone(c.LastWeekDays),
		DaysOfMonth: slices.Clone(c.DaysOfMonth), Months: slices.Clone(c.Months), LastDayOfMonth: c.LastDayOfMonth, Free: c.Free,
	}
}

func wireLate(l *defs.LateAttr) wire.LateAttr {
	return wire.LateAttr{
		Submitted: slotUnless(l.Submitted.IsNull(), l.Submitted), Active: slotUnless(l.Active.IsNull(), l.Active),
		Complete: slotUnless(l.Complete.IsNull(), l.Complete), CompleteIsRelative: l.CompleteRelative, IsLate: l.Late,
	}
}

func wireClock(c *defs.ClockAttr) wire.ClockAttr {
	return wire.ClockAttr{
		Hybrid: c.Hybrid, Day: c.Day, Month: c.Month, Year: c.Year, Gain: int(c.Gain), PositiveGain: c.PositiveGain,
	}
}

// wireCalendar tells what is not told by the time of the begin.
func wireCalendar(c *defs.Calendar) wire.Calendar {
	w := wire.Calendar{InitTime: wirePoint(c.Init), DayChanged: c.DayChanged}
	unless := func(t time.Time) wire.DateTime {
		if t.Equal(c.Init) {
			return wire.DateTime{}
		}
		return wirePoint(t)
	}
	w.SuiteTime, w.InitLocalTime, w.LastTime = unless(c.Suite), unless(c.InitLocal), unless(c.Last)
	if c.Duration != 0 {
		w.Duration = wireDuration(c.Duration)
	}
	if c.Increment != time.Minute {
		w.Increment = wireDuration(c.Increment)
	}
	return w
}

func wirePoint(t time.Time) wire.DateTime { return wire.DateTime{Text: defs.FormatPoint(t)} }

func wireInstant(i int64) wire.Instant { return wire.NewInstant(i * second) }

func wireRepeat(r defs.Repeat) wire.Repeat {
	name := wire.RepeatBase{Name: r.Name()}
	switch r := r.(type) {
	case *defs.RepeatDate:
		return wire.Repeat{Kind: &wire.RepeatDate{RepeatBase: name, Start: int(r.From), End: int(r.To), Delta: int(r.Delta), Value: int(r.At)}}
	case *defs.RepeatInteger:
		return wire.Repeat{Kind: &wire.RepeatInteger{RepeatBase: name, Start: int(r.From), End: int(r.To), Delta: int(r.Delta), Value: int(r.At)}}
	case *defs.RepeatDateTime:
		w := &wire.RepeatDateTime{RepeatBase: name, Start: wireInstant(r.From), End: wireInstant(r.To), Value: wireInstant(r.At)}
		w.Delta.Value.Count = r.Delta * second
		return wire.Repeat{Kind: w}
	case *defs.RepeatDateList:
		return wire.Repeat{Kind: &wire.RepeatDateList{RepeatBase: name, List: slices.Clone(r.Items), CurrentIndex: int(r.Index)}}
	case *defs.RepeatDateTimeList:
		points := convert(r.Items, func(i *defs.Instant) wire.Instant { return wireInstant(int64(*i)) })
		return wire.Repeat{Kind: &wire.RepeatDateTimeList{RepeatBase: name, List: points, CurrentIndex: int(r.Index)}}
	case *defs.RepeatEnumerated:
		return wire.Repeat{Kind: &wire.RepeatEnumerated{RepeatBase: name, Enums: slices.Clone(r.Items), CurrentIndex: int(r.Index)}}
	case *defs.RepeatString:
		return wire.Repeat{Kind: &wire.RepeatString{RepeatBase: name, Strings: slices.Clone(r.Items), CurrentIndex: int(r.Index)}}
	case *defs.RepeatDay:
		return wire.Repeat{Kind: &wire.RepeatDay{RepeatBase: name, Step: int(r.Days)}}
	}
	return wire.Repeat{}
}
