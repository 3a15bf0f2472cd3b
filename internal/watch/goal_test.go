package watch_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/expr"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/watch"
)

func states(t *testing.T, list string) watch.States {
	t.Helper()
	s, err := watch.ParseStates(list)
	require.NoError(t, err)
	return s
}

func expression(t *testing.T, text string) *expr.Expr {
	t.Helper()
	e, err := expr.Parse(text)
	require.NoError(t, err)
	return e
}

func TestParseStates(t *testing.T) {
	require.Equal(t, "complete,suspended", states(t, " suspended, complete,,").String())
	require.Zero(t, states(t, ""))
	_, err := watch.ParseStates("complete,done")
	require.ErrorIs(t, err, fault.Argument)
	require.ErrorContains(t, err, "there is no state done")
	require.True(t, states(t, "active").Names("active"))
	require.False(t, states(t, "unknown").Names("nonsense"))
}

func FuzzParseStates(f *testing.F) {
	f.Add("complete,aborted")
	f.Add(",, x")
	f.Fuzz(func(t *testing.T, list string) {
		s, err := watch.ParseStates(list)
		if err != nil {
			require.ErrorIs(t, err, fault.Argument)
			return
		}
		again, err := watch.ParseStates(s.String())
		require.NoError(t, err)
		require.Equal(t, s, again)
	})
}

func TestGoal(t *testing.T) {
	d := parse(t, definition)
	d.Find("/s/f/g").SetSuspended(true)
	d.Find("/r/u").SetState(defs.Aborted)
	d.Find("/r/u").SetJob("", "", "no disk", 2)
	d.Find("/r").SetState(defs.Aborted)
	for name, c := range map[string]struct {
		paths, until, expr, failOn string
		any                        bool
		reached, failed            bool
		facts                      []string
	}{
		"reached":                 {paths: "/s/f/a", until: "complete", reached: true, facts: []string{"/s/f/a is complete"}},
		"not yet":                 {paths: "/s/f/a /s/f/b", until: "complete", facts: []string{"/s/f/b is active"}},
		"any":                     {paths: "/s/f/b /s/f/a", until: "complete", any: true, reached: true, facts: []string{"/s/f/a is complete"}},
		"one of several states":   {paths: "/s/f/a /s/f/b/", until: "complete,active", reached: true, facts: []string{"/s/f/a is complete", "/s/f/b/ is active"}},
		"suspended":               {paths: "/s/f/g", until: "suspended", reached: true, facts: []string{"/s/f/g is queued, suspended"}},
		"suspended is queued too": {paths: "/s/f/g", until: "queued", reached: true, facts: []string{"/s/f/g is queued, suspended"}},
		"failed":                  {paths: "/s/f/b /r/u", until: "complete", failOn: "aborted", failed: true, facts: []string{"/r/u is aborted (no disk)"}},
		"failed, not to matter":   {paths: "/s/f/b /r/u", until: "complete", facts: []string{"/s/f/b is active", "/r/u is aborted (no disk)"}},
		"one may yet":             {paths: "/s/f/b /r/u", until: "complete", failOn: "aborted", any: true, facts: []string{"/r/u is aborted (no disk)", "/s/f/b is active"}},
		"none can":                {paths: "/r /r/u", until: "complete", failOn: "aborted", any: true, failed: true, facts: []string{"/r is aborted", "/r/u is aborted (no disk)"}},
		"wanted goes before":      {paths: "/r", until: "aborted", failOn: "aborted", reached: true, facts: []string{"/r is aborted"}},
		"expression":              {expr: "/s/f:N == 1 and /s/f/a == complete", reached: true},
		"expression, not yet": {expr: "/s/f/b:steps ge 20 or /r == complete", facts: []string{"the expression does not hold",
			"no: one of these must hold", "  no: /s/f/b:steps >= 20 (meter /s/f/b:steps is 0)", "  no: /r == complete (/r is aborted)"}},
		"seen from a node":       {paths: "/s/f/b", expr: "a == complete and :N == 1 and ../f<flag>late == 0", reached: true, facts: []string{"/s/f/b is active"}},
		"flag of the server":     {expr: "/<flag>late", facts: []string{"the expression does not hold", "no: /<flag>late (/<flag>late is not set)"}},
		"state and expression":   {paths: "/s/f/a /s/f/b", until: "complete", expr: ":N == 1", facts: []string{"/s/f/b is active"}},
		"failed before it holds": {paths: "/r/u", expr: "/s == complete", failOn: "aborted", failed: true, facts: []string{"/r/u is aborted (no disk)"}},
	} {
		t.Run(name, func(t *testing.T) {
			g := watch.Goal{Paths: words(c.paths), States: states(t, c.until), FailOn: states(t, c.failOn), Any: c.any}
			if c.expr != "" {
				g.Expr = expression(t, c.expr)
			}
			v, err := g.Judge(d)
			require.NoError(t, err)
			require.Equal(t, c.reached, v.Reached)
			require.Equal(t, c.failed, v.Failed)
			if c.facts != nil {
				require.Equal(t, c.facts, v.Facts)
			}
		})
	}
}

