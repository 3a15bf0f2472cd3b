package defs

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// running is a suite that begins at 10:00 on a Sunday, with a task, and what is logged.
func running(t *testing.T, setup func(d *Defs, suite, task *Node)) (d *Defs, task *Node, log *[]string) {
	t.Helper()
	d = New()
	s := good[*Node](t)(d.AddSuite("s"))
	task = good[*Node](t)(s.AddTask("t"))
	setup(d, s, task)
	require.NoError(t, s.Begin(time.Date(2020, 3, 1, 10, 0, 0, 0, time.UTC)))
	log = &[]string{}
	d.SetHost(&Host{Log: func(kind LogKind, text string) { *log = append(*log, kind.String()+":"+text) }})
	return d, task, log
}

func submitted(d *Defs) (paths []string) {
	d.Resolve(func(task *Node) bool {
		paths = append(paths, task.Path())
		task.Become(Submitted)
		return true
	})
	return paths
}

func TestResolve_haltedServerSubmitsNothing(t *testing.T) {
	d, _, _ := running(t, func(*Defs, *Node, *Node) {})
	d.SetServerState(Halted)
	require.Empty(t, submitted(d))
	d.SetServerState(Running)
	require.Equal(t, []string{"/s/t"}, submitted(d))
	require.Empty(t, submitted(d), "once")
}

func TestResolve_stops(t *testing.T) {
	d, _, log := running(t, func(_ *Defs, s, _ *Node) { good[*Node](t)(s.AddTask("u")) })
	*log = nil
	require.False(t, d.Resolve(func(task *Node) bool { task.JobSubmitted(12); return false }))
	require.True(t, d.Resolve(func(task *Node) bool { task.JobSubmitted(0); return true }))
	require.Equal(t, []string{"LOG: submitted: /s/t job_size:12", "LOG: submitted: /s", "LOG: submitted: /", "LOG: submitted: /s/u"}, *log)
	require.Equal(t, 1, d.Find("/s/u").TryNo())
}

func TestResolve_abortedTasksTryAgain(t *testing.T) {
	d, task, log := running(t, func(_ *Defs, s, _ *Node) { s.AddVariable(Variable{"ECF_TRIES", "2"}) })
	require.Len(t, submitted(d), 1)
	task.JobActive("7")
	task.JobAborted("it\nfailed; so")
	require.Equal(t, "itfailed  so", task.AbortReason())
	require.Contains(t, *log, "LOG: aborted: /s/t try-no: 1 reason: itfailed  so")
	require.True(t, task.Flag().Has(FlagTaskAborted))
	require.Len(t, submitted(d), 1)
	require.Equal(t, []any{2, "", ""}, []any{task.TryNo(), task.ProcessID(), task.AbortReason()})
	task.JobAborted("again")
	require.Empty(t, submitted(d), "two tries are over")
	task.Root().AddVariable(Variable{"ECF_TRIES", "many"})
	require.Empty(t, submitted(d))
	require.Equal(t, "ERR:Variable ECF_TRIES must be convertible to an integer. Cannot resubmit job for task:/s/t", (*log)[len(*log)-1])
}

func TestResolve_killedTasksStay(t *testing.T) {
	for _, flag := range []FlagType{FlagForceAbort, FlagKilled, FlagEditFailed, FlagNoScript, FlagJobCmdFailed} {
		d, task, _ := running(t, func(*Defs, *Node, *Node) {})
		submitted(d)
		task.JobAborted("")
		task.SetFlag(task.Flag().With(flag))
		require.Empty(t, submitted(d), flag)
	}
}

func TestJobComplete_forgetsTheJob(t *testing.T) {
	d, task, _ := running(t, func(*Defs, *Node, *Node) {})
	submitted(d)
	task.JobActive("7")
	task.SetFlag(task.Flag().With(FlagZombie))
	task.JobComplete()
	require.Equal(t, []any{Complete, Complete, Complete, 1, "", false},
		[]any{task.State(), task.Root().State(), d.State(), task.TryNo(), task.ProcessID(), task.Flag().Has(FlagZombie)})
}

// By command a task whose time has not come yet is queued for it, and a day is no longer waited for.
func TestBecome_byCommand(t *testing.T) {
	for _, byCommand := range []bool{false, true} {
		_, timed, _ := running(t, func(_ *Defs, _, task *Node) {
			require.NoError(t, task.AddTime(NewTimeAttr(good[TimeSeries](t)(ParseTimeSeries("11:00 13:00 01:00")))))
		})
		timed.Defs().SetHost(&Host{ByCommand: byCommand})
		timed.Become(Complete)
		require.Equal(t, byCommand, timed.State() == Queued)

		_, daily, _ := running(t, func(_ *Defs, _, task *Node) {
			require.NoError(t, task.AddDay(good[DayAttr](t)(ParseDayAttr("tuesday"))))
		})
		daily.Defs().SetHost(&Host{ByCommand: byCommand})
		daily.Become(Complete)
		require.Equal(t, byCommand, daily.Days()[0].Expired)
		require.Equal(t, !byCommand, daily.State() == Queued)
	}
}

