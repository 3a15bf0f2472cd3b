package app

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// lockTime is how long an edit waits for another one.
const lockTime = 10 * time.Second

func newPasswdAdd(t *terminal.Terminal) *cobra.Command {
	var in passwordFile
	cmd := &cobra.Command{
		Use:   "add USER [HOST:PORT]",
		Short: "give a user a password, or a new one",
		Long: `Give a user a password for a server, $ECF_HOST:$ECF_PORT if none is named. If the
file has a line for them the password in it is replaced, else a line is added. All
else stays as it is. A file that is not there is made, for its owner alone.

HOST is written as it is given, and compared as it stands: in a server's file it
is the name of its machine (hostname), in a client's what ECF_HOST says. For
localhost the name of this machine is written, which serves both.

Reads the password from the terminal, twice and not shown, or one line of
standard input; writes to --file, by default $ECF_PASSWD. Exit codes: 0; 1 the
file could not be changed; 2 usage, or a password that cannot be.`,
		Example: `  ecflow passwd add fred login1:3141
  ecflow passwd add fred --file $ECF_HOME/login1.3141.ecf.passwd < secret`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := in.must(t)
			if err != nil {
				return err
			}
			e, err := entryOf(t, args)
			if err != nil {
				return err
			}
			plain, err := askTwice(cmd.Context(), t, "Password of "+forServer(e))
			if err != nil {
				return usage(err)
			}
			replaced := false
			warnings, err := edit(cmd.Context(), path, func(text *auth.PasswordText) error {
				replaced, err = text.Set(e.User, e.Host, e.Port, plain)
				return err
			})
			if err != nil {
				return usage(err)
			}
			warn(t, append(warnings, auth.PasswordWarnings(e.User, plain)...))
			word := "added"
			if replaced {
				word = "changed"
			}
			fmt.Fprintf(t.Err, "%s: %s %s\n", path, word, forServer(e))
			in.remind(t)
			return nil
		},
	}
	in.bind(cmd)
	return cmd
}

func newPasswdRemove(t *terminal.Terminal) *cobra.Command {
	var in passwordFile
	var all bool
	cmd := &cobra.Command{
		Use:   "remove USER [HOST:PORT]",
		Short: "take a user out of a file",
		Long: `Take a user's line for a server, $ECF_HOST:$ECF_PORT if none is named, out of a
password file, or with --all the lines for all servers. All else stays as it is.

Reads and writes --file, by default $ECF_PASSWD. Exit codes: 0; 1 the file could
not be changed; 2 usage; 3 there is no such line.`,
		Example: "  ecflow passwd remove fred login1:3141\n  ecflow passwd remove fred --all",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if all && len(args) > 1 {
				return &exit{exitUsage, fault.New(fault.Argument, "either HOST:PORT or --all")}
			}
			path, err := in.must(t)
			if err != nil {
				return err
			}
			e, err := entryOf(t, args)
			if err != nil {
				return err
			}
			if _, err := readPasswords(path); err != nil { // editing would make one
				return err
			}
			var removed []auth.PasswordEntry
			warnings, err := edit(cmd.Context(), path, func(text *auth.PasswordText) error {
				removed = text.Remove(func(line auth.PasswordEntry) bool {
					return line.User == e.User && (all || line.Host == e.Host && line.Port == e.Port)
				})
				return nil
			})
			if err != nil {
				return err
			}
			if len(removed) == 0 {
				what := forServer(e)
				if all {
					what = e.User
				}
				return &exit{exitNoEntry, fault.New(fault.NotFound, path+" has no line for "+what)}
			}
			warn(t, warnings)
			for _, line := range removed {
				fmt.Fprintf(t.Err, "%s: removed %s\n", path, forServer(line))
			}
			in.remind(t)
			return nil
		},
	}
	in.bind(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "the lines for all servers")
	return cmd
}

func edit(ctx context.Context, path string, change func(*auth.PasswordText) error) ([]auth.Warning, error) {
	ctx, done := context.WithTimeout(ctx, lockTime)
	defer done()
	return auth.EditPasswordFile(ctx, path, change)
}

// remind says that a server does not look at its file by itself.
func (p *passwordFile) remind(t *terminal.Terminal) {
	command := "--reloadpasswdfile"
	if p.custom {
		command = "--reloadcustompasswdfile"
	}
	fmt.Fprintf(t.Err, "If this is a running server's file, tell the server: ecflow_client %s\n", command)
}
