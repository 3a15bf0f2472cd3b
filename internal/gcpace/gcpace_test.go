package gcpace

import (
	"runtime/debug"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func pace() int {
	p := debug.SetGCPercent(100)
	debug.SetGCPercent(p)
	return p
}

func TestEase_theUsualPaceComesBack(t *testing.T) {
	before := pace()
	first, second := Ease(), Ease()
	require.Equal(t, percent, pace())
	first()
	first()
	require.Equal(t, percent, pace())
	second()
	require.Equal(t, before, pace())
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				Ease()()
			}
		})
	}
	all.Wait()
	require.Equal(t, before, pace())
}

func TestEase_leavesRarerPacesAlone(t *testing.T) {
	before := debug.SetGCPercent(-1)
	defer debug.SetGCPercent(before)
	restore := Ease()
	require.Equal(t, -1, pace())
	restore()
	require.Equal(t, -1, pace())
}

func TestEaseAndCollect_allIsAsBeforeInTheEnd(t *testing.T) {
	before := pace()
	for range 4 {
		restore := EaseAndCollect()
		require.Equal(t, percent, pace())
		restore()
		restore()
	}
	require.Eventually(t, func() bool { return pace() == before }, 10*time.Second, time.Millisecond)
}
