package app

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/internal/terminal"
)

// Tree is the tree of commands, which manual pages are made from. It is not for running.
func Tree() *cobra.Command {
	return newRoot(&terminal.Terminal{
		In: strings.NewReader(""), Out: io.Discard, Err: io.Discard,
		Env: func(string) (string, bool) { return "", false },
	})
}
