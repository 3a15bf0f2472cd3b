package top_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/gen/topscene"
	"github.com/ecflow-go/ecflow/internal/top"
)

func stage(t *testing.T) *topscene.Stage {
	t.Helper()
	s := topscene.New(120, 40)
	t.Cleanup(s.Close)
	return s
}

// row is the line of the screen where the cursor is.
func row(s *topscene.Stage) string {
	for _, l := range strings.Split(text(s.Screen()), "\n") {
		if rest, ok := strings.CutPrefix(l, "▌"); ok {
			before, _, _ := strings.Cut(rest, "│")
			return strings.TrimSpace(before)
		}
	}
	return ""
}

// status is the line of messages.
func status(s *topscene.Stage) string {
	lines := strings.Split(text(s.Screen()), "\n")
	return strings.TrimSpace(lines[len(lines)-2])
}

func TestKeys_moveAndFold(t *testing.T) {
	s := stage(t)
	require.Contains(t, row(s), "ops-ecflow:3141")
	s.Press("down")
	require.Contains(t, row(s), "▸  oper")
	s.Press("right")
	require.Contains(t, row(s), "▾  oper")
	s.Press("right")
	require.Contains(t, row(s), "▸  00")
	s.Press("enter", "j", "l", "l")
	require.Contains(t, row(s), "fetch")
	s.Press("left")
	require.Contains(t, row(s), "obs")
	s.Press("left")
	require.Contains(t, row(s), "▸  obs")
	s.Press("G")
	require.NotContains(t, row(s), "obs")
	s.Press("g", "left")
	require.Contains(t, row(s), "▸ ops")
	require.NotContains(t, s.Screen(), "oper")
}

func TestKeys_unfoldAllAndBack(t *testing.T) {
	s := stage(t)
	s.Press("*")
	require.Contains(t, s.Screen(), "products")
	s.Press("-")
	require.NotContains(t, s.Screen(), "archive")
}

func TestKeys_nextAbortedGoesRound(t *testing.T) {
	s := stage(t)
	s.Services["test"].Tree.Find("/esuite/ens/m02").SetState(defs.Aborted)
	s.Press("n")
	require.Contains(t, row(s), "model")
	s.Press("n")
	require.Contains(t, row(s), "m02", "in the next server")
	s.Press("n")
	require.Contains(t, row(s), "model", "round")
	s.Press("N")
	require.Contains(t, row(s), "m02", "round, the other way")
	s.Press("N")
	require.Contains(t, row(s), "model")
	s.Services["test"].Tree.Find("/esuite/ens/m02").SetState(defs.Queued)
	s.Press("n")
	require.Contains(t, row(s), "model", "the only one")
}

func TestKeys_search(t *testing.T) {
	s := stage(t)
	s.Press("/", "type:FC/Mod", "enter")
	require.Contains(t, row(s), "model")
	s.Press("/", "type:obs", "enter")
	require.Contains(t, row(s), "obs")
	first := row(s)
	s.Press(">")
	require.Contains(t, row(s), "obs")
	require.NotEqual(t, first, row(s))
	s.Press("<")
	require.Equal(t, first, row(s))
	s.Press("/", "type:nowhere", "enter")
	require.Contains(t, status(s), "no nowhere found")
	s.Press("/", "esc")
	require.Equal(t, first, row(s))
}

func TestKeys_filter(t *testing.T) {
	s := stage(t)
	s.Press("f", "type:active submitted", "enter")
	screen := s.Screen()
	require.Contains(t, screen, "rmse")
	require.Contains(t, screen, "bias")
	require.NotContains(t, screen, "oper ")
	require.Contains(t, status(s), "filter: active submitted")
	s.Press("f", "backspace", "esc")
	require.Contains(t, status(s), "filter: active submitted", "esc keeps what was")
	s.Press("esc")
	require.Contains(t, s.Screen(), "oper")
	require.NotContains(t, s.Screen(), "rmse", "what was folded is folded again")
	s.Press("f", "type:+late", "enter")
	require.Contains(t, s.Screen(), "quality")
	require.NotContains(t, s.Screen(), "fetch")
}

// do presses the keys of a command for the aborted task and gives what the server was told.
func do(s *topscene.Stage, keys ...string) []string {
	s.Press("n")
	before := len(s.Services["ops"].Calls())
	s.Press(keys...)
	return s.Services["ops"].Calls()[before:]
}

