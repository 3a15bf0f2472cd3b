package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs/expr"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/watch"
)

// Further exit codes of wait and watch.
const (
	exitAborted = 3 // a node cannot be expected to reach what is waited for
	exitTimeout = 4
)

const followCodes = `Exit codes:
  0    what was waited for is reached
  1    something went wrong: no server, no such node, no permission
  2    the command line makes no sense
  3    a node is in a state of --fail-on (aborted, if "complete" is waited for)
  4    the time of --timeout is up
  130  interrupted (128 and the number of the signal)`

// follow are the options that wait and watch share.
type follow struct {
	at                    connection
	until, expression     string
	timeout, interval     string
	failOn, output        string
	anyOf, allOf          bool
	keepWaiting, waitNode bool
	terminal              *terminal.Terminal
	goal                  *watch.Goal // nil: none
	limit                 time.Duration
	pause                 time.Duration
}

func (f *follow) bind(cmd *cobra.Command) {
	f.at.bind(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.expression, "expr", "", "until this expression holds, written as in a trigger: '/s/f:YMD ge 20260101'")
	flags.StringVar(&f.timeout, "timeout", "", "give up after so long, as 90, 90s, 10m or 2h30m; 0 looks once (default: never)")
	flags.StringVar(&f.interval, "interval", "2s", "pause between looks")
	flags.StringVar(&f.failOn, "fail-on", "", "end with code 3 when a node is in one of these states (default aborted, when waiting for complete)")
	flags.BoolVar(&f.keepWaiting, "keep-waiting", false, "go on whatever state a node is in")
	flags.BoolVar(&f.anyOf, "any", false, "one of the paths is enough")
	flags.BoolVar(&f.allOf, "all", false, "all of the paths at the same time (the default)")
	flags.BoolVar(&f.waitNode, "wait-for-node", false, "wait for nodes that are not there yet, which is an error otherwise")
	flags.StringVar(&f.output, "output", "text", "text, or json: one object a line")
	completes(cmd, "output", "text", "json")
	completes(cmd, "fail-on", stateNames()...)
}

// completes tells shells the words that an option may have.
func completes(cmd *cobra.Command, option string, words ...string) {
	_ = cmd.RegisterFlagCompletionFunc(option, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)) // fails for an option that is not there
}

// stateNames are the states, those waited for most often first.
func stateNames() []string {
	var names []string
	for _, s := range stateColours {
		names = append(names, s.state)
	}
	return names
}

// prepare makes sense of the options. Every error is one of usage.
func (f *follow) prepare(paths []string) error {
	err := f.parse(paths)
	if err != nil {
		return &exit{exitUsage, err}
	}
	return nil
}

func (f *follow) parse(paths []string) (err error) {
	bad := func(text string) error { return fault.New(fault.Argument, text) }
	switch {
	case f.output != "text" && f.output != "json":
		return bad("--output is text or json, not " + strconv.Quote(f.output))
	case f.anyOf && f.allOf:
		return bad("--any and --all exclude each other")
	case f.keepWaiting && f.failOn != "":
		return bad("--keep-waiting and --fail-on exclude each other")
	}
	if f.limit, err = duration("--timeout", f.timeout, watch.Forever); err != nil {
		return err
	}
	if f.pause, err = duration("--interval", f.interval, watch.DefaultInterval); err != nil {
		return err
	}
	if f.pause < 100*time.Millisecond {
		return bad("--interval is 0.1 seconds at least; servers have other things to do")
	}
	goal := &watch.Goal{Paths: paths, Any: f.anyOf, Await: f.waitNode}
	if goal.States, err = watch.ParseStates(f.until); err != nil {
		return err
	}
	if goal.FailOn, err = watch.ParseStates(f.failOn); err != nil {
		return err
	}
	aborted, _ := watch.ParseStates("aborted")
	complete, _ := watch.ParseStates("complete")
	if !f.keepWaiting && f.failOn == "" && goal.States&complete != 0 {
		goal.FailOn = aborted
	}
	if goal.FailOn &= ^goal.States; f.expression != "" {
		if goal.Expr, err = expr.Parse(f.expression); err != nil {
			return err
		}
	}
	if goal.States != 0 && len(paths) == 0 {
		return bad("--until says in which state nodes have to be; name the nodes")
	}
	if goal.States != 0 || goal.Expr != nil {
		f.goal = goal
	}
	return nil
}

