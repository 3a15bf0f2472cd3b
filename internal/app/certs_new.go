package app

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// certsNew are the options of "certs new".
type certsNew struct {
	dir, server, name, key, phrase string
	san                            []string
	days                           int
	local, force                   bool
}

func newCertsNew(t *terminal.Terminal) *cobra.Command {
	var o certsNew
	cmd := &cobra.Command{
		Use:   "new",
		Short: "make the key and certificate of a server",
		Long: `Make the private key and the self-signed certificate of a server, a
Diffie-Hellman group, and, with --passphrase, the file from which the server
takes the key's pass phrase. Run it as the user who runs the server, on its
machine.

The certificate is for this machine's name, its full name, localhost, 127.0.0.1
and ::1, and for what --san adds; with --local for the last three alone, and no
name is looked up. All files are written or none; what is there is
replaced with --force only (a Diffie-Hellman group that will do is kept). Key and
pass phrase can be read by their owner alone.

--passphrase asks for a pass phrase twice, or takes one line of standard input
when that is no terminal; --passphrase=random makes one that nobody needs to know.

Reads nothing but that; writes to --dir, by default $ECF_SSL_DIR, else
~/.ecflowrc/ssl. Exit codes: 0; 1 nothing was written; 2 usage.`,
		Example: `  ecflow certs new
  ecflow certs new --san ecflow.example.org --days 730 --passphrase=random
  ecflow certs new --for login1:3141 --key rsa3072
  ecflow certs new --local --dir ssl`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context(), t) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.dir, "dir", "", "directory to write to (default $ECF_SSL_DIR, else ~/.ecflowrc/ssl)")
	flags.StringVar(&o.server, "for", "", "make files for one server, HOST:PORT, instead of those for all (server.*)")
	flags.StringVar(&o.name, "cn", "", "common name (default the host)")
	flags.StringArrayVar(&o.san, "san", nil, "a further host name or address; may be repeated")
	flags.BoolVar(&o.local, "local", false, "for clients on this machine alone, which say localhost")
	flags.IntVar(&o.days, "days", certs.DefaultDays, "days that the certificate is valid")
	flags.StringVar(&o.key, "key", string(certs.P256), "kind of key: p256, p384, rsa2048, rsa3072 or rsa4096")
	flags.StringVar(&o.phrase, "passphrase", "", `put the key under a pass phrase: "ask" or "random"`)
	flags.Lookup("passphrase").NoOptDefVal = "ask"
	flags.BoolVar(&o.force, "force", false, "replace files that are there")
	complete(cmd, "key", string(certs.P256), string(certs.P384), string(certs.RSA2048), string(certs.RSA3072), string(certs.RSA4096))
	complete(cmd, "passphrase", "ask", "random")
	return cmd
}

func (o *certsNew) run(ctx context.Context, t *terminal.Terminal) error {
	r, err := o.request(ctx, t)
	if err != nil {
		if fault.KindOf(err) == fault.Argument {
			return &exit{exitUsage, err}
		}
		return err
	}
	made, err := certs.Create(r)
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%w\n--force replaces it; nothing was written", err)
	case errors.Is(err, fault.Argument):
		return &exit{exitUsage, err}
	case err != nil:
		return err
	}
	o.report(t, made)
	return nil
}

func (o *certsNew) request(ctx context.Context, t *terminal.Terminal) (certs.Request, error) {
	r := certs.Request{CommonName: o.name, Days: o.days, Key: certs.KeyKind(o.key), Overwrite: o.force}
	if o.days < 1 || !slices.Contains(certs.KeyKinds(), r.Key) {
		return r, fault.New(fault.Argument, "--days is a positive number, --key one of p256, p384, rsa2048, rsa3072, rsa4096")
	}
	var err error
	if r.Dir, err = sslDirectory(t, o.dir); err != nil {
		return r, err
	}
	host := "localhost"
	if o.server != "" {
		var port string
		if host, port, err = hostAndPort(o.server); err != nil {
			return r, err
		}
		if r.Base, err = certs.BaseOf(host, port, localHost()); err != nil {
			return r, err
		}
	}
	r.Names = o.names(ctx, host)
	r.Names = append(r.Names, o.san...)
	r.Phrase, err = o.passPhrase(ctx, t)
	return r, err
}

