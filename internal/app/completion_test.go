package app_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/app"
	"github.com/ecflow-go/ecflow/internal/completion"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// complete calls ecflow completion without a terminal and without an environment.
func complete(args ...string) (out, errs string, code int) {
	var o, e bytes.Buffer
	t := &terminal.Terminal{In: strings.NewReader(""), Out: &o, Err: &e, Env: func(string) (string, bool) { return "", false }}
	code = app.Run(context.Background(), t, append([]string{"completion"}, args...))
	return o.String(), e.String(), code
}

func TestCompletion_ofBothPrograms(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish"} {
		out, errs, code := complete("client", shell)
		require.Equal(t, 0, code, errs)
		require.Equal(t, completion.Script(shell), out)
		out, errs, code = complete(shell)
		require.Equal(t, 0, code, errs)
		require.Contains(t, out, "ecflow")
	}
	for _, args := range [][]string{{"client"}, {"client", "tcsh"}, {"client", "bash", "zsh"}} {
		out, errs, code := complete(args...)
		require.Equal(t, 2, code, args)
		require.Empty(t, out)
		require.NotEmpty(t, errs)
	}
}
