package doctor

import (
	"context"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// listen runs script for every connection to a loopback listener.
func listen(t *testing.T, script func(net.Conn)) client.Options {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer conn.Close()
				_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
				script(conn)
			})
		}
	})
	t.Cleanup(func() { _ = l.Close(); all.Wait() })
	host, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	return client.Options{Host: host, Port: port, Login: "fred", LocalHost: "desk"}
}

// server is a scripted one: what it says by request.
type server struct {
	version, logLine, state string
	refuse                  string // what it says to a request that writes
	silent                  bool   // to all but the first request, which is nobody's
}

func (s *server) serve(conn net.Conn) {
	payload, err := wire.ReadFrame(conn, 1<<20)
	if err != nil {
		return
	}
	if answer := s.reply(payload); answer != nil {
		_ = wire.WriteFrame(conn, answer)
		return
	}
	_, _ = io.Copy(io.Discard, conn)
}

// reply is what it says to a request; nil: nothing.
func (s *server) reply(payload []byte) []byte {
	request, err := wire.DecodeRequest(payload)
	if err != nil {
		return nil
	}
	if r, ok := request.(wire.UserRequest); ok && s.silent && r.AsUser().User != "" {
		return nil
	}
	var reply wire.Reply = &wire.StcCmd{API: wire.StcOK}
	text := command.Describe(request)
	switch {
	case strings.Contains(text, "server_version"):
		reply = &wire.SStringCmd{Str: s.version}
	case strings.Contains(text, "log=get"):
		reply = &wire.SStringCmd{Str: s.logLine}
	case strings.Contains(text, "stats"):
		status := wire.ServerRunning
		if s.state == "HALTED" {
			status = wire.ServerHalted
		}
		reply = &wire.SStatsCmd{Stats: wire.Stats{Status: status, Host: "h", NoOfSuites: 2, UpSince: "2026-Jan-01 00:00:00"}}
	case strings.Contains(text, "suspend"):
		refuse := s.refuse
		if refuse == "" {
			refuse = "PathsCmd:Suspend: Could not find node at path"
		}
		reply = &wire.ErrorCmd{ErrorMsg: refuse}
	}
	answer, err := wire.EncodeReply(reply)
	if err != nil {
		return nil
	}
	return answer
}

func examine(t *testing.T, o client.Options, env map[string]string) map[string]Finding {
	t.Helper()
	told := map[string]Finding{}
	var streamed []Finding
	all, err := Examine(t.Context(), Case{Options: o, Timeout: 300 * time.Millisecond,
		Env:    func(name string) (string, bool) { v, ok := env[name]; return v, ok },
		Report: func(f Finding) { streamed = append(streamed, f) },
	})
	require.NoError(t, err)
	require.Equal(t, streamed, all)
	var order []string
	for _, f := range all {
		require.NotEmpty(t, f.Summary)
		require.NotContains(t, f.Summary+f.Advice, "a-secret")
		if _, there := told[f.Check]; !there {
			order = append(order, f.Check)
		}
		told[f.Check] = f
	}
	require.Equal(t, Checks(), order)
	return told
}

func requireFinding(t *testing.T, f Finding, status Status, part string) {
	t.Helper()
	require.Equal(t, status, f.Status, "%+v", f)
	require.Contains(t, f.Summary, part)
}

