package engine

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// hanging are files of which some cannot be read until they are released.
type hanging struct {
	job.OS
	mu    sync.Mutex
	part  string        // of the paths concerned
	free  chan struct{} // closed: nothing hangs
	reads int
}

func (h *hanging) Read(path string) ([]byte, error) {
	if strings.Contains(path, h.part) {
		h.mu.Lock()
		h.reads++
		h.mu.Unlock()
		<-h.free
	}
	return h.OS.Read(path)
}

func (h *hanging) count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.reads
}

func TestPatience_aFileSystemThatHangsHoldsUpJobsOnly(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"a", "b"} {
		require.NoError(t, os.MkdirAll(filepath.Join(home, "s"), 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(home, "s", name+".ecf"), []byte("true\n"), 0o666))
	}
	files := &hanging{part: "/s/a.ecf", free: make(chan struct{})}
	log := &lines{}
	e, err := New(Options{Log: log, Files: files, Host: "host", Port: "3141", SlowJob: time.Millisecond})
	require.NoError(t, err)
	e.answers.least = 20 * time.Millisecond
	b := &bench{Engine: e, t: t, log: log}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { e.Run(ctx) })
	defer running.Wait()
	defer cancel()
	b.load("suite s\n edit ECF_HOME '" + home + "'\n edit ECF_JOB_CMD true\n task a\n edit ECF_TRIES 1\n task b\n task c\n trigger a == unknown\n label l x\nendsuite\n")

	state := func(path string) (s defs.NState, try int) {
		e.Look(func(d *defs.Defs) {
			n := d.Find(path)
			s, try = n.State(), n.TryNo()
		})
		return s, try
	}
	require.Eventually(t, func() bool { return files.count() == 1 }, 5*time.Second, time.Millisecond)
	begun := time.Now()
	for range 20 {
		b.must(&wire.CtsCmd{UserCmd: fred, API: wire.CtsPing})
		alter := wire.NewAlterCmd(fred, []string{"/s/c"}, "l", "y")
		alter.ChangeAttrType = wire.AlterChangeLabel
		b.must(alter)
	}
	require.Less(t, time.Since(begun), 2*time.Second)
	s, try := state("/s/a")
	require.Equal(t, defs.Queued, s)
	require.Zero(t, try)
	s, _ = state("/s/b")
	require.Equal(t, defs.Queued, s) // as in the original, nothing is submitted while the file system hangs

	close(files.free)
	require.Eventually(t, func() bool {
		a, tryA := state("/s/a")
		b, tryB := state("/s/b")
		return a == defs.Submitted && b == defs.Submitted && tryA == 1 && tryB == 1
	}, 5*time.Second, time.Millisecond)
	require.Equal(t, 1, files.count()) // what came late was good
	require.Less(t, strings.Index(log.all(), "submitted: /s/a"), strings.Index(log.all(), "submitted: /s/b"))
	require.Contains(t, log.all(), "Job generation for task /s/a took ")
	require.NotContains(t, log.all(), "ERR")
}
