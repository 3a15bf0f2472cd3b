package top_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/gen/topscene"
)

// large is a tree of 101,100 nodes: 100 suites of 10 families of 100 tasks.
func large() *defs.Defs {
	d := defs.New()
	must := func(n *defs.Node, err error) *defs.Node {
		if err != nil {
			panic(err)
		}
		return n
	}
	for i := range 100 {
		suite := must(d.AddSuite(fmt.Sprintf("s%02d", i)))
		for j := range 10 {
			family := must(suite.AddFamily(fmt.Sprintf("f%d", j)))
			for k := range 100 {
				task := must(family.AddTask(fmt.Sprintf("t%02d", k)))
				task.AddVariable(defs.Variable{Name: "VAR", Value: "value"})
				task.SetState(defs.NState(k % 6))
			}
		}
	}
	return d
}

func largeStage(b testing.TB) *topscene.Stage {
	s := topscene.With(&topscene.Service{Tree: large()}, 120, 40)
	b.Cleanup(s.Close)
	s.Press("*")
	return s
}

func TestLarge_rows(t *testing.T) {
	s := largeStage(t)
	require.Contains(t, text(s.Screen()), "1/101101")
	s.Press("A", "G")
	require.Contains(t, text(s.Screen()), "201101/201101")
	require.Contains(t, row(s), "VAR = value")
}

// Folding replaces the rows below a node; the list has to be as if it were made anew.
func TestFolds_asListedAnew(t *testing.T) {
	s := stage(t)
	for _, keys := range [][]string{{"down"}, {"*"}, {"down", "down", "down"}, {"a"}, {"left"}, {"left"}, {"enter"}, {"enter"}, {"n"}, {"a"}, {"left", "-"}, {"A"}, {"-"}, {"G", "*"}, {"g", "*"}, {"g", "enter"}, {"enter"}} {
		s.Press(keys...)
		spliced := strings.Split(text(s.Screen()), "\n")
		s.Press("s", "s", "s") // another order, and back
		require.Equal(t, spliced[:38], strings.Split(text(s.Screen()), "\n")[:38], "%v", keys)
	}
}

// A frame: a key, and the screen after it. All 101,100 nodes are unfolded.
func BenchmarkFrame(b *testing.B) {
	for _, key := range []string{"down", "pgdown", "a", "enter"} {
		b.Run(key, func(b *testing.B) {
			s := largeStage(b)
			s.Press("down", "down", "down")
			b.ReportAllocs()
			for b.Loop() {
				s.Update(topscene.Key(key))
				s.View()
			}
		})
	}
}

// The first key after a sync that has changed a state.
func BenchmarkFrameAfterSync(b *testing.B) {
	s := largeStage(b)
	node := s.Services["one"].Tree.Find("/s50/f5/t50")
	b.ReportAllocs()
	for b.Loop() {
		node.SetState(defs.Active)
		s.Update(topscene.Key("down"))
		s.View()
	}
}

// All screens of searching and filtering look at the whole tree, beside the screen's goroutine.
func BenchmarkNextAborted(b *testing.B) {
	s := largeStage(b)
	b.ReportAllocs()
	for b.Loop() {
		s.Send(topscene.Key("n"))
	}
}

func BenchmarkFilter(b *testing.B) {
	s := largeStage(b)
	s.Press("f", "type:aborted t0", "enter")
	node := s.Services["one"].Tree.Find("/s50/f5/t50")
	b.ReportAllocs()
	for b.Loop() {
		node.SetState(defs.Active) // the tree has changed
		s.Send(topscene.Key("down"))
	}
}

// What a worker does after a sync that brought changes.
func BenchmarkSyncedAll(b *testing.B) {
	s := largeStage(b)
	node := s.Services["one"].Tree.Find("/s50/f5/t50")
	b.ReportAllocs()
	for b.Loop() {
		node.SetState(defs.Active)
		s.Sync()
	}
}