func TestCommands_areAskedFirst(t *testing.T) {
	path := "/oper/00/fc/model"
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"x", "s", "y"}, "suspend " + path},
		{[]string{"x", "r", "y"}, "resume " + path},
		{[]string{"x", "q", "y"}, "requeue  " + path},
		{[]string{"x", "x", "y"}, "run " + path},
		{[]string{"x", "k", "y"}, "kill " + path},
		{[]string{"x", "t", "y"}, "status " + path},
		{[]string{"x", "f", "c", "y"}, "force complete " + path},
		{[]string{"x", "down", "down", "enter", "y"}, "requeue  " + path},
		{[]string{"x", "d", "type:model", "enter"}, "delete " + path},
		{[]string{"left", "x", "Q", "y"}, "requeue abort /oper/00/fc"},
		{[]string{"left", "x", "f", "C", "y"}, "force complete recursive /oper/00/fc"},
		{[]string{"g", "down", "x", "b", "y"}, "begin oper"},
		{[]string{"g", "x", "h", "y"}, "halt"},
		{[]string{"g", "x", "s", "y"}, "shutdown"},
		{[]string{"g", "x", "r", "y"}, "restart"},
	} {
		s := stage(t)
		require.Empty(t, do(s, c.keys[:len(c.keys)-1]...), "%v", c.keys)
		s.Press("esc", "esc")
		require.Equal(t, []string{c.want}, do(s, c.keys...), "%v", c.keys)
		require.Contains(t, status(s), "done")
	}
}

func TestCommands_forMarkedNodes(t *testing.T) {
	s := stage(t)
	s.Press("*", "n", "space", "space") // model and products
	require.Contains(t, row(s), "archive")
	require.Contains(t, status(s), "2 marked")
	s.Press("/", "type:m02", "enter", "space", "x")
	require.Contains(t, text(s.Screen()), "3 nodes")
	require.NotContains(t, text(s.Screen()), "begin", "is for suites")
	s.Press("q")
	require.Contains(t, text(s.Screen()), "Requeue /oper/00/fc/model, /oper/00/fc/products")
	s.Press("y")
	require.Equal(t, []string{"requeue  /oper/00/fc/model", "requeue  /oper/00/fc/products"}, s.Services["ops"].Calls())
	require.Equal(t, []string{"requeue  /esuite/ens/m02"}, s.Services["test"].Calls())
	require.NotContains(t, text(s.Screen()), "marked", "a command takes the marks")

	s.Services["ops"].Refuses = "no"
	s.Press("n", "space", "space", "x", "s", "y")
	require.Contains(t, status(s), "suspend 2 nodes: 2 of 2 failed: no")
	s.Press("n", "space", "esc")
	require.NotContains(t, text(s.Screen()), "marked")
	s.Press("n", "space", "space", "x", "d", "type:model", "enter")
	require.Contains(t, text(s.Screen()), "Type: delete 2 nodes")
	s.Press("backspace", "backspace", "backspace", "backspace", "backspace", "type:delete 2 nodes", "enter")
	require.Contains(t, status(s), "delete 2 nodes: 2 of 2 failed: no")
}

func TestCommands_noMeansNo(t *testing.T) {
	s := stage(t)
	for _, keys := range [][]string{{"x", "s", "n"}, {"x", "s", "esc"}, {"x", "esc", "s"}, {"x", "d", "type:mode", "enter", "esc"}, {"x", "s", "enter", "esc"}} {
		require.Empty(t, do(s, keys...), "%v", keys)
	}
}

func TestCommands_refusalIsShown(t *testing.T) {
	s := stage(t)
	s.Services["ops"].Refuses = "RequeueNodeCmd failed, node is \x1b[31mactive"
	do(s, "x", "q", "y")
	require.Contains(t, status(s), "RequeueNodeCmd failed, node is [31mactive")
	require.NotContains(t, s.Screen(), "\x1b[31m", "what a server sends never reaches the terminal as it is")
	s.Press("9")
	require.Contains(t, text(s.Screen()), "! 06:13:20")
}

func TestServers_addAndRemove(t *testing.T) {
	s := stage(t)
	s.Services["new"] = &topscene.Service{Tree: topscene.Tree("suite n\nendsuite\n")}
	s.Press("+", "type:newhost", "tab", "backspace", "type:x", "tab", "tab", "type:new", "tab", "space", "tab", "enter")
	require.Contains(t, text(s.Screen()), "is no port")
	s.Press("up", "up", "up", "up", "backspace", "type:9", "enter")
	require.Contains(t, row(s), "▾ new  newhost:3149  🔒")
	require.Contains(t, s.Screen(), " n ")
	require.Equal(t, top.Server{Name: "new", Host: "newhost", Port: "3149", SSL: true}, s.Saved[3])
	s.Press("x", "d", "y")
	require.NotContains(t, s.Screen(), "newhost")
	require.Len(t, s.Saved, 3)
	s.Press("g", "x", "e", "down", "down", "down", "type:2", "down", "space", "enter", "enter")
	require.Contains(t, row(s), "▾ ops2  ops-ecflow:3141  🔒")
	require.Equal(t, top.Server{Name: "ops2", Host: "ops-ecflow", Port: "3141", SSL: true}, s.Saved[0])
	require.Len(t, s.Saved, 3)
	s.Press("+", "type:ops-ecflow", "enter")
	require.Contains(t, text(s.Screen()), "in the list already")
}

