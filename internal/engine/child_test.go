package engine

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
	"github.com/ecflow-go/ecflow/internal/jobs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// started is a fake of what starts jobs: it keeps their commands.
type started struct {
	commands []jobs.Command
	failed   func([]jobs.Failure)
}

func (s *started) Start(c jobs.Command) { s.commands = append(s.commands, c) }
func (s *started) Close()               {}

// yard is a bench with jobs.
type yard struct {
	*bench
	jobs *started
	home string
}

func newYard(t *testing.T) *yard {
	y := &yard{bench: newBench(t), jobs: &started{}, home: t.TempDir()}
	y.jobs.failed = y.died
	y.Engine.jobs = y.jobs
	return y
}

// load writes a script for each task and loads the suite s with the given lines.
func (y *yard) load(lines string) {
	y.t.Helper()
	for line := range strings.Lines(lines) {
		if name, is := strings.CutPrefix(strings.TrimSpace(line), "task "); is {
			require.NoError(y.t, os.MkdirAll(filepath.Join(y.home, "s"), 0o755))
			require.NoError(y.t, os.WriteFile(filepath.Join(y.home, "s", name+".ecf"), []byte("job of %ECF_NAME% %ECF_PASS%\n"), 0o644))
		}
	}
	y.bench.load("suite s\nedit ECF_HOME '" + y.home + "'\nedit ECF_JOB_CMD 'run %ECF_JOB%'\nedit ECF_KILL_CMD 'kill %ECF_RID%'\n" +
		"edit ECF_STATUS_CMD 'ps %ECF_RID%'\nedit ECF_TRIES 2\n" + lines + "\nendsuite\n")
}

// of is what a child command of the task's job says of itself.
func (y *yard) of(path string) wire.TaskCmd {
	n := y.node(path)
	return wire.TaskCmd{Path: path, JobsPassword: n.Password(), RemoteID: n.ProcessID(), TryNo: n.TryNo()}
}

// start runs the job of a submitted task up to its init.
func (y *yard) start(path, id string) {
	y.t.Helper()
	c := y.of(path)
	c.RemoteID = id
	y.must(&wire.InitCmd{TaskCmd: c})
}

// look does what the clock's goroutine does after it was woken, until nothing is left: a busy machine needs more than one slice.
func (y *yard) look() {
	y.t.Helper()
	require.Equal(y.t, asked, y.asked.Load(), "nobody woke the clock")
	for y.asked.Load() == asked {
		y.Engine.look()
	}
}

func TestSubmit_makesAJob(t *testing.T) {
	y := newYard(t)
	y.load("task t\nlabel l 'old'")
	task := y.node("/s/t")
	require.Equal(t, defs.Submitted, task.State())
	made := filepath.Join(y.home, "s", "t.job1")
	require.Equal(t, []jobs.Command{{Kind: jobs.Submit, Path: "/s/t", Text: "run " + made}}, y.jobs.commands)
	text, err := os.ReadFile(made)
	require.NoError(t, err)
	require.Equal(t, "job of /s/t "+task.Password(), string(text))
	require.Len(t, task.Password(), 8)
	require.Contains(t, y.log.all(), "LOG: submitted: /s/t job_size:"+strconv.Itoa(len(text)+1)+"\nLOG: submitted: /s")
}

func TestChildren_lifeOfATask(t *testing.T) {
	y := newYard(t)
	y.load("task t\nevent e\nevent 3\nmeter m 0 100\nlabel l 'old'\ntask u\ntrigger t:e and t:m ge 50")
	y.start("/s/t", "4711")
	task := y.node("/s/t")
	require.Equal(t, []any{defs.Active, "4711"}, []any{task.State(), task.ProcessID()})
	y.must(&wire.EventCmd{TaskCmd: y.of("/s/t"), Name: "e", Value: true})
	y.must(&wire.EventCmd{TaskCmd: y.of("/s/t"), Name: "3", Value: true})
	y.must(&wire.EventCmd{TaskCmd: y.of("/s/t"), Name: "9", Value: true})
	y.must(&wire.LabelCmd{TaskCmd: y.of("/s/t"), Name: "l", Label: "new"})
	y.must(&wire.LabelCmd{TaskCmd: y.of("/s/t"), Name: "none", Label: "new"})
	y.must(&wire.MeterCmd{TaskCmd: y.of("/s/t"), Name: "none", Value: 50})
	y.must(&wire.MeterCmd{TaskCmd: y.of("/s/t"), Name: "m", Value: 101})
	y.must(&wire.MeterCmd{TaskCmd: y.of("/s/t"), Name: "m", Value: 50})
	require.Equal(t, defs.Queued, y.node("/s/u").State())
	y.look()
	require.Equal(t, defs.Submitted, y.node("/s/u").State())
	y.must(&wire.CompleteCmd{TaskCmd: y.of("/s/t")})
	require.Equal(t, []any{defs.Complete, "", "", 1}, []any{task.State(), task.ProcessID(), task.Password(), task.TryNo()})
	label, _ := task.Label("l")
	require.Equal(t, "new", label.New)
	log := y.log.all()
	for _, line := range []string{
		"MSG:chd:init /s/t\nLOG: active: /s/t\nLOG: active: /s", "MSG:chd:event e 1 /s/t\n", "MSG:chd:label l 'new' /s/t\n",
		"MSG:chd:event 9 1 /s/t\nERR:Event request failed as event '9' does not exist on task /s/t\n",
		"MSG:chd:meter none 50 /s/t\nERR:MeterCmd::doHandleRequest: failed as meter 'none' does not exist on task /s/t\n",
		"ERR:MeterCmd::doHandleRequest: failed for task /s/t. Meter::set_value(int): The meter(m) value must be in the range[0->100] but found '101'\n",
		"MSG:chd:complete /s/t\nLOG: complete: /s/t",
	} {
		require.Contains(t, log, line)
	}
}

