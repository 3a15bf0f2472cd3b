package engine

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// bigYard has a tree of 101,100 nodes, all waiting but one task of each of the ten suites.
func bigYard(b *testing.B) *Engine {
	var text strings.Builder
	for s := range 10 {
		fmt.Fprintf(&text, "suite s%d\nedit ECF_NO_SCRIPT 1\nedit ECF_JOB_CMD true\ntask now\nmeter m 0 1000000\nlabel l ''\nevent e\n", s)
		for f := range 100 {
			fmt.Fprintf(&text, "family f%d\n", f)
			for t := range 100 {
				fmt.Fprintf(&text, "task t%d\ntrigger ", t)
				if t == 0 {
					fmt.Fprintf(&text, "/s%d/now == complete\n", s)
				} else {
					fmt.Fprintf(&text, "t%d == complete\n", t-1)
				}
			}
			text.WriteString("endfamily\n")
		}
		text.WriteString("endsuite\n")
	}
	e, err := New(Options{Log: &none{}, Host: "host", Port: "3141", Running: true})
	require.NoError(b, err)
	require.IsType(b, &wire.StcCmd{}, e.Handle(b.Context(), &wire.LoadDefsCmd{UserCmd: fred, Defs: text.String()}, Sender{}).Reply)
	require.IsType(b, &wire.StcCmd{}, e.Handle(b.Context(), &wire.BeginCmd{UserCmd: fred}, Sender{}).Reply)
	require.Equal(b, defs.Submitted, e.tree.Find("/s9/now").State())
	return e
}

// none is a log that keeps nothing.
type none struct{ lines }

func (*none) Write(defs.LogKind, string) {}

// BenchmarkChild is one command of a job in a big tree, without what it may set free.
func BenchmarkChild(b *testing.B) {
	e := bigYard(b)
	task := e.tree.Find("/s5/now")
	m := &wire.MeterCmd{TaskCmd: wire.TaskCmd{Path: "/s5/now", JobsPassword: task.Password()}, Name: "m"}
	for b.Loop() {
		m.Value = (m.Value + 1) % 1000000
		e.Handle(b.Context(), m, Sender{})
	}
}

// BenchmarkResolve looks for what a command of a job has set free in a big tree.
func BenchmarkResolve(b *testing.B) {
	e := bigYard(b)
	task := e.tree.Find("/s5/now")
	for b.Loop() {
		require.NoError(b, task.ChangeMeter("m", time.Now().Nanosecond()/1000))
		e.lookNow()
	}
}