func TestServers_failureAndRecovery(t *testing.T) {
	s := stage(t)
	s.Press("n")
	s.Services["ops"].Down = errors.New("no route to host")
	s.Sync()
	s.Now = s.Now.Add(3 * time.Second)
	screen := text(s.Screen())
	require.Contains(t, screen, "no connection, again in 2 s, as of 3 s ago")
	require.Contains(t, screen, "no route to host")
	require.Contains(t, row(s), "model", "what is known stays on the screen, and the cursor on its row")
	s.Services["ops"].Down = nil
	s.Sync()
	require.Contains(t, status(s), "connected again")
	require.NotContains(t, text(s.Screen()), "no route to host")
	require.Contains(t, row(s), "model")
}

func TestServers_tellWhatAborts(t *testing.T) {
	s := stage(t)
	require.Equal(t, "ecflow top: 1 aborted", s.View().WindowTitle)
	s.Services["ops"].Tree.Find("/verify/scores/rmse").SetState(defs.Aborted)
	s.Sync()
	require.Contains(t, status(s), "ops: 1 more aborted: n goes there")
	require.Equal(t, "ecflow top: 2 aborted", s.View().WindowTitle)
}

func TestServers_none(t *testing.T) {
	s := stage(t)
	for range 3 {
		s.Press("g", "x", "d", "y")
	}
	require.Contains(t, text(s.Screen()), "No servers yet: press +")
	s.Press("n", "/", "type:a", "enter", "right", "left", "enter", "a", "*", "w", "o", "esc", "f", "type:x", "enter", "space", "G", "x")
	require.Contains(t, text(s.Screen()), "add a server")
}

// On an attribute the commands are those of its node.
func TestCommands_onAnAttribute(t *testing.T) {
	s := stage(t)
	s.Press("n", "a", "down", "x")
	require.NotContains(t, text(s.Screen()), "begin")
	s.Press("k", "y")
	require.Equal(t, []string{"kill /oper/00/fc/model"}, s.Services["ops"].Calls())
}

// A whole new definition comes, in which a node above the selected one is missing.
func TestTree_replaced(t *testing.T) {
	s := stage(t)
	s.Press("*", "n")
	require.Contains(t, row(s), "model")
	other := topscene.New(10, 10)
	defer other.Close()
	s.Services["ops"].Tree = other.Services["ops"].Tree
	s.Sync()
	require.Contains(t, row(s), "model", "the node of the same path")
	require.Contains(t, s.Screen(), "archive", "what was unfolded still is")
	require.NoError(t, s.Services["ops"].Tree.Find("/oper/00/fc").Remove())
	s.Sync()
	require.Contains(t, row(s), " 00 ", "the nearest above that is left")
}

func TestPanel_searchAndScroll(t *testing.T) {
	s := stage(t)
	s.Press("n", "o", "tab", "/", "type:node", "enter")
	require.Contains(t, s.Screen(), "\x1b[38;2;0;0;0;48;2;255;220;90mnode")
	s.Press("tab", "down", "left")
	require.Contains(t, row(s), "fc")
	require.Contains(t, s.Screen(), "step 6 written", "the output of whatever is selected")
	s.Press("esc")
	require.NotContains(t, s.Screen(), "step 6 written")
}

func TestPanel_filesAreDisarmed(t *testing.T) {
	s := stage(t)
	s.Press("n", "o")
	screen := s.Screen()
	require.Contains(t, screen, "mpirun: 1 process died")
	require.NotContains(t, screen, "\x1b[31m")
	require.NotContains(t, screen, "\t")
}

func TestPanel_ofAServer(t *testing.T) {
	s := stage(t)
	// In this order: the key of the panel that is shown closes it.
	for _, panel := range [][2]string{{"w", "The server is running"}, {"i", "suites      2"}, {"o", "A server has no output"}, {"7", "--requeue /"}} {
		s.Press(panel[0])
		require.Contains(t, text(s.Screen()), panel[1])
	}
	s.Press("/", "type:esuite", "enter", "left", "left", "w")
	require.Contains(t, text(s.Screen()), "The server is halted")
	s.Press("G", "up", "i")
	require.Contains(t, text(s.Screen()), "check that the server runs", "what to do about a server that is not there")
}

