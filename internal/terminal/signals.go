package terminal

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// Interrupted is why a context of [Interruptible] ended.
type Interrupted struct{ Signal syscall.Signal }

func (i *Interrupted) Error() string { return "interrupted by " + i.Signal.String() }

// Interruptible is a context that the first Ctrl-C, SIGTERM or SIGHUP ends; a second one
// ends the process, as it does by default. done gives the signals back.
func Interruptible() (ctx context.Context, done func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		select {
		case s := <-signals:
			number, _ := s.(syscall.Signal)
			cancel(&Interrupted{number})
			signal.Stop(signals)
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
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
