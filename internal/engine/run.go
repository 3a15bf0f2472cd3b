package engine

import (
	"context"
	"fmt"
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// Run is the server's clock: from the first time that the server is RUNNING it updates the calendars each interval, on the
// minute if that is a minute, and looks for tasks that have become free as soon as something happens. It ends with ctx.
//
// source: NodeTreeTraverser.cpp. The original looks for freed tasks once a second.
func (e *Engine) Run(ctx context.Context) {
	tick, rest := stopped(), stopped()
	defer tick.Stop()
	defer rest.Stop()
	for {
		e.mu.RLock()
		next := e.poll.next
		e.mu.RUnlock()
		if !next.IsZero() {
			tick.Reset(next.Sub(e.clock()))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			e.Tick(second(e.clock()))
		case <-e.freed:
			rest.Reset(e.look())
		case <-rest.C:
			if e.asked.CompareAndSwap(resting, unasked) {
				continue
			}
			rest.Reset(e.look())
		}
		e.kept(func() {})
		e.log.Flush()
		e.troubled()
	}
}

// look looks for freed tasks, and gives how long to leave it at that, whoever asks.
func (e *Engine) look() (rest time.Duration) {
	e.asked.Store(resting)
	e.mu.Lock()
	done, took := e.resolveTimed()
	e.mu.Unlock()
	if !done {
		e.asked.Store(asked)
		return 0
	}
	return min(max(share*took, shortestRest), longestRest)
}

// share keeps looking for freed tasks to a fiftieth of the time: in a small definition that is at once, in one of
// a hundred thousand nodes some times a second.
const share = 50

const (
	// shortestRest is less than it takes to start a job, and much more than to wake a goroutine.
	shortestRest = 10 * time.Millisecond
	// longestRest is how often the original looks.
	longestRest = time.Second
)

// What asked is. Whoever asks while nobody rests has to wake the clock's goroutine; else it looks when it has rested.
const (
	unasked uint32 = iota
	resting
	asked
)

func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// poll is when the calendars are updated.
type poll struct {
	last, next time.Time // zero until the server has been RUNNING
}

// second is the time as calendars have it: in UTC, to the second.
//
// source: Calendar.cpp, second_clock_time.
func second(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// startClock starts the calendars the first time that the server is RUNNING, and looks for freed tasks if the first minute
// counts. The lock is held.
//
// source: NodeTreeTraverser.cpp, start.
func (e *Engine) startClock(now time.Time) {
	if !e.poll.next.IsZero() {
		return
	}
	e.poll.last = now
	e.poll.next = now.Add(time.Second)
	if e.opts.Interval == time.Minute {
		e.poll.next = now.Truncate(time.Minute).Add(time.Minute)
		e.tree.UpdateCalendars(now)
		e.lookNow() // the request that made it RUNNING looks once more
	}
}

// Tick updates the calendars and submits what has become free, if it is time to. now is in UTC, to the second.
func (e *Engine) Tick(now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.poll.next.IsZero() || now.Before(e.poll.next) {
		return
	}
	took := now.Sub(e.poll.last)
	if more := took - e.opts.Interval; more > e.opts.Interval/4 {
		e.log.Write(defs.LogWarning, fmt.Sprintf(": interval is (%d seconds) but took (%d seconds)", seconds(e.opts.Interval), seconds(took)))
	}
	for !e.poll.next.After(now) {
		e.poll.next = e.poll.next.Add(e.opts.Interval)
	}
	e.poll.last = e.poll.next.Add(-e.opts.Interval)
	e.zombies.RemoveStale()
	e.counts.EndSpan(int(seconds(took)))
	if e.looking.Stopped() { // as in the original, a look ends when the calendars are to move
		e.looking = defs.Look{}
		e.report()
	}
	e.moveCalendars(now)
	e.lookNow()
}

// lookNow looks for freed tasks. What there is no time for follows soon. The lock is held.
func (e *Engine) lookNow() (done bool) {
	e.anew.Store(true)
	if done = e.resolveNow(); !done {
		e.rouse()
	}
	return done
}

// moveCalendars updates the calendars. With an interval below a minute, each takes a minute: that is how the original lets
// a day pass in less time, for tests.
//
// source: Calendar.cpp, update.
func (e *Engine) moveCalendars(now time.Time) {
	if e.opts.Interval < time.Minute {
		e.tree.AdvanceCalendars(time.Minute)
	} else {
		e.tree.UpdateCalendars(now)
	}
}

func seconds(d time.Duration) int64 { return int64(d / time.Second) }

// catchUp lets suites with times live through the time that the server was away, if that is no more than an hour.
//
// source: Defs.cpp, catch_up_to_real_time.
func (e *Engine) catchUp(now time.Time) {
	moved := false
	for _, s := range append([]*defs.Node(nil), e.tree.Suites()...) {
		if !waitsForTime(s) {
			continue
		}
		c := s.Calendar()
		at := c.Suite
		if now.Sub(at) > time.Hour {
			continue
		}
		for at = at.Add(e.opts.Interval); !at.After(now) && s.Defs() == e.tree; at = at.Add(e.opts.Interval) {
			e.tree.UpdateCalendar(s, at)
			moved = true
		}
	}
	if moved {
		e.log.Write(defs.LogMsg, "Suite time attributes updated to catch up with real time. Down time was less than 1 hour")
	}
}

// waitsForTime reports whether a node of a suite has an attribute that the calendar moves.
//
// source: Node.cpp, has_time_based_attributes.
func waitsForTime(s *defs.Node) bool {
	for n := range s.All() {
		if !n.HasRare() {
			continue
		}
		if len(n.Times())+len(n.Todays())+len(n.Dates())+len(n.Days())+len(n.Crons()) > 0 ||
			n.Late() != nil || n.AutoCancel() != nil || n.AutoArchive() != nil {
			return true
		}
	}
	return false
}

// wake lets the clock's goroutine look for freed tasks. It never blocks.
func (e *Engine) wake() {
	e.anew.Store(true)
	e.rouse()
}

// rouse lets the clock's goroutine go on with what there is to look for.
func (e *Engine) rouse() {
	if e.asked.Load() != asked && e.asked.Swap(asked) == unasked {
		e.freed <- struct{}{}
	}
}
