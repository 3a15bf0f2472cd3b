package transport

import (
	"net"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestLink_raisesNoSignal runs itself in a child process that would be told of
// a SIGPIPE, and writes to a connection that the peer has reset.
func TestLink_raisesNoSignal(t *testing.T) {
	const sign = "ECFLOW_TEST_SIGPIPE"
	if os.Getenv(sign) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestLink_raisesNoSignal$", "-test.v")
		cmd.Env = append(os.Environ(), sign+"=1")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		return
	}
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, syscall.SIGPIPE)
	defer signal.Stop(caught)

	ep := startPeer(t, func(conn net.Conn) {
		time.Sleep(20 * time.Millisecond)
		reset(conn)
	})
	for _, guarded := range []bool{true, false} {
		conn, err := net.Dial("tcp", ep.String())
		require.NoError(t, err)
		defer conn.Close()
		time.Sleep(60 * time.Millisecond)
		if guarded {
			conn = newLink(conn)
		}
		for range 3 {
			_, err = conn.Write([]byte("x"))
			time.Sleep(20 * time.Millisecond)
		}
		require.ErrorIs(t, err, syscall.EPIPE)
		select {
		case <-caught:
			require.False(t, guarded, "SIGPIPE was raised")
		case <-time.After(100 * time.Millisecond):
			require.True(t, guarded, "a plain write raises it: the test can tell")
		}
	}
}
