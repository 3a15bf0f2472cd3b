package interop

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// effect is a call of a method and what the original client sees afterwards.
type effect struct {
	method string // of client.Client
	call   func(c *client.Client) error
	ask    []string // of the original client; --migrate=/ if empty
	shows  string   // in the answer; "" is not looked for
	hides  string   // not in the answer
}

func ask(arguments ...string) []string { return arguments }

var state = func(path string) []string { return ask("--query", "state", path) }

// The order matters: the suite has begun, /s/quiet is submitted, all else is queued.
var effects = []effect{
	{"Suspend", func(c *client.Client) error { return c.Suspend(ctx, "/s", "/other") }, ask("--query", "dstate", "/other"), "suspended", ""},
	{"Resume", func(c *client.Client) error { return c.Resume(ctx, "/s", "/other") }, ask("--query", "dstate", "/other"), "", "suspended"},
	{"ForceState", func(c *client.Client) error { return c.ForceState(ctx, client.StateComplete, "/s/f/a") }, state("/s/f/a"), "complete", ""},
	{"ForceStateRecursive", func(c *client.Client) error { return c.ForceStateRecursive(ctx, client.StateAborted, "/s/f") }, state("/s/f/b"), "aborted", ""},
	{"Requeue", func(c *client.Client) error { return c.Requeue(ctx, "force", "/s/f") }, state("/s/f/b"), "queued", ""},
	{"ForceEvent", func(c *client.Client) error { return c.ForceEvent(ctx, "set", "/s/f/a:go") }, ask("--query", "event", "/s/f/a:go"), "set", ""},
	{"FreeTriggerDependencies", func(c *client.Client) error { return c.FreeTriggerDependencies(ctx, "/s/f/b") }, nil, "trigger a == complete # free", ""},
	{"FreeDateDependencies", func(c *client.Client) error { return c.FreeDateDependencies(ctx, "/s/f/b") }, nil, "date 1.1.2099 # free", ""},
	{"FreeTimeDependencies", func(c *client.Client) error { return c.FreeTimeDependencies(ctx, "/s/f/b") }, nil, "time 23:59 # free", ""},
	{"FreeAllDependencies", func(c *client.Client) error { return c.FreeAllDependencies(ctx, "/s/f/c") }, nil, "today 23:59 # free", ""},
	{"Alter", func(c *client.Client) error { return c.Alter(ctx, "change", "label", "info", "two\nlines", "/s/f/a") },
		ask("--query", "label", "/s/f/a:info"), "two", ""},
	{"Alter", func(c *client.Client) error {
		return c.Alter(ctx, "add", "variable", "NEW", "a value", "/s/f/a", "/s/f/b")
	}, ask("--query", "variable", "/s/f/b:NEW"), "a value", ""},
	{"Alter", func(c *client.Client) error { return c.Alter(ctx, "delete", "variable", "NEW", "", "/s/f/a") }, ask("--get=/s/f/a"), "", "NEW"},
	{"Alter", func(c *client.Client) error { return c.Alter(ctx, "set_flag", "late", "", "", "/s/f/c") }, ask("--get_state=/s/f/c"), "late", ""},
	{"SortAttributes", func(c *client.Client) error { return c.SortAttributes(ctx, "variable", true, "/s") }, nil, "edit ECF_FILES", ""},
	{"Order", func(c *client.Client) error { return c.Order(ctx, "/other", "top") }, ask("--suites"), "other ", ""},
	{"Check", func(c *client.Client) error { _, err := c.Check(ctx, "/s"); return err }, nil, "", ""},
	{"EditHistory", func(c *client.Client) error {
		lines, err := c.EditHistory(ctx, "/s/f/a")
		if len(lines) == 0 {
			return os.ErrNotExist
		}
		return err
	}, ask("--edit_history=/s/f/a"), "--alter", ""},
	{"JobGeneration", func(c *client.Client) error { return c.JobGeneration(ctx, "/s") }, nil, "", ""},
	{"Status", func(c *client.Client) error {
		_ = c.Status(ctx, "/s/quiet") // refused: no command is defined for it; logged
		return nil
	}, ask("--log=get", "20"), "--status /s/quiet", ""},
	{"Kill", func(c *client.Client) error { _ = c.Kill(ctx, "/s/quiet"); return nil }, ask("--log=get", "20"), "--kill /s/quiet", ""},
	{"LogMessage", func(c *client.Client) error { return c.LogMessage(ctx, "a line of ours") }, ask("--log=get", "5"), "a line of ours", ""},
	{"FlushLog", func(c *client.Client) error { return c.FlushLog(ctx) }, ask("--log=get", "5"), "--log=flush", ""},
	{"Checkpoint", func(c *client.Client) error { return c.Checkpoint(ctx, client.CheckPtAlways, 0, 77) }, ask("--stats"), "CHECK_ON_ALWAYS", ""},
	{"Checkpoint", func(c *client.Client) error { return c.Checkpoint(ctx, client.CheckPtUndefined, 0, 0) }, ask("--log=get", "5"), "--check_pt", ""},
	{"StatsReset", func(c *client.Client) error { return c.StatsReset(ctx) }, ask("--log=get", "5"), "--stats_reset", ""},
	{"DebugServerOn", func(c *client.Client) error { return c.DebugServerOn(ctx) }, ask("--log=get", "5"), "--debug_server_on", ""},
	{"DebugServerOff", func(c *client.Client) error { return c.DebugServerOff(ctx) }, ask("--log=get", "5"), "--debug_server_off", ""},
	{"ForceDependencyEvaluation", func(c *client.Client) error { return c.ForceDependencyEvaluation(ctx) }, ask("--log=get", "5"), "--force-dep-eval", ""},
	{"Group", func(c *client.Client) error {
		return c.Group(ctx, "suspend /other; alter change variable NAME 'by group' /s")
	},
		ask("--query", "variable", "/s:NAME"), "by group", ""},
	{"RegisterHandle", func(c *client.Client) error { _, err := c.RegisterHandle(ctx, false, "s"); return err }, ask("--ch_suites"), "1  s", ""},
	{"AddHandleSuites", func(c *client.Client) error { return c.AddHandleSuites(ctx, 0, "other") }, ask("--ch_suites"), "other  ", ""},
	{"RemoveHandleSuites", func(c *client.Client) error { return c.RemoveHandleSuites(ctx, 1, "s") }, ask("--ch_suites"), "1  other", ""},
	{"AutoAddHandle", func(c *client.Client) error { return c.AutoAddHandle(ctx, 0, true) }, ask("--log=get", "5"), "--ch_auto_add=1 true", ""},
	{"DropHandle", func(c *client.Client) error { return c.DropHandle(ctx, 0) }, ask("--ch_suites"), "", "1  "},
	{"DropUserHandles", func(c *client.Client) error {
		if _, err := c.RegisterHandle(ctx, true, "s"); err != nil {
			return err
		}
		return c.DropUserHandles(ctx, "")
	}, ask("--ch_suites"), "", "1  "},
	{"SubmitScript", func(c *client.Client) error {
		return c.SubmitScript(ctx, "/s/f/a", []string{"FROM=edited"}, []string{"#! %FROM%"}, true, false)
	}, ask("--migrate"), "alias alias0", ""},
	{"Run", func(c *client.Client) error { return c.Run(ctx, true, "/s/f/a") }, ask("--get_state=/s/f/a"), " try:", ""}, // the job may have failed already
	{"Archive", func(c *client.Client) error { return c.Archive(ctx, "/other/g") }, ask("--get_state=/other/g"), "archived", "task t"},
	{"Restore", func(c *client.Client) error { return c.Restore(ctx, "/other/g") }, ask("--get=/other/g"), "task t", ""},
	{"Plug", func(c *client.Client) error { return c.Plug(ctx, "/other/g", "/s/f") }, ask("--get=/s/f"), "family g", ""},
	{"Delete", func(c *client.Client) error { return c.Delete(ctx, true, "/s/f/b", "/s/f/g") }, ask("--get=/s/f"), "task a", "family g"},
	// The server takes "begun" from the suite while it tries its jobs, and forgets to give it back.
	{"CheckJobGeneration", func(c *client.Client) error { return c.CheckJobGeneration(ctx, "/s/f/c") }, nil, "", ""},
	{"ShutdownServer", func(c *client.Client) error { return c.ShutdownServer(ctx) }, ask("--stats"), "SHUTDOWN", ""},
	{"RestartServer", func(c *client.Client) error { return c.RestartServer(ctx) }, ask("--stats"), "RUNNING", ""},
	{"HaltServer", func(c *client.Client) error { return c.HaltServer(ctx) }, ask("--stats"), "HALTED", ""},
	{"DeleteAll", func(c *client.Client) error { return c.DeleteAll(ctx, true) }, ask("--suites"), "No suites", ""},
	{"ClearLog", func(c *client.Client) error { return c.ClearLog(ctx) }, ask("--log=get", "100"), "", "--suites"},
}