func words(text string) []string {
	var found []string
	for len(text) > 0 {
		i := 0
		for i < len(text) && text[i] != ' ' {
			i++
		}
		found = append(found, text[:i])
		text = text[min(i+1, len(text)):]
	}
	return found
}

func TestGoal_missing(t *testing.T) {
	d := parse(t, definition)
	empty := defs.New()
	for name, g := range map[string]watch.Goal{
		"node":               {Paths: []string{"/s", "/nosuch"}, States: states(t, "active")},
		"below a task":       {Paths: []string{"/s/f/a/x"}, States: states(t, "active")},
		"in the expression":  {Expr: expression(t, "/s/f/nosuch == complete")},
		"attribute":          {Expr: expression(t, "/s/f:nosuch == 0")},
		"seen from the node": {Paths: []string{"/s/f/b"}, Expr: expression(t, ":nosuch == 0")},
		"all":                {Expr: expression(t, "/x == unknown and /y == unknown")},
	} {
		for _, d := range []*defs.Defs{d, empty} {
			v, err := g.Judge(d)
			require.ErrorIs(t, err, fault.NotFound, name)
			require.False(t, v.Reached, name)
			g.Await = true
			v, err = g.Judge(d)
			require.NoError(t, err, name)
			require.False(t, v.Reached || v.Failed, name)
			require.NotEmpty(t, v.Missing, name)
			require.NotEmpty(t, v.Facts, name)
			g.Await = false
		}
	}
	_, err := (&watch.Goal{Paths: []string{"/a", "/b"}}).Judge(d)
	require.ErrorContains(t, err, "/a, /b are not on the server")
}

// A task that has tries left is not given up, until the server has had its turn.
func TestWait_aborted(t *testing.T) {
	abort := func(try int) step {
		return func(s *source) error {
			b := s.current.Find("/s/f/b")
			b.SetJob("", "", "no disk", try)
			b.SetState(defs.Aborted)
			b.Parent().SetState(defs.Aborted)
			s.changed = []string{"/s/f/b", "/s/f"}
			return nil
		}
	}
	run := func(s *source, g *watch.Goal, timeout time.Duration) (watch.Outcome, watch.Verdict, time.Duration) {
		t.Helper()
		began := s.now
		outcome, verdict, err := watch.Wait(ctx, s.watcher(g.Paths...), g, timeout, nil)
		require.NoError(t, err)
		return outcome, verdict, s.now.Sub(began)
	}
	goal := &watch.Goal{Paths: []string{"/s/f"}, States: states(t, "complete"), FailOn: states(t, "aborted")}

	s := newSource(t, nothing, abort(1), become(defs.Active, "/s/f/b", "/s/f"), nothing, abort(2))
	outcome, verdict, took := run(s, goal, watch.Forever)
	require.Equal(t, watch.Failed, outcome)
	require.Equal(t, []string{"/s/f is aborted"}, verdict.Facts)
	require.Equal(t, 8*time.Second, took)

	s = newSource(t, nothing, abort(1))
	outcome, _, took = run(s, goal, watch.Forever)
	require.Equal(t, watch.Failed, outcome, "it is never tried again")
	require.InDelta(t, 67, took.Seconds(), 4)

	s = newSource(t, abort(1))
	outcome, _, _ = run(s, goal, 0)
	require.Equal(t, watch.TimedOut, outcome, "nobody knows")

	s = newSource(t, abort(1), become(defs.Complete, "/s/f/b", "/s/f"))
	outcome, verdict, _ = run(s, goal, watch.Forever)
	require.Equal(t, watch.Reached, outcome)
	require.Equal(t, []string{"/s/f is complete"}, verdict.Facts)

	// A family that somebody has set aborted stays so.
	outcome, _, took = run(newSource(t, become(defs.Aborted, "/s/f")), goal, watch.Forever)
	require.Equal(t, watch.Failed, outcome)
	require.Zero(t, took)
}

