package watch_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/watch"
)

// looks looks until the steps are used up.
func looks(t *testing.T, s *source, paths ...string) (told []string, last *watch.Look) {
	t.Helper()
	w := s.watcher(paths...)
	for first := true; first || len(s.steps) > 0; first = false {
		look, err := w.Look(ctx)
		require.NoError(t, err)
		told = append(told, tell(look.Changes)...)
		last = look
	}
	require.NoError(t, w.Close(ctx))
	require.Empty(t, s.handles)
	return told, last
}

func TestWatcher_changesInPlace(t *testing.T) {
	s := newSource(t, nothing,
		become(defs.Complete, "/s/f/b", "/r"),
		change(func(n *defs.Node) {
			require.NoError(t, n.ChangeEvent("go", true))
			require.NoError(t, n.ChangeMeter("steps", 7))
			require.NoError(t, n.ChangeLabel("note", "two\nlines"))
			n.SetSuspended(true)
			n.SetFlag(n.Flag().With(defs.FlagLate).With(defs.FlagMessage))
		}, "/s/f/b"),
		change(func(n *defs.Node) { require.NoError(t, n.ChangeRepeat("4")) }, "/s/f"),
		change(func(n *defs.Node) { require.NoError(t, n.ChangeLimitValue("l", 2)) }, "/s/f/g"),
		change(func(n *defs.Node) { n.SetSuspended(false); require.NoError(t, n.DeleteEvent("go")) }, "/s/f/b"),
		change(func(n *defs.Node) { n.SetJob("", "", "no disk", 2); n.SetState(defs.Aborted) }, "/s/f/c", "/s/f/c"),
		func(s *source) error { s.current.SetServerState(defs.Halted); s.changed = []string{"/"}; return nil },
	)
	told, last := looks(t, s, "/s/f")
	require.Equal(t, []string{
		"/s/f/b state active>complete",
		"/s/f/b suspended false>true",
		"/s/f/b:late flag clear>set",
		"/s/f/b:go event clear>set",
		"/s/f/b:steps meter 0>7",
		"/s/f/b:note label none>two\nlines",
		"/s/f:N repeat 1>4",
		"/s/f/g:l limit 0/5>2/5",
		"/s/f/b suspended true>false",
		"/s/f/b:go event set>",
		"/s/f/c state queued>aborted no disk",
		"/ server RUNNING>HALTED",
	}, told)
	require.Equal(t, watch.Progress{Tasks: 4, Complete: 2, Queued: 1, Aborted: 1}, last.Progress)
	require.Contains(t, s.asked, "register s", "suite r stays where it is")
	require.Equal(t, "drop 1", s.asked[len(s.asked)-1])
}

func TestWatcher_nodesComeAndGo(t *testing.T) {
	s := newSource(t, nothing,
		replace("task c", "task x", "    family g", "    family h"),
		replace("task c", "task x", "    family g", "    task g", "    endfamily\n", ""),
		replace("family f", "family e"),
		replace())
	s.steps[2] = replace("task c", "task x") // g is back
	told, last := looks(t, s, "/s/f")
	require.Equal(t, []string{
		"/s/f/x added >queued", "/s/f/h added >queued", "/s/f/c removed queued>", "/s/f/g removed queued>",
		"/s/f/g added >queued", "/s/f/h removed queued>",
		"/s/f removed active>",
		"/s/f added >active",
	}, told)
	require.Equal(t, 4, last.Progress.Tasks)
	require.Equal(t, 1, last.Progress.Active)
}

// A family in whose place a task stands is another node.
func TestWatcher_anotherKindOfNode(t *testing.T) {
	task := replace("  family g # state:queued\n      limit l 5\n      task d # state:queued\n    endfamily\n", "  task g # state:queued\n")
	told, last := looks(t, newSource(t, nothing, task, replace()), "/s")
	require.Equal(t, []string{
		"/s/f/g added >queued", "/s/f/g removed queued>", "/s/f/g added >queued", "/s/f/g removed queued>",
	}, told)
	require.Equal(t, 4, last.Progress.Tasks)
	told, _ = looks(t, newSource(t, nothing, task), "/s/f/g")
	require.Equal(t, []string{"/s/f/g removed queued>", "/s/f/g added >queued"}, told)
}

func TestWatcher_everything(t *testing.T) {
	s := newSource(t, nothing, become(defs.Active, "/r/u"), replace("suite r", "suite q"))
	told, last := looks(t, s)
	require.Equal(t, []string{"/r/u state queued>active", "/q added >queued", "/r removed queued>"}, told)
	require.Equal(t, 5, last.Progress.Tasks)
	require.Equal(t, []string{"sync", "sync", "sync"}, s.asked, "no handle where all is asked for")
}

