package watch

import (
	"context"
	"errors"
	"time"

	"github.com/ecflow-go/ecflow/fault"
)

// ErrTime is what [Watcher.Run] returns when its time is up.
var ErrTime = errors.New("time is up")

// pace says when to look again. It is a plain value.
type pace struct {
	interval time.Duration
	quiet    int // looks since something happened
	failures int // in a row
}

const (
	slowest     = 5                // intervals between looks at most, when nothing has happened for long
	patience    = 30               // looks without news before they become rarer
	share       = 4                // a look may take a part of the time of one in so many
	longestWait = 30 * time.Second // between attempts to reach a server
)

// next is the pause after a look that took so long.
func (p *pace) next(happened bool, took time.Duration) time.Duration {
	p.failures = 0
	p.quiet++
	if happened {
		p.quiet = 0
	}
	pause := p.interval
	if p.quiet > patience {
		pause = min(pause*time.Duration(p.quiet)/patience, pause*slowest)
	}
	return max(pause, took*(share-1))
}

// retry is the pause after a look that failed.
func (p *pace) retry() time.Duration {
	p.quiet = 0
	p.failures++
	pause := min(p.interval, time.Second)
	for range min(p.failures-1, 10) {
		pause = pause * 3 / 2
	}
	return min(pause, max(longestWait, p.interval))
}

// Run looks again and again, and calls each with what was seen, until that says that it is done or fails, ctx
// ends, or until has passed (the zero time: never), which is [ErrTime]; the last look is then at that time.
//
// The pause between looks is the interval. After 30 looks without news it grows to five times that; and it is
// never less than three times what a look takes, so that a busy server is left alone. When the server cannot be
// reached, after it could be at first, that is a change, and Run tries on, in the end every 30 seconds.
//
// Errors: those of each; those of requests, other than of connections lost; the cause of ctx.
func (w *Watcher) Run(ctx context.Context, until time.Time, each func(*Look) (done bool, err error)) error {
	if !until.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, until.Sub(w.o.Now())+grace, ErrTime)
		defer cancel()
	}
	p := pace{interval: w.o.Interval}
	last := &Look{}
	for first := true; ; first = false {
		began := w.o.Now()
		look, err := w.Look(ctx)
		now := w.o.Now()
		var pause time.Duration
		switch {
		case err == nil:
			if !w.lost.IsZero() {
				back := Change{Time: now, Path: "/", Kind: Connection, Old: "lost", New: "up", Reason: "after " + now.Sub(w.lost).Round(time.Second).String()}
				look.Changes = append([]Change{back}, look.Changes...)
				w.lost = time.Time{}
			}
			pause = p.next(len(look.Changes) > 0, now.Sub(began))
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case first || !passes(err):
			return err
		default:
			look = &Look{Time: now, Defs: last.Defs, Progress: last.Progress, Lost: err}
			if w.lost.IsZero() {
				w.lost = now
				look.Changes = []Change{{Time: now, Path: "/", Kind: Connection, Old: "up", New: "lost", Reason: summary(err)}}
			}
			pause = p.retry()
		}
		last = look
		if done, err := each(look); done || err != nil {
			return err
		}
		if !until.IsZero() {
			left := until.Sub(w.o.Now())
			if left <= 0 {
				return ErrTime
			}
			pause = min(pause, left)
		}
		if err := w.o.Sleep(ctx, pause); err != nil {
			return context.Cause(ctx)
		}
	}
}

// grace is how long a look may take at the end.
const grace = 2 * time.Second

// passes reports whether a failure may be over when the server is back.
func passes(err error) bool {
	kind := fault.KindOf(err)
	return kind == fault.Connect || kind == fault.Timeout || kind.Within(fault.Protocol)
}

func summary(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Summary()
	}
	return err.Error()
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
