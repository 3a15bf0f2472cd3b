package zombie

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
)

// scene is a tree with a task /s/f/t, whose job has password "pw" and id "1", and a list of zombies.
type scene struct {
	*List
	tree   *defs.Defs
	task   *defs.Node
	now    time.Time
	logs   []string
	kills  []string
	refuse error // of kills
}

func newScene(t *testing.T, state defs.NState) *scene {
	s := &scene{tree: defs.New(), now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	suite, err := s.tree.AddSuite("s")
	require.NoError(t, err)
	family, err := suite.AddFamily("f")
	require.NoError(t, err)
	s.task, err = family.AddTask("t")
	require.NoError(t, err)
	s.task.SetState(state)
	id := "1"
	if state == defs.Submitted {
		id = ""
	}
	s.task.SetJob("pw", id, "", 2)
	if state == defs.Complete {
		s.task.SetJob("", "", "", 2)
	}
	s.List = New(Host{
		Now: func() time.Time { return s.now },
		Log: func(k defs.LogKind, text string) { s.logs = append(s.logs, k.String()+":"+text) },
		Kill: func(task *defs.Node, id string) error {
			if s.refuse != nil {
				return s.refuse
			}
			s.kills = append(s.kills, task.Path()+" "+id)
			task.SetFlag(task.Flag().With(defs.FlagKilled))
			return nil
		},
	})
	return s
}

func (s *scene) send(cmd defs.ChildCmd, password, id string) Verdict {
	return s.Judge(s.tree, Child{Cmd: cmd, Path: "/s/f/t", Password: password, ID: id, TryNo: 1, Host: "h"})
}

func (s *scene) log() (all []string) {
	all, s.logs = s.logs, nil
	return all
}

func (s *scene) attribute(t *testing.T, node *defs.Node, text string) {
	t.Helper()
	a, err := defs.ParseZombieAttr(text)
	require.NoError(t, err)
	require.NoError(t, node.AddZombie(a))
}

func TestJudge_letsTheTasksOwnJobThrough(t *testing.T) {
	for _, c := range []struct {
		state    defs.NState
		cmd      defs.ChildCmd
		password string
		id       string
	}{
		{defs.Submitted, defs.ChildInit, "pw", "1"}, {defs.Active, defs.ChildEvent, "pw", "1"}, {defs.Active, defs.ChildComplete, "pw", ""},
		{defs.Complete, defs.ChildEvent, "_DJP_", "9"}, {defs.Queued, defs.ChildInit, "pw", "1"},
	} {
		s := newScene(t, c.state)
		require.Equal(t, Verdict{Task: s.task}, s.send(c.cmd, c.password, c.id))
		require.Empty(t, s.log())
		require.Zero(t, s.Len())
	}
	s := newScene(t, defs.Complete)
	s.task.AddVariable(defs.Variable{Name: "ECF_PASS", Value: "FREE"})
	s.task.SetFlag(defs.Flag(0).With(defs.FlagZombie))
	require.Equal(t, Proceed, s.send(defs.ChildEvent, "x", "y").Answer)
	require.Zero(t, s.task.Flag())
}

func TestJudge_logsCommandsBeforeInit(t *testing.T) {
	s := newScene(t, defs.Submitted)
	require.Equal(t, Proceed, s.send(defs.ChildComplete, "pw", "1").Answer)
	require.Equal(t, []string{"ERR:/s/f/t When a node is submitted, expected next child command to be INIT but received complete"}, s.log())
}

func TestJudge_forgivesWhatIsSoAlready(t *testing.T) {
	for _, c := range []struct {
		state defs.NState
		cmd   defs.ChildCmd
		text  string
	}{
		{defs.Active, defs.ChildInit, "WAR: [ overloaded || --init*2 ](pid and passwd match) : chd:init : /s/f/t : already active : action(fob)"},
		{defs.Complete, defs.ChildComplete, "WAR: [ overloaded || zombie || --complete*2 ] : chd:complete : /s/f/t : already complete : action(fob)"},
		{defs.Aborted, defs.ChildAbort, "WAR: [ overloaded || --abort*2 ] (pid and passwd match) : chd:abort : /s/f/t : already aborted : action(fob)"},
	} {
		s := newScene(t, c.state)
		require.Equal(t, fob, s.send(c.cmd, "pw", "1"))
		require.Equal(t, []string{c.text}, s.log())
		require.Zero(t, s.Len())
	}
}

func TestJudge_tellsZombiesApart(t *testing.T) {
	for _, c := range []struct {
		state        defs.NState
		cmd          defs.ChildCmd
		password, id string
		kind         defs.ZombieType
		text         string
	}{
		{defs.Active, defs.ChildComplete, "xx", "1", defs.ZombieEcfPasswd,
			"ERR: zombie(ecf_passwd) : chd:complete : /s/f/t(active) : 1 : hidden : passwd != [ task:hidden child:hidden ] : action(automatic-block)"},
		{defs.Active, defs.ChildComplete, "pw", "2", defs.ZombieEcfPid,
			"ERR: zombie(ecf_pid) : chd:complete : /s/f/t(active) : 2 : hidden : pid != [ task:1 child:2 ] : action(automatic-block)"},
		{defs.Active, defs.ChildInit, "xx", "2", defs.ZombieEcfPidPasswd,
			"ERR: zombie(ecf_pid_passwd) : chd:init : /s/f/t(active) : 2 : hidden : already active : passwd != [ task:hidden child:hidden ]" +
				" : pid != [ task:1 child:2 ] : action(automatic-block)"},
		{defs.Complete, defs.ChildAbort, "xx", "2", defs.ZombieEcf,
			"ERR: zombie(ecf) : chd:abort : /s/f/t(complete) : 2 : hidden : already complete : action(automatic-block)"},
		{defs.Aborted, defs.ChildInit, "pw", "1", defs.ZombieEcf,
			"ERR: zombie(ecf) : chd:init : /s/f/t(aborted) : 1 : hidden : already aborted : action(automatic-block)"},
	} {
		s := newScene(t, c.state)
		require.Equal(t, Verdict{Answer: Block, Type: c.kind}, s.send(c.cmd, c.password, c.id))
		require.Equal(t, []string{c.text}, s.log())
		require.True(t, s.task.Flag().Has(defs.FlagZombie))
		s.now = s.now.Add(90 * time.Second)
		require.Equal(t, []Zombie{{
			Path: "/s/f/t", Type: c.kind, Last: c.cmd, Password: c.password, ID: c.id, TryNo: 1, Host: "h", Attr: defs.DefaultZombieAttr(c.kind),
			Age: 90 * time.Second, since: s.All()[0].since, seq: 1,
		}}, s.All())
	}
}

func TestJudge_letsReportsOfZombiesGo(t *testing.T) {
	s := newScene(t, defs.Active)
	for i, cmd := range []defs.ChildCmd{defs.ChildLabel, defs.ChildEvent, defs.ChildMeter} {
		require.Equal(t, fob, s.send(cmd, "xx", "1"))
		require.Equal(t, i, s.All()[0].Calls)
		require.Len(t, s.log(), 1)
	}
	require.Equal(t, Block, s.send(defs.ChildQueue, "xx", "1").Answer)
}

func TestJudge_pathZombies(t *testing.T) {
	s := newScene(t, defs.Active)
	c := Child{Cmd: defs.ChildInit, Path: "/s/f/gone/far", Password: "xx", ID: "7", TryNo: 3, Host: "h"}
	require.Equal(t, Verdict{Answer: Block, Type: defs.ZombiePath}, s.Judge(s.tree, c))
	require.Equal(t, []string{"ERR: zombie(*path*) : chd:init : /s/f/gone/far : 7 : hidden : action(automatic-block)"}, s.log())
	s.attribute(t, s.task.Parent(), "path:fob::")
	require.Equal(t, fob, s.Judge(s.tree, c))
	require.Equal(t, 1, s.Len())
	require.Equal(t, []string{"ERR: zombie(*path*) : chd:init : /s/f/gone/far : 7 : hidden : action(automatic-fob)"}, s.log())
	c.Cmd = defs.ChildAbort
	require.Equal(t, fob, s.Judge(s.tree, c))
	require.Zero(t, s.Len())
}

func TestJudge_whatIsNoTaskIsAPathZombie(t *testing.T) {
	s := newScene(t, defs.Active)
	for i, path := range []string{"", "/", "x", "/s", "/s/f"} {
		require.Equal(t, Verdict{Answer: Block, Type: defs.ZombiePath}, s.Judge(s.tree, Child{Cmd: defs.ChildWait, Path: path}))
		require.Equal(t, i+1, s.Len())
	}
}

func TestJudge_attributesUpTheTree(t *testing.T) {
	s := newScene(t, defs.Active)
	s.attribute(t, s.task.Root(), "ecf_passwd:fail:complete,abort:60")
	require.Equal(t, Block, s.send(defs.ChildInit, "xx", "1").Answer, "for complete and abort alone")
	failed := s.send(defs.ChildAbort, "xx", "1")
	require.Equal(t, Fail, failed.Answer)
	require.Equal(t, "[ authentication failed ] Request set to FAIL via zombie setting", failed.Reason)
	require.Equal(t, " zombie(ecf_passwd) : chd:abort : /s/f/t(active) : 1 : hidden : passwd != [ task:hidden child:hidden ] : action(automatic-fail)",
		failed.Line, "which the log has behind the reason")
	s.attribute(t, s.task, "ecf_passwd:adopt::")
	require.Equal(t, Verdict{Task: s.task}, s.send(defs.ChildAbort, "xx", "1"))
	require.Equal(t, "xx", s.task.Password())
	require.Equal(t, 2, s.task.TryNo())
	require.Zero(t, s.task.Flag())
	require.Zero(t, s.Len())
}

func TestJudge_removeComesAgain(t *testing.T) {
	s := newScene(t, defs.Active)
	s.attribute(t, s.task, "ecf_pid:remove::")
	require.Equal(t, Verdict{Answer: Block, Type: defs.ZombieEcfPid}, s.send(defs.ChildComplete, "pw", "2"))
	require.Zero(t, s.Len())
	require.Equal(t, []string{"ERR: zombie : chd:complete : /s/f/t(active) : 2 : hidden : pid != [ task:1 child:2 ] : action(automatic-remove)"}, s.log())
}

func TestJudge_kills(t *testing.T) {
	s := newScene(t, defs.Active)
	s.attribute(t, s.task, "ecf_pid:kill::")
	require.Equal(t, fob, s.send(defs.ChildComplete, "pw", "2"))
	require.Equal(t, []string{"/s/f/t 2"}, s.kills)
	require.Contains(t, s.log()[0], ": action(automatic-kill & fob)")
	require.Equal(t, fob, s.send(defs.ChildAbort, "pw", "2"))
	require.Contains(t, s.log()[0], ": action(automatic-kill(already killed, fobing instead))")
	s.task.SetFlag(0)
	s.refuse = errors.New("no ECF_KILL_CMD")
	require.Equal(t, Verdict{Answer: Fail, Reason: "no ECF_KILL_CMD"}, s.send(defs.ChildAbort, "pw", "2"))
	require.Empty(t, s.log())
}

func TestAct_choosesTheZombieThatDiffersFromTheTask(t *testing.T) {
	s := newScene(t, defs.Active)
	s.send(defs.ChildComplete, "xx", "1")
	require.NoError(t, s.Act(s.tree, defs.ZombieFob, []string{"/s/f/t"}, "", ""))
	require.Equal(t, defs.ZombieFob, s.All()[0].EffectiveAction())
	require.Equal(t, fob, s.send(defs.ChildInit, "xx", "1"))
	require.Contains(t, s.log()[1], "action(manual-fob)")

	require.NoError(t, s.Act(s.tree, defs.ZombieAdopt, []string{"/s/f/t"}, "", ""))
	require.Equal(t, Proceed, s.send(defs.ChildLabel, "xx", "1").Answer)
	require.Equal(t, "xx", s.task.Password())

	s.send(defs.ChildComplete, "xx", "5")
	require.EqualError(t, s.Act(s.tree, defs.ZombieAdopt, []string{"/s/f/t"}, "", ""), "ecflow: ZombieCtrl::adoptCli: Can *not* adopt zombies, "+
		"where process id are different. Task(1) zombie(5). Please kill both process, and re-queue")
	require.NoError(t, s.Act(s.tree, defs.ZombieKill, []string{"/s/f/t"}, "", ""))
	require.Equal(t, []string{"/s/f/t 5"}, s.kills)
	require.Equal(t, 1, s.Len())
	require.NoError(t, s.Act(s.tree, defs.ZombieRemove, []string{"/s/f/t"}, "", ""))
	require.Zero(t, s.Len())
	require.NoError(t, s.Act(s.tree, defs.ZombieRemove, []string{"/s/f/t", "/no/such"}, "", ""))
	require.Error(t, s.Act(s.tree, defs.ZombieKill, []string{"/s/f/t"}, "", ""))
	for _, a := range []defs.ZombieAction{defs.ZombieAdopt, defs.ZombieBlock, defs.ZombieKill} {
		require.Error(t, s.Act(s.tree, a, []string{"/no/such"}, "", ""))
	}
}

func TestAct_byIDOrPassword(t *testing.T) {
	s := newScene(t, defs.Active)
	s.send(defs.ChildComplete, "xx", "5")
	require.Error(t, s.Act(s.tree, defs.ZombieFail, []string{"/s/f/t", "/s/f/u"}, "5", ""))
	require.NoError(t, s.Act(s.tree, defs.ZombieFail, []string{"/s/f/t"}, "5", ""))
	require.Equal(t, Fail, s.send(defs.ChildComplete, "xx", "5").Answer)
	require.NoError(t, s.Act(s.tree, defs.ZombieRemove, []string{"/s/f/t"}, "6", ""))
	require.Equal(t, 1, s.Len())
	require.NoError(t, s.Act(s.tree, defs.ZombieRemove, []string{"/s/f/t"}, "5", ""))
	require.Zero(t, s.Len())
}

func TestAddUser_andTheJobsNextCommand(t *testing.T) {
	s := newScene(t, defs.Active)
	s.AddUser(s.tree.Suite("s"), "requeue")
	s.AddUser(s.tree.Suite("s"), "requeue")
	require.Equal(t, 1, s.Len())
	z := s.All()[0]
	require.Equal(t, []any{defs.ZombieUser, "requeue", "", "pw", "1", 2}, []any{z.Type, z.UserCmd, z.Host, z.Password, z.ID, z.TryNo})
	require.True(t, s.task.Flag().Has(defs.FlagZombie))
	s.task.SetState(defs.Queued)
	s.task.SetJob("", "", "", 0)
	require.Equal(t, Verdict{Answer: Block, Type: defs.ZombieUser}, s.send(defs.ChildComplete, "pw", "1"))
	require.Equal(t, "h", s.All()[0].Host)
}

func TestRemoveStale(t *testing.T) {
	s := newScene(t, defs.Active)
	s.AddUser(s.tree.Suite("s"), "delete") // lives 300 s
	s.Judge(s.tree, Child{Cmd: defs.ChildInit, Path: "/gone"})
	s.now = s.now.Add(300*time.Second + 999*time.Millisecond)
	s.RemoveStale()
	require.Equal(t, 2, s.Len())
	s.now = s.now.Add(time.Millisecond)
	s.RemoveStale()
	require.Equal(t, 1, s.Len())
	require.Equal(t, "/gone", s.All()[0].Path)
}

func TestList_isBounded(t *testing.T) {
	s := newScene(t, defs.Active)
	for i := range most + 10 {
		require.Equal(t, Block, s.Judge(s.tree, Child{Cmd: defs.ChildInit, Path: "/gone/" + strconv.Itoa(i)}).Answer)
	}
	require.Equal(t, most, s.Len())
}

func TestRemoveJob(t *testing.T) {
	s := newScene(t, defs.Active)
	s.AddUser(s.task, "run")
	s.RemoveJob(s.task)
	require.Zero(t, s.Len())
	require.Empty(t, s.byPath)
}

func BenchmarkJudge(b *testing.B) {
	s := newScene(&testing.T{}, defs.Active)
	for b.Loop() {
		s.send(defs.ChildMeter, "pw", "1")
	}
}
