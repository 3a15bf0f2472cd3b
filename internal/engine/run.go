package engine

import (
	"context"
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// Run is the server's clock: it updates the calendars each interval, on the minute if that is a minute, and looks for
// tasks that have become free as soon as something happens. It ends with ctx.
//
// source: NodeTreeTraverser.cpp. The original looks for freed tasks once a second.
func (e *Engine) Run(ctx context.Context) {
	timer := time.NewTimer(e.untilPoll())
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
			e.Tick(e.clock())
			timer.Reset(e.untilPoll())
		case <-e.freed:
			e.mu.Lock()
			e.resolveNow()
			e.mu.Unlock()
			e.log.Flush()
		}
	}
}

// untilPoll is how long it is to the next update of the calendars.
func (e *Engine) untilPoll() time.Duration {
	now := e.clock()
	if e.opts.Interval == time.Minute {
		return now.Truncate(time.Minute).Add(time.Minute).Sub(now)
	}
	return e.opts.Interval
}

// Tick updates the calendars and submits what has become free.
func (e *Engine) Tick(now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.tree.ServerState() == defs.Running {
		e.tree.UpdateCalendars(now)
		e.resolveNow()
	}
	e.log.Flush()
}

// wake lets the clock's goroutine look for freed tasks. It never blocks.
func (e *Engine) wake() {
	select {
	case e.freed <- struct{}{}:
	default:
	}
}

// resolveNow submits the tasks that nothing holds. The lock is held.
func (e *Engine) resolveNow() {
	if e.opts.NoJobs {
		return
	}
	e.tree.Resolve(e.submit)
}

// submit makes and starts the job of a task that is free.
func (e *Engine) submit(task *defs.Node) {
	task.Become(defs.Submitted)
}
