package app

import (
	"context"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/internal/fileset"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// certsFetch are the options of "certs fetch".
type certsFetch struct {
	fingerprint, dir, out string
	shared, force         bool
	timeout               time.Duration
}

func newCertsFetch(t *terminal.Terminal) *cobra.Command {
	var o certsFetch
	cmd := &cobra.Command{
		Use:   "fetch HOST:PORT",
		Short: "get a server's certificate, if its fingerprint is the right one",
		Long: `Get the certificate that a server shows and save it as HOST.PORT.crt for clients
here to trust. Anybody can pose as the server, so it is saved only if its SHA-256
fingerprint is the one given, which the server's administrator sees with
"ecflow certs show" and tells you by another way than the network between.

Without --fingerprint it is shown, and saved if you then type "yes" on the
terminal; where there is none, nothing is saved.

Opens one connection and sends no request, which the server's log notes; writes to $ECF_SSL_DIR, else
~/.ecflowrc/ssl. Exit codes: 0 saved, or already there; 1 nothing was saved;
2 usage; 4 the fingerprint is another; 6 the server does not speak TLS.`,
		Example: "  ecflow certs fetch login1:3141 --fingerprint SHA256:3F:9A:...",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.run(cmd, t, args[0]) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.fingerprint, "fingerprint", "", "SHA-256 fingerprint that the certificate must have")
	flags.StringVar(&o.dir, "dir", "", "directory to save to (default $ECF_SSL_DIR, else ~/.ecflowrc/ssl)")
	flags.BoolVar(&o.shared, "shared", false, "save as server.crt, for all servers, instead of HOST.PORT.crt")
	flags.StringVar(&o.out, "out", "", "save to this file instead")
	flags.BoolVar(&o.force, "force", false, "replace another certificate that is there")
	flags.DurationVar(&o.timeout, "timeout", 10*time.Second, "for each of connecting and the handshake")
	return cmd
}

func (o *certsFetch) run(cmd *cobra.Command, t *terminal.Terminal, server string) error {
	host, port, err := hostAndPort(server)
	if err != nil {
		return usage(err)
	}
	wanted := ""
	if o.fingerprint != "" {
		if wanted, err = certs.ParseFingerprint(o.fingerprint); err != nil {
			return usage(err)
		}
	}
	path, err := o.path(t, host, port)
	if err != nil {
		return usage(err)
	}
	via, err := proxy(environmentOptions(t), host)
	if err != nil {
		return err
	}
	state, err := certs.Probe(cmd.Context(), endpoint(host, port), via, o.timeout)
	switch kind := fault.KindOf(err); {
	case err != nil && (kind.Within(fault.TLS) || kind.Within(fault.Protocol)):
		return &exit{exitNoTLS, err}
	case err != nil:
		return err
	}
	shown := state.PeerCertificates[0]
	same, there := certs.Same(path, shown)
	c := certs.Describe(shown, time.Now())
	fmt.Fprintf(t.Err, "%s shows\n", endpoint(host, port))
	writeCertificate(t.Err, c, left(t, c))
	switch {
	case wanted != "" && c.SHA256 != wanted:
		return &exit{exitUntrusted, &fault.Error{
			Kind: fault.TLSUntrusted, Addr: endpoint(host, port).String(), Msg: "the fingerprint is not " + wanted + ": nothing was saved",
			Hint: "either the server has a new certificate, or somebody else answers in its place: ask its administrator",
		}}
	case same:
		fmt.Fprintln(t.Err, "it is what is in", path, "already")
		return nil
	case there && !o.force:
		return fmt.Errorf("%s holds another certificate: nothing was saved\nif the server has a new one, --force replaces it", path)
	case wanted == "":
		if err := confirmFingerprint(cmd.Context(), t); err != nil {
			return err
		}
	}
	return o.save(t, path, host, port, shown)
}

// confirmFingerprint asks a person, and refuses where there is none.
func confirmFingerprint(ctx context.Context, t *terminal.Terminal) error {
	if !t.InIsTerminal {
		return fault.New(fault.TLSUntrusted, "nothing was saved: --fingerprint is needed, as there is no terminal to ask whether that is the right server")
	}
	answer, err := t.Answer(ctx, "Is that the fingerprint the server's administrator told you? Type yes to trust it: ")
	if err != nil || answer != "yes" {
		return fault.New(fault.TLSUntrusted, "nothing was saved")
	}
	return nil
}

// path is where the certificate goes.
func (o *certsFetch) path(t *terminal.Terminal, host, port string) (string, error) {
	if o.out != "" {
		return o.out, nil
	}
	dir, err := sslDirectory(t, o.dir)
	if err != nil {
		return "", err
	}
	base := certs.Shared
	if !o.shared {
		if base, err = certs.BaseOf(host, port, localHost()); err != nil {
			return "", err
		}
	}
	return certs.FilesIn(dir, base).Certificate, nil
}

func (o *certsFetch) save(t *terminal.Terminal, path, host, port string, shown *x509.Certificate) error {
	if _, err := os.Stat(certs.FilesOf(path).Key); err == nil {
		return fault.New(fault.Config, "there is a private key beside "+path+", so this is a server's own certificate: nothing was saved")
	}
	if err := fileset.MakeDirectory(filepath.Dir(path)); err != nil {
		return err
	}
	err := fileset.Write([]fileset.File{{Path: path, Data: certs.EncodeCertificate(shown), Mode: 0o644}}, o.force)
	if err != nil {
		return err
	}
	fmt.Fprintln(t.Out, path)
	shared := certs.FilesIn(filepath.Dir(path), certs.Shared).Certificate
	if _, err := os.Stat(shared); err == nil && path != shared && o.out == "" {
		fmt.Fprintf(t.Err, "There is %s too, which clients with ECF_SSL=1 prefer: set ECF_SSL=%s.%s for this server.\n", shared, host, port)
	} else {
		fmt.Fprintln(t.Err, "Clients with ECF_SSL=1 trust this server now.")
	}
	return nil
}