// elsewhere are the methods that other tests of this package call.
var elsewhere = []string{
	"Ping", "ServerVersion", "Suites", "Load", "BeginAllSuites", "BeginSuite", // every test
	"ReloadPasswordFile", "ReloadCustomPasswordFile", "ReloadWhiteListFile", // password_test.go
	"ChildInit", "ChildEvent", "ChildMeter", "ChildLabel", "ChildQueue", "ChildWait", "ChildAbort", "ChildComplete", // child_test.go
	"Zombies", "ZombieAdopt", "ZombieBlock", "ZombieFail", "ZombieFob", "ZombieKill", "ZombieRemove", // child_test.go
	"Stats", "ServerStats", "ServerLoad", "Query", "File", "EditScript", "PreprocessScript", "Log", "LogPath", "NewLog", "HandleSuites", // TestAnswers
	"Sync", "News", "FetchDefs", "LoadDefs", "Replace", "ReplaceDefs", // sync_test.go, tree_test.go
	"RestoreFromCheckpoint", "TerminateServer", // TestCheckpointAndTerminate
}

func TestEffects(t *testing.T) {
	server := start(t, realserver.Config{})
	submitted(t, server)
	c := server.Client()
	for _, e := range effects {
		t.Run(e.method, func(t *testing.T) {
			require.NoError(t, e.call(c))
			question := e.ask
			if question == nil {
				question = ask("--migrate")
			}
			answer := server.Original(question...)
			if e.shows != "" {
				require.Contains(t, answer, e.shows)
			}
			if e.hides != "" {
				require.NotContains(t, answer, e.hides)
			}
		})
	}
}

