package listen

import (
	"net"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// More ports than Go has places to run wait for connections, of TCP and of multipath TCP, on which nothing can be waited for
// for a moment only: all are served, and everything else runs on.
func TestDoors_leaveRoom(t *testing.T) {
	var config net.ListenConfig
	for i := range 2 * runtime.GOMAXPROCS(0) {
		config.SetMultipathTCP(i%2 == 0)
		socket, err := config.Listen(t.Context(), "tcp4", "127.0.0.1:0")
		require.NoError(t, err)
		s := open(t, Options{Socket: socket.(*net.TCPListener)}, echo)
		for range 3 {
			require.Equal(t, framed("re:a"), s.say(framed("a"), false))
		}
		begun := time.Now()
		for range 20 {
			time.Sleep(time.Millisecond)
		}
		require.Less(t, time.Since(begun), 5*time.Second)
	}
}

// A port on which connections follow each other gets its moments, one that is closed meanwhile is left at once.
func TestDoor_waitsForAMoment(t *testing.T) {
	s := open(t, Options{}, echo)
	door := s.door.(*linuxDoor)
	require.Eventually(t, func() bool {
		return door.brief.Load() || runtime.GOMAXPROCS(0) == 1
	}, 5*time.Second, time.Millisecond)
	for range 100 {
		require.Equal(t, framed("re:a"), s.say(framed("a"), false))
	}
	require.NoError(t, s.Close())
	require.True(t, door.closed)
}