// names are what clients may call the host.
func (o *certsNew) names(ctx context.Context, host string) []string {
	if o.local {
		return certs.NamesOf(ctx, "localhost") // which asks nobody
	}
	asking, done := context.WithTimeout(ctx, 3*time.Second) // a resolver that does not answer must not stop this
	defer done()
	if host == "localhost" {
		return certs.LocalNames(asking)
	}
	return certs.NamesOf(asking, host)
}

func (o *certsNew) passPhrase(ctx context.Context, t *terminal.Terminal) (string, error) {
	switch o.phrase {
	case "":
		return "", nil
	case "random":
		return rand.Text(), nil
	case "ask":
		phrase, err := askTwice(ctx, t, "Pass phrase of the key")
		if err == nil && phrase == "" {
			err = fault.New(fault.Argument, "the pass phrase is empty")
		}
		return phrase, err
	}
	return "", fault.New(fault.Argument, `--passphrase is "ask" or "random"; the pass phrase itself would be seen in the list of processes`)
}

// askOnce reads a secret, or one line of what is no terminal.
func askOnce(ctx context.Context, t *terminal.Terminal, what string) (string, error) {
	secret, err := t.Secret(ctx, what+": ")
	if err != nil && ctx.Err() == nil {
		err = &fault.Error{Kind: fault.Argument, Msg: "nothing was given on standard input", Err: err}
	}
	return secret, err
}

// askTwice is askOnce for what a person may mistype.
func askTwice(ctx context.Context, t *terminal.Terminal, what string) (string, error) {
	first, err := askOnce(ctx, t, what)
	if err != nil || !t.InIsTerminal {
		return first, err
	}
	second, err := askOnce(ctx, t, "The same again")
	if err == nil && first != second {
		err = fault.New(fault.Argument, "the two are not the same")
	}
	return first, err
}

// report says what was written, and what is to be done with it.
func (o *certsNew) report(t *terminal.Terminal, made *certs.Made) {
	c := certs.Describe(made.Certificate, time.Now())
	for _, path := range made.Written {
		fmt.Fprintln(t.Out, path)
	}
	out := t.Err // what follows is for people
	if made.KeptGroup {
		fmt.Fprintln(out, "kept:", made.Files.Group)
	}
	writeCertificate(out, c, fmt.Sprintf("%d days", c.DaysLeft))
	base := strings.TrimSuffix(filepath.Base(made.Files.Certificate), ".crt")
	setting, named := "ECF_SSL=1", ""
	if o.server != "" {
		setting, named = "ECF_SSL="+base, "; named after the server as they call it in ECF_HOST"
	}
	place := ""
	if dir := filepath.Dir(made.Files.Certificate); dir != filepath.Join(t.Getenv("HOME"), ".ecflowrc", "ssl") {
		place = " ECF_SSL_DIR=" + dir + "/" // the original adds no slash
	}
	fmt.Fprintf(out, `
Next:
  server   start it with %s%s; a running one must be restarted
  clients  need %s.crt and nothing else, in ~/.ecflowrc/ssl of every account and machine
           that talks to the server, jobs included%s; set %s
  keep     %s.key to the user who runs the server alone
  test     ecflow certs check HOST:PORT
`, setting, place, base, named, setting, base)
	if host, _, _ := hostAndPort(o.server); o.server != "" && host != "localhost" && host != localHost() {
		fmt.Fprintf(out, "The server looks for files named after its machine (hostname), which is to be %s.\n", host)
	}
}
