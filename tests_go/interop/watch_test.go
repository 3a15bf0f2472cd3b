package interop

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/app"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/watch"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

const watched = `
suite s
  family g
    repeat integer N 1 3
    task c
  endfamily
  family f
    task a
      event go
      meter steps 0 100
      label note "none"
    task b
  endfamily
endsuite
suite other
  task t
endsuite
`

func loadText(t *testing.T, server *realserver.Server, definition string, force bool) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "w.def")
	require.NoError(t, os.WriteFile(path, []byte(definition), 0o600))
	require.NoError(t, server.Client().Load(ctx, path, force, false))
}

// running is a run of the program for people, in the background.
type running struct {
	mu     sync.Mutex
	out    bytes.Buffer
	errs   bytes.Buffer
	cancel context.CancelCauseFunc
	code   chan int
}

func (r *running) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.Write(p)
}

func (r *running) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return regexp.MustCompile(`(?m)^\S+Z `).ReplaceAllString(r.out.String(), "")
}

// runs starts the program.
func runs(server *realserver.Server, args ...string) *running {
	r := &running{code: make(chan int, 1)}
	variables := server.Environment()
	at := &terminal.Terminal{In: strings.NewReader(""), Out: r, Err: &r.errs, Env: func(name string) (string, bool) {
		for _, one := range variables {
			if value, found := strings.CutPrefix(one, name+"="); found {
				return value, true
			}
		}
		return "", false
	}}
	ctx, cancel := context.WithCancelCause(context.Background())
	r.cancel = cancel
	go func() { r.code <- app.Run(ctx, at, append(args, "--interval", "0.2")) }()
	return r
}

// shows waits until the program has written a text.
func (r *running) shows(t *testing.T, text string) {
	t.Helper()
	require.Eventually(t, func() bool { return strings.Contains(r.text(), text) }, 20*time.Second, 20*time.Millisecond, "%q in %q", text, r.text())
}

func (r *running) ends(t *testing.T, code int) {
	t.Helper()
	select {
	case got := <-r.code:
		require.Equal(t, code, got, r.errs.String())
	case <-time.After(20 * time.Second):
		t.Fatal("still running: " + r.text())
	}
}

// noHandles asks the original client whether any client handle is left.
func noHandles(t *testing.T, server *realserver.Server) {
	t.Helper()
	require.Empty(t, strings.TrimSpace(server.Original("--ch_suites")))
}

func TestWatch_whatChanges(t *testing.T) {
	server := start(t, realserver.Config{})
	loadText(t, server, watched, true)
	c := server.Client()
	all, one := runs(server, "watch"), runs(server, "watch", "/s/f", "--output", "json")
	all.shows(t, "/ ")
	one.shows(t, `"kind":"progress"`)
	require.Regexp(t, `(?m)^\S+ +1 +s *$`, server.Original("--ch_suites"), "one handle, for one suite")
	for _, step := range []struct {
		do    func() error
		shows string
	}{
		{func() error { return c.ForceState(ctx, client.StateActive, "/s/f/a") }, "/s/f/a unknown -> active\n"},
		{func() error { return c.ForceEvent(ctx, "set", "/s/f/a:go") }, "/s/f/a event go clear -> set\n"},
		{func() error { return c.Alter(ctx, "change", "meter", "steps", "7", "/s/f/a") }, "/s/f/a meter steps 0 -> 7\n"},
		{func() error { return c.Alter(ctx, "change", "label", "note", "hello", "/s/f/a") }, "/s/f/a label note \"none\" -> \"hello\"\n"},
		{func() error { return c.Alter(ctx, "change", "repeat", "2", "", "/s/g") }, "/s/g repeat N 1 -> 2\n"},
		{func() error { return c.Suspend(ctx, "/other") }, "/other suspended\n"},
		{func() error { return c.Resume(ctx, "/other") }, "/other resumed\n"},
		{func() error { return c.Delete(ctx, true, "/s/f/b") }, "/s/f/b removed\n"},
		{func() error { loadText(t, server, "suite new\n task x\nendsuite\n", true); return nil }, "/new added, unknown\n"},
		{func() error { return c.RestartServer(ctx) }, "/ server HALTED -> RUNNING\n"},
	} {
		require.NoError(t, step.do(), step.shows)
		all.shows(t, step.shows)
	}
	one.shows(t, `"kind":"removed","path":"/s/f/b"`)
	require.NotContains(t, one.text(), "/other")
	one.cancel(&terminal.Interrupted{Signal: syscall.SIGINT})
	one.ends(t, 130)
	all.cancel(&terminal.Interrupted{Signal: syscall.SIGTERM})
	all.ends(t, 143)
	noHandles(t, server)
}

