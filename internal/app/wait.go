package app

import (
	"io"
	"path"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/watch"
)

func newWait(t *terminal.Terminal) *cobra.Command {
	f := &follow{terminal: t}
	var quiet bool
	cmd := &cobra.Command{
		Use:   "wait [PATH]... [--until STATES] [--expr EXPRESSION]",
		Short: "wait until nodes are in a state, or an expression holds",
		Long: `Wait until nodes are in a state ("complete" unless told otherwise), or an expression holds, and say so by the
exit code.

All of the nodes have to be in the state at the same time, or one with --any. STATES is one or more of complete,
aborted, active, submitted, queued, unknown and suspended, with commas between. An aborted node ends the wait when
"complete" is waited for. Lost connections and servers started anew are waited for, once the server has answered.

Wait looks every two seconds and reads from the server only what has changed in the suites concerned. It does not see
what lasts shorter: of a family with a repeat, ask for the repeat's value with --expr.

On a terminal a line at the bottom shows how far the tasks have come; the nodes' own changes are written to stdout,
a line each. Nothing on the server is changed.

` + followCodes,
		Example: `  ecflow wait /forecast --timeout 2h
  ecflow wait /o/main /o/wave --any --until active,complete
  ecflow wait --expr '/forecast:YMD ge 20260101 and /obs/get == complete'
  ecflow wait /forecast --timeout 6h --quiet || echo "forecast: $?" | mail -s "not complete" ops`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.until == "" && f.expression == "" {
				f.until = "complete"
			}
			if err := f.prepare(args); err != nil {
				return err
			}
			return f.run(cmd.Context(), args, waited(f.goal), quiet)
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVarP(&f.until, "until", "u", "", `states with commas between (default "complete", unless there is --expr)`)
	completes(cmd, "until", stateNames()...)
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "write nothing but errors; with --output json, the last object alone")
	return cmd
}

// printer makes the one that was asked for.
func (f *follow) printer(out io.Writer, c choice, quiet bool) printer {
	switch {
	case f.output == "json":
		return &objects{choice: c, out: out, quiet: quiet}
	case quiet:
		return &lines{out: io.Discard}
	}
	return &lines{choice: c, out: out, coloured: f.terminal.Coloured(f.terminal.OutIsTerminal)}
}

// waited are the changes that bear upon a goal: those of the nodes that it names, and what else its expression asks for.
func waited(g *watch.Goal) choice {
	c := choice{kinds: []watch.Kind{watch.State, watch.Suspended, watch.Added, watch.Removed, watch.Server, watch.Connection}}
	for _, p := range g.Paths {
		c.paths = append(c.paths, path.Clean(p))
	}
	if g.Expr != nil {
		c.kinds = nil
		if len(g.Paths) == 0 {
			for _, r := range g.Expr.Refs() {
				if p := path.Clean(r.Path); !slices.Contains(c.paths, p) {
					c.paths = append(c.paths, p)
				}
			}
		}
	}
	c.start = c.paths
	return c
}
