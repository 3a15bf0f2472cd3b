package engine

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// stuck are files of which some can be neither read nor written while they hang. What was begun comes to its end later.
type stuck struct {
	job.OS
	mu      sync.Mutex
	hang    string        // operation and part of the path, "" for nothing
	free    chan struct{} // closed when it hangs no more
	held    int           // that have been held up
	writing int           // at this moment
	crossed bool          // one was written while another was
}

func (s *stuck) hangs(what string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hang, s.free = what, make(chan struct{})
}

func (s *stuck) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hang = ""
	close(s.free)
}

func (s *stuck) pass(what string) {
	s.mu.Lock()
	op, path, _ := strings.Cut(s.hang, " ")
	if s.hang == "" || !strings.HasPrefix(what, op) || !strings.Contains(what, path) {
		s.mu.Unlock()
		return
	}
	s.held++
	free := s.free
	s.mu.Unlock()
	<-free
}

func (s *stuck) heldUp() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held
}

func (s *stuck) write(by int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writing += by
	s.crossed = s.crossed || s.writing > 1
}

func (s *stuck) Stat(path string) (bool, error) {
	s.pass("stat " + path)
	return s.OS.Stat(path)
}

func (s *stuck) Read(path string) ([]byte, error) {
	s.pass("read " + path)
	return s.OS.Read(path)
}

func (s *stuck) Write(path string, content []byte) error {
	s.write(1)
	defer s.write(-1)
	s.pass("write " + path)
	return s.OS.Write(path, content)
}

func (s *stuck) Chmod(path string, mode fs.FileMode) error {
	s.write(1)
	defer s.write(-1)
	s.pass("chmod " + path)
	return s.OS.Chmod(path, mode)
}

// slow is an engine whose files may hang.
type slow struct {
	*bench
	home  string
	files *stuck
}

func newSlow(t *testing.T) *slow {
	s := &slow{home: t.TempDir(), files: &stuck{}}
	log := &lines{}
	e, err := New(Options{Log: log, Files: s.files, Host: "host", Port: "3141"})
	require.NoError(t, err)
	e.answers.least, e.answers.most = 10*time.Millisecond, time.Minute
	s.bench = &bench{Engine: e, t: t, log: log}
	require.NoError(t, os.MkdirAll(filepath.Join(s.home, "s"), 0o777))
	for _, name := range []string{"a", "b", "c"} {
		require.NoError(t, os.WriteFile(filepath.Join(s.home, "s", name+".ecf"), []byte("pass %ECF_PASS%\n"), 0o666))
	}
	// one job file for all tries of a task: a late write of one try would spoil another's
	s.load("suite s\n edit ECF_HOME '" + s.home + "'\n edit ECF_JOB_CMD true\n label l x\n edit ECF_TRIES 1\n" +
		" task a\n  defstatus suspended\n  edit ECF_JOB '" + s.home + "/a.job'\n task b\n  defstatus suspended\n task c\n  defstatus suspended\nendsuite\n")
	return s
}

// while sends a request, calls during while it is held up by files, and gives the answer.
func (s *slow) while(m wire.Request, during func()) wire.Reply {
	s.t.Helper()
	var reply wire.Reply
	before := s.files.heldUp()
	done := make(chan struct{})
	go func() {
		defer close(done)
		reply = s.Handle(context.Background(), m, Sender{}).Reply
	}()
	require.Eventually(s.t, func() bool { return s.files.heldUp() > before }, 5*time.Second, time.Millisecond)
	begun := time.Now()
	for range 5 { // others go on
		alter := wire.NewAlterCmd(fred, []string{"/s"}, "l", "y")
		alter.ChangeAttrType = wire.AlterChangeLabel
		s.must(alter)
	}
	require.Less(s.t, time.Since(begun), 3*time.Second)
	during()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		require.Fail(s.t, "no answer")
	}
	return reply
}

func (s *slow) whole() string {
	var all string
	s.Look(func(d *defs.Defs) { all = string(text.Append(nil, d, text.Migrate)) })
	return all
}

// right tells that the job file has the password that the server expects.
func (s *slow) right(path, file string) {
	s.t.Helper()
	content, err := os.ReadFile(filepath.Join(s.home, file))
	require.NoError(s.t, err)
	s.Look(func(d *defs.Defs) {
		n := d.Find(path)
		require.Equal(s.t, defs.Submitted, n.State())
		require.Equal(s.t, "pass "+n.Password(), string(content))
	})
	s.files.mu.Lock()
	defer s.files.mu.Unlock()
	require.False(s.t, s.files.crossed)
}

func runOf(paths ...string) *wire.RunNodeCmd { return &wire.RunNodeCmd{UserCmd: fred, Paths: paths} }

func editOf(kind wire.EditType, path string) *wire.EditScriptCmd {
	return &wire.EditScriptCmd{UserCmd: fred, EditType: kind, PathToNode: path}
}

func aliasOf(path string) *wire.EditScriptCmd {
	m := editOf(wire.EditSubmitUserFile, path)
	m.UserFileContents, m.Alias, m.Run = []string{"pass %ECF_PASS% %V%"}, true, true
	m.UserVariables = []wire.StringPair{{First: "V", Second: "value"}}
	return m
}