func TestPanel_passwordIsNotShown(t *testing.T) {
	s := stage(t)
	s.Press("n", "i")
	require.NotContains(t, s.Screen(), "secret")
}

// The output of an active task is read again with each sync, and followed where its end is in sight.
func TestPanel_followsTheOutput(t *testing.T) {
	s := stage(t)
	ops := s.Services["ops"]
	output := strings.Repeat("line\n", 100)
	ops.Files = map[string]string{"jobout": output + "the end"}
	s.Press("n", "o")
	ops.Tree.Find("/oper/00/fc/model").SetState(defs.Active)
	s.Sync()
	require.NotContains(t, s.Screen(), "the end")
	ops.Files["jobout"] += "\nanother end"
	s.Sync()
	require.NotContains(t, s.Screen(), "another end", "the top is in sight")
	s.Press("tab", "G")
	require.Contains(t, s.Screen(), "another end")
	ops.Files["jobout"] += "\nthe last end"
	s.Sync()
	require.Contains(t, s.Screen(), "the last end")
	ops.Tree.Find("/oper/00/fc/model").SetState(defs.Complete)
	s.Sync()
	ops.Files["jobout"] += "\ntoo late"
	s.Sync()
	require.NotContains(t, s.Screen(), "too late")
	s.Press("ctrl+r")
	require.Contains(t, s.Screen(), "too late")
}

func TestASCII(t *testing.T) {
	service := stage(t).Services["ops"]
	m := top.New(t.Context(), top.Options{ASCII: true, Servers: []top.Server{{Host: "a-host-of-a-very-long-name", Port: "1", SSL: true}},
		Connect: func(top.Server, func() func()) (top.Service, error) { return service, nil }})
	defer m.Close()
	m.SyncAll()
	for _, key := range []string{"*", "A", "n", "x", "esc", "w", "?", "esc", "+"} {
		m.Update(topscene.Key(key))
		m.Update(tea.WindowSizeMsg{Width: 60, Height: 30})
		require.Negative(t, strings.IndexFunc(m.Screen(), func(r rune) bool { return r >= 0x80 }), m.Screen())
	}
	require.Contains(t, m.Screen(), "[TLS]")
}

func TestMouse(t *testing.T) {
	s := stage(t)
	s.Send(tea.MouseClickMsg{X: 5, Y: 2, Button: tea.MouseLeft})
	require.Contains(t, row(s), "▸  oper")
	s.Send(tea.MouseClickMsg{X: 5, Y: 2, Button: tea.MouseLeft})
	require.Contains(t, row(s), "▾  oper")
	s.Send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	require.NotContains(t, row(s), "oper ")
	s.Send(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	require.Contains(t, row(s), "▾  oper")
	s.Send(tea.MouseClickMsg{X: 5, Y: 35, Button: tea.MouseLeft})
	s.Send(tea.MouseClickMsg{X: -1, Y: -1, Button: tea.MouseLeft})
	require.Contains(t, row(s), "▾  oper", "a click beside the rows")
}

// The documentation lists all keys.
func TestKeys_areDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/top.md")
	require.NoError(t, err)
	for _, line := range top.KeyTable() {
		require.Contains(t, string(doc), line)
	}
}

func TestSize_anyIsSurvived(t *testing.T) {
	s := stage(t)
	s.Press("*", "A", "n", "w")
	for w := range 130 {
		for _, h := range []int{0, 1, 2, 5, 6, 7, 10, 50} {
			s.Send(tea.WindowSizeMsg{Width: w, Height: h})
			s.Screen()
		}
	}
	for _, key := range []string{"?", "+", "x"} {
		s.Send(topscene.Key(key))
		for w := range 90 {
			s.Send(tea.WindowSizeMsg{Width: w, Height: 7})
			s.Screen()
		}
		s.Send(topscene.Key("esc"))
	}
}

func TestServersFile_thereAndBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "servers.json")
	none, err := top.LoadServers(path)
	require.NoError(t, err)
	require.Empty(t, none)
	list := []top.Server{{Host: "a", Port: "1", SSL: true}, {Name: "n", Host: "::1", Port: "3141", User: "u"}}
	require.NoError(t, top.SaveServers(path, list))
	back, err := top.LoadServers(path)
	require.NoError(t, err)
	require.Equal(t, list, back)
	for _, bad := range []string{"", "{", `{"servers":[{"host":"a","port":"0"}]}`, `{"servers":[{"port":"1"}]}`, `{"servers":3}`} {
		require.NoError(t, os.WriteFile(path, []byte(bad), 0o600))
		_, err := top.LoadServers(path)
		require.ErrorContains(t, err, path, "%q", bad)
	}
}
