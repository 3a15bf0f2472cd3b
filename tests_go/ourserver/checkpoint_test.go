package ourserver

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

const rich = `suite s
 edit QUOTED 'it is "quoted"'
 limit l 3
 repeat date YMD 20260101 20261231
 family f
  inlimit /s:l
  task a
   event e
   meter m 0 100 50
   label l "two\nlines"
   time 10:00
   cron -w 0,1 12:00
  task b
   trigger a == complete and a:e
   late -s +00:10
   defstatus suspended
 endfamily
 family g
  task c
   complete ../f/a:m ge 5
   queue q one two three
   date 1.*.*
   day monday
   autocancel +01:00
 endfamily
endsuite
`

// state is what a server holds, without what is its own: numbers, variables, mark of a signal, and what it noted.
func state(t *testing.T, c *client.Client) string {
	t.Helper()
	require.NoError(t, c.Sync(t.Context(), true))
	lines := strings.Split(string(text.Append(nil, c.Defs(), text.Net)), "\n")
	kept := lines[:0]
	for _, line := range lines {
		switch {
		case strings.HasSuffix(line, "# server"), strings.HasPrefix(line, "defs_state"), strings.HasPrefix(line, "#"), strings.HasPrefix(line, "history"):
		default:
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// A check point goes from the original to ours and back, and nothing of it changes.
func TestCheckpoint_thereAndBack(t *testing.T) {
	for _, one := range originals(t) {
		t.Run(one.Version, func(t *testing.T) { thereAndBack(t, realserver.Start(t, one, realserver.Config{})) })
	}
}

func thereAndBack(t *testing.T, original *realserver.Server) {
	t.Helper()
	c, err := client.New(original.Options())
	require.NoError(t, err)
	d, err := text.ParseString(rich, text.Options{})
	require.NoError(t, err)
	ctx := t.Context()
	require.NoError(t, c.HaltServer(ctx))
	require.NoError(t, c.LoadDefs(ctx, d, false))
	require.NoError(t, c.BeginAllSuites(ctx, false))
	require.NoError(t, c.ForceEvent(ctx, "set", "/s/f/a:e"))
	require.NoError(t, c.Alter(ctx, "change", "meter", "m", "7", "/s/f/a"))
	require.NoError(t, c.ForceState(ctx, client.StateAborted, "/s/g/c"))
	require.NoError(t, c.Checkpoint(ctx, client.CheckPtUndefined, 0, 0))
	want := state(t, c)
	theirs := filepath.Join(original.Home, original.HostName+"."+original.Port+".ecf.check")
	written, err := os.ReadFile(theirs)
	require.NoError(t, err)

	v := &victim{t: t, home: t.TempDir()}
	t.Cleanup(func() { v.kill(syscall.SIGKILL) })
	require.NoError(t, os.WriteFile(filepath.Join(v.home, "check"), written, 0o600))
	v.start()
	require.Equal(t, want, state(t, v.client(client.Task{})))
	require.NoError(t, v.client(client.Task{}).Alter(ctx, "add", "variable", "OURS", "1", "/s"))
	want = state(t, v.client(client.Task{}))
	v.kill(syscall.SIGTERM)

	ours, err := os.ReadFile(filepath.Join(v.home, "check"))
	require.NoError(t, err)
	require.NoError(t, c.DeleteAll(ctx, true))
	require.NoError(t, os.WriteFile(theirs, ours, 0o600))
	require.NoError(t, c.RestoreFromCheckpoint(ctx))
	require.Equal(t, want, state(t, c))
	require.Contains(t, want, "edit OURS '1'")
}
