package app

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/terminal"
)

func call(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = Run(t.Context(), &terminal.Terminal{In: strings.NewReader(""), Out: &o, Err: &e,
		Env: func(string) (string, bool) { return "", false }}, args)
	return code, o.String(), e.String()
}

func TestRun_whatIsNoCommandIsAUsageError(t *testing.T) {
	for _, args := range [][]string{{"doctr"}, {"certs", "nix"}, {"ping", "word"}, {"ping", "--nix"}} {
		code, out, errs := call(t, args...)
		require.Equal(t, exitUsage, code, args)
		require.Empty(t, out, args)
		require.Contains(t, errs, "Try: ecflow --help", args)
	}
}

// Every command says what it does, and gives an example where it takes arguments.
func TestCommands_areDocumented(t *testing.T) {
	var look func(c *cobra.Command)
	look = func(c *cobra.Command) {
		require.NotEmpty(t, c.Short, c.CommandPath())
		if c.Runnable() && !c.HasSubCommands() && c.Name() != "ping" && c.Parent().Name() != "completion" {
			require.NotEmpty(t, c.Long, c.CommandPath())
			require.NotEmpty(t, c.Example, c.CommandPath())
		}
		for _, sub := range c.Commands() {
			look(sub)
		}
	}
	look(newRoot(&terminal.Terminal{}))
}
