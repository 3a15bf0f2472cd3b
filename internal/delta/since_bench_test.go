package delta_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// large has 100 suites of 10 families of 100 tasks with a meter and a label each: 101,100 nodes.
func large(b *testing.B) *defs.Defs {
	b.Helper()
	d := defs.New()
	for s := range 100 {
		suite, err := d.AddSuite(fmt.Sprint("s", s))
		require.NoError(b, err)
		for f := range 10 {
			family, err := suite.AddFamily(fmt.Sprint("f", f))
			require.NoError(b, err)
			for i := range 100 {
				task, err := family.AddTask(fmt.Sprint("t", i))
				require.NoError(b, err)
				require.NoError(b, task.AddMeter(defs.Meter{Name: "m", Max: 100, ColorChange: 100}))
				require.NoError(b, task.AddLabel(defs.Label{Name: "l"}))
			}
		}
	}
	return d
}

// BenchmarkSince is what a client is told that syncs after 5 changes of 101,100 nodes, of which 1,000 or all have changed
// before; encoded as it travels, too.
func BenchmarkSince(b *testing.B) {
	for _, before := range []int{0, 1000, 101_100} {
		d := large(b)
		d.Track()
		for n := range d.All() {
			if before--; before >= 0 {
				n.SetSuspended(true)
			}
		}
		was := delta.Of(d)
		for i := range 5 {
			require.NoError(b, d.Find(fmt.Sprintf("/s%d/f5/t50", 20*i)).ChangeMeter("m", 1+i))
		}
		var changes *wire.DefsDelta
		since := func() {
			changes, _ = delta.Since(d, d.Suites(), was, delta.Of(d), false)
		}
		name := fmt.Sprintf("known=%d", was.State)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				since()
			}
		})
		require.Len(b, changes.CompoundMementos, 5)
		b.Run(name+"/encoded", func(b *testing.B) {
			for b.Loop() {
				since()
				_, err := wire.EncodeReply(&wire.SSyncCmd{IncrementalChanges: *changes})
				require.NoError(b, err)
			}
		})
		b.Run(name+"/nothing", func(b *testing.B) {
			for b.Loop() {
				_, _ = delta.Since(d, d.Suites(), delta.Of(d), delta.Of(d), false)
			}
		})
	}
}

// BenchmarkTracking is what tracking costs where everything changes: all suites begin, all tasks become active.
func BenchmarkTracking(b *testing.B) {
	now := time.Date(2026, 3, 1, 11, 0, 0, 0, time.UTC)
	for _, tracked := range []bool{false, true} {
		d := large(b)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		if tracked {
			d.Track()
		}
		b.Run(fmt.Sprintf("begin/tracked=%v", tracked), func(b *testing.B) {
			for b.Loop() {
				for _, s := range d.Suites() {
					s.ResetBegin()
				}
				d.Begin(now)
			}
		})
		b.Run(fmt.Sprintf("active/tracked=%v", tracked), func(b *testing.B) {
			state := defs.Active
			for b.Loop() {
				for n := range d.All() {
					if n.Kind() == defs.KindTask {
						n.Become(state)
					}
				}
				state = defs.Active + defs.Submitted - state
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/101_100, "heap-B/node")
		})
	}
}
