package defs

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func calendarAt(t *testing.T, at string) *Calendar {
	t.Helper()
	start, err := time.Parse("2006-01-02 15:04", at)
	require.NoError(t, err)
	c := &Calendar{}
	c.Begin(start, start)
	return c
}

func TestTimeSeries_slotsOfADay(t *testing.T) {
	c := calendarAt(t, "2020-03-01 10:25")
	s := good[TimeSeries](t)(ParseTimeSeries("10:00 11:00 00:20"))
	s.reset(c)
	require.Equal(t, "10:40", s.Next.String())
	require.False(t, s.isFree(c))
	c.Advance(15 * time.Minute)
	require.True(t, s.isFree(c))
	s.requeue(c, false)
	require.Equal(t, "11:00", s.Next.String(), "a slot that is now has been used")
	c.Advance(time.Hour)
	s.requeue(c, false)
	require.True(t, s.Expired)
	c.Advance(13 * time.Hour)
	require.True(t, c.DayChanged)
	s.calendarChanged(c)
	require.Equal(t, "10:00", s.Next.String())
	require.False(t, s.Expired)
}

func TestTimeSeries_manyStepsAtOnce(t *testing.T) {
	c := calendarAt(t, "2020-03-01 00:00")
	s := good[TimeSeries](t)(ParseTimeSeries("+00:00 23:00 00:01"))
	s.RelativeDuration = 1000000 * time.Hour
	s.requeue(c, false)
	require.True(t, s.Expired)
	require.Equal(t, time.Duration(1000000*60+1)*time.Minute, s.Next.Duration())
}

func TestTimeAndToday_differForTimesThatHavePassed(t *testing.T) {
	c := calendarAt(t, "2020-03-01 10:25")
	series := good[TimeSeries](t)(ParseTimeSeries("10:00"))
	at, today := NewTimeAttr(series), NewTodayAttr(series)
	at.Series.reset(c)
	today.Series.reset(c)
	require.False(t, at.IsFree(c))
	require.True(t, today.IsFree(c))
}

func TestCron_days(t *testing.T) {
	series := good[TimeSeries](t)(ParseTimeSeries("10:00"))
	for _, c := range []struct {
		cron CronAttr
		yes  []Date
		no   []Date
	}{
		{CronAttr{}, []Date{20200101}, nil},
		{CronAttr{WeekDays: []int{0}}, []Date{20200301}, []Date{20200302}},
		{CronAttr{LastWeekDays: []int{0}}, []Date{20200329}, []Date{20200322, 20200301}},
		{CronAttr{LastDayOfMonth: true}, []Date{20200229, 20200331}, []Date{20200228}},
		{CronAttr{DaysOfMonth: []int{5}, Months: []int{2}}, []Date{20200205}, []Date{20200305, 20200206}},
	} {
		c.cron.Series = series
		for _, d := range c.yes {
			require.True(t, c.cron.matches(d), "%s %s", &c.cron, d)
		}
		for _, d := range c.no {
			require.False(t, c.cron.matches(d), "%s %s", &c.cron, d)
		}
	}
}

func TestDay_waitsForTheNextOfItsName(t *testing.T) {
	c := calendarAt(t, "2020-03-01 10:25") // a Sunday
	d := good[DayAttr](t)(ParseDayAttr("tuesday"))
	d.reset(c.Date())
	require.Equal(t, Date(20200303), d.Date)
	d.reset(c.Date().plus(2))
	require.Equal(t, Date(20200303), d.Date)
	require.False(t, d.IsFree(c))
	c.Advance(48 * time.Hour)
	require.True(t, d.IsFree(c))
}

func TestLate_comparesTimeInState(t *testing.T) {
	c := calendarAt(t, "2020-03-01 10:00")
	n := good[*Node](t)(NewTask("t"))
	n.SetStateSince(Submitted, 0)
	late := LateAttr{Submitted: slot(0, 5), Complete: slot(1, 0), CompleteRelative: true}
	c.Advance(4 * time.Minute)
	require.False(t, late.Check(n, c))
	c.Advance(time.Minute)
	require.True(t, late.Check(n, c))
	n.SetStateSince(Active, c.Duration)
	require.False(t, late.Check(n, c))
	c.Advance(time.Hour)
	require.True(t, late.Check(n, c))
}

func TestHybrid_completesWhatCannotComeTrue(t *testing.T) {
	d := New()
	s := good[*Node](t)(d.AddSuite("s"))
	require.NoError(t, s.AddClock(good[ClockAttr](t)(NewClockAttrDate(1, 3, 2020, true)), time.Now()))
	f := good[*Node](t)(s.AddFamily("f"))
	never, now := good[*Node](t)(f.AddTask("never")), good[*Node](t)(f.AddTask("now"))
	require.NoError(t, never.AddDate(good[DateAttr](t)(ParseDateAttr("2.3.2020"))))
	require.NoError(t, now.AddDate(good[DateAttr](t)(ParseDateAttr("1.3.2020"))))
	d.Begin(time.Now())
	require.Equal(t, []NState{Complete, Queued, Queued}, []NState{never.State(), now.State(), f.State()})
}

func FuzzValues(f *testing.F) {
	for _, text := range []string{"10:00", "+00:00 20:00 00:10", "1.2.2020", "20200101T000000", "-1:00:00", "user:fob::60", "monday", "late,zombie"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := ParseTimeSeries(text); err == nil {
			again, err := ParseTimeSeries(s.String())
			require.NoError(t, err)
			require.True(t, again.SameStructure(s))
		}
		if d, err := ParseDateAttr(text); err == nil {
			_ = d.String()
		}
		if i, err := ParseInstant(text); err == nil {
			again, err := ParseInstant(i.String())
			require.NoError(t, err)
			require.Equal(t, i, again)
		}
		if seconds, err := ParseDelta(text); err == nil {
			_ = FormatDelta(seconds)
		}
		if z, err := ParseZombieAttr(text); err == nil {
			again, err := ParseZombieAttr(z.String()[len("zombie "):])
			require.NoError(t, err)
			require.True(t, again.Equal(z))
		}
		if f, err := ParseFlag(text); err == nil {
			_ = f.String()
		}
		_, _ = ParseDuration(text)
		_, _ = ParsePoint(text)
		task, _ := NewTask("t")
		task.AddVariable(Variable{"A", text})
		task.Substitute(text, nil, '%')
	})
}
