package zombie

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// Child is what a child command says of itself.
type Child struct {
	Cmd      defs.ChildCmd
	Path     string // ECF_NAME
	Password string // ECF_PASS
	ID       string // ECF_RID; "" when the job does not tell
	TryNo    int    // ECF_TRYNO
	Host     string // of the client
}

// Answer is what becomes of a child command.
type Answer uint8

// The answers.
const (
	Proceed Answer = iota // it is done
	Fob                   // it is told that all is well, and not done
	Block                 // it is told to come again
	Fail                  // it is told that it failed
)

// Verdict is what was decided about a child command.
type Verdict struct {
	Answer Answer
	Task   *defs.Node      // with Proceed: the task or alias
	Type   defs.ZombieType // with Block
	Reason string          // with Fail
	Line   string          // with Fail: what the log is to say behind the reason
}

// hidden stands in the log where the original shows the password of a job; nothing stands for none.
func hidden(password string) string {
	if password == "" {
		return ""
	}
	return "hidden"
}

// Job passwords that are none.
const (
	testPassword = "_DJP_" // of a child command: let through, for tests
	freePassword = "FREE"  // of a task's variable ECF_PASS: the user lets all through
)

var fob = Verdict{Answer: Fob}

// Judge decides about a child command, logs what is not as it should be, and does what the user or a zombie attribute
// wants done. That the server takes child commands at all is for the caller to know.
//
// source: libs/base TaskCmd.cpp, check_preconditions.
func (l *List) Judge(d *defs.Defs, c Child) Verdict {
	task := d.Find(c.Path)
	if task == nil || !task.IsSubmittable() {
		action, verdict := l.pathZombie(d, c)
		return l.tell(" zombie(*path*) : chd:"+c.Cmd.String()+" : "+c.Path+" : "+c.ID+" : "+hidden(c.Password)+" : action("+action+")", verdict)
	}
	proceed := Verdict{Answer: Proceed, Task: task}
	if c.Password == testPassword {
		return proceed
	}
	if pass, ok := task.Variable("ECF_PASS"); ok && pass == freePassword {
		mark(task, false)
		return proceed
	}
	m := mismatch{password: task.Password() != c.Password, id: task.ProcessID() != "" && c.ID != "" && task.ProcessID() != c.ID}
	switch state := task.State(); {
	case state == defs.Submitted && c.Cmd != defs.ChildInit:
		l.host.Log(defs.LogError, c.Path+" When a node is submitted, expected next child command to be INIT but received "+c.Cmd.String())
	case state == defs.Active && c.Cmd == defs.ChildInit:
		if !m.password && !m.id {
			// the answer to the first may have come too late for the client
			return l.forgive(c, " [ overloaded || --init*2 ](pid and passwd match)", "active")
		}
		m.already = "active"
	case state == defs.Complete:
		if c.Cmd == defs.ChildComplete {
			// the task has forgotten its job, which may thus be another; that has ended anyway
			mark(task, false)
			l.remove(l.first(c.Path))
			return l.forgive(c, " [ overloaded || zombie || --complete*2 ]", "complete")
		}
		m = mismatch{already: "complete"}
	case state == defs.Aborted:
		if c.Cmd == defs.ChildAbort && !m.password && !m.id {
			l.RemoveJob(task)
			return l.forgive(c, " [ overloaded || --abort*2 ] (pid and passwd match)", "aborted")
		}
		m = mismatch{already: "aborted"}
	}
	if m == (mismatch{}) {
		return proceed
	}
	return l.ecfZombie(task, c, m)
}

// forgive lets a command go that says again what is so already.
func (l *List) forgive(c Child, why, state string) Verdict {
	l.host.Log(defs.LogWarning, why+" : chd:"+c.Cmd.String()+" : "+c.Path+" : already "+state+" : action(fob)")
	return fob
}

// mismatch is what does not fit between a child command and its task.
type mismatch struct {
	password, id bool
	already      string // the state that the task is in
}

func (m mismatch) zombieType() defs.ZombieType {
	switch {
	case m.id && m.password:
		return defs.ZombieEcfPidPasswd
	case m.id:
		return defs.ZombieEcfPid
	case m.password:
		return defs.ZombieEcfPasswd
	}
	return defs.ZombieEcf
}

// ecfZombie deals with a command that does not fit its task.
//
// source: libs/base ZombieCtrl.cpp, handle_zombie.
func (l *List) ecfZombie(task *defs.Node, c Child, m mismatch) Verdict {
	mark(task, true)
	z := l.find(c.Path, c.ID, c.Password)
	if z != nil {
		l.again(z, task, c)
	} else {
		z = l.fresh(c, m.zombieType(), task)
	}
	action, verdict := l.deal(z, task, c)
	if verdict.Answer == Proceed || verdict.Answer == Fail && action == "" {
		return verdict
	}
	text := " zombie"
	if z := l.exact(c.Path, c.ID, c.Password); z != nil {
		text += "(" + z.Type.String() + ")"
	}
	text += " : chd:" + c.Cmd.String() + " : " + c.Path + "(" + task.State().String() + ") : " + c.ID + " : " + hidden(c.Password)
	if m.already != "" {
		text += " : already " + m.already
	}
	if m.password {
		text += " : passwd != [ task:" + hidden(task.Password()) + " child:" + hidden(c.Password) + " ]"
	}
	if m.id {
		text += " : pid != [ task:" + task.ProcessID() + " child:" + c.ID + " ]"
	}
	return l.tell(text+" : action("+action+")", verdict)
}

// tell logs what was decided, or lets that be logged behind the reason of a failure.
func (l *List) tell(line string, v Verdict) Verdict {
	if v.Answer == Fail {
		v.Line = line
	} else {
		l.host.Log(defs.LogError, line)
	}
	return v
}

// pathZombie deals with a command of a task that is not there.
//
// source: libs/base ZombieCtrl.cpp, handle_path_zombie.
func (l *List) pathZombie(d *defs.Defs, c Child) (action string, v Verdict) {
	near := closest(d, c.Path)
	z := l.find(c.Path, c.ID, c.Password)
	if z != nil {
		z.Type = defs.ZombiePath
		l.again(z, near, c)
	} else {
		z = l.fresh(c, defs.ZombiePath, near)
	}
	return l.deal(z, nil, c)
}

// closest is the last container that there is on the way to a path, or nil.
func closest(d *defs.Defs, path string) *defs.Node {
	for ; path != ""; path = parentPath(path) {
		if n := d.Find(path); n != nil && n.IsContainer() {
			return n
		}
	}
	return nil
}

// fresh adds a zombie whose first command has come; near is where its attributes are looked for.
func (l *List) fresh(c Child, t defs.ZombieType, near *defs.Node) *Zombie {
	z := &Zombie{
		Path: c.Path, Type: t, Last: c.Cmd, Password: c.Password, ID: c.ID, TryNo: c.TryNo, Host: c.Host, Attr: inherited(near, t),
	}
	l.add(z)
	return z
}

// again notes that a zombie has sent another command. Attributes may have changed since the last.
//
// source: libs/base ZombieCtrl.cpp, handle_existing_zombie.
func (l *List) again(z *Zombie, near *defs.Node, c Child) {
	z.Attr = inherited(near, z.Type)
	z.Last = c.Cmd
	z.Calls++
	if z.Host == "" {
		z.Host = c.Host
	}
	if z.ID == "" {
		z.ID = c.ID
	}
}

// parentPath is a path without its last name.
func parentPath(path string) string { return path[:max(strings.LastIndexByte(path, '/'), 0)] }
