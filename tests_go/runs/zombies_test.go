package runs

import (
	"fmt"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// send sends a request as it is; no client tries again.
func (p *place) send(r wire.Request) wire.Reply {
	p.t.Helper()
	payload, err := wire.EncodeRequest(r)
	require.NoError(p.t, err)
	connection, err := net.Dial("tcp4", "127.0.0.1:"+p.port)
	require.NoError(p.t, err)
	defer connection.Close() //nolint:errcheck // nothing is lost with it
	require.NoError(p.t, connection.SetDeadline(time.Now().Add(2*time.Minute)))
	require.NoError(p.t, wire.WriteFrame(connection, payload))
	frame, err := wire.ReadFrame(connection, 0)
	require.NoError(p.t, err)
	reply, err := wire.DecodeReply(frame)
	require.NoError(p.t, err)
	return reply
}

// child is what a job of a task says of itself; with "" it has the task's own password.
func (p *place) child(task, password, id string) wire.TaskCmd {
	p.t.Helper()
	c := wire.TaskCmd{Path: task, JobsPassword: password, RemoteID: id, TryNo: 1}
	c.ClHost = "desk"
	if password == "" {
		c.JobsPassword = p.node(task).Password()
	}
	return c
}

// commands are one child command of each kind.
func commands(c wire.TaskCmd) []wire.Request {
	return []wire.Request{
		&wire.InitCmd{TaskCmd: c}, &wire.EventCmd{TaskCmd: c, Name: "e", Value: true}, &wire.MeterCmd{TaskCmd: c, Name: "m", Value: 5},
		&wire.LabelCmd{TaskCmd: c, Name: "l", Label: "x"}, &wire.CtsWaitCmd{TaskCmd: c, Expression: "1 == 1"},
		&wire.QueueCmd{TaskCmd: c, Name: "q", Action: "active"}, &wire.AbortCmd{TaskCmd: c, Reason: "why"}, &wire.CompleteCmd{TaskCmd: c},
	}
}

// shown is a reply in short.
func shown(r wire.Reply) string {
	switch r := r.(type) {
	case *wire.StcCmd:
		return fmt.Sprint("api ", r.API)
	case *wire.BlockClientZombieCmd:
		return "blocked as " + r.ZombieType.String()
	case *wire.ErrorCmd:
		return "error " + r.ErrorMsg
	case *wire.SStringCmd:
		return "text " + r.Str
	}
	return wire.TypeName(r)
}

var (
	jobPassword = regexp.MustCompile(`(task|child):[./0-9A-Za-z]{8} `)
	jobMarker   = regexp.MustCompile(` : [./0-9A-Za-z]{8} :`)
)

// transcript is what the steps of a play have shown.
type transcript struct {
	*place
	lines []string
}

func (s *transcript) note(format string, a ...any) {
	s.lines = append(s.lines, fmt.Sprintf(format, a...))
}

func (s *transcript) tell(what string, r wire.Request) {
	s.t.Helper()
	s.note("%s %s: %s", what, strings.TrimSuffix(wire.TypeName(r), "Cmd"), shown(s.send(r)))
}

func (s *transcript) all(what string, c wire.TaskCmd) {
	s.t.Helper()
	for _, r := range commands(c) {
		s.tell(what, r)
	}
}

// zombies notes the list of zombies, and the flags of tasks.
func (s *transcript) zombies() {
	s.t.Helper()
	s.node("/z")
	for n := range s.place.client.Defs().All() {
		if n.IsSubmittable() {
			s.note("  %s %s %s rid:%s try:%d", n.Path(), n.State(), n.Flag(), n.ProcessID(), n.TryNo())
		}
	}
	list := s.send(&wire.CtsCmd{UserCmd: fred, API: wire.CtsGetZombies}).(*wire.ZombieGetCmd)
	for _, z := range list.Zombies {
		require.Less(s.t, z.Duration, 60)
		z.Duration = 0
		if len(z.JobsPassword) == 8 {
			z.JobsPassword = "P"
		}
		s.note("  %+v", z)
	}
}

var fred = wire.UserCmd{ClientToServerCmd: wire.ClientToServerCmd{ClHost: "desk"}, User: "fred"}

func (s *transcript) user(action wire.ZombieAction, id, password string, paths ...string) {
	s.t.Helper()
	s.tell(fmt.Sprint("user ", action, " ", paths), &wire.ZombieCmd{UserCmd: fred, UserAction: action, Paths: paths, ProcessID: id, Password: password})
}

// logged notes the log of the play so far.
func (s *transcript) logged() {
	for line := range strings.Lines(s.log()) {
		m := logLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil || m[1] == "MSG" && !strings.HasPrefix(m[2], "chd:") || strings.Contains(line, "TcpBaseServer") || strings.Contains(m[2], "job_size") ||
			strings.Contains(line, "->Server") || strings.Contains(line, "TcpServer") || strings.Contains(m[2], "authentication failed") {
			continue
		}
		text := jobPassword.ReplaceAllString(m[2], "$1:P ")
		s.note("%s:%s", m[1], jobMarker.ReplaceAllString(text, " : P :"))
	}
}

const zombieSuite = `suite z
edit ECF_HOME '@HOME@'
edit ECF_JOB_CMD 'true'
edit ECF_KILL_CMD 'true %ECF_RID%'
edit ECF_TRIES 1
queue q a b
`

func zombieTask(name, attributes string) string {
	return "task " + name + "\nevent e\nmeter m 0 10\nlabel l ''\n" + attributes
}

// compare plays f on both.
func compare(t *testing.T, f func(s *transcript)) {
	original, ours := both(t, func(p *place) []string {
		s := &transcript{place: p}
		f(s)
		s.logged()
		return s.lines
	})
	if !t.Failed() {
		require.Equal(t, strings.Join(original, "\n"), strings.Join(ours, "\n"))
	}
}

// begin plays the suite of zombies, with an empty script for each task.
func (s *transcript) begin(tasks string) {
	for line := range strings.Lines(tasks) {
		if name, is := strings.CutPrefix(strings.TrimSpace(line), "task "); is {
			s.write("z/"+name+".ecf", "exit 0\n")
		}
	}
	s.play(zombieSuite + tasks + "endsuite\n")
}

func TestZombies_byState(t *testing.T) {
	compare(t, func(s *transcript) {
		tasks := ""
		states := []string{"submitted", "active", "complete", "aborted", "queued"}
		for _, name := range states {
			tasks += zombieTask(name, "")
		}
		s.begin(strings.Replace(tasks, "task queued", "task queued\ntrigger active == unknown", 1))
		for _, name := range states[1:4] {
			s.tell("own", &wire.InitCmd{TaskCmd: s.child("/z/"+name, "", "7")})
		}
		own := map[string]wire.TaskCmd{}
		for _, name := range states {
			own[name] = s.child("/z/"+name, "", "7")
		}
		s.tell("own", &wire.CompleteCmd{TaskCmd: own["complete"]})
		s.tell("own", &wire.AbortCmd{TaskCmd: own["aborted"], Reason: "own"})
		for _, name := range states {
			for _, c := range []wire.TaskCmd{s.child("/z/"+name, "wrong", "7"), s.child("/z/"+name, own[name].JobsPassword, "8"), s.child("/z/"+name, "other", "9"), s.child("/z/"+name, "noid", "")} {
				s.all(name+" "+c.RemoteID, c)
			}
			s.zombies()
		}
		s.all("gone", s.child("/z/gone/far", "x", "7"))
		s.all("suite", s.child("/z", "x", "7"))
		s.all("root", s.child("/", "x", "7"))
		s.all("test", s.child("/z/queued", "_DJP_", "7"))
		s.zombies()
	})
}

func TestZombies_byAttribute(t *testing.T) {
	for _, action := range []string{"fob", "fail", "adopt", "block", "remove", "kill"} {
		t.Run(action, func(t *testing.T) {
			compare(t, func(s *transcript) {
				attribute := func(what string) (all string) {
					for _, kind := range []string{"ecf", "ecf_pid", "ecf_passwd", "ecf_pid_passwd"} {
						all += "zombie " + kind + ":" + action + ":" + what + ":\n"
					}
					return all
				}
				s.begin("zombie path:" + action + "::\n" + zombieTask("all", attribute("")) + zombieTask("some", attribute("event,complete")))
				for _, path := range []string{"/z/all", "/z/some"} {
					s.tell("own", &wire.InitCmd{TaskCmd: s.child(path, "", "7")})
					for _, c := range []wire.TaskCmd{s.child(path, "wrong", "7"), s.child(path, "", "8"), s.child(path, "other", "9"), s.child(path, "noid", "")} {
						for _, r := range commands(c)[:6] {
							s.tell(path+" "+c.RemoteID, r)
						}
						s.zombies()
					}
					s.all(path, s.child(path, "last", "5"))
				}
				s.all("gone", s.child("/z/gone", "x", "7"))
				s.zombies()
			})
		})
	}
}

func TestZombies_byUser(t *testing.T) {
	for action := wire.ZombieFob; action <= wire.ZombieKill; action++ {
		t.Run(action.String(), func(t *testing.T) {
			compare(t, func(s *transcript) {
				s.begin(zombieTask("a", "") + zombieTask("b", "") + zombieTask("c", "edit ECF_KILL_CMD ''\n"))
				for _, name := range []string{"a", "b", "c"} {
					s.tell("own", &wire.InitCmd{TaskCmd: s.child("/z/"+name, "", "7")})
				}
				s.user(action, "", "", "/z/a", "/none", "/z/b")
				for _, c := range []wire.TaskCmd{s.child("/z/a", "wrong", "7"), s.child("/z/b", "", "8"), s.child("/z/c", "other", "9"), s.child("/z/gone", "x", "1")} {
					s.tell("zombie", &wire.QueueCmd{TaskCmd: c, Name: "q", Action: "active"})
				}
				s.user(action, "", "", "/z/a", "/z/b")
				s.user(action, "", "", "/z/b")
				s.user(action, "", "", "/z/c")
				s.user(action, "", "", "/z/gone")
				s.zombies()
				for _, c := range []wire.TaskCmd{s.child("/z/a", "wrong", "7"), s.child("/z/b", "", "8"), s.child("/z/c", "other", "9"), s.child("/z/gone", "x", "1")} {
					s.all("zombie", c)
				}
				s.zombies()
				s.tell("again", &wire.QueueCmd{TaskCmd: s.child("/z/c", "other", "9"), Name: "q", Action: "active"})
				s.user(action, "9", "", "/z/c")
				s.user(action, "", "other", "/z/c", "/z/a")
				s.user(action, "10", "nonsense", "/z/c")
				s.zombies()
			})
		})
	}
}

func TestZombies_ofUsers(t *testing.T) {
	compare(t, func(s *transcript) {
		s.begin(zombieTask("requeued", "") + zombieTask("ran", "") + zombieTask("forced", "") + zombieTask("deleted", "zombie user:fob::\n") + zombieTask("kept", ""))
		names := []string{"requeued", "ran", "forced", "deleted", "kept"}
		own := map[string]wire.TaskCmd{}
		for _, name := range names {
			own[name] = s.child("/z/"+name, "", "7")
			s.tell("own", &wire.InitCmd{TaskCmd: own[name]})
		}
		s.note("%s", s.ask("--requeue=force", "/z/requeued"))
		s.note("%s", s.ask("--run=force", "/z/ran"))
		s.note("%s", s.ask("--force=complete", "/z/forced"))
		s.zombies()
		for _, name := range names {
			for _, r := range commands(own[name])[1:6] {
				s.tell(name, r)
			}
		}
		s.note("%s", s.ask("--delete=force", "yes", "/z/deleted"))
		s.zombies()
		for _, name := range names {
			s.all(name, own[name])
		}
		s.zombies()
	})
}
