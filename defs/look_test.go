package defs_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
)

// gaze is a definition, and a look at it that stops after each task.
type gaze struct {
	*defs.Defs
	look  defs.Look
	paths []string // of the tasks that were submitted
}

func newGaze(t *testing.T, source string) *gaze {
	t.Helper()
	now := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	d, err := text.ParseString(source, text.Options{})
	require.NoError(t, err)
	d.SetHost(&defs.Host{Now: func() time.Time { return now }})
	d.Track()
	d.Begin(now)
	return &gaze{Defs: d}
}

func (g *gaze) submit(n *defs.Node) bool {
	g.paths = append(g.paths, n.Path())
	n.JobSubmitted(0)
	return false
}

// step goes on up to the next task, and gives its path, "" if the look is over.
func (g *gaze) step() string {
	g.paths = nil
	if g.look.Resolve(g.Defs, g.submit) {
		return ""
	}
	return g.paths[0]
}

// rest is what is submitted until the look is over.
func (g *gaze) rest() string {
	var all []string
	for path := g.step(); path != ""; path = g.step() {
		all = append(all, path)
	}
	return strings.Join(all, " ")
}

const sight = `suite a
task before
trigger /b/f/t2 == submitted
endsuite
suite b
family f
task t1
task t2
family g
task u1
task u2
endfamily
task t3
endfamily
task v
endsuite
suite c
task w
endsuite
`

func TestLook_goesOnWhereItStopped(t *testing.T) {
	g := newGaze(t, sight)
	require.False(t, g.look.Stopped())
	require.Equal(t, "/b/f/t1", g.step())
	require.True(t, g.look.Stopped())
	require.False(t, g.look.Outdated(g.Defs))
	mark := func() { g.SetFlag(g.Flag().With(defs.FlagMessage)) }
	g.look.Ignore(g.Defs, mark)
	require.False(t, g.look.Outdated(g.Defs))
	require.Equal(t, "/b/f/t2 /b/f/g/u1 /b/f/g/u2 /b/f/t3 /b/v /c/w", g.rest())
	require.False(t, g.look.Stopped())
	require.Equal(t, "/a/before", g.rest(), "the next look begins at the front")
	require.Empty(t, g.rest())
}

func TestLook_whatHasChangedMeanwhile(t *testing.T) {
	another := func(t *testing.T, g *gaze, begun bool) {
		t.Helper()
		require.NoError(t, g.Find("/b").Remove())
		s, err := defs.NewSuite("b")
		require.NoError(t, err)
		_, err = s.AddTask("other")
		require.NoError(t, err)
		require.NoError(t, g.Add(s, 1))
		if begun {
			require.NoError(t, s.Begin(time.Now()))
		}
	}
	for name, one := range map[string]struct {
		change func(t *testing.T, g *gaze) // once /b/f/g/u1 is submitted
		rest   string
	}{
		"the task is deleted":       {func(t *testing.T, g *gaze) { require.NoError(t, g.Find("/b/f/g/u1").Remove()) }, "/b/f/g/u2 /b/f/t3 /b/v /c/w"},
		"one before it is deleted":  {func(t *testing.T, g *gaze) { require.NoError(t, g.Find("/b/f/t1").Remove()) }, "/b/f/g/u2 /b/f/t3 /b/v /c/w"},
		"its family is deleted":     {func(t *testing.T, g *gaze) { require.NoError(t, g.Find("/b/f/g").Remove()) }, "/b/f/t3 /b/v /c/w"},
		"its suite is deleted":      {func(t *testing.T, g *gaze) { require.NoError(t, g.Find("/b").Remove()) }, "/c/w"},
		"its family is emptied":     {func(t *testing.T, g *gaze) { require.NoError(t, g.Find("/b/f").ReplaceChildren(nil)) }, "/b/v /c/w"},
		"its family is moved":       {func(t *testing.T, g *gaze) { require.NoError(t, g.Find("/b/f/g").MoveTo(g.Find("/c"))) }, "/b/f/t3 /b/v /c/w /c/g/u2"},
		"all is deleted":            {func(t *testing.T, g *gaze) { g.Become(defs.New()) }, ""},
		"its family is suspended":   {func(_ *testing.T, g *gaze) { g.Find("/b/f/g").SetSuspended(true) }, "/b/f/t3 /b/v /c/w"},
		"one above is suspended":    {func(_ *testing.T, g *gaze) { g.Find("/b/f").SetSuspended(true) }, "/b/v /c/w"},
		"its suite is suspended":    {func(_ *testing.T, g *gaze) { g.Find("/b").SetSuspended(true) }, "/c/w"},
		"its family is held":        {func(t *testing.T, g *gaze) { require.NoError(t, g.Find("/b/f").AddTrigger("/c/w == complete")) }, "/b/v /c/w"},
		"one behind it is held":     {func(t *testing.T, g *gaze) { require.NoError(t, g.Find("/b/f/t3").AddTrigger("/c/w == complete")) }, "/b/f/g/u2 /b/v /c/w"},
		"the server is halted":      {func(_ *testing.T, g *gaze) { g.SetServerState(defs.Halted) }, ""},
		"a task before it is freed": {func(_ *testing.T, g *gaze) { g.Find("/b/f/t1").Become(defs.Queued) }, "/b/f/g/u2 /b/f/t3 /b/v /c/w"},
		"the rest stands before it": {func(t *testing.T, g *gaze) { require.NoError(t, g.Find("/b/f/g").Order(defs.OrderBottom)) }, "/b/f/g/u2 /b/v /c/w"},
		"its suite is another":      {func(t *testing.T, g *gaze) { another(t, g, true) }, "/b/other /c/w"},
		"its suite has not begun":   {func(t *testing.T, g *gaze) { another(t, g, false) }, "/c/w"},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGaze(t, sight)
			for g.step() != "/b/f/g/u1" {
			}
			one.change(t, g)
			require.True(t, g.look.Outdated(g.Defs))
			require.Equal(t, one.rest, g.rest())
			require.False(t, g.look.Stopped())
		})
	}
}