func TestInit_addsVariablesAndCompleteRemovesThem(t *testing.T) {
	y := newYard(t)
	y.load("task t\nedit A old")
	y.must(&wire.InitCmd{TaskCmd: y.of("/s/t"), VarToAdd: []wire.Variable{{Name: "A", Value: "1"}, {Name: "B", Value: "2"}}})
	require.Equal(t, []defs.Variable{{Name: "A", Value: "1"}, {Name: "B", Value: "2"}}, y.node("/s/t").Variables())
	y.must(&wire.CompleteCmd{TaskCmd: y.of("/s/t"), VarToDel: []string{"B", "none", ""}})
	require.Equal(t, []defs.Variable{{Name: "A", Value: "1"}}, y.node("/s/t").Variables())
}

func TestInit_refusesWhatNoCheckPointCanHold(t *testing.T) {
	y := newYard(t)
	y.load("task t")
	c := y.of("/s/t")
	require.IsType(t, &wire.ErrorCmd{}, y.ask(&wire.InitCmd{TaskCmd: c, VarToAdd: []wire.Variable{{Name: "B", Value: "2"}, {Name: "a b", Value: "1"}}}))
	c.RemoteID = "1\nendsuite"
	require.IsType(t, &wire.ErrorCmd{}, y.ask(&wire.InitCmd{TaskCmd: c}))
	c = y.of("/s/t")
	c.JobsPassword += "\n"
	require.IsType(t, &wire.ErrorCmd{}, y.ask(&wire.InitCmd{TaskCmd: c}))
	require.Equal(t, defs.Submitted, y.node("/s/t").State())
	require.Empty(t, y.node("/s/t").Variables())
	require.Zero(t, y.zombies.Len())
}

func TestSubmit_tellsOfSlowJobs(t *testing.T) {
	y := newYard(t)
	y.opts.SlowJob = time.Nanosecond
	y.load("task t")
	require.Regexp(t, `WAR:Job generation for task /s/t took \d+ms, Exceeds ECF_TASK_THRESHOLD\(0ms\)`, y.log.all())
	require.True(t, y.node("/s/t").Flag().Has(defs.FlagThreshold))
}

func TestSubmit_letsOthersInBetween(t *testing.T) {
	y := newYard(t)
	var tasks strings.Builder
	for i := range 500 {
		tasks.WriteString("task t" + strconv.Itoa(i) + "\n")
	}
	y.load(tasks.String())
	rounds := 1
	for y.node("/s/t499").State() != defs.Submitted {
		require.Equal(t, asked, y.asked.Load())
		y.Engine.look()
		rounds++
	}
	t.Log(rounds, "rounds")
	require.Len(t, y.jobs.commands, 500)
}

func TestNoJobs(t *testing.T) {
	y := newYard(t)
	y.opts.NoJobs = true
	y.load("task t")
	require.Equal(t, []any{defs.Active, "_RID_", 1}, []any{y.node("/s/t").State(), y.node("/s/t").ProcessID(), y.node("/s/t").TryNo()})
	require.Empty(t, y.jobs.commands)
}

