package interop

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/watch"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// cpu is the time that this process has computed.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkWatch is a look at 101,100 nodes, all of them or one suite: when nothing has changed, and when 1,000 tasks
// with the ten families above them have. cpu-µs/op is our own; ns/op includes the server's answer.
func BenchmarkWatch(b *testing.B) {
	server := realserver.Start(b, realserver.Selected(b), realserver.Config{})
	var text strings.Builder
	var tasks []string
	for s := range 100 {
		fmt.Fprintf(&text, "suite s%d\n", s)
		for f := range 10 {
			fmt.Fprintf(&text, "family f%d\n", f)
			for k := range 100 {
				fmt.Fprintf(&text, "task t%d\n", k)
				if s == 7 {
					tasks = append(tasks, fmt.Sprintf("/s7/f%d/t%d", f, k))
				}
			}
			text.WriteString("endfamily\n")
		}
		text.WriteString("endsuite\n")
	}
	path := filepath.Join(b.TempDir(), "large.def")
	require.NoError(b, os.WriteFile(path, []byte(text.String()), 0o600))
	other := server.Client()
	require.NoError(b, other.Load(ctx, path, true, false))
	for name, paths := range map[string][]string{"everything": nil, "one suite": {"/s7"}} {
		w, err := watch.New(server.Client(), watch.Options{Paths: paths})
		require.NoError(b, err)
		_, err = w.Look(ctx)
		require.NoError(b, err)
		measure := func(before func(b *testing.B)) func(b *testing.B) {
			return func(b *testing.B) {
				var spent time.Duration
				for b.Loop() {
					b.StopTimer()
					before(b)
					b.StartTimer()
					began := cpu()
					_, err := w.Look(ctx)
					spent += cpu() - began
					require.NoError(b, err)
				}
				b.ReportMetric(float64(spent.Microseconds())/float64(b.N), "cpu-µs/op")
			}
		}
		round := 0
		b.Run(name+"/quiet", measure(func(*testing.B) {}))
		b.Run(name+"/1000 tasks change", measure(func(b *testing.B) {
			round++
			require.NoError(b, other.ForceState(ctx, []client.State{client.StateActive, client.StateSubmitted}[round%2], tasks...))
		}))
		require.NoError(b, w.Close(ctx))
	}
}