// Whatever happens, what is kept is what a look at the whole would give.
func TestWatcher_sameAsLookingAnew(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	s := newSource(t)
	w := s.watcher("/s/f", "/r")
	_, err := w.Look(ctx)
	require.NoError(t, err)
	serial := 0
	for range 2000 {
		var nodes []*defs.Node
		for n := range s.current.All() {
			nodes = append(nodes, n)
		}
		var changed []string
		for range 1 + random.IntN(3) {
			n := nodes[random.IntN(len(nodes))]
			if n.Defs() != s.current || s.current.Find(n.Path()) != n {
				continue
			}
			switch random.IntN(6) {
			case 0, 1:
				n.SetState(defs.NState(random.IntN(6)))
			case 2:
				n.SetSuspended(random.IntN(2) == 0)
			case 3:
				if n.IsContainer() {
					serial++
					_, err := n.AddTask(fmt.Sprint("n", serial))
					require.NoError(t, err)
				}
			case 4:
				if p := n.Parent(); p != nil && n.Parent().Name() != "s" && len(nodes) > 6 {
					require.NoError(t, p.RemoveChild(n))
					n = p
				}
			case 5:
				s.current = s.current.Clone()
				changed = nil
				n = s.current.Suites()[0]
			}
			changed = append(changed, n.Path())
		}
		s.steps = []step{func(s *source) error { s.changed = changed; return nil }}
		look, err := w.Look(ctx)
		require.NoError(t, err)
		anew, err := s.watcher("/s/f", "/r").Look(ctx)
		require.NoError(t, err)
		require.Equal(t, anew.Progress, look.Progress)
	}
}

// A server that was started anew does not know the handle, or has given it away.
func TestWatcher_serverStartedAnew(t *testing.T) {
	s := newSource(t, nothing)
	w := s.watcher("/s")
	look := func() []string {
		t.Helper()
		l, err := w.Look(ctx)
		require.NoError(t, err)
		return tell(l.Changes)
	}
	look()
	s.handles, s.asked = map[int]string{}, nil
	s.steps = []step{replace("task c # state:queued", "task c # state:active")}
	require.Equal(t, []string{"/s/f/c state queued>active"}, look())
	require.Equal(t, []string{"sync", "handles", "register s", "sync"}, s.asked)

	s.handles, s.asked = map[int]string{1: "r  s"}, nil
	s.steps = []step{replace("suite s", "suite z"), replace()}
	require.Equal(t, []string{"/s/f/c state active>queued"}, look(), "another's handle shows other suites")
	require.Equal(t, []string{"sync", "handles", "register s", "sync"}, s.asked)
	require.NoError(t, w.Close(ctx))
	require.Equal(t, map[int]string{1: "r  s"}, s.handles, "the other's handle stays")

	// A refusal for another reason is one.
	s = newSource(t, breaks(&fault.Error{Kind: fault.Refused, Server: "no"}))
	_, err := s.watcher("/s").Look(ctx)
	require.ErrorIs(t, err, fault.Refused)
	s = newSource(t, breaks(&fault.Error{Kind: fault.Refused, Server: "no"}))
	s.fail["handles"] = fault.New(fault.Connect, "gone")
	_, err = s.watcher("/s").Look(ctx)
	require.ErrorIs(t, err, fault.Connect)
	s = newSource(t)
	s.fail["register"] = fault.New(fault.Auth, "no")
	_, err = s.watcher("/s").Look(ctx)
	require.ErrorIs(t, err, fault.Auth)
}

// After a failure nobody knows whether the handle is still ours; it is not dropped if it is another's.
func TestWatcher_closeInDoubt(t *testing.T) {
	for name, handles := range map[string]map[int]string{"ours": {1: "s"}, "another's": {1: "other"}} {
		s := newSource(t, nothing, breaks(fault.New(fault.Connect, "gone")))
		w := s.watcher("/s")
		_, err := w.Look(ctx)
		require.NoError(t, err)
		_, err = w.Look(ctx)
		require.ErrorIs(t, err, fault.Connect)
		s.handles = handles
		ended, cancel := context.WithCancel(ctx)
		cancel()
		require.NoError(t, w.Close(ended), "an interrupt is no reason to leave it")
		require.NoError(t, w.Close(ended))
		require.Len(t, s.handles, map[string]int{"ours": 0, "another's": 1}[name], name)
	}
}

