package app

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

func newCertsShow(t *terminal.Terminal) *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "show [FILE|DIRECTORY]",
		Short: "what is in certificate files, and what is wrong with them",
		Long: `Show certificates: for whom they are, how long, of what kind, with which
fingerprint; and whether what lies beside them fits: the key, its pass phrase, the
Diffie-Hellman group, and who may read them. Warnings are of what works all the same.

Reads FILE, or all *.crt of DIRECTORY (default $ECF_SSL_DIR, else ~/.ecflowrc/ssl),
and the .key, .passwd and .pem beside them; writes to standard output.
Exit codes: 0 nothing is wrong, warnings aside; 1 something is; 2 usage; 3 there
is no such file.`,
		Example: "  ecflow certs show\n  ecflow certs show --output json server.crt",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			structured, err := asJSON(output)
			if err != nil {
				return err
			}
			path := strings.Join(args, "")
			if path, err = sslDirectory(t, path); err != nil {
				return err
			}
			reports, err := certs.Examine(path, time.Now())
			if err != nil {
				return &exit{exitNoFile, err}
			}
			if structured {
				if err := writeJSON(t, reports); err != nil {
					return err
				}
			}
			bad := false
			for i, r := range reports {
				bad = bad || r.Bad()
				if structured {
					continue
				}
				if i > 0 {
					fmt.Fprintln(t.Out)
				}
				showReport(t, r)
			}
			if bad {
				return &exit{code: exitFailed}
			}
			return nil
		},
	}
	outputFlag(cmd, &output)
	return cmd
}

func showReport(t *terminal.Terminal, r certs.Report) {
	fmt.Fprintln(t.Out, r.Path)
	for i, c := range r.Certificates {
		if i > 0 {
			fmt.Fprintln(t.Out, "  and behind it")
		}
		writeCertificate(t.Out, c, left(t, c))
	}
	if r.Key != nil {
		fmt.Fprintf(t.Out, "  key file     %s: %s\n", r.Key.Path, keyWords(r.Key))
	}
	if r.Group != "" {
		fmt.Fprintf(t.Out, "  DH group     %s\n", r.Group)
	}
	writeProblems(t, r.Problems)
}

func writeCertificate(w io.Writer, c certs.Certificate, left string) {
	fmt.Fprintf(w, "  subject      %s\n", c.Subject)
	if c.Issuer != "" {
		fmt.Fprintf(w, "  issuer       %s\n", c.Issuer)
	}
	if len(c.Names) > 0 {
		fmt.Fprintf(w, "  names        %s\n", strings.Join(c.Names, ", "))
	}
	fmt.Fprintf(w, "  valid        %s to %s (%s)\n", c.NotBefore.Format(time.DateOnly), c.NotAfter.Format(time.DateOnly), left)
	fmt.Fprintf(w, "  key          %s, signed with %s\n", c.Key, c.Signature)
	fmt.Fprintf(w, "  fingerprint  %s\n", c.SHA256)
}

// left is how long a certificate still lasts, in the colour of that.
func left(t *terminal.Terminal, c certs.Certificate) string {
	switch {
	case c.DaysLeft < 0:
		return paint(t, terminal.Red, fmt.Sprintf("expired %d days ago", -c.DaysLeft))
	case c.DaysLeft < certs.FewDays:
		return paint(t, terminal.Yellow, fmt.Sprintf("%d days left", c.DaysLeft))
	}
	return fmt.Sprintf("%d days left", c.DaysLeft)
}

func keyWords(k *certs.KeyReport) string {
	var words []string
	switch {
	case k.Encrypted && k.Phrase != "":
		words = append(words, "encrypted, pass phrase in "+k.Phrase)
	case k.Encrypted:
		words = append(words, "encrypted")
	default:
		words = append(words, "not encrypted")
	}
	if k.Matches != nil && *k.Matches {
		words = append(words, "fits the certificate")
	}
	return strings.Join(words, ", ")
}