func TestWait(t *testing.T) {
	goal := &watch.Goal{Paths: []string{"/s/f/c"}, States: states(t, "complete")}
	s := newSource(t, nothing, become(defs.Active, "/s/f/c"), breaks(fault.New(fault.Connect, "gone")), become(defs.Complete, "/s/f/c"))
	var told []string
	outcome, _, err := watch.Wait(ctx, s.watcher("/s/f/c"), goal, time.Hour, func(l *watch.Look) error { told = append(told, tell(l.Changes)...); return nil })
	require.NoError(t, err)
	require.Equal(t, watch.Reached, outcome)
	require.Equal(t, []string{"/s/f/c state queued>active", "/ connection up>lost gone", "/ connection lost>up after 1s", "/s/f/c state active>complete"}, told)

	s = newSource(t)
	outcome, verdict, err := watch.Wait(ctx, s.watcher("/s/f/c"), goal, 5*time.Second, nil)
	require.NoError(t, err)
	require.Equal(t, watch.TimedOut, outcome)
	require.Equal(t, []string{"/s/f/c is queued"}, verdict.Facts)
	require.Equal(t, []time.Duration{2 * time.Second, 2 * time.Second, time.Second}, s.pauses)
	require.Equal(t, "timeout", outcome.String())

	s = newSource(t)
	outcome, _, err = watch.Wait(ctx, s.watcher("/s/f/c"), goal, 0, nil)
	require.NoError(t, err)
	require.Equal(t, watch.TimedOut, outcome)
	require.Empty(t, s.pauses)
}

func TestWait_nodesThatAreNotThere(t *testing.T) {
	goal := &watch.Goal{Paths: []string{"/q"}, States: states(t, "queued")}
	_, _, err := watch.Wait(ctx, newSource(t).watcher("/q"), goal, watch.Forever, nil)
	require.ErrorIs(t, err, fault.NotFound)
	require.ErrorContains(t, err, "--wait-for-node")

	there := *goal
	there.Await = true
	s := newSource(t, nothing, nothing, replace("suite r", "suite q"))
	outcome, _, err := watch.Wait(ctx, s.watcher("/q"), &there, watch.Forever, nil)
	require.NoError(t, err)
	require.Equal(t, watch.Reached, outcome)

	goal = &watch.Goal{Paths: []string{"/r"}, States: states(t, "complete")}
	s = newSource(t, nothing, replace("suite r", "suite q"))
	_, _, err = watch.Wait(ctx, s.watcher("/r"), goal, watch.Forever, nil)
	require.ErrorIs(t, err, fault.NotFound)
	require.ErrorContains(t, err, "any more")
}

func TestWait_interrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(ctx)
	s := newSource(t, nothing, func(*source) error { cancel(); return fault.New(fault.Cancelled, "cancelled") })
	w := s.watcher("/s")
	_, _, err := watch.Wait(ctx, w, &watch.Goal{Paths: []string{"/s"}, States: states(t, "complete")}, time.Hour, nil)
	require.ErrorIs(t, err, context.Canceled)
	require.NoError(t, w.Close(ctx))
	require.Empty(t, s.handles)
}

// What an expression needs is asked from the server, and no more.
func TestNew_expressions(t *testing.T) {
	for text, c := range map[string]struct {
		from, handle string
		bad          bool
	}{
		"/s/f:N ge 3":                       {handle: "s"},
		"/r == complete and /s/f == active": {handle: "r s"},
		"/<flag>late":                       {},
		"f == complete":                     {bad: true},
		":N == 1":                           {bad: true},
		"a == complete":                     {from: "/s/f/b", handle: "s"},
		"../f/a == complete":                {from: "/s/f/b", handle: "s"},
		"../../r == complete":               {from: "/s/f/b"},
		"r == complete":                     {from: "/s"},
		"../s == complete":                  {from: "/s/f"},
		":N == 1 and /r:X == 2":             {from: "/s/f/b", handle: "r s"},
	} {
		e, err := expr.Parse(text)
		if err == nil {
			s := newSource(t)
			o := s.options(words(c.from)...)
			o.Expr = e
			var w *watch.Watcher
			if w, err = watch.New(s, o); err == nil {
				_, err = w.Look(ctx)
				require.NoError(t, err)
				if c.handle == "" {
					require.NotContains(t, s.asked[0], "register", text)
				} else {
					require.Equal(t, "register "+c.handle, s.asked[0], text)
				}
			}
		}
		if c.bad {
			require.ErrorIs(t, err, fault.Argument, text)
		} else {
			require.NoError(t, err, text)
		}
	}
}
