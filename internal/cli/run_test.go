package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/cli"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/version"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// result is what a call of the program leaves.
type result struct {
	code     int
	out, err string
}

// run calls the program with an environment of its own.
func run(ctx context.Context, env map[string]string, input string, args ...string) result {
	var out, errs bytes.Buffer
	t := &terminal.Terminal{
		In: strings.NewReader(input), Out: &out, Err: &errs,
		Env: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
	}
	code := cli.Run(ctx, t, args)
	return result{code, out.String(), errs.String()}
}

// server answers every request with the same reply, or not at all if that is nil.
func server(t *testing.T, reply wire.Reply) (port string, requests func() []wire.Request) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var mu sync.Mutex
	var seen []wire.Request
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
			if payload, err := wire.ReadFrame(conn, 1<<20); err == nil {
				if r, err := wire.DecodeRequest(payload); err == nil {
					mu.Lock()
					seen = append(seen, r)
					mu.Unlock()
				}
				if out, err := wire.EncodeReply(reply); err == nil && reply != nil {
					_ = wire.WriteFrame(conn, out)
				}
			}
			_ = conn.Close()
		}
	})
	t.Cleanup(func() { _ = l.Close(); running.Wait() })
	_, port, err = net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	return port, func() []wire.Request { mu.Lock(); defer mu.Unlock(); return seen }
}

func TestRun_dataIsPrintedAsItCame(t *testing.T) {
	port, _ := server(t, &wire.SStringCmd{Str: "complete"})
	got := run(t.Context(), nil, "", "--query", "state", "/s", "--port", port)
	require.Equal(t, result{0, "complete\n", ""}, got)
	got = run(t.Context(), map[string]string{"ECF_PORT": port, "ECF_HOST": "127.0.0.1"}, "", "--query=state", "/s")
	require.Equal(t, result{0, "complete\n", ""}, got)
}

func TestRun_suitesStandInColumns(t *testing.T) {
	port, _ := server(t, &wire.SSuitesCmd{Suites: []string{"a", "bbb", "c", "d", "e", "f"}})
	require.Equal(t, "a   bbb c   d   e   \nf   \n", run(t.Context(), nil, "", "--suites", "--port="+port).out)
	port, _ = server(t, &wire.SSuitesCmd{})
	require.Equal(t, "No suites\n\n", run(t.Context(), nil, "", "--suites", "--port="+port).out)
}

func TestRun_refusalIsWordedAsTheOriginals(t *testing.T) {
	port, _ := server(t, &wire.ErrorCmd{ErrorMsg: "no such thing"})
	got := run(t.Context(), nil, "", "--suspend=/s", "--port", port)
	require.Equal(t, result{1, "", "Error: request( --suspend /s ) failed! Server reply: no such thing\n"}, got)
}

func TestRun_argumentsThatMakeNoSense(t *testing.T) {
	got := run(t.Context(), nil, "", "--suspend")
	require.Equal(t, 1, got.code)
	require.Equal(t, "ecflow_client: Caught exception whilst parsing arguments:\nthe required argument for option '--suspend' is missing\n"+
		"argc=2, argv=[ecflow_client, \"--suspend\"]\n", got.err)
	require.Contains(t, run(t.Context(), nil, "").err, "ecflow_client: No options specified\nUsage: ecflow_client [OPTION]...\n")
	require.Contains(t, run(t.Context(), nil, "", "--ping", "--output", "yaml").err, "must be json or text")
}

func TestRun_passwordsAreNeverRepeated(t *testing.T) {
	for _, args := range [][]string{{"--password", "Geheim"}, {"--password=Geheim", "--foo"}, {"--pass=Geheim"}, {"--passw", "Geheim", "--user"}} {
		got := run(t.Context(), nil, "", args...)
		require.NotContains(t, got.out+got.err, "Geheim", args)
	}
}

func TestRun_questionsAreAskedAndNoEndsInSilence(t *testing.T) {
	port, requests := server(t, &wire.StcCmd{API: wire.StcOK})
	question := "Are you sure you want to halt the server ? "
	require.Equal(t, result{1, question, ""}, run(t.Context(), nil, "", "--halt", "--port", port))
	require.Equal(t, result{1, question, ""}, run(t.Context(), nil, "n\n", "--halt", "--port", port))
	require.Empty(t, requests())
	require.Equal(t, result{0, question, ""}, run(t.Context(), nil, "y\n", "--halt", "--port", port))
	require.Equal(t, result{0, "", ""}, run(t.Context(), nil, "", "--halt=yes", "--port", port))
	got := run(t.Context(), nil, "Yes\nno\n", "--group=halt; terminate", "--port", port)
	require.Equal(t, result{1, question + "Are you sure you want to terminate the server ? ", ""}, got)
	require.Len(t, requests(), 2)
}