func TestSubmit_aHangingFileSystemIsWaitedForWithoutTheLock(t *testing.T) {
	for _, op := range []string{"read", "stat", "write", "chmod"} {
		for name, m := range map[string]wire.Request{
			"run": runOf("/s/a"), "edit": editOf(wire.EditSubmit, "/s/a"), "family": runOf("/s"),
			"group": &wire.GroupCTSCmd{UserCmd: fred, Commands: []wire.Request{runOf("/s/b"), runOf("/s/a")}},
		} {
			t.Run(op+" "+name, func(t *testing.T) {
				s := newSlow(t)
				what := op + " " + s.home
				if strings.HasPrefix(op, "re") || op == "stat" {
					what += "/s/a.ecf"
				} else {
					what += "/a.job"
				}
				s.files.hangs(what)
				reply := s.while(m, func() {
					s.Look(func(d *defs.Defs) {
						require.Equal(t, defs.Queued, d.Find("/s/a").State())
						require.Zero(t, d.Find("/s/a").TryNo())
						require.Equal(t, name == "group", d.Find("/s/b").State() == defs.Submitted)
					})
					s.files.release()
				})
				require.Equal(t, ok, reply)
				s.right("/s/a", "a.job")
				if name == "family" || name == "group" {
					s.right("/s/b", "s/b.job1")
				}
				require.Equal(t, 1, s.node("/s/a").TryNo())
				require.Equal(t, name == "edit", s.node("/s/a").Flag().Has(defs.FlagUserEdit))
				require.NotContains(t, s.log.all(), "ERR")
			})
		}
	}
}

func TestSubmit_anAliasComesWithItsFiles(t *testing.T) {
	for _, op := range []string{"write alias0.usr", "stat alias0", "write alias0.job"} {
		t.Run(op, func(t *testing.T) {
			s := newSlow(t)
			s.files.hangs(op)
			reply := s.while(aliasOf("/s/b"), func() {
				require.NotContains(t, s.whole(), "\nalias")
				s.files.release()
			})
			require.Equal(t, ok, reply)
			require.Len(t, s.node("/s/b").Children(), 1)
			alias := s.node("/s/b/alias0")
			require.Equal(t, defs.Submitted, alias.State())
			content, err := os.ReadFile(filepath.Join(s.home, "s/b/alias0.job1"))
			require.NoError(t, err)
			require.Equal(t, "pass "+alias.Password()+" value", string(content))
			require.Equal(t, 1, s.node("/s/b").AliasNo())
		})
	}
}

func TestSubmit_noAnswer(t *testing.T) {
	for name, m := range map[string]wire.Request{
		"run": runOf("/s/b", "/s/a"), "family": runOf("/s"), "edit": editOf(wire.EditSubmit, "/s/a"), "alias": aliasOf("/s/a"),
		"check": &wire.CtsNodeCmd{UserCmd: fred, API: wire.CtsNodeCheckJobGenOnly, AbsNodePath: "/s"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSlow(t)
			s.answers.most = 50 * time.Millisecond
			what := "read /s/a.ecf"
			switch name {
			case "alias":
				what = "write alias0.job"
			case "check":
				what = "stat " + s.home
			}
			s.files.hangs(what)
			defer s.files.release()
			before := s.whole()
			reply := s.Handle(t.Context(), m, Sender{}).Reply
			failed, isError := reply.(*wire.ErrorCmd)
			require.True(t, isError, reply)
			require.Contains(t, failed.ErrorMsg, " failed: No answer of the file system within 50ms: "+strings.Fields(what)[0]+" /")
			require.Contains(t, failed.ErrorMsg, "\nNothing has been changed. No job is made until it answers.\n")
			require.Contains(t, failed.ErrorMsg, "(mount, network, disk), and ask again.")
			require.Equal(t, before, s.whole())
			held := s.files.heldUp()
			require.Contains(t, s.ask(runOf("/s/c")).(*wire.ErrorCmd).ErrorMsg, "RunNodeCmd failed: No answer") // nobody's
			require.Equal(t, held, s.files.heldUp())
		})
	}
}

