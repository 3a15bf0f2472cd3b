package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/app"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/wire"
)

const tree = `#5.19.0
defs_state NET state_change:1 modify_change:1 server_state:RUNNING
suite s # begun:1 state:active
  edit ECF_TRIES '0'
  family f # state:active
    repeat integer N 1 9
    task a # state:complete
    task b # state:active
      label note "none"
      meter steps 0 100
  endfamily
endsuite
`

// scripted is a server that answers each sync with the next of its changes, and none when they are used up.
type scripted struct {
	port string

	mu      sync.Mutex
	changes [][]*wire.CompoundMemento
	state   uint32
	handles map[int]bool
	syncs   int
	onSync  func(n int)
}

func startScripted(t *testing.T, changes ...[]*wire.CompoundMemento) *scripted {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &scripted{changes: changes, state: 1, handles: map[int]bool{}}
	_, s.port, _ = net.SplitHostPort(l.Addr().String())
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			running.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = l.Close(); running.Wait() })
	return s
}

func (s *scripted) serve(conn net.Conn) {
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	payload, err := wire.ReadFrame(conn, 1<<20)
	if err != nil {
		return
	}
	request, err := wire.DecodeRequest(payload)
	if err != nil {
		return
	}
	if out, err := wire.EncodeReply(s.answer(request)); err == nil {
		_ = wire.WriteFrame(conn, out)
	}
}

func (s *scripted) answer(request wire.Request) wire.Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch r := request.(type) {
	case *wire.ClientHandleCmd:
		switch r.API {
		case wire.HandleRegister:
			s.handles[7] = true
			return &wire.SClientHandleCmd{Handle: 7}
		case wire.HandleSuites:
			return &wire.SClientHandleSuitesCmd{Users: []wire.HandlesOfUser{{User: "fred", Handles: []uint32{7}}},
				ClientHandles: []wire.SuitesOfHandle{{Handle: 7, Suites: []string{"s"}}}}
		}
		delete(s.handles, r.ClientHandle)
	case *wire.CSyncCmd:
		s.syncs++
		if s.onSync != nil {
			s.onSync(s.syncs)
		}
		switch {
		case r.API == wire.SyncFull:
			return &wire.SSyncCmd{FullDefs: true, Defs: tree}
		case r.ClientStateChangeNo > 1000:
			return &wire.SSyncCmd{ServerDefs: tree}
		case len(s.changes) > 0:
			s.state++
			next := s.changes[0]
			s.changes = s.changes[1:]
			return &wire.SSyncCmd{IncrementalChanges: wire.DefsDelta{ServerStateChangeNo: s.state, ServerModifyChangeNo: 1, CompoundMementos: next}}
		}
		return &wire.SSyncCmd{IncrementalChanges: wire.DefsDelta{ServerStateChangeNo: s.state, ServerModifyChangeNo: 1}}
	}
	return &wire.StcCmd{API: wire.StcOK}
}

func turns(state wire.NState, paths ...string) (changed []*wire.CompoundMemento) {
	for _, p := range paths {
		changed = append(changed, &wire.CompoundMemento{AbsNodePath: p, Vec: []wire.Memento{
			&wire.NodeStateMemento{State: wire.NodeStateChange{State: state, Since: wire.Duration{Text: "00:00:01"}}}}})
	}
	return changed
}

func gets(path string, m wire.Memento) []*wire.CompoundMemento {
	return []*wire.CompoundMemento{{AbsNodePath: path, Vec: []wire.Memento{m}}}
}

// ran is what a run of the program gave.
type ran struct {
	code     int
	out, err string
}

// console is a terminal without a person, with an environment of its own.
func console(env map[string]string) (t *terminal.Terminal, out, errs *bytes.Buffer) {
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	return &terminal.Terminal{In: strings.NewReader(""), Out: out, Err: errs,
		Env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }}, out, errs
}

func (s *scripted) run(t *testing.T, args ...string) ran {
	t.Helper()
	return s.runIn(context.Background(), t, args...)
}

func (s *scripted) runIn(ctx context.Context, t *testing.T, args ...string) ran {
	t.Helper()
	at, out, errs := console(nil)
	code := app.Run(ctx, at, append(args, "--server", "127.0.0.1:"+s.port, "--interval", "0.1"))
	s.keepsNoHandle(t)
	return ran{code, timeless(out.String()), errs.String()}
}

