package app

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/doctor"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

func newDoctor(t *terminal.Terminal) *cobra.Command {
	var at connection
	var output string
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "doctor [HOST:PORT]",
		Short: "find out why a client and a server do not get along",
		Long: `Find out why a client and a server do not get along: look the host up, connect,
find out what the server speaks, compare certificates, look for user and password,
ask for permissions, versions, clocks and round-trip times, and look at a job's
variables. One line each; what to do about it stands below.

Reads the environment and the files that ecflow_client reads, and asks the server
some questions as this user, which its log notes. One of them is to suspend a node
that cannot exist, to see whether the user may. Changes nothing, here or there.
Writes to standard output, and no secrets. Exit codes:
  0  no problem; warnings do not count
  1  there is a problem
  2  usage`,
		Example: "  ecflow doctor\n  ecflow doctor login1:3141 --ssl\n  ecflow doctor --output json | jq '.findings[] | select(.status == \"problem\")'",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			structured, err := asJSON(output)
			if err != nil {
				return err
			}
			if timeout <= 0 {
				return &exit{exitUsage, fault.New(fault.Argument, "--timeout must be more than nothing")}
			}
			if len(args) > 0 {
				at.server = args[0]
			}
			o, err := at.options(t)
			if err != nil {
				return &exit{exitUsage, err}
			}
			c := doctor.Case{Options: o, Env: t.Env, Timeout: timeout}
			if !structured {
				c.Report = func(f doctor.Finding) { writeFinding(t, f) }
			}
			found, err := doctor.Examine(cmd.Context(), c)
			worst := doctor.Worst(found)
			if structured {
				if failed := writeJSON(t, struct {
					Server   string           `json:"server"`
					Status   doctor.Status    `json:"status"` // the worst of all
					Findings []doctor.Finding `json:"findings"`
				}{endpoint(o.Host, o.Port).String(), worst, found}); failed != nil {
					return failed
				}
			}
			switch {
			case err != nil && terminal.ExitCode(cmd.Context()) != 0:
				return &exit{terminal.ExitCode(cmd.Context()), err}
			case err != nil:
				return err
			case worst == doctor.Problem:
				return &exit{code: exitFailed}
			}
			return nil
		},
	}
	at.bind(cmd)
	cmd.Flags().DurationVar(&timeout, "timeout", doctor.DefaultTimeout, "for each step")
	outputFlag(cmd, &output)
	return cmd
}

// writeFinding is one line, and the advice below it.
func writeFinding(t *terminal.Terminal, f doctor.Finding) {
	colour := map[doctor.Status]terminal.Colour{doctor.OK: terminal.Green, doctor.Warning: terminal.Yellow, doctor.Problem: terminal.Red, doctor.Skipped: terminal.Dim}[f.Status]
	word := paint(t, colour, fmt.Sprintf("%-7s", f.Status))
	fmt.Fprintf(t.Out, "%s  %-*s  %s\n", word, checkWidth(), f.Check, f.Summary)
	if f.Advice != "" {
		margin := strings.Repeat(" ", len("problem")+2+checkWidth()+2)
		fmt.Fprintf(t.Out, "%s%s\n", margin, strings.ReplaceAll(f.Advice, "\n", "\n"+margin))
	}
}

// checkWidth is that of the longest name of a check.
func checkWidth() int {
	width := 0
	for _, name := range doctor.Checks() {
		width = max(width, len(name))
	}
	return width
}
