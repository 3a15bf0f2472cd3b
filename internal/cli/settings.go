package cli

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/cliargs"
)

// settings are the environment's, with what the command line says in their place.
//
// source: ClientOptions::parse
func (p *program) settings(line *cliargs.Line) (client.Options, error) {
	o := client.OptionsFromEnv(p.t.Env)
	o.UseSystemProxy(p.t.Env)
	o.EaseGC = true
	o.Notify = p.notify
	if _, given := line.Get("debug"); given {
		o.Debug = true
	}
	p.debug = o.Debug
	if port, given := one(line, "port"); given {
		if _, err := strconv.ParseInt(port, 10, 32); err != nil {
			return o, fault.New(fault.Argument, "ClientOptions::parse: The specified port("+port+") must be convertible to an integer")
		}
		o.Port = port
	}
	if host, given := one(line, "host"); given && host != "" {
		o.Host = host
	}
	if rid, given := one(line, "rid"); given {
		o.Task.RemoteID = rid
	}
	if user, given := one(line, "user"); given {
		o.User = user
	}
	if password, given := one(line, "password"); given {
		o.Password = client.Hide(password)
	}
	if _, given := line.Get("ssl"); given {
		o.Protocol = client.TLS
	}
	if _, given := line.Get("http"); given {
		o.Protocol = client.HTTP
	}
	if _, given := line.Get("https"); given {
		o.Protocol = client.HTTPS
	}
	return o, nil
}

func one(line *cliargs.Line, option string) (value string, given bool) {
	words, given := line.Get(option)
	if len(words) > 0 {
		value = words[0]
	}
	return value, given
}

// notify tells a person what goes on meanwhile: on Err, where it cannot get into a script's
// data; but what the original prints of a definition that it reads is data.
func (p *program) notify(_ context.Context, e client.Event) {
	switch {
	case e.Kind == client.Printed && p.json:
		p.printed.WriteString(e.Text)
	case e.Kind == client.Printed:
		p.print(e.Text)
	case e.Kind == client.Warning && !p.t.ErrIsTerminal && !p.debug:
		// A job's log would have it for every command; a person, ecflow doctor and --debug tell.
	default:
		fmt.Fprintf(p.t.Err, "%sClientInvoker: %s\n", stamp(time.Now()), e.Text)
	}
}

// stamp is how the original begins a line that tells of a moment.
func stamp(t time.Time) string { return t.Format("[15:04:05 2.1.2006] ") }
