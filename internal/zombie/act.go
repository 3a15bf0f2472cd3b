package zombie

import (
	"errors"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// words are an error's message, without what is around it.
func words(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Msg
	}
	return err.Error()
}

// Act does what the user wants done with zombies, now or when their next command comes. With an id or a password, they
// tell which zombie of a single path is meant, and nothing is killed at once. Without, it is the first that differs from
// the task's own job. Paths before one that is in error have been dealt with.
//
// source: libs/base ZombieCmd.cpp, doHandleRequest.
func (l *List) Act(d *defs.Defs, action defs.ZombieAction, paths []string, id, password string) error {
	if id != "" || password != "" {
		if len(paths) != 1 {
			return fault.New(fault.Argument, "ZombieCmd: process_or_remote_id and password cannot be used when multiple paths "+
				"are specified. Please specify a single path")
		}
		if action == defs.ZombieRemove {
			l.remove(l.exact(paths[0], id, password))
		} else if z := l.find(paths[0], id, password); z != nil {
			z.act(action)
		}
		return nil
	}
	for _, path := range paths {
		if err := l.actOn(path, d.FindKind(defs.KindTask, path), action); err != nil {
			return err
		}
	}
	return nil
}

func (l *List) actOn(path string, task *defs.Node, action defs.ZombieAction) error {
	switch action {
	case defs.ZombieAdopt:
		return l.adopt(path, task)
	case defs.ZombieBlock:
		if task == nil {
			return noTask("block", path)
		}
		if z := l.strange(path, task); z != nil {
			z.act(action)
		}
		return nil
	case defs.ZombieKill:
		return l.killAt(path, task)
	}
	z := l.likely(path, task)
	switch {
	case z == nil:
	case action == defs.ZombieRemove:
		l.remove(z)
	default:
		z.act(action)
	}
	return nil
}

func noTask(what, path string) error {
	return fault.New(fault.NotFound, "ZombieCtrl::"+what+"Cli: Can't "+what+" zombie, there is no corresponding task for path "+path)
}

// strange is the first zombie of the path with another password than the task's, or nil.
func (l *List) strange(path string, task *defs.Node) *Zombie {
	for _, z := range l.byPath[path] {
		if z.Password != task.Password() {
			return z
		}
	}
	return nil
}

// differing is strange, or the first zombie with another id, or nil.
func (l *List) differing(path string, task *defs.Node) *Zombie {
	if z := l.strange(path, task); z != nil {
		return z
	}
	for _, z := range l.byPath[path] {
		if z.ID != task.ProcessID() {
			return z
		}
	}
	return nil
}

// likely is the zombie of a path that a user most likely means, or nil. The task may be nil.
func (l *List) likely(path string, task *defs.Node) *Zombie {
	if task != nil {
		if z := l.differing(path, task); z != nil {
			return z
		}
	}
	return l.first(path)
}

// adopt lets the task take over a zombie with the id of its own job: with another, two jobs would do the same work.
func (l *List) adopt(path string, task *defs.Node) error {
	if task == nil {
		return fault.New(fault.NotFound, "ZombieCtrl::adoptCli: Can't adopt zombie, there is no corresponding task!")
	}
	for _, z := range l.byPath[path] {
		if z.ID != task.ProcessID() {
			return fault.New(fault.Argument, "ZombieCtrl::adoptCli: Can *not* adopt zombies, where process id are different. Task("+
				task.ProcessID()+") zombie("+z.ID+"). Please kill both process, and re-queue")
		}
	}
	if z := l.strange(path, task); z != nil {
		z.act(defs.ZombieAdopt)
	}
	return nil
}

// killAt kills a zombie at once.
func (l *List) killAt(path string, task *defs.Node) error {
	if task == nil {
		return noTask("kill", path)
	}
	z := l.differing(path, task)
	same := z == nil
	if same {
		if z = l.first(path); z == nil {
			return fault.New(fault.NotFound, "ZombieCtrl::killCli: Can't kill, could not locate zombie(and hence pid) for path: "+path)
		}
	}
	if err := l.host.Kill(task, z.ID); err != nil {
		return err
	}
	z.act(defs.ZombieKill)
	if same {
		l.remove(z)
	}
	return nil
}