func TestExamine_wellAndIll(t *testing.T) {
	now := time.Date(2026, 11, 24, 20, 14, 20, 0, time.UTC)
	clock := func() time.Time { return now }
	well := &server{version: "5.19.0", logLine: "MSG:[20:14:21 24.11.2026] --log=get 1 :fred@desk\n"}
	o := listen(t, well.serve)
	o.Now = clock
	told := examine(t, o, map[string]string{"ECF_HOST": o.Host, "ECF_PORT": o.Port})
	for _, f := range told {
		require.NotEqual(t, Problem, f.Status, "%+v", f)
		require.NotEqual(t, Warning, f.Status, "%+v", f)
	}
	requireFinding(t, told["settings"], OK, "(ECF_HOST, ECF_PORT)")
	requireFinding(t, told["user"], OK, "fred")
	requireFinding(t, told["state"], OK, "RUNNING")
	requireFinding(t, told["clock"], OK, "same time zone")

	ill := &server{version: "6.1.0", state: "HALTED", logLine: "MSG:[22:16:20 24.11.2026] --log=get 1 :fred@desk\n",
		refuse: "[ authentication failed ] User fred has no *write* access"}
	o = listen(t, ill.serve)
	o.Now = clock
	told = examine(t, o, nil)
	requireFinding(t, told["writing"], Warning, "may look, but not change")
	requireFinding(t, told["version"], Problem, "another protocol")
	requireFinding(t, told["state"], Warning, "HALTED")
	requireFinding(t, told["clock"], Warning, "differs by 2m0s, in another time zone (+2 h)")

	ill = &server{version: "5.99.0", logLine: "\x1b[31mwhat?"}
	told = examine(t, listen(t, ill.serve), nil)
	requireFinding(t, told["version"], Warning, "newer")
	requireFinding(t, told["clock"], Skipped, "")
	ill = &server{version: "of \x1b[31mlate"}
	told = examine(t, listen(t, ill.serve), nil)
	requireFinding(t, told["version"], Warning, "cannot be compared")
	require.NotContains(t, told["version"].Summary, "\x1b")
}

