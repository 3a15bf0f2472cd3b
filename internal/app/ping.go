package app

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/internal/terminal"
)

func newPing(t *terminal.Terminal) *cobra.Command {
	var at connection
	cmd := &cobra.Command{
		Use:   "ping",
		Short: "whether a server answers, and how fast",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := at.client(t)
			if err != nil {
				return err
			}
			start := time.Now()
			if err := c.Ping(cmd.Context()); err != nil {
				return err
			}
			fmt.Fprintf(t.Out, "%s:%s answers after %v\n", c.Host(), c.Port(), time.Since(start).Round(10*time.Microsecond))
			return nil
		},
	}
	at.bind(cmd)
	return cmd
}
