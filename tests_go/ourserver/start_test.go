package ourserver

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs/text"
)

func freePort(t *testing.T) string {
	t.Helper()
	for port := 20000 + os.Getpid()%9000; ; port++ {
		if l, err := net.Listen("tcp", ":"+strconv.Itoa(port)); err == nil {
			require.NoError(t, l.Close())
			return strconv.Itoa(port)
		}
	}
}

// What the scripts ecflow_start and ecflow_stop do.
func TestStartStop(t *testing.T) {
	path, port, home := binary(t), freePort(t), t.TempDir()
	run := func(arguments ...string) (string, int) {
		cmd := exec.Command(path, arguments...)
		cmd.Env = append(os.Environ(), "HOME="+home)
		out, _ := cmd.CombinedOutput()
		return string(out), cmd.ProcessState.ExitCode()
	}
	t.Cleanup(func() { run("stop", "-p", port) })
	out, code := run("start", "-p", port)
	require.Zero(t, code, out)
	require.Contains(t, out, "Port Number : "+port+"\n")
	name, err := os.Hostname()
	require.NoError(t, err)
	c, err := client.New(client.Options{Host: name, Port: port, Attempts: 1})
	require.NoError(t, err)
	d, err := text.ParseString("suite s\nendsuite\n", text.Options{})
	require.NoError(t, err)
	require.NoError(t, c.LoadDefs(t.Context(), d, false))
	stats, err := c.Stats(t.Context())
	require.NoError(t, err)
	require.Contains(t, stats, "Status                          RUNNING\n")

	out, code = run("start", "-p", port)
	require.Zero(t, code, out)
	require.Contains(t, out, "server is already started")
	out, code = run("stop", "-p", port)
	require.Zero(t, code, out)
	require.Error(t, c.Ping(t.Context()))
	files := filepath.Join(home, "ecflow_server", name+"."+port)
	require.FileExists(t, files+".check")
	require.FileExists(t, files+".ecf.log")
	require.NoFileExists(t, files+".ecf.out")
	out, code = run("stop", "-p", port)
	require.Equal(t, 1, code)
	require.Contains(t, out, "has already been stopped")

	out, code = run("start", "-p", port, "-H", "-v", "-c")
	require.Zero(t, code, out)
	require.FileExists(t, files+".ecf.out")
	suites, err := c.Suites(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"s"}, suites)
	stats, err = c.Stats(t.Context())
	require.NoError(t, err)
	require.Contains(t, stats, "Status                          HALTED\n")
	_, code = run("stop", "-p", port)
	require.Zero(t, code)

	require.NoError(t, os.WriteFile(files+".check", []byte("garbage"), 0o600))
	require.NoError(t, os.Remove(files+".check.b"))
	out, code = run("start", "-p", port)
	require.Equal(t, 1, code)
	require.Contains(t, out, "Cannot start server, please handle the checkpoint file first")
	for _, wrong := range [][]string{{"start", "-x"}, {"stop", "now"}} {
		out, code = run(wrong...)
		require.Equal(t, 1, code)
		require.Contains(t, out, "Usage: ecflow_server "+wrong[0])
	}
	out, code = run("start", "-h")
	require.Zero(t, code)
	require.Contains(t, out, "-d <dir>")
}

// The same file is server and client, by the name it is called by.
func TestProgram_names(t *testing.T) {
	program := filepath.Join(t.TempDir(), "ecflow")
	out, err := exec.Command("go", "build", "-o", program, "../../cmd/ecflow").CombinedOutput()
	require.NoError(t, err, "%s", out)
	for name, arguments := range map[string][]string{"ecflow": {"server", "--version"}, "ecflow_server": {"--version"}} {
		link := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.Symlink(program, link))
		out, err := exec.Command(link, arguments...).CombinedOutput()
		require.NoError(t, err, "%s", out)
		require.Regexp(t, `^Ecflow version\(5\.19\.0\) ecflow-go\(`, string(out))
	}
	link := filepath.Join(t.TempDir(), "ecflow_stop")
	require.NoError(t, os.Symlink(program, link))
	out, err = exec.Command(link, "-h").CombinedOutput()
	require.NoError(t, err)
	require.Contains(t, string(out), "Usage: ecflow_server stop")
}