// Every method that sends something is in these tests.
func TestEffects_coverEveryMethod(t *testing.T) {
	known := map[string]bool{"Do": true, "Command": true} // doors to all of them; tests_go/scripts goes through the second
	for _, e := range effects {
		known[e.method] = true
	}
	for _, name := range elsewhere {
		known[name] = true
	}
	facing := reflect.TypeFor[*client.Client]()
	for i := range facing.NumMethod() {
		m := facing.Method(i)
		asks := m.Type.NumIn() > 1 && m.Type.In(1) == reflect.TypeOf(&ctx).Elem()
		if asks && m.Name != "WaitForServer" {
			require.True(t, known[m.Name], "no test of %s", m.Name)
		}
		delete(known, m.Name)
	}
	require.Empty(t, known, "methods that the client does not have")
}

// What is read is what the original client reads.
func TestAnswers(t *testing.T) {
	server := start(t, realserver.Config{})
	submitted(t, server)
	c := server.Client()
	same := func(name, ours string, err error, arguments ...string) {
		t.Helper()
		require.NoError(t, err, name)
		require.NotEmpty(t, strings.TrimSpace(ours), name)
		require.Equal(t, strings.TrimSpace(server.Original(arguments...)), strings.TrimSpace(ours), name)
	}
	text, err := c.Query(ctx, "variable", "/s", "NAME")
	same("Query", text, err, "--query", "variable", "/s:NAME")
	text, err = c.File(ctx, "/s/f/a", "script", "10000")
	same("File", text, err, "--file=/s/f/a", "script")
	text, err = c.File(ctx, "/s/quiet", "job", "")
	same("File job", text, err, "--file=/s/quiet", "job")
	text, err = c.File(ctx, "/s/f/a", "manual", "")
	same("File manual", text, err, "--file=/s/f/a", "manual")
	text, err = c.EditScript(ctx, "/s/f/a")
	same("EditScript", text, err, "--edit_script=/s/f/a", "edit")
	require.Contains(t, text, "FROM")
	text, err = c.PreprocessScript(ctx, "/s/f/a")
	same("PreprocessScript", text, err, "--edit_script=/s/f/a", "pre_process")
	require.Contains(t, text, "# the head")
	text, err = c.LogPath(ctx)
	same("LogPath", text, err, "--log=path")
	text, err = c.ServerLoad(ctx)
	require.NoError(t, err)
	require.Contains(t, text, filepath.Base(server.File("log")))
	text, err = c.Log(ctx, 1)
	require.NoError(t, err)
	require.Contains(t, text, "--log=get")
	text, err = c.Stats(ctx)
	require.NoError(t, err)
	require.Contains(t, text, server.Installation.ServerVersion())
	require.Contains(t, text, "RUNNING")
	figures, err := c.ServerStats(ctx)
	require.NoError(t, err)
	require.Equal(t, server.Port, figures.Port)
	_, err = c.RegisterHandle(ctx, true, "s")
	require.NoError(t, err)
	text, err = c.HandleSuites(ctx)
	same("HandleSuites", text, err, "--ch_suites")
	other := filepath.Join(server.Home, "other.log")
	require.NoError(t, c.NewLog(ctx, other))
	require.NoError(t, c.LogMessage(ctx, "the first line"))
	require.NoError(t, c.FlushLog(ctx))
	require.FileExists(t, other)
	within := 10 * time.Second
	alive, err := c.WaitForServer(ctx, within)
	require.NoError(t, err)
	require.True(t, alive)
}

func TestCheckpointAndTerminate(t *testing.T) {
	server := start(t, realserver.Config{})
	loaded(t, server)
	c := server.Client()
	require.NoError(t, c.Checkpoint(ctx, client.CheckPtUndefined, 0, 0))
	require.FileExists(t, server.File("check"))
	require.NoError(t, c.HaltServer(ctx))
	require.NoError(t, c.DeleteAll(ctx, true))
	require.NoError(t, c.RestoreFromCheckpoint(ctx))
	require.Contains(t, server.Original("--suites"), "other")
	require.NoError(t, c.TerminateServer(ctx))
	require.Eventually(t, func() bool { return c.Ping(ctx) != nil }, 20*time.Second, 100*time.Millisecond)
	require.ErrorIs(t, c.Ping(ctx), client.NoConnection)
}