func (s *scripted) keepsNoHandle(t *testing.T) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	require.Empty(t, s.handles)
}

var times = regexp.MustCompile(`20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z`)

func timeless(text string) string { return times.ReplaceAllString(text, "TIME") }

func TestWait_exitCodes(t *testing.T) {
	complete := turns(wire.StateComplete, "/s/f/b", "/s/f", "/s")
	aborted := append(turns(wire.StateAborted, "/s/f/b", "/s/f", "/s"), &wire.CompoundMemento{AbsNodePath: "/s/f/b", Vec: []wire.Memento{
		&wire.SubmittableMemento{AbortReason: "no disk", TryNo: 2}, &wire.FlagMemento{Flag: wire.Flag{Mask: 1 << 0}}}})
	for name, c := range map[string]struct {
		changes [][]*wire.CompoundMemento
		args    string
		ran
	}{
		"reached at the start": {args: "wait /s/f/a", ran: ran{0, "TIME /s/f/a complete\n", ""}},
		"reached":              {[][]*wire.CompoundMemento{nil, complete}, "wait /s/f /s/f/a", ran{0, "TIME /s/f active\nTIME /s/f/a complete\nTIME /s/f active -> complete\n", ""}},
		"quiet":                {[][]*wire.CompoundMemento{complete}, "wait /s -q", ran{0, "", ""}},
		"any":                  {args: "wait /s/f /s/f/a --any", ran: ran{0, "TIME /s/f active\nTIME /s/f/a complete\n", ""}},
		"aborted":              {[][]*wire.CompoundMemento{aborted}, "wait /s/f", ran{3, "TIME /s/f active\nTIME /s/f active -> aborted\n", "ecflow: /s/f is aborted\n"}},
		"aborted, and why":     {[][]*wire.CompoundMemento{aborted}, "wait -q /s/f/b", ran{3, "", "ecflow: /s/f/b is aborted (no disk)\n"}},
		"aborted is wanted":    {[][]*wire.CompoundMemento{aborted}, "wait -q /s/f --until complete,aborted", ran{}},
		"keep waiting":         {[][]*wire.CompoundMemento{aborted, nil, complete}, "wait -q /s/f --keep-waiting", ran{}},
		"fail on":              {args: "wait -q /s/f --until queued --fail-on active,unknown", ran: ran{3, "", "ecflow: /s/f is active\n"}},
		"time":                 {args: "wait -q /s/f --timeout 0.3", ran: ran{4, "", "ecflow: time is up: /s/f is active\n"}},
		"look once":            {args: "wait -q /s/f --timeout 0", ran: ran{4, "", "ecflow: time is up: /s/f is active\n"}},
		"expression":           {[][]*wire.CompoundMemento{gets("/s/f", &wire.NodeRepeatIndexMemento{IndexOrValue: 3})}, "wait --expr /s/f:N==3", ran{0, "TIME /s/f active\nTIME /s/f repeat N 1 -> 3\n", ""}},
		"expression from node": {args: "wait /s/f/b -q --expr a==complete", ran: ran{}},
		"no such node":         {args: "wait /s/x", ran: ran{1, "TIME /s/x is not there\n", "ecflow: /s/x is not on the server\nto wait for a node that is not there yet, say so (--wait-for-node)\n"}},
		"not there yet":        {args: "wait -q /s/x --wait-for-node --timeout 0.2", ran: ran{4, "", "ecflow: time is up: /s/x is not there\n"}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, c.ran, startScripted(t, c.changes...).run(t, strings.Fields(c.args)...))
		})
	}
}

