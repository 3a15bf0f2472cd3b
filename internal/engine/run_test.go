package engine

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// With an interval of a second, each takes a minute of the suites' time.
func TestTick_shortInterval(t *testing.T) {
	b := newBench(t)
	b.opts.Interval = time.Second
	b.load("suite s\nclock real 1.1.2026\ntask t\ntime 00:02\nendsuite\n")
	require.Equal(t, "00:00", b.node("/s").Calendar().Suite.Format("15:04"))
	for _, want := range []string{"00:01", "00:02", "00:03"} {
		b.now = b.now.Add(time.Second)
		b.Tick(second(b.now))
		require.Equal(t, want, b.node("/s").Calendar().Suite.Format("15:04"))
	}
	require.Equal(t, "aborted", b.node("/s/t").State().String(), "it has no script")
}

// The first time that a server is RUNNING it looks twice, as the original: with its calendars, and for the request.
func TestRestart_looks(t *testing.T) {
	b := newBench(t)
	b.opts.Interval = time.Minute
	b.must(&wire.LoadDefsCmd{UserCmd: fred, Defs: "suite s\ntask t\nrepeat integer R 1 9\ncomplete not (/s == unknown)\nendsuite\n"})
	b.must(&wire.BeginCmd{UserCmd: fred})
	for _, want := range []int64{3, 4} {
		b.must(&wire.CtsCmd{UserCmd: fred, API: wire.CtsRestartServer})
		require.Equal(t, want, b.node("/s/t").Repeat().Value())
	}
}
