package app_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/app"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// outcome is what a run of the program leaves.
type outcome struct {
	code        int
	out, errout string
}

// run runs the program with some input, in an environment of "NAME=value".
func run(t *testing.T, input string, env []string, args ...string) outcome {
	t.Helper()
	return runAt(t, false, input, env, args...)
}

// runAt is run, where a person may sit at the terminal.
func runAt(t *testing.T, person bool, input string, env []string, args ...string) outcome {
	t.Helper()
	var out, errout bytes.Buffer
	code := app.Run(context.Background(), &terminal.Terminal{
		In: strings.NewReader(input), Out: &out, Err: &errout, InIsTerminal: person, OutIsTerminal: person,
		Env: func(name string) (string, bool) {
			for _, one := range env {
				if value, found := strings.CutPrefix(one, name+"="); found {
					return value, true
				}
			}
			return "", false
		},
	}, args)
	return outcome{code, out.String(), errout.String()}
}

// ok is run that must succeed.
func ok(t *testing.T, input string, env []string, args ...string) outcome {
	t.Helper()
	r := run(t, input, env, args...)
	require.Zero(t, r.code, r.out+r.errout)
	return r
}
