package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// passwdCheck are the options of "passwd check".
type passwdCheck struct {
	from passwordFile
	at   connection
}

func newPasswdCheck(t *terminal.Terminal) *cobra.Command {
	var o passwdCheck
	cmd := &cobra.Command{
		Use:   "check USER [HOST:PORT]",
		Short: "whether a password is the one in a file, or one that a server takes",
		Long: `Check a password of a user against the line of a password file for a server,
$ECF_HOST:$ECF_PORT if none is named. With --server the server is asked whether it
takes the password, by a request that changes nothing; if it is named, that is the
server of the line, too. Without any file only the server is asked.

A server that has no password file takes none.

Reads the password from the terminal, not shown, or one line of standard input,
and --file, by default $ECF_PASSWD. Exit codes: 0 it is the one, and taken; 1 the
file cannot be read, or the server does not answer; 2 usage; 3 there is no such
line, or file; 4 the file has another one; 5 the server refuses it.`,
		Example: `  ecflow passwd check fred login1:3141
  ecflow passwd check fred --server login1:3141 --ssl`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), t, args) },
	}
	o.from.bind(cmd)
	flags := cmd.Flags()
	flags.StringVarP(&o.at.server, "server", "s", "", "ask this server, HOST:PORT")
	flags.BoolVar(&o.at.tls, "ssl", false, "speak TLS to it (default: when $ECF_SSL is set)")
	flags.StringVar(&o.at.cafile, "cafile", "", "trust the certificates in this PEM file instead of those in ~/.ecflowrc/ssl")
	return cmd
}

func (o *passwdCheck) run(ctx context.Context, t *terminal.Terminal, args []string) error {
	if len(args) == 1 && o.at.server != "" {
		args = append(args, o.at.server)
	}
	e, err := entryOf(t, args)
	if err != nil {
		return err
	}
	path := o.from.path(t)
	if path == "" && o.at.server == "" {
		_, err := o.from.must(t)
		return err
	}
	var file *auth.PasswordFile
	if path != "" {
		if file, err = auth.ReadPasswordFile(path); err != nil {
			if errors.Is(err, fault.NotFound) {
				return &exit{exitNoEntry, err}
			}
			return err
		}
		warn(t, file.Warnings())
	}
	plain, err := askOnce(ctx, t, "Password of "+forServer(e))
	if err != nil {
		return usage(err)
	}
	warn(t, auth.PasswordWarnings(e.User, plain))
	if file != nil {
		if err := compareWithFile(t, file, e, plain); err != nil {
			return err
		}
	}
	if o.at.server == "" {
		return nil
	}
	return o.ask(ctx, t, e, plain)
}

// compareWithFile looks whether a password is that of a line.
func compareWithFile(t *terminal.Terminal, file *auth.PasswordFile, e auth.PasswordEntry, plain string) error {
	there, found := file.Lookup(e.User, e.Host, e.Port, "")
	if !found && e.Host == localHost() {
		there, found = file.Lookup(e.User, "localhost", e.Port, "") // of a client that calls it so
	}
	if !found {
		return &exit{exitNoEntry, fault.New(fault.NotFound, file.Path()+" has no line for "+forServer(e))}
	}
	same, apart, err := auth.SamePassword(e.User, plain, there)
	switch {
	case err != nil:
		return err
	case same:
		fmt.Fprintf(t.Out, "%s: this is the password of %s\n", file.Path(), forServer(e))
	case !apart:
		fmt.Fprintf(t.Out, "%s: another password of %s, but servers cannot tell the two apart\n", file.Path(), forServer(e))
	default:
		return &exit{exitDiffers, fault.New(fault.Auth, file.Path()+" has another password for "+forServer(e))}
	}
	return nil
}

// ask finds out whether the server takes a password.
func (o *passwdCheck) ask(ctx context.Context, t *terminal.Terminal, e auth.PasswordEntry, plain string) error {
	settings, err := o.at.options(t)
	if err != nil {
		return &exit{exitUsage, err}
	}
	settings.Password, settings.Attempts = client.Hide(plain), 1
	settings.User, settings.Login = "", e.User
	if o.from.custom {
		settings.User = e.User
	}
	c, err := client.New(settings)
	if err != nil {
		return err
	}
	_, err = c.Suites(ctx)
	at := c.Host() + ":" + c.Port()
	switch {
	case errors.Is(err, fault.Auth):
		return &exit{exitRejected, fmt.Errorf("%s refuses this password of %s\n%w", at, e.User, err)}
	case err != nil:
		return err
	}
	fmt.Fprintf(t.Out, "%s takes this password of %s\n", at, e.User)
	return nil
}