func TestWait_exitCodes(t *testing.T) {
	server := start(t, realserver.Config{})
	loadText(t, server, watched, true)
	c := server.Client()

	r := runs(server, "wait", "/s/f", "/s/f/a", "--timeout", "1m")
	r.shows(t, "/s/f/a unknown")
	require.NoError(t, c.ForceState(ctx, client.StateActive, "/s/f/a"))
	r.shows(t, "/s/f/a unknown -> active")
	require.NoError(t, c.ForceState(ctx, client.StateComplete, "/s/f/a", "/s/f/b"))
	r.ends(t, 0)

	runs(server, "wait", "/s/f/a").ends(t, 0)
	runs(server, "wait", "/s/f/a", "--until", "active", "--timeout", "1").ends(t, 4)
	runs(server, "wait", "/s/nosuch").ends(t, 1)
	runs(server, "wait", "--expr", "/s/f/a == complete and /s/f/a:steps == 0", "--timeout", "0").ends(t, 0)
	runs(server, "wait", "--expr", "/s/f/a == complete and /other == complete", "--timeout", "0").ends(t, 4)

	r = runs(server, "wait", "/other/t")
	r.shows(t, "/other/t unknown")
	require.NoError(t, c.ForceState(ctx, client.StateAborted, "/other/t"))
	r.ends(t, 3)

	r = runs(server, "wait", "/later/x", "--wait-for-node", "--until", "active")
	r.shows(t, "/later/x is not there")
	loadText(t, server, "suite later\n task x\nendsuite\n", true)
	r.shows(t, "/later/x added")
	require.NoError(t, c.ForceState(ctx, client.StateActive, "/later/x"))
	r.ends(t, 0)

	r = runs(server, "wait", "/later/x")
	r.shows(t, "/later/x active")
	require.NoError(t, c.Delete(ctx, true, "/later"))
	r.ends(t, 1)
	require.Contains(t, r.errs.String(), "any more")
	noHandles(t, server)
}

// A job that fails at first is not given up while it has tries left.
func TestWait_secondTry(t *testing.T) {
	server := start(t, realserver.Config{})
	files := filepath.Join(server.ClientHome, "files")
	require.NoError(t, os.MkdirAll(filepath.Join(files, "s"), 0o700))
	child := strings.Join(server.Installation.Client(), " ")
	script := "#!/bin/sh\nexport ECF_PORT=%ECF_PORT% ECF_HOST=localhost ECF_NAME=%ECF_NAME% ECF_PASS=%ECF_PASS% ECF_TRYNO=%ECF_TRYNO% ECF_RID=$$\n" +
		child + " --init=$$\nsleep 0.5\nif test %ECF_TRYNO% -le %FAIL%; then " + child + " --abort=unlucky; else " + child + " --complete; fi\n"
	require.NoError(t, os.WriteFile(filepath.Join(files, "s", "t.ecf"), []byte(script), 0o600))
	loadText(t, server, "suite s\n edit ECF_FILES '"+files+"'\n edit FAIL 1\n task t\nendsuite\n", true)
	c := server.Client()
	require.NoError(t, c.RestartServer(ctx))
	require.NoError(t, c.BeginSuite(ctx, "s", false))
	r := runs(server, "wait", "/s/t")
	select {
	case code := <-r.code:
		require.Zero(t, code, r.text()+r.errs.String())
	case <-time.After(100 * time.Second):
		t.Fatal(r.text())
	}

	require.NoError(t, c.Alter(ctx, "change", "variable", "FAIL", "9", "/s"))
	require.NoError(t, c.Requeue(ctx, "", "/s"))
	r = runs(server, "wait", "/s/t")
	select {
	case code := <-r.code:
		require.Equal(t, 3, code, r.text())
		require.Contains(t, r.errs.String(), "/s/t is aborted (unlucky)")
	case <-time.After(100 * time.Second):
		t.Fatal(r.text())
	}
	noHandles(t, server)
}

// A server that is killed and started on the same port, where meanwhile others have got the handles' numbers.
func TestWatch_serverStartedAnew(t *testing.T) {
	server := start(t, realserver.Config{})
	loadText(t, server, watched, true)
	c := server.Client()
	all, one, waits := runs(server, "watch"), runs(server, "watch", "/s"), runs(server, "wait", "/s/f/a", "--timeout", "5m")
	all.shows(t, "/ ")
	one.shows(t, "/s ")
	waits.shows(t, "/s/f/a ")
	require.NoError(t, c.ForceState(ctx, client.StateActive, "/s/f/a"))
	for _, r := range []*running{all, one, waits} {
		r.shows(t, "/s/f/a unknown -> active")
	}
	server.Original("--check_pt")
	server.Kill()
	for _, r := range []*running{all, one, waits} {
		r.shows(t, "/ connection up -> lost")
	}
	server.StartAgain()
	others := server.Client()
	_, err := others.RegisterHandle(ctx, false, "other")
	require.NoError(t, err)
	for _, r := range []*running{all, one, waits} {
		r.shows(t, "/ connection lost -> up")
	}
	require.NoError(t, c.ForceState(ctx, client.StateComplete, "/s/f/a"))
	waits.ends(t, 0)
	for _, r := range []*running{all, one} {
		r.shows(t, "/s/f/a active -> complete")
		r.cancel(&terminal.Interrupted{Signal: syscall.SIGINT})
		r.ends(t, 130)
	}
	require.NoError(t, others.Sync(ctx, false), "the other's handle is still there")
	require.NoError(t, others.DropHandle(ctx, others.Handle()))
	noHandles(t, server)
}

// The library with a real client, over TLS.
func TestWatch_library(t *testing.T) {
	server := start(t, realserver.Config{TLS: realserver.ServerFiles})
	loadText(t, server, watched, true)
	w, err := watch.New(server.Client(), watch.Options{Paths: []string{"/s/f"}, Interval: 100 * time.Millisecond})
	require.NoError(t, err)
	g := &watch.Goal{Paths: []string{"/s/f"}}
	g.States, err = watch.ParseStates("complete")
	require.NoError(t, err)
	first := true
	outcome, verdict, err := watch.Wait(ctx, w, g, time.Minute, func(*watch.Look) error {
		if first {
			first = false
			return server.Client().ForceStateRecursive(ctx, client.StateComplete, "/s/f")
		}
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, watch.Reached, outcome)
	require.Equal(t, []string{"/s/f is complete"}, verdict.Facts)
	require.NoError(t, w.Close(ctx))
	noHandles(t, server)
}
