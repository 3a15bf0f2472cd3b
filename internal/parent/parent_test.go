//go:build unix

package parent

import (
	"io"
	"net"
	"os"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

// handed is a copy of a file as a child would inherit it: a number that nobody else closes.
func handed(t *testing.T, f interface{ Fd() uintptr }) string {
	t.Helper()
	fd, err := syscall.Dup(int(f.Fd()))
	require.NoError(t, err)
	return strconv.Itoa(fd)
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() { _ = r.Close(); _ = w.Close() })
	return r, w
}

func TestTake_all(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(t, err)
	file, err := l.(*net.TCPListener).File()
	require.NoError(t, err)
	require.NoError(t, l.Close())
	readyR, readyW := pipe(t)
	untilR, untilW := pipe(t)
	p, rest, err := Take([]string{
		"--port", "1", "--listen-fd", handed(t, file), "--ready-fd=" + handed(t, readyW), "--until-eof-fd", handed(t, untilR), "--ssl", "--new-certificate",
	})
	require.NoError(t, err)
	require.Equal(t, []string{"--port", "1", "--ssl"}, rest)
	require.True(t, p.NewCertificate)
	require.Equal(t, l.Addr().String(), p.Socket.Addr().String())
	require.Equal(t, "localhost", p.Host("a name"))
	require.True(t, p.Owned())

	require.NoError(t, p.Ready(7))
	require.NoError(t, p.Ready(8)) // once is enough
	require.NoError(t, readyW.Close())
	text, err := io.ReadAll(readyR)
	require.NoError(t, err)
	require.Equal(t, "{\"port\": 7}\n", string(text))

	ctx, cancel := p.Within(t.Context())
	defer cancel()
	require.NoError(t, ctx.Err())
	require.NoError(t, untilR.Close())
	require.NoError(t, untilW.Close())
	select {
	case <-ctx.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("the parent is gone and nobody has noticed")
	}
	require.NoError(t, p.Socket.Close())
}

func TestTake_nothing(t *testing.T) {
	p, rest, err := Take([]string{"--port=3141"})
	require.NoError(t, err)
	require.Equal(t, []string{"--port=3141"}, rest)
	require.Nil(t, p.Socket)
	require.Equal(t, "a name", p.Host("a name"))
	require.False(t, p.Owned() || p.NewCertificate)
	require.NoError(t, p.Ready(1))
	ctx, cancel := p.Within(t.Context())
	require.NoError(t, ctx.Err())
	cancel()
}

func TestTake_refuses(t *testing.T) {
	r, _ := pipe(t)
	for _, args := range [][]string{
		{"--listen-fd"}, {"--listen-fd", "x"}, {"--listen-fd", "-1"}, {"--listen-fd", "0"}, {"--listen-fd", handed(t, r)},
		{"--ready-fd", "2"}, {"--ready-fd", "99999"}, {"--until-eof-fd=99999"}, {"--until-eof-fd="},
	} {
		_, _, err := Take(args)
		require.Equal(t, fault.Argument, fault.KindOf(err), "%q: %v", args, err)
	}
}