// What was decided on the way down stands while nothing but the look itself changes anything, as in one that does not stop.
func TestLook_whatItChangesItself(t *testing.T) {
	g := newGaze(t, "suite s\nlimit l 1\nfamily f\ninlimit /s:l\ntrigger f/a == queued\ntask a\ntask b\ninlimit /s:l\ntask c\ncomplete a == submitted\nendfamily\nendsuite\n")
	require.Equal(t, "/s/f/a", g.rest())
	require.Equal(t, []defs.NState{defs.Queued, defs.Complete}, []defs.NState{g.Find("/s/f/b").State(), g.Find("/s/f/c").State()})
}

func TestLook_triesATaskAgain(t *testing.T) {
	g := newGaze(t, sight)
	require.Equal(t, "/b/f/t1", g.step())
	require.False(t, g.look.Resolve(g.Defs, func(*defs.Node) bool { return false }))
	g.look.Again()
	require.Equal(t, "/b/f/t2 /b/f/g/u1 /b/f/g/u2 /b/f/t3 /b/v /c/w", g.rest())
	g.look.Again()
	require.Equal(t, "/a/before", g.rest())
}

func TestLook_below(t *testing.T) {
	g := newGaze(t, sight)
	require.False(t, g.look.ResolveBelow(g.Find("/b/f"), g.submit))
	require.Equal(t, "/b/f/t2 /b/f/g/u1 /b/f/g/u2 /b/f/t3", g.rest())
	require.Equal(t, "/a/before /b/v /c/w", g.rest())

	g = newGaze(t, sight)
	require.True(t, g.look.ResolveBelow(g.Find("/c/w"), g.submit), "there is no more")
	require.Equal(t, []string{"/c/w"}, g.paths)
	for name, change := range map[string]func(g *gaze){
		"gone":      func(g *gaze) { require.NoError(t, g.Find("/b/f").Remove()) },
		"suspended": func(g *gaze) { g.Find("/b").SetSuspended(true) },
	} {
		g := newGaze(t, sight)
		require.False(t, g.look.ResolveBelow(g.Find("/b/f"), g.submit), name)
		change(g)
		require.Empty(t, g.rest(), name)
		require.False(t, g.look.Stopped(), name)
	}
}
