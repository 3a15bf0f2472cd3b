//go:build unix

package listen

import (
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// Thousands of idle and half open connections, and strangers' bytes.
func TestServe_flood(t *testing.T) {
	var limit syscall.Rlimit
	require.NoError(t, syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit))
	n := int(min(2000, (limit.Cur-200)/2))
	s := open(t, Options{}, echo)
	for i := range n {
		c := s.dial()
		if i%2 == 0 {
			_, err := c.Write([]byte("   10"))
			require.NoError(t, err)
		}
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				require.Equal(t, framed("re:hello"), s.say(framed("hello"), false))
			}
		})
	}
	all.Wait()
	require.Empty(t, s.lines())
}