func TestFollow_usage(t *testing.T) {
	s := startScripted(t)
	for args, says := range map[string]string{
		"wait":                                      "name the nodes",
		"wait --until active":                       "name the nodes",
		"wait s":                                    `the path "s" is not absolute`,
		"wait /s --until done":                      "there is no state done",
		"wait /s --fail-on done":                    "there is no state done",
		"wait /s --timeout soon":                    `--timeout is a time such as 90, 90s, 10m or 2h30m, not "soon"`,
		"wait /s --timeout -5":                      "--timeout is a time",
		"wait /s --interval 0":                      "--interval is 0.1 seconds at least",
		"wait /s --any --all":                       "exclude each other",
		"wait /s --keep-waiting --fail-on active":   "exclude each other",
		"wait /s --expr ((":                         "Failed to parse expression",
		"wait --expr a==complete":                   "not absolute",
		"wait /s --output xml":                      "--output is text or json",
		"wait /s --nosuch":                          "unknown flag",
		"watch --kind mood":                         "there is no kind mood of changes",
		"watch --state mood":                        "there is no state mood",
		"watch --until active":                      "name the nodes",
		"wait /s --server a:b:c --server [::1]:b:c": "not of the form HOST:PORT",
	} {
		at, out, errs := console(nil)
		code := app.Run(context.Background(), at, append([]string{}, strings.Fields(args)...))
		require.Equal(t, 2, code, args)
		require.Empty(t, out.String(), args)
		require.Contains(t, errs.String(), says, args)
	}
	require.Zero(t, s.syncs)
}

func TestWatch_lines(t *testing.T) {
	changes := [][]*wire.CompoundMemento{
		gets("/s/f/b", &wire.NodeMeterMemento{Meter: wire.Meter{Name: "steps", Max: 100, Value: 5}}),
		gets("/s/f/b", &wire.NodeLabelMemento{Label: wire.Label{Name: "note", Value: "none", NewValue: "a\n\x1b[2Jb"}}),
		gets("/s/f", &wire.SuspendedMemento{Suspended: true}),
		append(turns(wire.StateAborted, "/s/f/b"), gets("/s/f", &wire.SuspendedMemento{})...),
		turns(wire.StateQueued, "/s"),
	}
	require.Equal(t, ran{0, strings.Join([]string{
		"TIME /s active", "TIME /s/f/b meter steps 0 -> 5", `TIME /s/f/b label note "none" -> "a\n\x1b[2Jb"`, "TIME /s/f suspended",
		"TIME /s/f/b active -> aborted", "TIME /s/f resumed", "TIME /s active -> queued", ""}, "\n"), ""},
		startScripted(t, changes...).run(t, "watch", "/s", "--until", "queued"))
	require.Equal(t, ran{0, "TIME / unknown\nTIME /s/f/b active -> aborted\n", ""},
		startScripted(t, changes...).run(t, "watch", "--state", "aborted", "--timeout", "2.5"), "its time is up as planned")
	require.Equal(t, ran{0, "TIME / unknown\nTIME /s/f/b meter steps 0 -> 5\nTIME /s/f suspended\nTIME /s/f resumed\n", ""},
		startScripted(t, changes...).run(t, "watch", "--kind", "meter,suspended", "--under", "/s/f", "--timeout", "2.5"))
	require.Equal(t, ran{3, "TIME /s/f/b active\nTIME /s/f/b active -> aborted\n", "ecflow: /s/f/b is aborted\n"},
		startScripted(t, changes[3]).run(t, "watch", "/s/f/b", "--until", "queued", "--fail-on", "aborted", "--kind", "state"))
}

func TestWatch_json(t *testing.T) {
	s := startScripted(t, turns(wire.StateComplete, "/s/f/b", "/s/f", "/s"))
	got := s.run(t, "watch", "/s/f", "--until", "complete", "--output", "json", "--kind", "state")
	require.Zero(t, got.code)
	require.Empty(t, got.err)
	require.Equal(t, strings.Join([]string{
		`{"time":"TIME","kind":"start","path":"/s/f","new":"active"}`,
		`{"time":"TIME","kind":"progress","progress":{"tasks":2,"complete":1,"active":1,"submitted":0,"queued":0,"aborted":0,"unknown":0,"suspended":0}}`,
		`{"time":"TIME","kind":"state","path":"/s/f/b","old":"active","new":"complete"}`,
		`{"time":"TIME","kind":"state","path":"/s/f","old":"active","new":"complete"}`,
		`{"time":"TIME","kind":"progress","progress":{"tasks":2,"complete":2,"active":0,"submitted":0,"queued":0,"aborted":0,"unknown":0,"suspended":0}}`,
		`{"time":"TIME","kind":"end","result":"reached","exit":0,"facts":["/s/f is complete"]}`,
		""}, "\n"), got.out)

	for args, end := range map[string]string{
		"wait /s/f --timeout 0":           `{"time":"TIME","kind":"end","result":"timeout","exit":4,"facts":["/s/f is active"]}`,
		"wait /nosuch":                    `{"time":"TIME","kind":"end","reason":"/nosuch is not on the server","result":"error","exit":1}`,
		"wait /s/f --fail-on active":      `{"time":"TIME","kind":"end","result":"failed","exit":3,"facts":["/s/f is active"]}`,
		"watch /s/f --timeout 0 --kind l": "",
		"wait /s/f/a --quiet":             `{"time":"TIME","kind":"end","result":"reached","exit":0,"facts":["/s/f/a is complete"]}`,
	} {
		got := startScripted(t).run(t, append(strings.Fields(args), "--output", "json")...)
		all := strings.Split(strings.TrimSpace(got.out), "\n")
		require.Equal(t, end, all[len(all)-1], args)
		for _, line := range all {
			require.True(t, line == "" || json.Valid([]byte(line)), line)
		}
	}
}