func TestRun_offlineOptionsTouchNeitherCertificatesNorNetwork(t *testing.T) {
	env := map[string]string{"ECF_SSL": "1", "ECF_SSL_DIR": "/nowhere", "ECF_HOST": "nowhere.invalid", "ECF_HOST_PROTOCOL": "what"}
	got := run(t.Context(), env, "", "--version")
	require.Equal(t, 0, got.code)
	require.True(t, strings.HasPrefix(got.out, "Ecflow version("+version.EcFlow+")"), got.out)
	require.Equal(t, 0, run(t.Context(), env, "", "--help").code)
	require.Equal(t, 1, run(t.Context(), env, "", "--ping").code)
}

func TestRun_NO_ECFDoesNothing(t *testing.T) {
	require.Equal(t, result{0, "NO_ECF\n", ""}, run(t.Context(), map[string]string{"NO_ECF": ""}, "", "--what", "ever"))
}

func TestRun_childCommandsTakeTheJobFromTheEnvironment(t *testing.T) {
	port, requests := server(t, &wire.StcCmd{API: wire.StcOK})
	env := map[string]string{"ECF_NAME": "/s/t", "ECF_PASS": "secret", "ECF_TRYNO": "3", "ECF_PORT": port, "ECF_HOST": "localhost"}
	require.Equal(t, result{}, run(t.Context(), env, "", "--init=77", "--add", "A=1", "B=2"))
	require.Equal(t, result{}, run(t.Context(), env, "", "--complete", "--remove", "A", "--rid=77"))
	require.Equal(t, result{}, run(t.Context(), env, "", "--label", "l", "-j 64", "--rid", "77"))
	started := requests()[0].(*wire.InitCmd)
	require.Equal(t, "77", started.RemoteID)
	require.Equal(t, 3, started.TryNo)
	require.Len(t, started.VarToAdd, 2)
	require.Equal(t, []string{"A"}, requests()[1].(*wire.CompleteCmd).VarToDel)
	require.Equal(t, "-j 64", requests()[2].(*wire.LabelCmd).Label)
}

// A job that is told to end must not hang in the hours that a child command may wait.
func TestRun_signalEndsWaitingAtOnce(t *testing.T) {
	port, requests := server(t, &wire.StcCmd{API: wire.StcBlockClientServerHalted})
	env := map[string]string{"ECF_NAME": "/s/t", "ECF_PASS": "x", "ECF_TRYNO": "1", "ECF_PORT": port}
	ctx, cancel := context.WithCancelCause(t.Context())
	go func() {
		for len(requests()) == 0 {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(50 * time.Millisecond)
		cancel(&terminal.Interrupted{Signal: syscall.SIGTERM})
	}()
	start := time.Now()
	got := run(ctx, env, "", "--init=1")
	require.Less(t, time.Since(start), 5*time.Second)
	require.Equal(t, 128+int(syscall.SIGTERM), got.code)
	require.Contains(t, got.err, "the server is halted, waiting")
	require.Contains(t, got.err, "chd:init /s/t to localhost:"+port+": interrupted by terminated before an answer came")
	require.Empty(t, got.out)
}

func TestRun_jsonIsAllThereIs(t *testing.T) {
	port, _ := server(t, &wire.SSuitesCmd{Suites: []string{"a", "b"}})
	for _, args := range [][]string{
		{"--suites", "--port", port}, {"--suspend=/x", "--port", port}, {"--foo"}, {}, {"--version"}, {"--help"}, {"--ping", "--port", "1"},
	} {
		got := run(t.Context(), nil, "", append(args, "--output=json")...)
		var d map[string]any
		require.NoError(t, json.Unmarshal([]byte(got.out), &d), "%v: %s", args, got.out)
		require.Equal(t, got.code == 0, d["ok"], args)
		require.Equal(t, 1, strings.Count(got.out, "\n"))
		require.Equal(t, got.code != 0, d["error"] != nil)
	}
	got := run(t.Context(), nil, "", "--suites", "--port", port, "--output", "json")
	require.Contains(t, got.out, `"kind":"suites","result":["a","b"]`)
}
