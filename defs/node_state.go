package defs

import "time"

// State is the node's state.
func (n *Node) State() NState { return n.state }

// StateSince is when the node came into its state: time since the begin of the suite.
func (n *Node) StateSince() time.Duration { return n.since }

// SetState sets the state of this node alone.
func (n *Node) SetState(s NState) {
	n.state = s
	n.note(AspectState)
}

// SetStateSince sets state and time, as read from a definition or a sync.
func (n *Node) SetStateSince(s NState, since time.Duration) {
	n.state, n.since = s, since
	n.note(AspectState)
}

// DefStatus is the state that the node takes at begin and requeue.
func (n *Node) DefStatus() DState { return n.dstate }

// SetDefStatus sets the state that the node takes at begin and requeue.
func (n *Node) SetDefStatus(s DState) {
	n.dstate = s
	n.note(AspectDefStatus)
}

// Suspended reports whether the node itself is suspended.
func (n *Node) Suspended() bool { return n.suspend }

// SetSuspended suspends or resumes the node.
func (n *Node) SetSuspended(on bool) {
	if was := n.suspend; was || on {
		n.suspend = on
		n.note(AspectSuspended)
	}
}

// DState is what a person sees as the node's state: suspended goes before all others.
func (n *Node) DState() DState {
	if n.suspend {
		return DSuspended
	}
	return DState(n.state)
}

// Flag is the node's set of marks.
func (n *Node) Flag() Flag { return n.flag }

// SetFlag replaces the node's marks.
func (n *Node) SetFlag(f Flag) {
	if n.flag != f {
		n.flag = f
		n.note(AspectFlag)
	}
}

// job gives a task's run data for reading.
func (n *Node) job() runData {
	if n.run == nil {
		return runData{}
	}
	return *n.run
}

// TryNo is how often a task has been submitted since its last requeue.
func (n *Node) TryNo() int { return n.job().tryNo }

// Password is the password of a task's job, by which child commands are known.
func (n *Node) Password() string { return n.job().password }

// ProcessID is the process or remote id of a task's job.
func (n *Node) ProcessID() string { return n.job().processID }

// AbortReason is why a task aborted.
func (n *Node) AbortReason() string { return n.job().abortReason }

// AliasNo is the number that the task's next alias gets.
func (n *Node) AliasNo() int { return n.job().aliasNo }

// SetJob sets what a task knows of its job.
func (n *Node) SetJob(password, processID, abortReason string, tryNo int) {
	if !n.IsSubmittable() {
		return
	}
	n.setRun(runData{password: password, processID: processID, abortReason: abortReason, tryNo: tryNo, aliasNo: n.AliasNo()})
}

// SetTrial notes that a job is made to see whether it can be, with a password
// that no server knows, and in a directory in place of ECF_HOME unless that is empty.
// The generated ECF_JOB and ECF_PASS tell so until the task begins, is queued again or gets another job.
func (n *Node) SetTrial(dir, password string) {
	if !n.IsSubmittable() {
		return
	}
	run := n.job()
	run.trial = trial{dir, password}
	n.setRun(run)
}

// SetAliasNo sets the number that the task's next alias gets.
func (n *Node) SetAliasNo(no int) {
	if n.kind != KindTask {
		return
	}
	run := n.job()
	run.aliasNo = no
	n.putRun(run)
	n.note(AspectAliasNo)
}

func (n *Node) setRun(run runData) {
	n.putRun(run)
	n.note(AspectJob)
}

func (n *Node) putRun(run runData) {
	n.run = nil
	if run != (runData{}) {
		n.run = &run
	}
}

// Begun reports whether a suite has begun.
func (n *Node) Begun() bool { return n.suite != nil && n.suite.begun }

// SetBegun marks a suite as begun, without doing what begin does.
func (n *Node) SetBegun(on bool) {
	if n.suite != nil {
		n.suite.begun = on
		n.note(AspectBegun)
	}
}

// Clock is a suite's clock, or nil.
func (n *Node) Clock() *ClockAttr {
	if n.suite == nil {
		return nil
	}
	return n.suite.clock
}

// EndClock is when a simulation of the suite ends, or nil.
func (n *Node) EndClock() *ClockAttr {
	if n.suite == nil {
		return nil
	}
	return n.suite.endClock
}

// Calendar is a copy of a suite's calendar; the zero calendar for other nodes.
func (n *Node) Calendar() Calendar {
	if n.suite == nil {
		return Calendar{}
	}
	return n.suite.calendar
}

// SetCalendar replaces a suite's calendar; the kind of clock stays that of the clock attribute.
func (n *Node) SetCalendar(c Calendar) {
	if n.suite == nil {
		return
	}
	c.Hybrid = n.suite.clock != nil && n.suite.clock.Hybrid
	n.suite.calendar = c
	n.touch()
	n.suite.calendarMoved()
}
