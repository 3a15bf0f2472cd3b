package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/version"
)

// Exit codes of every command; wait and watch have further ones.
const (
	exitOK     = 0
	exitFailed = 1 // it was tried and did not work
	exitUsage  = 2 // the command line makes no sense
)

// exit is an error that ends the program with a code of its own. Without err nothing is printed.
type exit struct {
	code int
	err  error
}

func (e *exit) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exit) Unwrap() error { return e.err }

// Run is the program: args are those after its name. It returns the exit code.
func Run(ctx context.Context, t *terminal.Terminal, args []string) int {
	root := newRoot(t)
	root.SetArgs(args)
	ran := false
	root.PersistentPreRun = func(*cobra.Command, []string) { ran = true }
	err := root.ExecuteContext(ctx)
	var special *exit
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &special):
		if special.err != nil {
			complain(t, special.err)
		}
		return special.code
	case terminal.ExitCode(ctx) != 0:
		complain(t, err)
		return terminal.ExitCode(ctx)
	case !ran:
		fmt.Fprintf(t.Err, "ecflow: %v\n\nTry: ecflow --help\n", err)
		return exitUsage
	}
	complain(t, err)
	return exitFailed
}

// complain tells of an error; those of the libraries name the program already.
func complain(t *terminal.Terminal, err error) {
	fmt.Fprintln(t.Err, "ecflow:", strings.TrimPrefix(err.Error(), "ecflow: "))
}

// newRoot makes the whole tree of commands; the man pages and completions are made from it too.
func newRoot(t *terminal.Terminal) *cobra.Command {
	root := &cobra.Command{
		Use:           "ecflow",
		Short:         "look after ecFlow servers, suites, certificates and passwords",
		Version:       version.Number(),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetIn(t.In)
	root.SetOut(t.Out)
	root.SetErr(t.Err)
	root.AddCommand(commands(t)...)
	addCompletion(root, t)
	return root
}

// commands are those of the program, in the order of the help.
func commands(t *terminal.Terminal) []*cobra.Command {
	return []*cobra.Command{
		newPing(t),
		newCerts(t),
		newPasswd(t),
		newWait(t),
		newWatch(t),
		newTop(t),
		newDoctor(t),
	}
}
