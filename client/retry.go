package client

import "time"

// hostPause is the pause before a server is tried that is not the first
// alternative. source: NEXT_HOST_POLL_PERIOD
const hostPause = 30 * time.Second

// policy says how a request is repeated. It is a plain value: it knows no clock
// and does nothing by itself.
//
// source: ClientInvoker::do_invoke_cmd
type policy struct {
	Attempts      int           // on one server, before anything else happens
	Period        time.Duration // between attempts
	Walk          bool          // go on with the next server, for as long as Timeout says
	Timeout       time.Duration // after which no other server is tried
	ZombieTimeout time.Duration // the same, when the last answer was "zombie"
}

// outcome is how an attempt ended, as far as repeating goes.
type outcome uint8

const (
	failed  outcome = iota // no server was reached, or the connection broke
	halted                 // the server is halted and holds the task
	zombie                 // the server holds the task for a zombie
	notYet                 // the condition waited for does not hold yet
	settled                // answered; nothing is to be repeated
)

// verdict is what to do next.
type verdict uint8

const (
	again        verdict = iota // ask the same server after the pause
	nextHost                    // ask the next server after the pause
	giveUp                      // out of attempts
	timedOut                    // out of time
	zombieIsOver                // out of time for a zombie
	stop                        // nothing to repeat
)

type step struct {
	verdict verdict
	pause   time.Duration
}

// retry is the course of one request under a policy.
type retry struct {
	policy policy
	left   int  // attempts left on this server
	moved  bool // another server was tried before
}

func newRetry(p policy) *retry {
	p.Attempts = max(1, p.Attempts)
	return &retry{policy: p, left: p.Attempts}
}

// after decides what follows an attempt that ended so, elapsed after the
// request began.
func (r *retry) after(o outcome, elapsed time.Duration) step {
	switch o {
	case settled:
		return step{verdict: stop}
	case notYet: // does not count as an attempt: a wait has no limit
		return step{verdict: again, pause: r.policy.Period}
	}
	r.left--
	switch {
	case r.left > 0:
		return step{verdict: again, pause: r.policy.Period}
	case !r.policy.Walk:
		return step{verdict: giveUp}
	case elapsed >= r.policy.Timeout:
		return step{verdict: timedOut}
	case o == zombie && elapsed >= r.policy.ZombieTimeout:
		return step{verdict: zombieIsOver}
	}
	r.left = r.policy.Attempts
	s := step{verdict: nextHost}
	if r.moved {
		s.pause = hostPause
	}
	r.moved = true
	return s
}