func TestExamine_strangePeers(t *testing.T) {
	for name, script := range map[string]func(net.Conn){
		"silent": func(c net.Conn) { _, _ = io.Copy(io.Discard, c) },
		"closes": func(net.Conn) {},
		"SSH":    func(c net.Conn) { _, _ = io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n"); _, _ = io.Copy(io.Discard, c) },
		"a page": func(c net.Conn) {
			_, _ = c.Read(make([]byte, 9))
			_, _ = io.WriteString(c, "HTTP/1.1 404 Not Found\r\n\r\n")
		},
		"no frame": func(c net.Conn) { _, _ = c.Read(make([]byte, 9)); _, _ = io.WriteString(c, "ffffffff{") },
	} {
		t.Run(name, func(t *testing.T) {
			told := examine(t, listen(t, script), nil)
			requireFinding(t, told["port"], OK, "open")
			requireFinding(t, told["protocol"], Problem, "neither ecFlow nor TLS")
			requireFinding(t, told["access"], Skipped, "")
		})
	}
	// One that stops answering half way.
	s := &server{silent: true}
	start := time.Now()
	told := examine(t, listen(t, s.serve), nil)
	requireFinding(t, told["protocol"], OK, "plain")
	requireFinding(t, told["access"], Problem, "timed out")
	requireFinding(t, told["round trip"], Skipped, "")
	require.Less(t, time.Since(start), 3*time.Second)
}

func TestExamine_names(t *testing.T) {
	s := &server{version: "5.9.2"}
	o := listen(t, s.serve)
	o.Host = "two.addresses"
	dead := netip.MustParseAddr("127.0.0.2")
	o.Lookup = func(context.Context, string) ([]netip.Addr, error) {
		return []netip.Addr{dead, netip.MustParseAddr("127.0.0.1")}, nil
	}
	told := examine(t, o, nil)
	requireFinding(t, told["name"], OK, "two.addresses is 127.0.0.2, 127.0.0.1")
	requireFinding(t, told["port"], OK, "open at 127.0.0.1 (not at 127.0.0.2: connection refused)")
	requireFinding(t, told["access"], OK, "fred")

	dial := net.Dialer{}
	o.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if strings.HasPrefix(addr, dead.String()) {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return dial.DialContext(ctx, network, addr)
	}
	told = examine(t, o, nil)
	requireFinding(t, told["port"], Warning, "clients wait for 127.0.0.2: no answer within 300ms")

	o.Lookup = func(context.Context, string) ([]netip.Addr, error) { return []netip.Addr{dead}, nil }
	told = examine(t, o, nil)
	requireFinding(t, told["port"], Problem, "no answer within 300ms")
	require.Contains(t, told["port"].Advice, "firewall")

	o.Lookup = func(ctx context.Context, _ string) ([]netip.Addr, error) { <-ctx.Done(); return nil, ctx.Err() }
	told = examine(t, o, nil)
	requireFinding(t, told["name"], Problem, "no answer in time")
}

func TestExamine_passwords(t *testing.T) {
	s := &server{version: "5.9.2"}
	o := listen(t, s.serve)
	o.PasswordFile = filepath.Join(t.TempDir(), "passwd")
	require.NoError(t, os.WriteFile(o.PasswordFile, []byte("4.5.0\nfred "+o.Host+" "+o.Port+" a-secret\n"), 0o600))
	told := examine(t, o, nil)
	requireFinding(t, told["password"], OK, "has an entry for fred")

	o.Login = "joe"
	told = examine(t, o, nil)
	requireFinding(t, told["password"], Warning, "no entry for joe")
	require.Contains(t, told["password"].Advice, "joe "+o.Host+" "+o.Port+" PASSWORD")

	o.Login, o.Password = "fred", client.Hide("a-secret-of-many-characters")
	told = examine(t, o, nil)
	requireFinding(t, told["password"], Warning, "only the first 8 characters")

	o.Password, o.User = nil, "guest"
	told = examine(t, o, nil)
	requireFinding(t, told["password"], Problem, "there is none")
	requireFinding(t, told["access"], Skipped, "")
}

func TestExamine_task(t *testing.T) {
	o := listen(t, (&server{version: "5.9.2"}).serve)
	told := examine(t, o, map[string]string{"ECF_PASS": "a-secret"})
	requireFinding(t, told["task"], Warning, "ECF_PASS is set, but not ECF_NAME")
	o.Port = "1"
	told = examine(t, o, map[string]string{"ECF_NAME": "/s/t"})
	requireFinding(t, told["task"], Problem, "not set: ECF_PASS, ECF_TRYNO, ECF_HOST, ECF_PORT")
	told = examine(t, o, map[string]string{"ECF_NAME": "/s/t", "ECF_PASS": "a-secret", "ECF_TRYNO": "1", "ECF_HOST": "h", "ECF_PORT": "1"})
	requireFinding(t, told["task"], OK, "all variables are set")
}

func TestExamine_cancelled(t *testing.T) {
	o := listen(t, func(c net.Conn) { _, _ = io.Copy(io.Discard, c) })
	ctx, cancel := context.WithCancel(t.Context())
	start := time.Now()
	found, err := Examine(ctx, Case{Options: o, Timeout: time.Minute, Report: func(f Finding) {
		if f.Check == checkPort { // the protocol is next
			time.AfterFunc(20*time.Millisecond, cancel)
		}
	}})
	require.ErrorIs(t, err, context.Canceled)
	require.Less(t, time.Since(start), 2*time.Second)
	require.Equal(t, checkPort, found[len(found)-1].Check)
}

func TestDifference(t *testing.T) {
	now := time.Date(2026, 11, 24, 20, 14, 20, 5e8, time.FixedZone("", 3600))
	for line, want := range map[string][2]time.Duration{
		"MSG:[20:14:20 24.11.2026] x": {0, 0},
		"MSG:[20:14:21 24.11.2026] x": {time.Second, 0},
		"MSG:[19:14:18 24.11.2026] x": {-2 * time.Second, -time.Hour},
		"MSG:[00:44:20 25.11.2026] x": {0, 4*time.Hour + 30*time.Minute},
		"MSG:[20:20:20 24.11.2026] x": {6 * time.Minute, 0},
		"MSG:[20:29:20 24.11.2026] x": {0, 15 * time.Minute}, // cannot be told from a zone
	} {
		theirs, ok := logTime("MSG:[01:01:01 1.1.2020] before\n" + line + "\n")
		require.True(t, ok)
		skew, zone := difference(theirs, now)
		require.Equal(t, want, [2]time.Duration{skew, zone}, line)
	}
	for _, bad := range []string{"", "x", "MSG:[", "MSG:[]", "MSG:[99:99:99 1.1.2026] x"} {
		_, ok := logTime(bad)
		require.False(t, ok, bad)
	}
}

func TestWorst(t *testing.T) {
	require.Equal(t, OK, Worst(nil))
	require.Equal(t, OK, Worst([]Finding{{Status: Skipped}}))
	require.Equal(t, Warning, Worst([]Finding{{Status: Warning}, {Status: OK}}))
	require.Equal(t, Problem, Worst([]Finding{{Status: Warning}, {Status: Problem}, {Status: Warning}}))
}
