package ecftest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
)

const (
	waitTime  = 30 * time.Second
	pollTime  = 5 * time.Millisecond
	abortTime = time.Second // an aborted node that stays so for this long will not complete
)

// head and tail make a job of a few lines: who it is to the server, that it begins, and how it ends.
const (
	head = `#!/bin/bash
set -eu
export ECF_HOST=%ECF_HOST% ECF_PORT=%ECF_PORT% ECF_NAME=%ECF_NAME% ECF_PASS=%ECF_PASS% ECF_TRYNO=%ECF_TRYNO% ECF_RID=$$
ecflow_client --init=$$
trap 'trap - EXIT; ecflow_client --abort=trap; exit 1' EXIT HUP INT QUIT TERM
`
	tail = `
trap - EXIT HUP INT QUIT TERM
ecflow_client --complete
`
)

// Script writes the script of a task: lines of bash, between those by which a job tells the server that it begins and ends.
func (s *Server) Script(t testing.TB, path, lines string) {
	t.Helper()
	file := filepath.Join(s.Home, filepath.FromSlash(path)+".ecf")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatalf("ecftest: %v", err)
	}
	if err := os.WriteFile(file, []byte(head+lines+tail), 0o644); err != nil {
		t.Fatalf("ecftest: %v", err)
	}
}

// Load gives the server a definition.
func (s *Server) Load(t testing.TB, definition string) *defs.Defs {
	t.Helper()
	d, err := text.Parse([]byte(definition), text.Options{})
	if err != nil {
		t.Fatalf("ecftest: %v", err)
	}
	if err := s.Client(t).LoadDefs(t.Context(), d, false); err != nil {
		t.Fatalf("ecftest: %v", err)
	}
	return d
}

// Play gives the server a definition and begins its suites.
func (s *Server) Play(t testing.TB, definition string) {
	t.Helper()
	c := s.Client(t)
	for _, suite := range s.Load(t, definition).Suites() {
		if err := c.BeginSuite(t.Context(), suite.Name(), false); err != nil {
			t.Fatalf("ecftest: %v", err)
		}
	}
}

// Wait waits until a node has a state, for half a minute. A node that aborts meanwhile ends the test at once, with the
// outputs of its jobs.
func (s *Server) Wait(t testing.TB, path string, state client.State) {
	t.Helper()
	s.WaitFor(t, path, state, waitTime)
}

// WaitFor is Wait for as long as one likes.
func (s *Server) WaitFor(t testing.TB, path string, state client.State, limit time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	tick := time.NewTicker(pollTime)
	defer tick.Stop()
	var is client.State
	var aborted time.Time
	for {
		found := false
		s.Look(func(d *defs.Defs) {
			if n := d.Find(path); n != nil {
				is, found = client.State(n.State()), true
			}
		})
		if !found {
			t.Fatalf("ecftest: no node %s", path)
		}
		if is == state {
			return
		}
		if is != client.StateAborted {
			aborted = time.Time{}
		} else if aborted.IsZero() {
			aborted = time.Now()
		}
		if ctx.Err() != nil || !aborted.IsZero() && time.Since(aborted) > abortTime {
			t.Fatalf("ecftest: %s is %s, not %s%s", path, is, state, s.tell(path))
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}

// tell is what may explain why a node is not as it should be: the outputs of its jobs, and the end of the log.
func (s *Server) tell(path string) string {
	const enough = 4000
	var b strings.Builder
	show := func(name string) {
		data, err := os.ReadFile(name)
		if err != nil {
			return
		}
		b.WriteString("\n--- " + name + "\n" + string(data[max(0, len(data)-enough):]))
	}
	for _, pattern := range []string{path + ".[0-9]*", path + "/*.[0-9]*", path + "/*/*.[0-9]*", path + "/*/*/*.[0-9]*"} {
		names, _ := filepath.Glob(filepath.Join(s.Home, filepath.FromSlash(pattern)))
		for _, name := range names {
			show(name)
		}
	}
	show(s.logs)
	return b.String()
}
