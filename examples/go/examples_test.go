// Package examples_test builds the example programs and runs them against a
// server that answers from a script.
package examples_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// server answers like a server whose node is active once and then complete. It
// counts the requests by type and number.
type server struct {
	mu     sync.Mutex
	asked  []wire.PathsAPI
	states []string
}

func (s *server) answer(r wire.Request) wire.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch c := r.(type) {
	case *wire.ServerVersionCmd:
		return &wire.SStringCmd{Str: "5.19.0"}
	case *wire.QueryCmd:
		state := s.states[0]
		if len(s.states) > 1 {
			s.states = s.states[1:]
		}
		return &wire.SStringCmd{Str: state}
	case *wire.PathsCmd:
		s.asked = append(s.asked, c.API)
	}
	return &wire.StcCmd{API: wire.StcOK}
}

func start(t *testing.T) (s *server, env []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s = &server{states: []string{"active", "complete"}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if payload, err := wire.ReadFrame(conn, 1<<20); err == nil {
				if r, err := wire.DecodeRequest(payload); err == nil {
					out, _ := wire.EncodeReply(s.answer(r))
					_ = wire.WriteFrame(conn, out)
				}
			}
			_ = conn.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	host, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	return s, []string{"ECF_HOST=" + host, "ECF_PORT=" + port, "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
}

func run(t *testing.T, name string, env []string, args ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), name)
	out, err := exec.Command("go", "build", "-o", program, "./"+name).CombinedOutput()
	require.NoError(t, err, "%s", out)
	cmd := exec.Command(program, args...)
	cmd.Env = env
	out, err = cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}

func TestPing(t *testing.T) {
	_, env := start(t)
	require.Contains(t, run(t, "ping", env), "version 5.19.0")
}

func TestHold(t *testing.T) {
	s, env := start(t)
	require.Contains(t, run(t, "hold", env, "/s"), "/s is held and idle")
	s.mu.Lock()
	defer s.mu.Unlock()
	require.Equal(t, []wire.PathsAPI{wire.PathsSuspend, wire.PathsResume}, s.asked)
}