// A person at a terminal sees how far it is, and loses no line.
func TestWait_terminal(t *testing.T) {
	s := startScripted(t, turns(wire.StateComplete, "/s/f/b", "/s/f", "/s"))
	args := []string{"wait", "/s/f", "--server", "127.0.0.1:" + s.port, "--interval", "0.1"}
	for _, env := range []map[string]string{{"LANG": "C.UTF-8"}, {"NO_COLOR": "1"}, {"TERM": "dumb"}} {
		s.mu.Lock()
		s.changes, s.state = [][]*wire.CompoundMemento{turns(wire.StateComplete, "/s/f/b", "/s/f", "/s")}, 1
		s.mu.Unlock()
		at, out, _ := console(env)
		at.Err = out
		at.OutIsTerminal, at.ErrIsTerminal = true, true
		at.Width = func() int { return 60 }
		require.Zero(t, app.Run(context.Background(), at, args))
		text := timeless(out.String())
		switch {
		case env["TERM"] != "":
			require.Equal(t, "TIME /s/f active\nTIME /s/f active -> complete\n", text)
		case env["NO_COLOR"] != "":
			require.Equal(t, "TIME /s/f active\n"+
				"\r\x1b[K[############============.] 1/2 complete  1 active  0:00:00"+
				"\r\x1b[KTIME /s/f active -> complete\n"+
				"\r\x1b[K[##############################] 2/2 complete  0:00:00"+
				"\r\x1b[K", text)
		default:
			require.Contains(t, text, "\x1b[33m████")
			require.Contains(t, text, "\x1b[32mactive\x1b[0m")
		}
	}
}

func TestFollow_interrupted(t *testing.T) {
	for _, args := range []string{"wait /s/f", "watch", "watch /s", "wait /s/f --output json"} {
		s := startScripted(t)
		ctx, cancel := context.WithCancelCause(context.Background())
		s.mu.Lock()
		s.onSync = func(n int) {
			if n == 3 {
				cancel(&terminal.Interrupted{Signal: syscall.SIGTERM})
			}
		}
		s.mu.Unlock()
		got := s.runIn(ctx, t, strings.Fields(args)...)
		require.Equal(t, 143, got.code, args)
		require.Empty(t, got.err)
		require.Equal(t, strings.Contains(args, "json"), strings.Contains(got.out, `"result":"interrupted","exit":143`))
	}
}

type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, &net.OpError{Op: "write", Err: syscall.EPIPE} }

// "ecflow watch | head" tidies up.
func TestWatch_brokenPipe(t *testing.T) {
	s := startScripted(t)
	at, _, errs := console(nil)
	at.Out = closedPipe{}
	require.Equal(t, 141, app.Run(context.Background(), at, []string{"watch", "/s", "--server", "127.0.0.1:" + s.port}))
	require.Empty(t, errs.String())
	s.keepsNoHandle(t)

	at.Out = failing{}
	require.Equal(t, 1, app.Run(context.Background(), at, []string{"watch", "/s", "--server", "127.0.0.1:" + s.port}))
	require.Contains(t, errs.String(), "disk full")
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestFollow_noServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	at, out, errs := console(nil)
	address := l.Addr().String()
	require.NoError(t, l.Close())
	require.Equal(t, 1, app.Run(context.Background(), at, []string{"wait", "/s", "--server", address}))
	require.Empty(t, out.String())
	require.Contains(t, errs.String(), address)
}
