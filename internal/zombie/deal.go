package zombie

import "github.com/ecflow-go/ecflow/defs"

// deal does with a zombie's command what is to be done with it; the task is nil when there is none. The action, as logs
// have it, is "" when a kill failed, which is all that is then told.
//
// source: libs/base ZombieCtrl.cpp, handle_user_actions.
func (l *List) deal(z *Zombie, task *defs.Node, c Child) (action string, v Verdict) {
	action = "automatic-"
	if z.Manual {
		action = "manual-"
	}
	block := Verdict{Answer: Block, Type: z.Type}
	switch what := z.EffectiveAction(); {
	case what == defs.ZombieAdopt && task != nil:
		task.SetJob(c.Password, c.ID, task.AbortReason(), task.TryNo())
		l.forget(c)
		mark(task, false)
		return action + "adopt", Verdict{Answer: Proceed, Task: task}
	case what == defs.ZombieFob:
		if c.Cmd == defs.ChildComplete || c.Cmd == defs.ChildAbort { // the last that will come
			l.forget(c)
			if task != nil {
				mark(task, false)
			}
		}
		return action + "fob", fob
	case what == defs.ZombieFail:
		return action + "fail", Verdict{Answer: Fail, Reason: "[ authentication failed ] Request set to FAIL via zombie setting"}
	case what == defs.ZombieKill:
		return l.kill(z, task, action)
	case what == defs.ZombieRemove:
		l.forget(c)
		return action + "remove", block
	}
	if c.Cmd == defs.ChildLabel || c.Cmd == defs.ChildEvent || c.Cmd == defs.ChildMeter {
		return action + "fob", fob
	}
	return action + "block", block
}

// kill kills a zombie once, and lets it go on until that has its effect.
func (l *List) kill(z *Zombie, task *defs.Node, action string) (string, Verdict) {
	switch {
	case task == nil:
		return action + "kill(no task, fobing instead)", fob
	case task.Flag().Has(defs.FlagKilled):
		return action + "kill(already killed, fobing instead)", fob
	}
	if err := l.host.Kill(task, z.ID); err != nil {
		return "", Verdict{Answer: Fail, Reason: words(err)}
	}
	return action + "kill & fob", fob
}

// forget removes the zombie that a command comes from, or else the first of its path.
func (l *List) forget(c Child) { l.remove(l.find(c.Path, c.ID, c.Password)) }
