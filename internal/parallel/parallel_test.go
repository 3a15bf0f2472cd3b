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