// duration reads a Go duration or a number of seconds.
func duration(option, text string, unset time.Duration) (time.Duration, error) {
	if text == "" {
		return unset, nil
	}
	d, err := time.ParseDuration(text)
	if seconds, failed := strconv.ParseFloat(text, 64); failed == nil && seconds >= 0 && seconds < 1e9 {
		d, err = time.Duration(seconds*float64(time.Second)), nil
	}
	if err != nil || d < 0 {
		return 0, fault.New(fault.Argument, option+" is a time such as 90, 90s, 10m or 2h30m, not "+strconv.Quote(text))
	}
	return d, nil
}

// run follows the paths and prints what is chosen, until the goal is reached, or for ever without one.
func (f *follow) run(ctx context.Context, paths []string, chosen choice, quiet bool) error {
	t := f.terminal
	defer terminal.BrokenPipe()()
	status := t.NewStatus()
	defer status.Hide()
	p := f.printer(status.Over(t.Out), chosen, quiet)
	c, err := f.client(status.Over(t.Err))
	if err != nil {
		return err
	}
	o := watch.Options{Paths: paths, Interval: f.pause}
	if f.goal != nil {
		o.Expr = f.goal.Expr
	}
	w, err := watch.New(c, o)
	if err != nil {
		return &exit{exitUsage, err}
	}
	began := time.Now()
	show := func(look *watch.Look) error {
		err := p.look(look)
		if err == nil && !quiet {
			status.Show(bar(look, status.Width(), time.Since(began), t.UTF8())...)
		}
		return err
	}
	var outcome watch.Outcome
	var verdict watch.Verdict
	if f.goal != nil {
		outcome, verdict, err = watch.Wait(ctx, w, f.goal, f.limit, show)
	} else {
		var until time.Time
		if f.limit >= 0 {
			until = began.Add(f.limit)
		}
		if err = w.Run(ctx, until, func(look *watch.Look) (bool, error) { return false, show(look) }); errors.Is(err, watch.ErrTime) {
			outcome, err = watch.TimedOut, nil
		}
	}
	status.Hide()
	if failed := w.Close(ctx); failed != nil && (err == nil || ctx.Err() != nil) {
		fmt.Fprintln(t.Err, "ecflow: the handle at the server could not be dropped:", failed)
	}
	return f.end(ctx, p, outcome, verdict, err)
}

// client makes a client that tries once: trying again is the watcher's.
func (f *follow) client(notes io.Writer) (*client.Client, error) {
	at, err := f.at.options(f.terminal)
	if err != nil {
		return nil, &exit{exitUsage, err}
	}
	at.Attempts, at.RetryPeriod, at.EaseGC = 1, -1, true
	at.Notify = func(_ context.Context, e client.Event) {
		if e.Kind == client.Warning {
			fmt.Fprintln(notes, e.Text)
		}
	}
	return client.New(at)
}

// end prints how it ended, and makes the exit code of it.
func (f *follow) end(ctx context.Context, p printer, outcome watch.Outcome, verdict watch.Verdict, err error) error {
	result, code, failure := outcome.String(), exitFailed, err
	switch {
	case errors.Is(err, syscall.EPIPE):
		return &exit{128 + int(syscall.SIGPIPE), nil}
	case err != nil && ctx.Err() != nil:
		result, failure = "interrupted", nil
		if code = terminal.ExitCode(ctx); code == 0 {
			code = 128 + int(syscall.SIGINT)
		}
		err = &exit{code, nil}
	case err != nil:
		result = "error"
	case outcome == watch.Failed:
		code = exitAborted
		err = &exit{code, errors.New(strings.Join(verdict.Facts, "\n"))}
	case outcome == watch.TimedOut && f.goal != nil:
		code = exitTimeout
		err = &exit{code, errors.New("time is up: " + strings.Join(verdict.Facts, "\n"))}
	default:
		code = exitOK
	}
	if failed := p.end(result, code, verdict, failure); failed != nil && err == nil {
		err = failed
	}
	return err
}
