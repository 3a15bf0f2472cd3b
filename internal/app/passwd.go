package app

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// Further exit codes of passwd.
const (
	exitNoEntry  = 3
	exitDiffers  = 4
	exitRejected = 5
)

func newPasswd(t *terminal.Terminal) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "passwd",
		Short: "edit and check password files",
		Long: `Edit and check the password files of servers and clients.

A line of such a file is "user host port password". The server's own, named by
$ECF_PASSWD or HOST.PORT.ecf.passwd in $ECF_HOME, lists who may use it; that of a
client, named by $ECF_PASSWD, has the passwords it sends. Custom users (ECF_USER)
have files of their own, $ECF_CUSTOM_PASSWD: choose these with --custom.

Passwords are asked for without showing them, or, where standard input is no
terminal, read from one line of it. They are never arguments, which everybody on
the machine could see.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newPasswdAdd(t), newPasswdRemove(t), newPasswdList(t), newPasswdCheck(t))
	return cmd
}

// passwordFile are the options that name a file.
type passwordFile struct {
	file   string
	custom bool
}

func (p *passwordFile) bind(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.file, "file", "", "password file (default $ECF_PASSWD)")
	cmd.Flags().BoolVar(&p.custom, "custom", false, "the file of custom users, by default $ECF_CUSTOM_PASSWD")
}

// path is the file meant, "" if none is.
func (p *passwordFile) path(t *terminal.Terminal) string {
	switch {
	case p.file != "":
		return p.file
	case p.custom:
		return t.Getenv("ECF_CUSTOM_PASSWD")
	}
	return t.Getenv("ECF_PASSWD")
}

// must is the file meant; naming none is a mistake of the command line.
func (p *passwordFile) must(t *terminal.Terminal) (string, error) {
	if path := p.path(t); path != "" {
		return path, nil
	}
	variable, name := "ECF_PASSWD", "passwd"
	if p.custom {
		variable, name = "ECF_CUSTOM_PASSWD", "custom_passwd"
	}
	return "", &exit{exitUsage, &fault.Error{
		Kind: fault.Argument, Msg: variable + " is not set: name the password file with --file",
		Hint: "a server without " + variable + " reads HOST.PORT.ecf." + name + " in its directory ECF_HOME",
	}}
}

// entryOf is the user, host and port of a line, from arguments USER [HOST:PORT]. Servers look
// for the name of their machine, so localhost stands for that.
func entryOf(t *terminal.Terminal, args []string) (e auth.PasswordEntry, err error) {
	e.User, e.Host, e.Port = args[0], t.Getenv("ECF_HOST"), t.Getenv("ECF_PORT")
	if len(args) > 1 {
		host, port, err := splitServer(args[1])
		if err != nil {
			return e, &exit{exitUsage, err}
		}
		if host != "" {
			e.Host = host
		}
		if port != "" {
			e.Port = port
		}
	}
	at := endpoint(e.Host, e.Port)
	e.Host, e.Port = at.Host, at.Port
	if e.Host == "localhost" {
		if name := localHost(); name != "" {
			e.Host = name
		}
	}
	if strings.ContainsAny(e.User, " \t#") {
		return e, &exit{exitUsage, fault.New(fault.Argument, "the name of a user cannot hold blanks or #")}
	}
	return e, nil
}

func forServer(e auth.PasswordEntry) string {
	return fmt.Sprintf("%s at %s:%s", e.User, e.Host, e.Port)
}

// readPasswords reads a file, which must be there.
func readPasswords(path string) (*auth.PasswordText, error) {
	if _, err := auth.ReadPasswordFile(path); err != nil {
		if errors.Is(err, fault.NotFound) {
			return nil, &exit{exitNoEntry, err}
		}
		return nil, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return auth.ParsePasswordText(path, data)
}

func warn(t *terminal.Terminal, warnings []auth.Warning) {
	for _, w := range warnings {
		fmt.Fprintf(t.Err, "warning: %s\n", w)
	}
}

func newPasswdList(t *terminal.Terminal) *cobra.Command {
	var from passwordFile
	var output string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "who has a password in a file, without the passwords",
		Long: `List the users, hosts and ports of a password file, without the passwords.

Reads --file, by default $ECF_PASSWD; writes "user host port" lines to standard
output. Exit codes: 0; 1 the file cannot be read or is none; 2 usage; 3 there is
no such file.`,
		Example: "  ecflow passwd list\n  ecflow passwd list --file ecf.custom_passwd --output json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			structured, err := asJSON(output)
			if err != nil {
				return err
			}
			path, err := from.must(t)
			if err != nil {
				return err
			}
			text, err := readPasswords(path)
			if err != nil {
				return err
			}
			if file, err := auth.ReadPasswordFile(path); err == nil {
				warn(t, file.Warnings())
			}
			entries := append([]auth.PasswordEntry{}, text.Entries()...)
			if structured {
				return writeJSON(t, entries)
			}
			for _, e := range entries {
				fmt.Fprintln(t.Out, e.User, e.Host, e.Port)
			}
			return nil
		},
	}
	from.bind(cmd)
	outputFlag(cmd, &output)
	return cmd
}
