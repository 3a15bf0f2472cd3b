package app

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/transport"
)

// certsCheck are the options of "certs check".
type certsCheck struct {
	cafile, dir, output string
	timeout             time.Duration
	days                int
}

func newCertsCheck(t *terminal.Terminal) *cobra.Command {
	var o certsCheck
	cmd := &cobra.Command{
		Use:   "check [HOST:PORT]",
		Short: "whether clients here would trust what a server shows",
		Long: `Compare the certificate that a server shows with the file that a client on this
machine and account trusts: $ECF_SSL and $ECF_SSL_DIR decide which, as always.

Reads $ECF_HOST and $ECF_PORT if no server is named; opens one connection and
sends no request, which the server's log notes; writes to standard output. Exit codes:
  0  clients trust the server
  1  there is no connection
  2  usage
  3  there is no certificate file here, or it cannot be used
  4  the server shows another certificate than the file's
  5  the certificate has expired, is not valid yet, or, with --days, soon expires
  6  the server does not speak TLS, or only as no client can`,
		Example: "  ecflow certs check login1:3141\n  ecflow certs check login1:3141 --days 30 --output json",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			structured, err := asJSON(o.output)
			if err != nil {
				return err
			}
			q, err := o.question(t, args)
			if err != nil {
				return err
			}
			a := certs.Check(cmd.Context(), q)
			code := o.code(a)
			if structured {
				err = writeJSON(t, a)
			} else {
				showAnswer(t, a, code)
			}
			if err == nil && code != exitOK {
				err = &exit{code: code}
			}
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.cafile, "cafile", "", "compare with this file instead of the one a client would choose")
	flags.StringVar(&o.dir, "dir", "", "directory of certificates (default $ECF_SSL_DIR, else ~/.ecflowrc/ssl)")
	flags.DurationVar(&o.timeout, "timeout", 10*time.Second, "for each of connecting and the handshake")
	flags.IntVar(&o.days, "days", 0, "exit with 5 if the certificate lasts less than this many days")
	outputFlag(cmd, &o.output)
	return cmd
}

func (o *certsCheck) question(t *terminal.Terminal, args []string) (certs.Question, error) {
	q := certs.Question{CAFile: o.cafile, Timeout: o.timeout, Value: t.Getenv("ECF_SSL"), LocalHost: localHost(), Now: time.Now()}
	at := connection{}
	if len(args) > 0 {
		at.server = args[0]
	}
	settings, err := at.options(t)
	if err != nil {
		return q, &exit{exitUsage, err}
	}
	q.Server = endpoint(settings.Host, settings.Port)
	if q.Proxy, err = proxy(settings, q.Server.Host); err != nil {
		return q, err
	}
	if o.cafile == "" {
		q.Dir, err = sslDirectory(t, o.dir)
	}
	return q, err
}

// code is the exit code of an answer.
func (o *certsCheck) code(a certs.Answer) int {
	switch a.Status {
	case certs.Unreachable:
		return exitFailed
	case certs.NoFile:
		return exitNoFile
	case certs.Untrusted:
		return exitUntrusted
	case certs.Expired:
		return exitExpired
	case certs.NoTLS:
		return exitNoTLS
	}
	if o.days > 0 && len(a.Shown) > 0 && a.Shown[0].DaysLeft < o.days {
		return exitExpired
	}
	return exitOK
}

func showAnswer(t *terminal.Terminal, a certs.Answer, code int) {
	fmt.Fprintln(t.Out, a.Server)
	if a.TLS != "" {
		fmt.Fprintf(t.Out, "  speaks       %s, %s\n", a.TLS, a.Cipher)
	}
	if len(a.Shown) > 0 {
		writeCertificate(t.Out, a.Shown[0], left(t, a.Shown[0]))
	}
	if a.Trusting != "" {
		fmt.Fprintf(t.Out, "  clients here trust %s\n", a.Trusting)
	}
	writeProblems(t, a.Problems)
	if code == exitOK {
		fmt.Fprintf(t.Out, "%s: clients here trust this server\n", paint(t, terminal.Green, "ok"))
	} else {
		fmt.Fprintf(t.Out, "%s\n", paint(t, terminal.Red, "not ok"))
	}
}

// endpoint is a server, with what clients assume.
func endpoint(host, port string) transport.Endpoint {
	at := transport.Endpoint{Host: host, Port: port}
	if at.Host == "" {
		at.Host = "localhost"
	}
	if at.Port == "" {
		at.Port = "3141"
	}
	return at
}

// usage makes an error one of the command line, if it is of an argument.
func usage(err error) error {
	if fault.KindOf(err) == fault.Argument {
		return &exit{exitUsage, err}
	}
	return err
}
