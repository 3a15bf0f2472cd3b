package watch_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/watch"
)

var ctx = context.Background()

const definition = `#5.19.0
defs_state NET state_change:3 modify_change:1 server_state:RUNNING
suite s # begun:1 state:active
  edit ECF_TRIES '2'
  family f # state:active
    repeat integer N 1 9
    task a # state:complete
    task b # state:active
      event go
      meter steps 0 100
      label note "none"
    task c # state:queued
    family g # state:queued
      limit l 5
      task d # state:queued
    endfamily
  endfamily
endsuite
suite r # state:queued
  task u # state:queued
endsuite
`

func parse(t testing.TB, definition string) *defs.Defs {
	t.Helper()
	d, err := text.ParseString(definition, text.Options{})
	require.NoError(t, err)
	return d
}

// step is what happens on the server before a sync.
type step func(s *source) error

// source is a server for a watcher: each sync takes the next step, and no step when there are none left.
type source struct {
	t       testing.TB
	current *defs.Defs
	steps   []step
	changed []string
	now     time.Time
	pauses  []time.Duration

	handle  int
	handles map[int]string // of the server, with suites
	asked   []string
	fail    map[string]error
}

func newSource(t testing.TB, steps ...step) *source {
	return &source{t: t, current: parse(t, definition), steps: steps, handles: map[int]string{}, fail: map[string]error{},
		now: time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)}
}

func (s *source) Sync(ctx context.Context, _ bool) error {
	s.asked = append(s.asked, "sync")
	s.changed = nil
	if err := ctx.Err(); err != nil {
		return fault.New(fault.Cancelled, "cancelled")
	}
	if s.handle != 0 {
		if _, known := s.handles[s.handle]; !known {
			return &fault.Error{Kind: fault.Refused, Server: fmt.Sprintf("handle(%d) does not exist in server.", s.handle)}
		}
	}
	if len(s.steps) == 0 {
		return nil
	}
	next := s.steps[0]
	s.steps = s.steps[1:]
	return next(s)
}

func (s *source) Defs() *defs.Defs {
	if s.handle == 0 && s.fail["no defs"] != nil {
		return nil
	}
	return s.current
}
func (s *source) ChangedNodePaths() []string { return s.changed }

func (s *source) RegisterHandle(_ context.Context, _ bool, suites ...string) (int, error) {
	s.asked = append(s.asked, "register "+strings.Join(suites, " "))
	if err := s.fail["register"]; err != nil {
		return 0, err
	}
	s.handle = 1
	for s.handles[s.handle] != "" {
		s.handle++
	}
	s.handles[s.handle] = strings.Join(suites, "  ")
	return s.handle, nil
}

func (s *source) HandleSuites(context.Context) (string, error) {
	s.asked = append(s.asked, "handles")
	table := "User      handle  suites\n"
	for h, suites := range s.handles {
		table += fmt.Sprintf("root      %6d  %s  \n", h, suites)
	}
	return table, s.fail["handles"]
}

func (s *source) DropHandle(_ context.Context, handle int) error {
	s.asked = append(s.asked, fmt.Sprint("drop ", handle))
	delete(s.handles, handle)
	return s.fail["drop"]
}

func (s *source) Handle() int { return s.handle }
func (s *source) Reset()      { s.handle = 0 }

func (s *source) options(paths ...string) watch.Options {
	return watch.Options{Paths: paths, Now: func() time.Time { return s.now }, Sleep: func(ctx context.Context, d time.Duration) error {
		s.pauses = append(s.pauses, d)
		s.now = s.now.Add(d)
		return ctx.Err()
	}}
}

func (s *source) watcher(paths ...string) *watch.Watcher {
	s.t.Helper()
	w, err := watch.New(s, s.options(paths...))
	require.NoError(s.t, err)
	return w
}

// change changes nodes in place, as a sync does.
func change(f func(n *defs.Node), paths ...string) step {
	return func(s *source) error {
		for _, p := range paths {
			n := s.current.Find(p)
			require.NotNil(s.t, n, p)
			f(n)
		}
		s.changed = append(s.changed, paths...)
		return nil
	}
}

func become(state defs.NState, paths ...string) step {
	return change(func(n *defs.Node) { n.SetState(state) }, paths...)
}

// replace brings another definition.
func replace(edit ...string) step {
	return func(s *source) error {
		s.current = parse(s.t, strings.NewReplacer(edit...).Replace(definition))
		return nil
	}
}

func nothing(*source) error { return nil }

func breaks(err error) step { return func(*source) error { return err } }

// tell is a change in short.
func tell(changes []watch.Change) (told []string) {
	for _, c := range changes {
		name := ""
		if c.Name != "" {
			name = ":" + c.Name
		}
		line := fmt.Sprintf("%s%s %s %s>%s", c.Path, name, c.Kind, c.Old, c.New)
		if c.Reason != "" {
			line += " " + c.Reason
		}
		told = append(told, line)
	}
	return told
}
