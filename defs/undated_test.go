package defs

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDateDays(t *testing.T) {
	d := New()
	for _, name := range []string{"begun", "not"} {
		s, err := d.AddSuite(name)
		require.NoError(t, err)
		task, err := s.AddTask("t")
		require.NoError(t, err)
		for weekday := range 7 {
			require.NoError(t, task.AddDay(DayAttr{Day: weekday, Free: weekday == 1}))
		}
		require.NoError(t, task.AddDay(DayAttr{Day: 1, Date: 20170102}))
	}
	require.False(t, d.HasUndated())
	wednesday := time.Date(2018, 1, 3, 10, 0, 0, 0, time.UTC)
	var c Calendar
	c.Begin(wednesday, wednesday)
	d.Suite("begun").SetCalendar(c)
	require.True(t, d.HasUndated())
	before := d.Revision()
	d.DateDays()
	require.NotEqual(t, before, d.Revision())
	dates := func(suite string) (all []Date) {
		for _, day := range d.Find("/" + suite + "/t").Days() {
			all = append(all, day.Date)
		}
		return all
	}
	require.Equal(t, []Date{20180107, 20180108, 20180109, 20180103, 20180104, 20180105, 20180106, 20170102}, dates("begun"))
	require.Equal(t, []Date{0, 0, 0, 0, 0, 0, 0, 20170102}, dates("not"))
	require.True(t, d.Find("/begun/t").Days()[1].Free)
	require.False(t, d.HasUndated())
}
