package runs

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/server"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

var originals, clients *realserver.Installation

func TestMain(m *testing.M) {
	wanted := os.Getenv(realserver.Variable)
	if wanted == "" {
		fmt.Println("runs: not asked for (" + realserver.Variable + " is not set)")
		return
	}
	var err error
	if originals, err = realserver.Find(wanted); err == nil {
		clients = originals
		if other := os.Getenv("ECFLOW_CLIENT"); other != "" {
			clients, err = realserver.Find(other)
		}
	}
	if err != nil {
		fmt.Println("runs:", err)
		os.Exit(1)
	}
	os.Exit(realserver.Run(m))
}

// place is a server to play on.
type place struct {
	t       *testing.T
	name    string
	port    string
	home    string // of the server: log, scripts, jobs
	bin     string // has ecflow_client
	logPath string
	client  *client.Client
}

// both runs f on the original's server and on ours, and gives what it gave for each.
func both[T any](t *testing.T, f func(p *place) T) (original, ours T) {
	t.Run("original", func(t *testing.T) { original = f(originalPlace(t)) })
	t.Run("ours", func(t *testing.T) { ours = f(ourPlace(t)) })
	return original, ours
}

func originalPlace(t *testing.T) *place {
	s := realserver.Start(t, originals, realserver.Config{})
	return newPlace(t, "original", s.Port, s.Home, s.File("log"))
}

func ourPlace(t *testing.T) *place {
	home := t.TempDir()
	s, port := ourServer(t, home, "0")
	t.Cleanup(func() { end(t, s) })
	return newPlace(t, "ours", port, home, filepath.Join(home, "log"))
}

// ourServer starts our server, on a port or on any.
func ourServer(t *testing.T, home, port string) (s *server.Server, at string) {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:"+port)
	require.NoError(t, err)
	at = strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	s, err = server.Start(context.Background(), server.Options{
		Listener: listener.(*net.TCPListener), HostName: "localhost", Home: home, LogFile: "log", Environment: environment(at),
	})
	require.NoError(t, err)
	return s, at
}

func end(t *testing.T, s *server.Server) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	require.NoError(t, s.Close(ctx))
}

func newPlace(t *testing.T, name, port, home, log string) *place {
	bin := t.TempDir()
	text := "#!/bin/sh\nexec " + strings.Join(clients.Client(), " ") + " \"$@\"\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "ecflow_client"), []byte(text), 0o755))
	c, err := client.New(client.Options{Host: "127.0.0.1", Port: port, Attempts: 1})
	require.NoError(t, err)
	p := &place{t: t, name: name, port: port, home: home, bin: bin, logPath: log, client: c}
	return p
}

// environment is this process's without what steers ecFlow.
func environment(port string) []string {
	kept := []string{"ECF_PORT=" + port}
	for _, one := range os.Environ() {
		if !strings.HasPrefix(one, "ECF") && !strings.HasPrefix(one, "NO_ECF") {
			kept = append(kept, one)
		}
	}
	return kept
}

// write writes a file below the server's home.
func (p *place) write(name, text string) {
	p.t.Helper()
	path := filepath.Join(p.home, name)
	require.NoError(p.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(p.t, os.WriteFile(path, []byte(text), 0o644))
}

// ask runs the original's client as a user.
func (p *place) ask(arguments ...string) string {
	p.t.Helper()
	text, err := p.try(arguments...)
	require.NoError(p.t, err, "%v: %s", arguments, text)
	return text
}

func (p *place) try(arguments ...string) (string, error) {
	ctx, cancel := context.WithTimeout(p.t.Context(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, filepath.Join(p.bin, "ecflow_client"), arguments...)
	c.Env = append(environment(p.port), "ECF_HOST=127.0.0.1")
	text, err := c.CombinedOutput()
	return string(text), err
}

// play loads a definition, in which @HOME@ and @BIN@ are filled in, and begins it.
func (p *place) play(definition string) {
	p.t.Helper()
	p.write("play.def", strings.NewReplacer("@HOME@", p.home, "@BIN@", p.bin).Replace(definition))
	p.ask("--load=" + filepath.Join(p.home, "play.def"))
	p.ask("--restart")
	p.ask("--begin")
}

// node is a node as it is now.
func (p *place) node(path string) *defs.Node {
	p.t.Helper()
	require.NoError(p.t, p.client.Sync(p.t.Context(), false))
	n := p.client.Defs().Find(path)
	require.NotNil(p.t, n, path)
	return n
}

func (p *place) state(path string) string {
	p.t.Helper()
	return p.node(path).State().String()
}

// until waits for nodes to be in a state.
func (p *place) until(state string, paths ...string) {
	p.t.Helper()
	for _, path := range paths {
		p.eventually(path+" "+state, func() bool { return p.state(path) == state })
	}
}

func (p *place) eventually(what string, is func() bool) {
	p.t.Helper()
	p.eventuallyIn(20*time.Second, what, is)
}

func (p *place) eventuallyIn(most time.Duration, what string, is func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(most); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("%s: not %s\n%s", p.name, what, sight.ReplaceAllString(p.log(), ""))
		}
	}
}

// sight are lines of the log that the test makes by looking.
var sight = regexp.MustCompile(`(?m)^MSG:.*--sync.*\n`)

// log is the server's log up to now, which ours may write 10 ms later.
func (p *place) log() string {
	time.Sleep(50 * time.Millisecond)
	text, err := os.ReadFile(p.logPath)
	require.NoError(p.t, err)
	return string(text)
}