func TestAbort_triesAgain(t *testing.T) {
	y := newYard(t)
	y.load("task t\ntask u\ntrigger t == aborted")
	for try := 1; try <= 2; try++ {
		y.start("/s/t", "7")
		y.must(&wire.AbortCmd{TaskCmd: y.of("/s/t"), Reason: strings.Repeat("x", 3-try)})
		y.look()
	}
	task := y.node("/s/t")
	require.Equal(t, []any{defs.Aborted, 2, "x"}, []any{task.State(), task.TryNo(), task.AbortReason()})
	require.Equal(t, defs.Submitted, y.node("/s/u").State())
	require.Contains(t, y.log.all(), "MSG:chd:abort /s/t  xx\nLOG: aborted: /s/t try-no: 1 reason: xx\n")
	y.start("/s/u", "8")
	y.must(&wire.AbortCmd{TaskCmd: y.of("/s/u")})
	require.Equal(t, "Trap raised in job file", y.node("/s/u").AbortReason())
}

func TestWait(t *testing.T) {
	y := newYard(t)
	y.load("task t\nevent e\ntask u")
	y.start("/s/u", "1")
	wait := func(text string) wire.Reply { return y.ask(&wire.CtsWaitCmd{TaskCmd: y.of("/s/u"), Expression: text}) }
	require.Equal(t, &wire.StcCmd{API: wire.StcBlockClientOnHomeServer}, wait("t:e"))
	require.True(t, y.node("/s/u").Flag().Has(defs.FlagWait))
	y.start("/s/t", "2")
	y.must(&wire.EventCmd{TaskCmd: y.of("/s/t"), Name: "e", Value: true})
	require.Equal(t, ok, wait("t:e"))
	require.False(t, y.node("/s/u").Flag().Has(defs.FlagWait))
	require.IsType(t, &wire.ErrorCmd{}, wait("none:e"))
	require.IsType(t, &wire.ErrorCmd{}, wait("t =="))
}

func TestQueue(t *testing.T) {
	y := newYard(t)
	y.load("queue q a b\ntask t\nqueue own x\ntask u\ntrigger /s:q gt 1")
	y.start("/s/t", "1")
	ask := func(name, action, step, path string) wire.Reply {
		return y.ask(&wire.QueueCmd{TaskCmd: y.of("/s/t"), Name: name, Action: action, Step: step, PathToNodeWithQueue: path})
	}
	text := func(s string) wire.Reply { return &wire.SStringCmd{Str: s} }
	fails := func(s string) wire.Reply { return &wire.ErrorCmd{ErrorMsg: s} }
	require.Equal(t, text("x"), ask("own", "active", "", ""))
	require.Equal(t, text("a"), ask("q", "active", "", ""))
	require.Equal(t, ok, ask("q", "no_of_aborted", "", ""))
	require.Equal(t, ok, ask("q", "aborted", "a", "/s"))
	require.Equal(t, text("1"), ask("q", "no_of_aborted", "", "/s"))
	require.Equal(t, ok, ask("q", "reset", "", ""))
	require.Equal(t, text("a"), ask("q", "active", "", ""))
	require.Equal(t, ok, ask("q", "complete", "a", ""))
	require.Equal(t, text("b"), ask("q", "active", "", ""))
	require.Equal(t, text("<NULL>"), ask("q", "active", "", ""))
	require.Equal(t, fails("QueueCmd:: Could not find queue no Up the node hierarchy"), ask("no", "active", "", ""))
	require.Equal(t, fails("QueueCmd:: Could not find queue of name no, on input node /s"), ask("no", "active", "", "/s"))
	require.Equal(t, fails("QueueCmd:: Could not find node at path /x"), ask("q", "active", "", "/x"))
	require.Equal(t, fails("QueueAttr::complete: Could not find z in queue q"), ask("q", "complete", "z", ""))
}

func TestChildren_blockWhileHalted(t *testing.T) {
	y := newYard(t)
	y.load("task t")
	y.must(&wire.CtsCmd{UserCmd: fred, API: wire.CtsHaltServer})
	require.Equal(t, &wire.StcCmd{API: wire.StcBlockClientServerHalted}, y.ask(&wire.InitCmd{TaskCmd: y.of("/s/t")}))
	y.must(&wire.CtsCmd{UserCmd: fred, API: wire.CtsShutdownServer})
	y.must(&wire.InitCmd{TaskCmd: y.of("/s/t")})
}

func TestChildren_zombies(t *testing.T) {
	y := newYard(t)
	y.load("task t\nzombie ecf_pid:kill::\nzombie ecf_passwd:fail::")
	y.start("/s/t", "1")
	c := y.of("/s/t")
	c.JobsPassword = "other"
	require.Equal(t, &wire.ErrorCmd{ErrorMsg: "[ authentication failed ] Request set to FAIL via zombie setting"}, y.ask(&wire.CompleteCmd{TaskCmd: c}))
	c.RemoteID = "2"
	y.zombies.Clear()
	require.Equal(t, &wire.BlockClientZombieCmd{ZombieType: wire.ZombieECFPidPasswd}, y.ask(&wire.CompleteCmd{TaskCmd: c}))
	y.zombies.Clear()
	c.JobsPassword = y.node("/s/t").Password()
	require.Equal(t, ok, y.ask(&wire.CompleteCmd{TaskCmd: c}))
	require.Equal(t, jobs.Command{Kind: jobs.Kill, Path: "/s/t", Text: "kill 2"}, y.jobs.commands[1])
	require.Equal(t, defs.Active, y.node("/s/t").State())
}

