package watch

import (
	"context"
	"errors"
	"time"

	"github.com/ecflow-go/ecflow/fault"
)

// Outcome is how waiting ended.
type Outcome uint8

// The outcomes.
const (
	Reached  Outcome = iota + 1 // the goal is reached
	Failed                      // it cannot be expected to be, see Goal.FailOn
	TimedOut                    // time is up
)

// String is the outcome in a word, as JSON has it.
func (o Outcome) String() string {
	return [...]string{"", "reached", "failed", "timeout"}[o]
}

// Forever is a time that does not end.
const Forever time.Duration = -1

// turn is how long an aborted task may stay so though it has tries left: the server submits jobs once a minute.
const turn = 65 * time.Second

// Wait looks until a goal is reached or cannot be, or the time is up; 0 looks once. What has
// aborted and has tries left has a minute to be submitted again before it counts. each, if not nil, is told
// what was seen, before it is judged. The verdict is the last one.
//
// Errors: those of [Watcher.Run] and [Goal.Judge]; a node that was there and is gone is fault.NotFound, too, unless
// the goal awaits it.
func Wait(ctx context.Context, w *Watcher, g *Goal, timeout time.Duration, each func(*Look) error) (Outcome, Verdict, error) {
	var verdict Verdict
	var outcome Outcome
	var until time.Time
	if timeout > 0 {
		until = w.o.Now().Add(timeout)
	}
	found := false
	var again time.Time // since when the server has been expected to try again
	err := w.Run(ctx, until, func(look *Look) (bool, error) {
		if each != nil {
			if err := each(look); err != nil {
				return false, err
			}
		}
		if look.Lost == nil {
			var err error
			if verdict, err = g.Judge(look.Defs); err != nil {
				return false, gone(err, found)
			}
			found = true
			switch {
			case !verdict.Again:
				again = time.Time{}
			case again.IsZero():
				again = look.Time
			case look.Time.Sub(again) >= turn:
				verdict.Failed = true
			}
		}
		switch {
		case verdict.Reached:
			outcome = Reached
		case verdict.Failed:
			outcome = Failed
		case timeout == 0:
			outcome = TimedOut
		}
		return outcome != 0, nil
	})
	if errors.Is(err, ErrTime) {
		return TimedOut, verdict, nil
	}
	return outcome, verdict, err
}

// gone words that a node was there before.
func gone(err error, found bool) error {
	var e *fault.Error
	if !errors.As(err, &e) {
		return err
	}
	told := *e
	if told.Hint = "to wait for a node that is not there yet, say so (--wait-for-node)"; found {
		told.Msg += " any more"
		told.Hint = "it was deleted, perhaps by an autocancel, or the server was started with another check point"
	}
	return &told
}