func TestRun_outage(t *testing.T) {
	gone := fault.New(fault.Connect, "cannot connect")
	s := newSource(t, nothing, breaks(gone), breaks(&fault.Error{Kind: fault.Truncated}), breaks(gone), nothing, become(defs.Active, "/s/f/c"))
	w := s.watcher("/s")
	var told []string
	var lost int
	err := w.Run(ctx, time.Time{}, func(look *watch.Look) (bool, error) {
		told = append(told, tell(look.Changes)...)
		if look.Lost != nil {
			lost++
			require.Equal(t, 4, look.Progress.Tasks, "what was known stays")
			require.NotNil(t, look.Defs)
		}
		return len(s.steps) == 0, nil
	})
	require.NoError(t, err)
	require.Equal(t, []string{"/ connection up>lost cannot connect", "/ connection lost>up after 5s", "/s/f/c state queued>active"}, told)
	require.Equal(t, 3, lost)
	require.Equal(t, []time.Duration{2 * time.Second, time.Second, 1500 * time.Millisecond, 2250 * time.Millisecond, 2 * time.Second}, s.pauses)

	for _, bad := range []error{fault.New(fault.Auth, "no"), fault.New(fault.TLSUntrusted, "no"), fault.New(fault.Refused, "no")} {
		s = newSource(t, nothing, breaks(bad))
		require.ErrorIs(t, s.watcher("/s").Run(ctx, time.Time{}, never), bad, "no time heals this")
	}
	s = newSource(t, breaks(gone))
	require.ErrorIs(t, s.watcher().Run(ctx, time.Time{}, never), gone, "nobody was there at all")
}

func never(*watch.Look) (bool, error) { return false, nil }

func TestRun_pace(t *testing.T) {
	s := newSource(t, nothing)
	err := s.watcher("/s").Run(ctx, s.now.Add(20*time.Minute), never)
	require.ErrorIs(t, err, watch.ErrTime)
	require.Equal(t, 2*time.Second, s.pauses[29])
	last := len(s.pauses) - 1
	require.Equal(t, 10*time.Second, s.pauses[last-1], "nothing happens, so it is looked less often")
	require.LessOrEqual(t, s.pauses[last], 10*time.Second)
	require.Equal(t, time.Date(2026, 1, 1, 12, 20, 0, 0, time.UTC), s.now, "the last look is at the end")

	slow := func(s *source) error { s.now = s.now.Add(4 * time.Second); return nil }
	s = newSource(t, slow, slow)
	require.ErrorIs(t, s.watcher("/s").Run(ctx, s.now.Add(18*time.Second), never), watch.ErrTime)
	require.Equal(t, []time.Duration{12 * time.Second, 0}, append(s.pauses, 0)[:2], "a slow server is left alone")

	failures := make([]step, 0, 30)
	for range 30 {
		failures = append(failures, breaks(fault.New(fault.Connect, "gone")))
	}
	s = newSource(t, append([]step{nothing}, failures...)...)
	require.ErrorIs(t, s.watcher("/s").Run(ctx, s.now.Add(10*time.Minute), never), watch.ErrTime)
	require.Equal(t, 30*time.Second, s.pauses[20])
}

func TestRun_ends(t *testing.T) {
	s := newSource(t)
	stop := errors.New("stop")
	require.ErrorIs(t, s.watcher().Run(ctx, time.Time{}, func(*watch.Look) (bool, error) { return false, stop }), stop)
	interrupted, cancel := context.WithCancelCause(ctx)
	err := s.watcher().Run(interrupted, time.Time{}, func(*watch.Look) (bool, error) { cancel(stop); return false, nil })
	require.ErrorIs(t, err, stop)
	require.ErrorIs(t, s.watcher("/s").Run(interrupted, time.Time{}, never), stop)
	require.Empty(t, s.handles, "nothing was registered for nobody")
}

func TestNew_paths(t *testing.T) {
	for _, bad := range []string{"s", "", "./s", "s/f"} {
		_, err := watch.New(newSource(t), watch.Options{Paths: []string{"/s", bad}})
		require.ErrorIs(t, err, fault.Argument, bad)
	}
	s := newSource(t, nothing)
	_, last := looks(t, s, "/r/", "/s/f/g", "/s//f", "/s/f/b")
	require.Equal(t, 5, last.Progress.Tasks, "each is counted once")
	require.Contains(t, s.asked, "register r s")
}
