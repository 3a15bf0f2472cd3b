package top_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/gen/topscene"
	"github.com/ecflow-go/ecflow/internal/top"
)

// changing is a service whose sync takes its time and changes the tree, under the lock as a client does.
type changing struct {
	*topscene.Service
	lock  func() func()
	pause time.Duration // of the network
	busy  time.Duration // with the lock
	syncs atomic.Int32
}

func (c *changing) Sync(ctx context.Context, clock bool) error {
	if err := c.Service.Sync(ctx, clock); err != nil {
		return err
	}
	select {
	case <-time.After(c.pause):
	case <-ctx.Done():
		return ctx.Err()
	}
	defer c.lock()()
	n := int(c.syncs.Add(1))
	task := c.Tree.Find("/oper/00/fc/model")
	task.SetState([]defs.NState{defs.Aborted, defs.Active}[n%2])
	if suite := c.Tree.Suite("verify"); suite != nil && n%5 == 0 {
		_ = suite.Remove()
	}
	time.Sleep(c.busy)
	return nil
}

// A server that never answers, and one that is busy all the time, hold no key back. Run it with -race.
func TestSlowServer_keysAreNotHeldBack(t *testing.T) {
	scene := topscene.New(120, 40)
	scene.Close()
	hanging := &topscene.Service{Tree: scene.Services["test"].Tree, Before: func(ctx context.Context) { <-ctx.Done() }}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	m := top.New(ctx, top.Options{
		Servers: []top.Server{{Name: "busy", Host: "busy", Port: "1"}, {Name: "hanging", Host: "hanging", Port: "2"}},
		Connect: func(s top.Server, lock func() func()) (top.Service, error) {
			if s.Name == "hanging" {
				return hanging, nil
			}
			return &changing{Service: scene.Services["ops"], lock: lock, pause: time.Millisecond, busy: 30 * time.Millisecond}, nil
		},
		Interval: time.Millisecond,
	})
	messages := make(chan any, 1000)
	run := runner(ctx, messages)
	run(m.Init())
	var longest time.Duration
	handle := func(msg any) {
		start := time.Now()
		_, cmd := m.Update(msg)
		m.View()
		longest = max(longest, time.Since(start))
		run(cmd)
	}
	handle(tea.WindowSizeMsg{Width: 120, Height: 60})
	keys := strings.Fields("down right right * n w A A down down i x esc f a b esc / m enter o tab 9 esc")
	end := time.After(1500 * time.Millisecond)
	for i := 0; ; i++ {
		select {
		case msg := <-messages:
			handle(msg)
			continue
		case <-time.After(3 * time.Millisecond):
			handle(topscene.Key(keys[i%len(keys)]))
			continue
		case <-end:
		}
		break
	}
	for _, key := range []string{"esc", "esc", "esc", "esc", "g"} {
		handle(topscene.Key(key))
	}
	screen := m.Screen()
	require.Contains(t, screen, "busy")
	require.Contains(t, screen, "connecting", "the server that hangs")
	// The race detector and a machine with much to do make all slower; a wait for the network would be seconds.
	require.Less(t, longest, 250*time.Millisecond)
	t.Logf("longest: %v", longest)
}

// runner runs commands as bubbletea does: each in a goroutine of its own.
func runner(ctx context.Context, messages chan any) func(tea.Cmd) {
	var run func(tea.Cmd)
	run = func(cmd tea.Cmd) {
		if cmd == nil {
			return
		}
		go func() {
			msg := cmd()
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, c := range batch {
					run(c)
				}
				return
			}
			if msg == nil {
				return
			}
			select {
			case messages <- msg:
			case <-ctx.Done():
			}
		}()
	}
	return run
}

// Workers end when the screen is closed.
func TestClose_endsTheWorkers(t *testing.T) {
	var mu sync.Mutex
	running := 0
	service := &topscene.Service{Tree: topscene.Tree("suite s\nendsuite\n"), Before: func(ctx context.Context) {
		mu.Lock()
		running++
		mu.Unlock()
		<-ctx.Done()
		mu.Lock()
		running--
		mu.Unlock()
	}}
	m := top.New(t.Context(), top.Options{Servers: []top.Server{{Host: "h", Port: "1"}},
		Connect: func(top.Server, func() func()) (top.Service, error) { return service, nil }})
	m.Init()
	count := func(n int) func() bool {
		return func() bool { mu.Lock(); defer mu.Unlock(); return running == n }
	}
	require.Eventually(t, count(1), 5*time.Second, time.Millisecond)
	m.Close()
	require.Eventually(t, count(0), 5*time.Second, time.Millisecond)
}

// The whole program, on a pipe in place of a terminal.
func TestRun_untilLeft(t *testing.T) {
	in, keys := io.Pipe()
	var out syncBuffer
	finished := make(chan error, 1)
	service := &topscene.Service{Tree: topscene.Tree("suite fine\nendsuite\n")}
	go func() {
		finished <- top.Run(t.Context(), in, &out, top.Options{Servers: []top.Server{{Host: "h", Port: "1"}},
			Connect: func(top.Server, func() func()) (top.Service, error) { return service, nil }})
	}()
	require.Eventually(t, func() bool { return strings.Contains(out.String(), "fine") }, 10*time.Second, 10*time.Millisecond)
	fmt.Fprint(keys, "q")
	select {
	case err := <-finished:
		require.NoError(t, err)
	case <-time.After(10 * time.Second):
		t.Fatal("q does not leave")
	}
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}
func (s *syncBuffer) String() string { s.mu.Lock(); defer s.mu.Unlock(); return s.b.String() }
