package parallel

import (
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDo_eachOnce(t *testing.T) {
	before := runtime.NumGoroutine()
	for _, n := range []int{0, 1, 2, 1000} {
		seen := make([]atomic.Int32, n)
		Do(n, func(i int) { seen[i].Add(1) })
		for i := range seen {
			require.EqualValues(t, 1, seen[i].Load())
		}
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), before)
}

func TestDo_aPanicIsTheCallers(t *testing.T) {
	require.PanicsWithValue(t, "seven", func() {
		Do(100, func(i int) {
			if i == 7 {
				panic("seven")
			}
		})
	})
}

func TestSpare_leavesProcessorsToOthers(t *testing.T) {
	defer Spare(0)
	before := runtime.GOMAXPROCS(4 * runtime.NumCPU())
	defer runtime.GOMAXPROCS(before)
	require.Equal(t, runtime.NumCPU(), Workers())
	Spare(1)
	require.Equal(t, max(1, runtime.NumCPU()-1), Workers())
	Spare(1000)
	require.Equal(t, 1, Workers())
}
