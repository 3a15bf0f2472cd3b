package watch_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
)

// large is a tree of 101,100 nodes: 100 suites of 10 families of 100 tasks, each task with a meter.
func large(t testing.TB) (*defs.Defs, []string) {
	var b strings.Builder
	var tasks []string
	b.WriteString("#5.19.0\ndefs_state NET state_change:3 modify_change:1\n")
	for s := range 100 {
		fmt.Fprintf(&b, "suite s%d\n", s)
		for f := range 10 {
			fmt.Fprintf(&b, "family f%d\n", f)
			for k := range 100 {
				fmt.Fprintf(&b, "task t%d # state:queued\nmeter m 0 100\n", k)
				tasks = append(tasks, fmt.Sprintf("/s%d/f%d/t%d", s, f, k))
			}
			b.WriteString("endfamily\n")
		}
		b.WriteString("endsuite\n")
	}
	return parse(t, b.String()), tasks
}

func BenchmarkLook_nothingChanges(b *testing.B) {
	s := newSource(b)
	s.current, _ = large(b)
	w := s.watcher()
	_, err := w.Look(ctx)
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = w.Look(ctx)
	}
}

func BenchmarkLook_thousandNodesChange(b *testing.B) {
	s := newSource(b)
	var tasks []string
	s.current, tasks = large(b)
	w := s.watcher()
	_, err := w.Look(ctx)
	require.NoError(b, err)
	var changed []string
	for i := 0; i < len(tasks); i += 100 {
		changed = append(changed, tasks[i])
	}
	b.ReportAllocs()
	round := 0
	for b.Loop() {
		b.StopTimer()
		round++
		s.steps = []step{become([]defs.NState{defs.Active, defs.Complete}[round%2], changed...)}
		b.StartTimer()
		look, _ := w.Look(ctx)
		require.Len(b, look.Changes, len(changed))
	}
}

func BenchmarkLook_first(b *testing.B) {
	d, _ := large(b)
	b.ReportAllocs()
	for b.Loop() {
		s := newSource(b)
		s.current = d
		_, err := s.watcher().Look(ctx)
		require.NoError(b, err)
	}
}

func BenchmarkLook_wholeAnew(b *testing.B) {
	s := newSource(b)
	s.current, _ = large(b)
	w := s.watcher()
	_, err := w.Look(ctx)
	require.NoError(b, err)
	two := [2]*defs.Defs{s.current, s.current.Clone()}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		s.current = two[i%2]
		look, err := w.Look(ctx)
		require.NoError(b, err)
		require.Empty(b, look.Changes)
	}
}
