package transport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/stretchr/testify/require"
)

// startPeer runs script for every connection to a loopback listener, and sees
// to it that nothing is left of it when the test ends.
func startPeer(t testing.TB, script func(net.Conn)) Endpoint {
	return startPeerOn(t, "127.0.0.1:0", script)
}

func startPeerOn(t testing.TB, addr string, script func(net.Conn)) Endpoint {
	t.Helper()
	listener, err := net.Listen("tcp", addr)
	require.NoError(t, err)
	var all sync.WaitGroup
	var mu sync.Mutex
	var conns []net.Conn
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			conns = append(conns, conn)
			mu.Unlock()
			all.Go(func() {
				defer conn.Close()
				script(conn)
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		mu.Lock()
		for _, conn := range conns {
			conn.Close()
		}
		mu.Unlock()
		all.Wait()
	})
	host, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	return Endpoint{host, port}
}

// answer plays a server: it takes one request and replies.
func answer(reply string) func(net.Conn) {
	return func(conn net.Conn) {
		if _, err := wire.ReadFrame(conn, 0); err == nil {
			_ = wire.WriteFrame(conn, []byte(reply))
		}
	}
}

// raw takes one request and sends bytes as they are.
func raw(data string) func(net.Conn) {
	return func(conn net.Conn) {
		if _, err := wire.ReadFrame(conn, 0); err == nil {
			_, _ = io.WriteString(conn, data)
		}
	}
}

// swallow reads all there is and says nothing.
func swallow(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }

// reset closes with a reset instead of an orderly end.
func reset(conn net.Conn) {
	_ = conn.(*net.TCPConn).SetLinger(0)
	conn.Close()
}

// requireFault runs an exchange that must fail, and checks that nothing of it
// is left the moment it returns.
func requireFault(t *testing.T, ctx context.Context, ep Endpoint, cfg *Config, kind fault.Kind) *fault.Error {
	t.Helper()
	// Real requests have line ends too, which is what makes an HTTP server answer.
	reply, err := Exchange(ctx, ep, cfg, []byte("{\n\"a\": 1\n}\n\n"))
	requireNothingLeft(t)
	require.Nil(t, reply)
	var e *fault.Error
	require.True(t, errors.As(err, &e), "%v", err)
	require.Equal(t, kind, e.Kind, "%v", err)
	require.Equal(t, ep.String(), e.Addr)
	require.NotEmpty(t, e.Msg)
	return e
}

// requireNothingLeft looks for goroutines that an exchange may have started:
// its own, the net package's for connecting, and those of contexts.
func requireNothingLeft(t *testing.T) {
	t.Helper()
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for _, one := range bytes.Split(stacks, []byte("\n\n"))[1:] {
		text := string(one)
		for _, trace := range []string{"transport.(*exchange)", "transport.(*link)", "net.(*netFD).connect", "context.AfterFunc", "crypto/tls.(*Conn).handshakeContext.func"} {
			if strings.Contains(text, trace) && !strings.Contains(text, "transport.startPeer") {
				require.Fail(t, "a goroutine is left", text)
			}
		}
	}
}

// openSockets counts this process's sockets, or gives -1 where that cannot be told.
func openSockets() int {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return -1
	}
	n := 0
	for _, entry := range entries {
		if to, err := os.Readlink("/proc/self/fd/" + entry.Name()); err == nil && strings.HasPrefix(to, "socket:") {
			n++
		}
	}
	return n
}

func TestMain(m *testing.M) {
	before := openSockets()
	code := m.Run()
	// A closed socket leaves the table when the last user of it has let go.
	for wait := 0; openSockets() > before && wait < 50; wait++ {
		time.Sleep(10 * time.Millisecond)
	}
	if left := openSockets() - before; left > 0 && code == 0 {
		println("sockets left open:", left)
		code = 1
	}
	os.Exit(code)
}