func TestDied(t *testing.T) {
	y := newYard(t)
	y.load("task t\ntask u")
	y.start("/s/u", "1")
	y.jobs.failed([]jobs.Failure{
		{Command: jobs.Command{Kind: jobs.Submit, Path: "/s/t"}, Reason: "it failed"},
		{Command: jobs.Command{Kind: jobs.Submit, Path: "/s/u"}, Reason: "it failed too"},
		{Command: jobs.Command{Kind: jobs.Kill, Path: "/s/u"}, Reason: "k"},
		{Command: jobs.Command{Kind: jobs.Status, Path: "/s/u"}, Reason: "s"},
		{Command: jobs.Command{Kind: jobs.Status, Path: "/gone"}, Reason: "g"},
	})
	y.look()
	require.Equal(t, []any{defs.Aborted, "it failed"}, []any{y.node("/s/t").State(), y.node("/s/t").AbortReason()})
	require.Equal(t, "task_aborted,ecfcmd_failed", y.node("/s/t").Flag().String())
	require.Equal(t, defs.Active, y.node("/s/u").State())
	require.Equal(t, "ecfcmd_failed,killcmd_failed,statuscmd_failed,zombie", y.node("/s/u").Flag().String())
	require.Contains(t, y.log.all(), "ERR:it failed too\nERR:System::died: ECF_JOB_CMD *failed*, but state is active(/s/u) setting zombie flag\nERR:k\nERR:s\nERR:g")
}

func TestSubmit_failures(t *testing.T) {
	y := newYard(t)
	y.load("task t\ntask u\nedit ECF_JOB_CMD '%NONE%'\ntask v\nedit ECF_DUMMY_TASK 1\ntask w\nedit ECF_NO_SCRIPT 1\ntask x\nedit ECF_FILES /none\nedit ECF_HOME /none")
	for path, want := range map[string]string{
		"/s/t": "submitted ", "/s/u": "aborted task_aborted,ecfcmd_failed", "/s/v": "queued ", "/s/w": "submitted ", "/s/x": "aborted task_aborted,no_script",
	} {
		n := y.node(path)
		require.Equal(t, want, n.State().String()+" "+n.Flag().String(), path)
	}
	require.Equal(t, " Job creation failed for task /s/u could not create child process.", y.node("/s/u").AbortReason())
	y.mu.Lock()
	defer y.mu.Unlock()
	require.ErrorContains(t, (&call{Engine: y.Engine}).requested(y.files).submit(y.node("/s/t"), job.Options{}), "is already submitted")
	require.Equal(t, "edit_failed", y.node("/s/t").Flag().String())
}

func TestKillAndStatus(t *testing.T) {
	y := newYard(t)
	y.load("task t\ntask u\ntrigger t == complete")
	y.start("/s/t", "5")
	y.mu.Lock()
	defer y.mu.Unlock()
	task, queued := y.node("/s/t"), y.node("/s/u")
	require.NoError(t, y.kill(task, ""))
	require.NoError(t, y.status(task))
	require.Equal(t, []jobs.Command{{Kind: jobs.Kill, Path: "/s/t", Text: "kill 5"}, {Kind: jobs.Status, Path: "/s/t", Text: "ps 5"}}, y.jobs.commands[1:])
	require.Equal(t, "killed,status", task.Flag().String())
	require.NoError(t, y.kill(queued, ""))
	require.EqualError(t, y.status(queued), "ecflow: Submittable::status: To use status command on a *single* node(/s/u) it must be active or submitted")
	require.Equal(t, "statuscmd_failed", queued.Flag().String())
	task.AddVariable(defs.Variable{Name: "ECF_KILL_CMD", Value: ""})
	require.ErrorContains(t, y.kill(task, "9"), "Submittable::kill: ECF_KILL_CMD not defined, for task /s/t\n")
	require.Equal(t, "killcmd_failed,status", task.Flag().String())
	task.AddVariable(defs.Variable{Name: "ECF_STATUS_CMD", Value: "%NONE%"})
	require.ErrorContains(t, y.status(task), "Submittable::status: Variable substitution failed for ECF_STATUS_CMD(%NONE%) on task /s/t\n")
	task.SetJob(task.Password(), "", "", 1)
	require.ErrorContains(t, y.kill(task, ""), "Submittable::kill: Generated variable ECF_RID is empty for task /s/t")
}
