package defs

import (
	"strconv"
	"strings"
)

// Resolve submits all tasks that nothing holds, if the server is running: submit is called for each as it is found, so
// that what it does decides on those after it. The task's try number is counted before; submit has to bring the task
// on its way, see [Node.JobSubmitted], and must not change what nodes there are. When it wants no more tasks, the rest
// stays as it is, and done is false; a [Look] goes on with it later.
func (d *Defs) Resolve(submit func(task *Node) (more bool)) (done bool) {
	var l Look
	return l.Resolve(d, submit)
}

// resolve looks through the node, or goes on in it.
func (n *Node) resolve(l *Look, s *suiteData) bool {
	if n.kind == KindTask {
		return n.resolveTask(l, s)
	}
	goesOn := l.Stopped()
	if goesOn && l.changed && !n.resolveSelf(s) || !goesOn && !(n.resolveSelf(s) && n.hasTokens()) {
		l.skip()
		return true
	}
	for i := l.from(n.children); i < len(n.children); i++ {
		if c := n.children[i]; !c.resolve(l, s) {
			l.stop(c, i)
			return false
		}
	}
	return true
}

func (n *Node) resolveTask(l *Look, s *suiteData) bool {
	if n.state != Queued && !(n.state == Aborted && n.mayTryAgain(s)) || n.flag.Has(FlagForceAbort) {
		return true
	}
	if late := n.Late(); late != nil && late.Check(n, &s.calendar) {
		n.markLate(late, s)
	}
	if !n.resolveSelf(s) || !n.hasTokensUp() {
		return true
	}
	run := n.job()
	n.restartRun(runData{tryNo: run.tryNo + 1, aliasNo: run.aliasNo}, s)
	return l.submit(n)
}

// MayTryAgain reports whether an aborted task may be submitted again by itself: it has tries left (ECF_TRIES), and nobody
// and nothing has put an end to them.
//
// source: libs/node Task.cpp, resolveDependencies.
func (n *Node) MayTryAgain() bool {
	s := n.Root().suite
	return n.kind == KindTask && n.state == Aborted && s != nil && n.mayTryAgain(s)
}

// mayTryAgain reports whether an aborted task may be submitted again by itself.
func (n *Node) mayTryAgain(s *suiteData) bool {
	for _, f := range [...]FlagType{FlagForceAbort, FlagKilled, FlagEditFailed, FlagNoScript, FlagJobCmdFailed} {
		if n.flag.Has(f) {
			return false
		}
	}
	text, ok := n.UserVariable("ECF_TRIES")
	if !ok {
		return true
	}
	tries, err := strconv.Atoi(text)
	if err != nil {
		if log := s.host().Log; log != nil {
			s.idle.noisy = true
			log(LogError, "Variable ECF_TRIES must be convertible to an integer. Cannot resubmit job for task:"+n.Path())
		}
		return false
	}
	return n.TryNo() < tries
}

// resolveSelf reports whether the node itself holds nothing below it back. A complete expression that holds completes it.
func (n *Node) resolveSelf(s *suiteData) bool {
	if n.flag.Has(FlagArchived) || n.suspend || n.state == Complete || len(n.Mirrors()) > 0 || !n.timesFree(&s.calendar) {
		return false
	}
	if e := n.Complete(); e != nil && (e.Free || n.evaluate(e)) && n.ComputedStateDeep() == Queued && e.readable() != nil {
		n.setFlag(n.flag.With(FlagByRule), s)
		n.completeByRule(s)
		return false
	}
	e := n.Trigger()
	if e == nil || e.Free {
		return true
	}
	parsed := e.readable()
	return parsed == nil || parsed.Eval(viewpoint{n})
}

// completeByRule completes the node with all below it.
func (n *Node) completeByRule(s *suiteData) {
	if n.kind == KindTask {
		_ = n.become(Complete, s) // the suite has begun
		return
	}
	n.enterDeep(Complete, s)
	_ = n.follow(s)
}

// JobSubmitted notes that the task's job has been made, of so many bytes (0 for one without script), and is being started.
func (n *Node) JobSubmitted(size int) {
	s := n.Root().suite
	if s == nil || n.state == Submitted {
		return
	}
	n.change(Submitted, s, false)
	note := ""
	if size > 0 {
		note = " job_size:" + strconv.Itoa(size)
	}
	n.logStateWith(s, Submitted, note)
	_ = n.follow(s) // nothing above is complete while this is submitted
	n.touch()
}

// JobActive notes that the task's job has started, under a process or remote id.
func (n *Node) JobActive(id string) {
	_ = n.Become(Active) // nothing above is complete then
	run := n.job()
	run.processID = id
	n.setRun(run)
}

// JobAborted notes that the task's job has failed, and why: the first newline and the first semicolon go.
//
// source: libs/node Submittable.cpp, set_aborted_only.
func (n *Node) JobAborted(reason string) {
	run := n.job()
	run.abortReason = strings.Replace(strings.Replace(reason, "\n", "", 1), ";", " ", 1)
	n.setRun(run)
	_ = n.Become(Aborted) // as above
}

// JobComplete notes that the task's job is complete. After an error, which is that of [Node.Become], the task keeps its
// password.
func (n *Node) JobComplete() error {
	if err := n.Become(Complete); err != nil {
		return err
	}
	if n.flag.Has(FlagZombie) {
		n.SetFlag(n.flag.Without(FlagZombie))
	}
	run := n.job()
	n.setRun(runData{tryNo: run.tryNo, aliasNo: run.aliasNo})
	return nil
}