// In a suite that has not begun a repeat goes on as far as the original lets it.
func TestBecome_inASuiteNotBegun(t *testing.T) {
	for _, one := range []struct {
		repeat, day string // the nodes that have them
		refused     string
		f, t        NState
	}{
		{"/s/f", "", "", Queued, Queued},
		{"/s", "", "Suite::requeue: The suite s must be 'begun' first\n", Complete, Complete},
		{"/s/f", "/s/f/t", "Year is out of valid range: 1400..9999", Queued, Queued},
		{"/s/f", "/s/f", "Year is out of valid range: 1400..9999", Queued, Complete},
		{"", "/s/f", "", Complete, Complete},
	} {
		d := New()
		s := good[*Node](t)(d.AddSuite("s"))
		f := good[*Node](t)(s.AddFamily("f"))
		task := good[*Node](t)(f.AddTask("t"))
		d.SetHost(&Host{ByCommand: true})
		for n := range d.All() {
			if n.Path() == one.repeat {
				require.NoError(t, n.SetRepeat(good[*RepeatInteger](t)(NewRepeatInteger("R", 1, 3, 1))))
			}
			if n.Path() == one.day {
				require.NoError(t, n.AddDay(good[DayAttr](t)(ParseDayAttr("sunday"))))
			}
		}
		err := task.JobComplete()
		if one.refused == "" {
			require.NoError(t, err)
		} else {
			require.Equal(t, one.refused, message(err))
		}
		require.Equal(t, []NState{one.f, one.t}, []NState{f.State(), task.State()}, one)
		for n := range d.All() {
			for _, day := range n.Days() {
				require.Zero(t, day.Date)
			}
		}
	}
}

func TestUpdateCalendars_followsTheClock(t *testing.T) {
	d, task, log := running(t, func(_ *Defs, _, task *Node) {
		require.NoError(t, task.AddTime(NewTimeAttr(good[TimeSeries](t)(ParseTimeSeries("10:02")))))
		require.NoError(t, task.SetAutoCancel(NewAutoCancel(slot(0, 5), true)))
	})
	start := task.Root().Calendar().InitLocal
	for minute := 1; minute <= 8; minute++ {
		d.UpdateCalendars(start.Add(time.Duration(minute) * time.Minute))
		if len(submitted(d)) > 0 {
			require.Equal(t, 2, minute)
			task.JobComplete()
		}
	}
	require.Equal(t, 8, d.CalendarCount())
	require.Empty(t, d.Suite("s").Children())
	require.Equal(t, "MSG:autocancel TASK:/s/t", (*log)[len(*log)-1])
}

func TestHost_withoutArchiveNothingIsArchived(t *testing.T) {
	d := New()
	s := good[*Node](t)(d.AddSuite("s"))
	f := good[*Node](t)(s.AddFamily("f"))
	task := good[*Node](t)(f.AddTask("t"))
	require.NoError(t, f.SetAutoArchive(NewAutoArchive(slot(0, 1), true, false)))
	require.NoError(t, s.Begin(time.Now()))
	task.Become(Complete)
	d.Advance(s, time.Hour)
	require.False(t, f.Flag().Has(FlagArchived))
	var kept []*Node
	host := &Host{
		Archive: func(n *Node) error { kept = append(kept, n.Children()...); return nil },
		Restore: func(n *Node) error { return n.ReplaceChildren(kept) },
	}
	d.SetHost(host)
	d.Advance(s, time.Hour)
	require.True(t, f.Flag().Has(FlagArchived))
	require.Empty(t, f.Children())
	require.NoError(t, f.Restore(host))
	require.Equal(t, []*Node{task}, f.Children())
	require.Equal(t, "NodeContainer::restore() Node /s/f can't restore, ecf::Flag::ARCHIVED not set", message(f.Restore(host)))
}

func TestWhy_tellsWhatHolds(t *testing.T) {
	_, task, _ := running(t, func(_ *Defs, s, task *Node) {
		require.NoError(t, s.AddLimit(good[*Limit](t)(NewLimit("l", 5))))
		require.NoError(t, task.AddInLimit(good[InLimit](t)(NewInLimit("l", "", 1, false, false))))
		require.NoError(t, task.AddDay(good[DayAttr](t)(ParseDayAttr("tuesday"))))
		require.NoError(t, task.AddTrigger("1 == 2"))
	})
	for _, path := range []string{"/a", "/b", "/c", "/d", "/e"} {
		task.Root().Limit("l").Increment(1, path)
	}
	require.Equal(t, []string{
		"limit l is full(/a,/b,/c,/d,...)",
		"TASK /s/t(queued)  is day dependent ( next run on tuesday 2020-Mar-03 the current day is sunday )",
		"TASK /s/t(queued) expression (1 == 2) is false",
	}, task.Why())
	task.SetSuspended(true)
	require.Equal(t, "TASK:/s/t is suspended", task.Why()[0])
	task.SetSuspended(false)
	task.SetState(Active)
	require.Equal(t, []string{"TASK:/s/t (active) is not queued or aborted"}, task.Why())
}
