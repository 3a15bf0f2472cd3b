package app

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/internal/terminal"
)

// Further exit codes of certs.
const (
	exitNoFile    = 3
	exitUntrusted = 4
	exitExpired   = 5
	exitNoTLS     = 6
)

func newCerts(t *terminal.Terminal) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "certs",
		Short: "make, show and compare the certificates of TLS",
		Long: `Make, show and compare the certificates of TLS.

A server that speaks TLS reads four files of ~/.ecflowrc/ssl (or $ECF_SSL_DIR):
its private key, its certificate, a Diffie-Hellman group, and, if the key has
one, a file with the pass phrase. They are named

  server.key       server.crt       dh2048.pem       server.passwd
  HOST.PORT.key    HOST.PORT.crt    HOST.PORT.pem    HOST.PORT.passwd

for all servers of the account, or for one of them. Clients need the .crt alone,
the very same file, and trust nothing else.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newCertsNew(t), newCertsShow(t), newCertsCheck(t), newCertsFetch(t), newCertsGroup(t))
	return cmd
}

func newCertsGroup(t *terminal.Terminal) *cobra.Command {
	return &cobra.Command{
		Use:   "group",
		Short: "print a Diffie-Hellman group of 2048 bits",
		Long: `Print the Diffie-Hellman group ffdhe2048 of RFC 7919, in place of the
minutes that "openssl dhparam 2048" may take. It is no secret.

Reads nothing, writes PEM text to standard output. Exit codes: 0; 2 usage.`,
		Example: "  ecflow certs group > ~/.ecflowrc/ssl/dh2048.pem",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := t.Out.Write(certs.Group())
			return err
		},
	}
}

// sslDirectory is where certificates are, unless an option says otherwise.
func sslDirectory(t *terminal.Terminal, given string) (string, error) {
	if given != "" {
		return given, nil
	}
	if t.Getenv("ECF_SSL_DIR") == "" && t.Getenv("HOME") == "" {
		return "", fault.New(fault.Config, "neither HOME nor ECF_SSL_DIR is set: name the directory with --dir")
	}
	return client.SSLDirFromEnv(t.Env), nil
}

// localHost is the name of this machine, "" if it has none.
func localHost() string {
	name, err := os.Hostname()
	if err != nil {
		return ""
	}
	return name
}

// hostAndPort takes HOST:PORT, whose parts must both be there.
func hostAndPort(text string) (host, port string, err error) {
	host, port, err = splitServer(text)
	if err == nil && (host == "" || port == "") {
		err = fault.New(fault.Argument, fmt.Sprintf("%q is not of the form HOST:PORT", text))
	}
	return host, port, err
}

// outputFlag gives a command --output.
func outputFlag(cmd *cobra.Command, output *string) {
	cmd.Flags().StringVar(output, "output", "text", "text, or json for programs")
	complete(cmd, "output", "text", "json")
}

// complete lets a shell complete the words of an option.
func complete(cmd *cobra.Command, flag string, words ...string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// asJSON reports whether JSON is asked for.
func asJSON(output string) (bool, error) {
	switch output {
	case "text", "":
		return false, nil
	case "json":
		return true, nil
	}
	return false, &exit{exitUsage, fault.New(fault.Argument, fmt.Sprintf("the output %q is neither text nor json", output))}
}

func writeJSON(t *terminal.Terminal, value any) error {
	encoder := json.NewEncoder(t.Out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// writeProblems tells what is wrong, each with its advice below it.
func writeProblems(t *terminal.Terminal, problems []certs.Problem) {
	for _, p := range problems {
		word, colour := "error", terminal.Red
		if p.Warning {
			word, colour = "warning", terminal.Yellow
		}
		place := ""
		if p.Path != "" && !strings.Contains(p.Text, p.Path) {
			place = p.Path + ": "
		}
		fmt.Fprintf(t.Out, "  %s: %s%s\n", paint(t, colour, word), place, p.Text)
		if p.Hint != "" {
			fmt.Fprintf(t.Out, "    %s\n", strings.ReplaceAll(p.Hint, "\n", "\n    "))
		}
	}
}

// paint colours a text where a person sees it and has not asked for none.
func paint(t *terminal.Terminal, colour terminal.Colour, text string) string {
	return terminal.Paint([]terminal.Span{{Text: text, Colour: colour}}, 0, t.Coloured(t.OutIsTerminal))
}
