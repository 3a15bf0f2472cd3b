package app

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/internal/completion"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// addCompletion adds cobra's command completion, and below it that of ecflow_client.
func addCompletion(root *cobra.Command, t *terminal.Terminal) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			cmd.AddCommand(newClientCompletion(t))
		}
	}
}

func newClientCompletion(t *terminal.Terminal) *cobra.Command {
	return &cobra.Command{
		Use:   "client bash|zsh|fish",
		Short: "completion of ecflow_client, for a shell",
		Long: `Writes a script to standard output by which a shell completes command lines of ecflow_client:
its options, and words such as states, kinds of attributes and topics of help. It asks no server.

Reads nothing. Exit codes: 0 written, 2 no such shell.`,
		Example: `  ecflow completion client bash > ~/.local/share/bash-completion/completions/ecflow_client
  ecflow completion client zsh > "${fpath[1]}/_ecflow_client"
  ecflow completion client fish > ~/.config/fish/completions/ecflow_client.fish`,
		Args:                  cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs:             []string{"bash", "zsh", "fish"},
		DisableFlagsInUseLine: true,
		RunE: func(_ *cobra.Command, args []string) error {
			_, err := fmt.Fprint(t.Out, completion.Script(args[0]))
			return err
		},
	}
}
