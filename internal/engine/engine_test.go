package engine

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// lines is a log in memory.
type lines struct {
	mu      sync.Mutex
	text    []string
	moved   []string
	problem string
}

func (l *lines) Write(kind defs.LogKind, text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, kind.String()+":"+text)
}
func (l *lines) Flush()                   {}
func (l *lines) Close()                   {}
func (l *lines) Path() string             { return "log" }
func (l *lines) Last(int) (string, error) { return l.all(), nil }
func (l *lines) Clear() error             { return nil }
func (l *lines) New(path string) error    { l.moved = append(l.moved, path); return nil }
func (l *lines) Problem() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.problem
	l.problem = ""
	return p
}

func (l *lines) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.text, "\n")
}

// bench is an engine for a test, with a clock that the test moves.
type bench struct {
	*Engine
	t   *testing.T
	log *lines
	now time.Time
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, log: &lines{}, now: time.Date(2026, 11, 24, 12, 0, 30, 0, time.UTC)}
	e, err := New(Options{Log: b.log, Clock: func() time.Time { return b.now }, Host: "host", Port: "3141"})
	require.NoError(t, err)
	b.Engine = e
	return b
}

var fred = wire.UserCmd{ClientToServerCmd: wire.ClientToServerCmd{ClHost: "desk"}, User: "fred"}

// ask sends a request.
func (b *bench) ask(m wire.Request) wire.Reply {
	b.t.Helper()
	return b.Handle(b.t.Context(), m, Sender{}).Reply
}

// must sends a request that has to be answered with OK.
func (b *bench) must(m wire.Request) {
	b.t.Helper()
	reply := b.ask(m)
	if e, isError := reply.(*wire.ErrorCmd); isError {
		require.Fail(b.t, e.ErrorMsg)
	}
}

// load loads a definition, begins all and lets the server run.
func (b *bench) load(text string) {
	b.t.Helper()
	b.must(&wire.LoadDefsCmd{UserCmd: fred, Defs: text})
	b.must(&wire.CtsCmd{UserCmd: fred, API: wire.CtsRestartServer})
	b.must(&wire.BeginCmd{UserCmd: fred})
}

func (b *bench) node(path string) *defs.Node {
	b.t.Helper()
	n := b.tree.Find(path)
	require.NotNil(b.t, n, path)
	return n
}

// tick lets a minute pass.
func (b *bench) tick() {
	b.now = b.now.Truncate(time.Minute).Add(time.Minute)
	b.Tick(second(b.now))
}

func TestArchive(t *testing.T) {
	b := newBench(t)
	home := t.TempDir()
	b.load("suite s\nedit ECF_HOME '" + home + "'\nfamily f\nautoarchive +00:01\ntask t\nmeter m 0 100\nendfamily\nendsuite\n")
	b.node("/s/f/t").Become(defs.Complete)
	b.tick()
	b.tick()
	file := filepath.Join(home, "host.3141.:s:f.check")
	require.FileExists(t, file)
	require.Empty(t, b.node("/s/f").Children())
	require.Contains(t, b.log.all(), "LOG: autoarchive FAMILY:/s/f")

	require.NoError(t, b.node("/s/f").Restore(&b.host))
	require.Len(t, b.node("/s/f/t").Meters(), 1)
	_, err := os.Stat(file)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.Contains(t, b.log.all(), "LOG: autorestore FAMILY:/s/f")
}

func TestClock(t *testing.T) {
	b := newBench(t)
	b.load("suite s\nedit ECF_NO_SCRIPT 1\nedit ECF_JOB_CMD true\nclock real\ntask t\ntime 12:02\nendsuite\n")
	require.Equal(t, defs.Queued, b.node("/s/t").State())
	b.tick()
	require.Equal(t, defs.Queued, b.node("/s/t").State())
	b.tick()
	require.Equal(t, defs.Submitted, b.node("/s/t").State())
	b.now = b.now.Add(5 * time.Minute)
	b.tick()
	require.Contains(t, b.log.all(), "WAR:: interval is (60 seconds) but took (360 seconds)")
}
