// Package examples_test runs the examples in Go and for the shell against a
// server of this module, or the original one that ECFLOW_SERVER names.
package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/ecftest"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

func TestMain(m *testing.M) { os.Exit(realserver.Run(m)) }

// server is where an example runs.
type server struct {
	environment []string
	client      *client.Client
	log         func() string
}

func start(t *testing.T) server {
	if os.Getenv("ECFLOW_SERVER") != "" {
		s := realserver.Start(t, realserver.Selected(t), realserver.Config{})
		c := s.Client()
		return server{s.Environment(), c, func() string {
			require.NoError(t, c.FlushLog(t.Context()))
			return s.Log()
		}}
	}
	s := ecftest.Run(t)
	return server{s.Environment(), s.Client(t), s.Log}
}

func run(t *testing.T, name string, env []string, args ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), name)
	out, err := exec.Command("go", "build", "-o", program, "./go/"+name).CombinedOutput()
	require.NoError(t, err, "%s", out)
	cmd := exec.Command(program, args...)
	cmd.Env = env
	out, err = cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}

func TestPing(t *testing.T) {
	s := start(t)
	version, err := s.client.ServerVersion(t.Context())
	require.NoError(t, err)
	require.Contains(t, run(t, "ping", s.environment), "version "+version)
}

func TestHold(t *testing.T) {
	s := start(t)
	d, err := text.ParseString("suite s\n task t\nendsuite", text.Options{})
	require.NoError(t, err)
	require.NoError(t, s.client.LoadDefs(t.Context(), d, false))
	require.Contains(t, run(t, "hold", s.environment, "/s"), "/s is held and idle")
	log := s.log()
	require.Contains(t, log, "--suspend /s ")
	require.Contains(t, log, "--resume /s ")
}
