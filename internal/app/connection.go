package app

import (
	"context"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/terminal"
	"github.com/ecflow-go/ecflow/internal/transport"
)

// connection are the options by which a command finds its server. What is not given comes
// from the environment, as for ecflow_client.
type connection struct {
	server string // host, host:port
	tls    bool
	cafile string
	user   string
}

// bind gives a command the options.
func (c *connection) bind(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&c.server, "server", "s", "", "server as HOST, HOST:PORT or :PORT (default $ECF_HOST:$ECF_PORT, else localhost:3141)")
	flags.BoolVar(&c.tls, "ssl", false, "speak TLS (default: when $ECF_SSL is set)")
	flags.StringVar(&c.cafile, "cafile", "", "trust the certificates in this PEM file instead of those in ~/.ecflowrc/ssl")
	flags.StringVar(&c.user, "user", "", "act as this user, whose password $ECF_CUSTOM_PASSWD holds")
}

// environmentOptions are the settings of the environment; programs take the proxy of the system too.
func environmentOptions(t *terminal.Terminal) client.Options {
	o := client.OptionsFromEnv(t.Env)
	o.UseSystemProxy(t.Env)
	return o
}

// proxy is the one that leads to a host; nil: none.
func proxy(o client.Options, host string) (*transport.Proxy, error) {
	url, err := o.ProxyFor(host)
	if err != nil || url == "" {
		return nil, err
	}
	return transport.ParseProxy(o.Proxy())
}

// options are the client's settings.
func (c *connection) options(t *terminal.Terminal) (client.Options, error) {
	o := environmentOptions(t)
	if c.server != "" {
		host, port, err := splitServer(c.server)
		if err != nil {
			return o, err
		}
		if host != "" {
			o.Host = host
		}
		if port != "" {
			o.Port = port
		}
	}
	if c.tls || c.cafile != "" {
		o.Protocol, o.CAFile = client.TLS, c.cafile
	}
	if c.user != "" {
		o.User = c.user
	}
	return o, nil
}

// splitServer takes HOST, HOST:PORT, :PORT, [V6]:PORT or a bare V6 address apart.
func splitServer(text string) (host, port string, err error) {
	if strings.Count(text, ":") > 1 && !strings.HasPrefix(text, "[") {
		return text, "", nil
	}
	if !strings.Contains(text, ":") {
		return text, "", nil
	}
	if strings.HasSuffix(text, "]") {
		return strings.Trim(text, "[]"), "", nil
	}
	host, port, err = net.SplitHostPort(text)
	if err != nil {
		return "", "", fault.New(fault.Argument, "the server "+text+" is not of the form HOST:PORT")
	}
	return host, port, nil
}

// client makes a client that tells on Err what a person should know meanwhile.
func (c *connection) client(t *terminal.Terminal) (*client.Client, error) {
	o, err := c.options(t)
	if err != nil {
		return nil, err
	}
	o.Notify = func(_ context.Context, e client.Event) {
		if e.Kind != client.DebugInfo && e.Kind != client.Printed {
			_, _ = t.Err.Write([]byte(e.Text + "\n"))
		}
	}
	return client.New(o)
}
