package ourserver

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

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

// What was done to nodes that are gone, or longer ago than ECF_PRUNE_NODE_LOG says, is forgotten when a check point is read.
func TestCheckpoint_historyIsPruned(t *testing.T) {
	day := func(ago int) string { return time.Now().UTC().AddDate(0, 0, -ago).Format("2.1.2006") }
	var kept strings.Builder
	kept.WriteString("#5.19.0\ndefs_state MIGRATE state>:unknown state_change:1 modify_change:1 server_state:HALTED\n")
	for _, path := range []string{"/", "/s", "/s/t", "/s/gone", "/gone", "/s/u"} {
		kept.WriteString("history " + path + " ")
		for _, date := range []string{day(400), day(32), day(31), day(30), day(29), day(1), "3.x.2001", "31.2.2001"} {
			if path != "/s/u" || date == day(31) {
				kept.WriteString("\bMSG:[10:00:00 " + date + "] --alter add variable A 1 " + path + " :fred@host")
			}
		}
		kept.WriteString("\n")
	}
	kept.WriteString("suite s\n  task t\n  task u\nendsuite\n# enddef\n")
	histories := func(t *testing.T, c *client.Client) string {
		t.Helper()
		var all strings.Builder
		for _, path := range []string{"/", "/s", "/s/t", "/s/gone", "/gone", "/s/u"} {
			entries, err := c.EditHistory(t.Context(), path)
			require.NoError(t, err)
			entries = slices.DeleteFunc(entries, func(e string) bool { return !strings.Contains(e, "variable A") })
			all.WriteString(path + ":" + strings.Join(entries, "\n") + "\n")
		}
		return all.String()
	}
	ours := func(days string) string {
		v := &victim{t: t, home: t.TempDir()}
		t.Cleanup(func() { v.kill(syscall.SIGKILL) })
		require.NoError(t, os.WriteFile(filepath.Join(v.home, "check"), []byte(kept.String()), 0o600))
		if days != "" {
			require.NoError(t, os.WriteFile(filepath.Join(v.home, "server_environment.cfg"), []byte("ECF_PRUNE_NODE_LOG = "+days+"\n"), 0o600))
		}
		v.start()
		c := v.client(client.Task{})
		started := histories(t, c)
		require.NoError(t, c.HaltServer(t.Context()))
		require.NoError(t, c.DeleteAll(t.Context(), true))
		require.NoError(t, os.WriteFile(filepath.Join(v.home, "check"), []byte(kept.String()), 0o600))
		require.NoError(t, c.RestoreFromCheckpoint(t.Context()))
		require.Equal(t, started, histories(t, c), "restored as at the start")
		return started
	}
	got := ours("")
	require.NotContains(t, got, day(31))
	require.Equal(t, 3, strings.Count(got, day(30)), "of what is there: /, /s, /s/t")
	require.Equal(t, 4, strings.Count(ours("0"), day(31)))
	require.Equal(t, 4, strings.Count(ours("31"), day(31)))
	t.Run("originals", func(t *testing.T) {
		for _, one := range originals(t) {
			original := realserver.Start(t, one, realserver.Config{})
			c, err := client.New(original.Options())
			require.NoError(t, err)
			require.NoError(t, c.HaltServer(t.Context()))
			require.NoError(t, os.WriteFile(original.File("check"), []byte(kept.String()), 0o600))
			require.NoError(t, c.RestoreFromCheckpoint(t.Context()))
			require.Equal(t, histories(t, c), got, "%v", one)
		}
	})
}

// A definition from the check point that says that a node is archived finds it, though the node had been restored meanwhile.
func TestCheckpoint_archivesStayForIt(t *testing.T) {
	v := &victim{t: t, home: t.TempDir()}
	t.Cleanup(func() { v.kill(syscall.SIGKILL) })
	v.start()
	c := v.client(client.Task{})
	ctx := t.Context()
	d, err := text.ParseString("suite s\nfamily f\ntask t\nendfamily\nendsuite\n", text.Options{})
	require.NoError(t, err)
	require.NoError(t, c.LoadDefs(ctx, d, false))
	require.NoError(t, c.HaltServer(ctx))
	require.NoError(t, c.Archive(ctx, "/s/f"))
	require.NoError(t, c.Checkpoint(ctx, client.CheckPtUndefined, 0, 0))
	require.NoError(t, c.Restore(ctx, "/s/f"))
	require.NoError(t, c.DeleteAll(ctx, true))
	require.NoError(t, c.RestoreFromCheckpoint(ctx))
	require.NoError(t, c.Checkpoint(ctx, client.CheckPtUndefined, 0, 0))
	require.NoError(t, c.Restore(ctx, "/s/f"))
	require.NoError(t, c.Sync(ctx, true))
	require.NotNil(t, c.Defs().Find("/s/f/t"))
	require.Error(t, c.Restore(ctx, "/s/f"), "it is there")
	require.NoError(t, c.Delete(ctx, true, "/s/f/t"))
	require.NoError(t, c.Alter(ctx, "set_flag", "archived", "", "", "/s/f"))
	require.ErrorContains(t, c.Restore(ctx, "/s/f"), "could not restore file", "its file is only kept for the check point")
}
