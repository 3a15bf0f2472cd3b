package jobs

import (
	"crypto/rand"
	"slices"
	"sync"
)

// Kind is what a command is for.
type Kind uint8

// The kinds.
const (
	Submit Kind = iota
	Kill
	Status
)

var kindNames = [...]string{"ECF_JOB_CMD", "ECF_KILL_CMD", "ECF_STATUS_CMD"}

// String is the variable that holds commands of the kind.
func (k Kind) String() string { return kindNames[k] }

// Command is what is to be run.
type Command struct {
	Kind Kind
	Path string // of the task
	Text string // for the shell
}

// Failure is a command that could not be started or has not ended well.
type Failure struct {
	Command
	Reason string // in the original's words
}

// Runner runs commands. It may be used from many goroutines at once.
type Runner struct {
	environment []string
	failed      func([]Failure)
	mark        string // an entry of the environment; "": commands are not marked

	mu       sync.Mutex
	waiting  []Command
	starting bool // a goroutine starts what waits
	running  map[int]Command
	left     []int // groups of shells that have ended and left others behind; kept if there is a mark
	reaping  bool  // a goroutine waits for what runs
	closed   bool
	look     chan struct{} // something new runs
	stop     chan struct{} // closed by Close
	done     sync.WaitGroup

	telling sync.Mutex // held while failed is called
}

// New makes a runner whose commands have the given environment, as "NAME=value"; nil for that of this process. It calls failed, from a goroutine of
// its own and never twice at once, with what did not end well since it last did; what ends well is not told.
func New(environment []string, failed func([]Failure)) *Runner {
	return &Runner{
		environment: environment, failed: failed, running: map[int]Command{}, look: make(chan struct{}, 1), stop: make(chan struct{}),
	}
}

// Mark marks the commands and what they start, so that [Runner.End] finds all of it. It is called before any Start.
func (r *Runner) Mark() {
	if r.environment == nil {
		r.environment = environment()
	}
	r.mark = markName + "=" + rand.Text()
	r.environment = append(slices.Clip(r.environment), r.mark)
}

// markName is the variable that marks; its value is another for each runner.
const markName = "ECFLOW_JOBS_OF"

// Start lets a command be started soon; it never waits. After Close it does nothing.
func (r *Runner) Start(c Command) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	r.waiting = append(r.waiting, c)
	if !r.starting {
		r.starting = true
		r.done.Add(1)
		go r.startAll()
	}
}

// Running is how many commands are running, or wait to be.
func (r *Runner) Running() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.waiting) + len(r.running)
}

// Close starts what still waits, and returns when the runner's goroutines have ended. What runs goes on running, and
// nothing more is told of it.
func (r *Runner) Close() {
	r.mu.Lock()
	if !r.closed {
		r.closed = true
		close(r.stop)
	}
	r.mu.Unlock()
	r.done.Wait()
}

// End is Close, and ends what runs, at once. After [Runner.Mark] that is all that commands have left behind: what is in the
// process group of a command, and on Linux what has left it.
func (r *Runner) End() {
	r.Close()
	r.mu.Lock()
	defer r.mu.Unlock()
	for pid := range r.running {
		end(pid)
	}
	clear(r.running)
	for _, group := range r.left {
		endGroup(group)
	}
	r.left = nil
	if r.mark != "" {
		endMarked(r.mark)
	}
}

// startAll starts what waits until nothing does.
func (r *Runner) startAll() {
	defer r.done.Done()
	for {
		r.mu.Lock()
		if len(r.waiting) == 0 {
			r.starting, r.waiting = false, nil
			r.mu.Unlock()
			return
		}
		c := r.waiting[0]
		r.mu.Unlock()
		pid, err := start(c.Text, r.environment)
		if err != nil {
			r.tell([]Failure{{c, notStarted(c, err)}})
		}
		r.mu.Lock()
		r.waiting[0] = Command{}
		r.waiting = r.waiting[1:]
		if err == nil {
			r.running[pid] = c
			r.reap()
		}
		r.mu.Unlock()
	}
}

// notStarted is why a command could not be started.
//
// source: libs/node System.cpp, spawn.
func notStarted(c Command, err error) string {
	text := "Child process creation failed( fork() error(" + err.Error() + ")) for command " + c.Text
	if c.Path != "" {
		text += " at path(" + c.Path + ")"
	}
	return text
}

// ended is how a command ended, if it was not well.
//
// source: libs/node System.cpp, processTerminatedChildren.
func ended(c Command, pid int, status waitStatus) (reason string, ok bool) {
	text := c.Kind.String() + " PID(" + itoa(pid) + ") path(" + c.Path + ") "
	switch {
	case status.Signaled():
		text += "died of signal " + itoa(int(status.Signal()))
	case status.ExitStatus() != 0:
		text += "exited with status " + itoa(status.ExitStatus())
	default:
		return "", true
	}
	return text + " [ " + c.Text + " ]", false
}
