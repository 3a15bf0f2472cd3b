package app

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/watch"
)

func newWatch(t *terminal.Terminal) *cobra.Command {
	f := &follow{terminal: t}
	var states, kinds string
	var under []string
	cmd := &cobra.Command{
		Use:   "watch [PATH]...",
		Short: "print what changes, as it changes",
		Long: `Print what changes in nodes and all below them (without a PATH: on the whole server), a line each, until Ctrl-C,
or until something is reached that --until or --expr name.

  2026-11-24T20:00:00Z /forecast/get active -> complete

Times are when the change was seen. Watch looks every two seconds and reads from the server only what has changed in
the suites concerned; what comes and goes in between it does not see. Lost connections are told, and waited for.

Changes go to stdout. On a terminal a line at the bottom shows how far the tasks have come. Nothing on the server is
changed.

KINDS: ` + strings.Join(kindNames(), ", ") + `.

` + followCodes + `
Without --until and --expr the end of --timeout is no failure: 0.`,
		Example: `  ecflow watch /forecast
  ecflow watch --state aborted --output json
  ecflow watch /forecast --kind meter,event --under /forecast/main --timeout 1h
  ecflow watch /forecast --until complete,aborted`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.prepare(args); err != nil {
				return err
			}
			c, err := chosen(args, under, states, kinds)
			if err != nil {
				return &exit{exitUsage, err}
			}
			return f.run(cmd.Context(), args, c, false)
		},
	}
	f.bind(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&f.until, "until", "u", "", "end when the nodes are in one of these states")
	flags.StringVar(&states, "state", "", "only changes to or from these states")
	flags.StringVar(&kinds, "kind", "", "only changes of these kinds")
	flags.StringArrayVar(&under, "under", nil, "only changes of this node and of those below it (may be given again)")
	completes(cmd, "until", stateNames()...)
	completes(cmd, "state", stateNames()...)
	completes(cmd, "kind", kindNames()...)
	return cmd
}

func kindNames() (names []string) {
	for _, k := range watch.Kinds() {
		names = append(names, string(k))
	}
	return names
}

// chosen are the changes that a command line asks for.
func chosen(paths, under []string, states, kinds string) (c choice, err error) {
	if c.states, err = watch.ParseStates(states); err != nil {
		return c, err
	}
	for word := range strings.SplitSeq(kinds, ",") {
		kind := watch.Kind(strings.TrimSpace(word))
		switch {
		case kind == "":
		case slices.Contains(watch.Kinds(), kind):
			c.kinds = append(c.kinds, kind)
		default:
			return c, &fault.Error{Kind: fault.Argument, Msg: fmt.Sprintf("there is no kind %s of changes", kind), Hint: "kinds are " + strings.Join(kindNames(), ", ")}
		}
	}
	for _, p := range under {
		c.under = append(c.under, path.Clean(p))
	}
	for _, p := range paths {
		c.start = append(c.start, path.Clean(p))
	}
	if len(paths) == 0 {
		c.start = []string{"/"}
	}
	return c, nil
}