// A write that was given up comes to its end before another job is made, whoever asks.
func TestSubmit_lateWritesSpoilNothing(t *testing.T) {
	resume := &wire.PathsCmd{UserCmd: fred, API: wire.PathsResume, Paths: []string{"/s/a"}}
	again := &wire.RequeueNodeCmd{UserCmd: fred, Paths: []string{"/s/a"}}
	for _, op := range []string{"write", "chmod"} {
		t.Run(op+" of one that nobody waits for any more", func(t *testing.T) {
			s := newSlow(t)
			s.answers.most = 20 * time.Millisecond
			s.files.hangs(op + " a.job")
			require.IsType(t, &wire.ErrorCmd{}, s.ask(runOf("/s/a")))
			s.must(resume) // now the server would submit it
			require.IsType(t, &wire.ErrorCmd{}, s.ask(runOf("/s/a")))
			s.answers.most = time.Minute
			s.files.release()
			s.must(runOf("/s/a"))
			s.right("/s/a", "a.job")
		})
		t.Run(op+" of a user's, then the server's", func(t *testing.T) {
			s := newSlow(t)
			s.answers.most = 20 * time.Millisecond
			s.files.hangs(op + " a.job")
			require.IsType(t, &wire.ErrorCmd{}, s.ask(runOf("/s/a")))
			s.must(resume)
			s.look()
			require.Equal(t, defs.Queued, s.node("/s/a").State())
			s.files.release()
			require.Eventually(t, func() bool { return !s.answers.missing() }, 5*time.Second, time.Millisecond)
			s.look()
			s.right("/s/a", "a.job")
		})
		t.Run(op+" of the server's, then a user's", func(t *testing.T) {
			s := newSlow(t)
			s.files.hangs(op + " a.job")
			s.must(resume)
			require.True(t, s.answers.missing())
			done := make(chan wire.Reply)
			go func() { done <- s.Handle(context.Background(), runOf("/s/a"), Sender{}).Reply }()
			time.Sleep(20 * time.Millisecond)
			require.Equal(t, 1, s.files.heldUp())
			s.files.release()
			require.Equal(t, ok, <-done)
			s.right("/s/a", "a.job")
		})
		t.Run(op+" of two users", func(t *testing.T) {
			s := newSlow(t)
			s.files.hangs(op + " a.job")
			replies := make(chan wire.Reply, 2)
			s.while(runOf("/s/a"), func() {
				go func() { replies <- s.Handle(context.Background(), runOf("/s/a"), Sender{}).Reply }()
				time.Sleep(20 * time.Millisecond)
				s.must(again) // its try begins anew
				s.files.release()
			})
			<-replies
			s.right("/s/a", "a.job")
		})
	}
}

func TestFiles_aHangingFileSystemIsWaitedForWithoutTheLock(t *testing.T) {
	script := &wire.CFileCmd{UserCmd: fred, File: wire.FileECF, PathToNode: "/s/a", MaxLines: 10}
	group := &wire.GroupCTSCmd{UserCmd: fred, Commands: []wire.Request{runOf("/s/b"), script, editOf(wire.EditEdit, "/s/b")}}
	readOnly := &wire.GroupCTSCmd{UserCmd: fred, Commands: []wire.Request{script}}
	for name, m := range map[string]wire.Request{"alone": script, "group": group, "reading group": readOnly} {
		t.Run(name, func(t *testing.T) {
			s := newSlow(t)
			s.files.hangs("read /s/a.ecf")
			reply := s.while(m, func() {
				s.must(runOf("/s/c")) // what is only read holds up no jobs
				s.files.release()
			})
			if all, isGroup := reply.(*wire.GroupSTCCmd); isGroup {
				reply = all.Commands[0]
			}
			require.IsType(t, &wire.SStringCmd{}, reply)
			require.Contains(t, reply.(*wire.SStringCmd).Str, "pass %ECF_PASS%\n")
		})
	}
	s := newSlow(t)
	s.answers.most = 20 * time.Millisecond
	s.files.hangs("read /s/a.ecf")
	defer s.files.release()
	require.Contains(t, s.ask(script).(*wire.ErrorCmd).ErrorMsg, "CFileCmd failed: No answer of the file system within 20ms: read "+s.home+"/s/a.ecf\n")
	s.must(runOf("/s/c"))
}

func TestSubmit_aTaskAskedForTwiceHasOneJob(t *testing.T) {
	s := newSlow(t)
	s.must(runOf("/s/a", "/s", "/s/a"))
	s.right("/s/a", "a.job")
	require.Equal(t, 1, s.node("/s/a").TryNo())
	require.Equal(t, 2, strings.Count(s.log.all(), "Aborted for task /s/a because state is submitted and force not set"))
}

func TestSubmit_aCheckThatIsHeldUp(t *testing.T) {
	check := &wire.CtsNodeCmd{UserCmd: fred, API: wire.CtsNodeCheckJobGenOnly, AbsNodePath: "/s"}
	s := newSlow(t)
	s.files.hangs("read /s/b.ecf")
	require.Equal(t, ok, s.while(check, s.files.release))
	s.answers.most = 20 * time.Millisecond
	s.files.hangs("read /s/b.ecf")
	defer s.files.release()
	require.Contains(t, s.ask(check).(*wire.ErrorCmd).ErrorMsg, "The states of what was to be checked are unknown, as after a check.")
}

func TestJobGen_doesNotWaitForFiles(t *testing.T) {
	for _, path := range []string{"/s", "/s/a"} {
		s := newSlow(t)
		s.node("/s/a").SetSuspended(false) // without a look
		s.files.hangs("read /s/a.ecf")
		for range 2 {
			s.must(&wire.CtsNodeCmd{UserCmd: fred, API: wire.CtsNodeJobGen, AbsNodePath: path})
			require.Equal(t, defs.Queued, s.node("/s/a").State())
		}
		s.files.release()
		require.Eventually(t, func() bool { return !s.answers.missing() }, 5*time.Second, time.Millisecond)
		s.look()
		s.right("/s/a", "a.job")
	}
}
