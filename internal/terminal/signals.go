package terminal

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Interrupted is why a context of [Interruptible] ended.
type Interrupted struct{ Signal syscall.Signal }

func (i *Interrupted) Error() string { return "interrupted by " + i.Signal.String() }

// patience is how long a program runs before it looks after signals itself. Until then they
// end it as they end any other; most calls of ecflow_client are over by then, and would pay
// more for the looking than for their request.
const patience = 20 * time.Millisecond

// Interruptible is a context that the first Ctrl-C, SIGTERM or SIGHUP ends; a second one
// ends the process, as it does by default. Signals that the process was started to ignore,
// as by nohup, stay ignored. done gives the signals back.
func Interruptible() (ctx context.Context, done func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	watch := time.AfterFunc(patience, func() { watchSignals(ctx, cancel) })
	return ctx, func() {
		watch.Stop()
		cancel(nil)
	}
}

// Attentive is a context as that of [Interruptible] within another one, for programs that run for long: it looks after signals
// from the first moment.
func Attentive(ctx context.Context) (attentive context.Context, done func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	signals := subscribe()
	go wait(ctx, cancel, signals)
	return ctx, func() { cancel(nil) }
}

func watchSignals(ctx context.Context, cancel context.CancelCauseFunc) {
	wait(ctx, cancel, subscribe())
}

func subscribe() chan os.Signal {
	signals := make(chan os.Signal, 1)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	return signals
}

func wait(ctx context.Context, cancel context.CancelCauseFunc, signals chan os.Signal) {
	defer signal.Stop(signals)
	select {
	case s := <-signals:
		number, _ := s.(syscall.Signal)
		cancel(&Interrupted{number})
	case <-ctx.Done():
	}
}

// ExitCode is what a shell gives a program that a signal ended, 128 and its number; 0 if
// no signal ended the context.
func ExitCode(ctx context.Context) int {
	var i *Interrupted
	if errors.As(context.Cause(ctx), &i) {
		return 128 + int(i.Signal)
	}
	return 0
}
