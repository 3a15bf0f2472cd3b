package ecftest

import (
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/server"
)

// Option changes what [Run] starts.
type Option func(*config)

type config struct {
	server server.Options
	users  []user
	rsa    bool
}

type user struct{ name, password string }

// TLS makes the server speak TLS alone, with a key and a certificate made for it.
func TLS() Option {
	return func(c *config) {
		if c.server.Protocol == server.HTTP {
			c.server.Protocol = server.HTTPS
		} else {
			c.server.Protocol = server.TLS
		}
	}
}

// RSA gives [TLS] a key of 2048 bits RSA, as openssl makes by default, in place of P-256. Making it takes some tenths of a second.
func RSA() Option { return func(c *config) { c.rsa = true } }

// HTTP makes the server speak HTTP; with TLS, HTTPS.
func HTTP() Option {
	return func(c *config) {
		if c.server.Protocol == server.TLS {
			c.server.Protocol = server.HTTPS
		} else {
			c.server.Protocol = server.HTTP
		}
	}
}

// User lets a user in with a password. Once there is one, nobody else gets in. The first is who [Server.Client] is.
func User(name, password string) Option {
	return func(c *config) { c.users = append(c.users, user{name, password}) }
}

// Halted leaves the server HALTED, as the original starts.
func Halted() Option { return func(c *config) { c.server.Running = false } }

// Variable sets a variable of the server, as ECF_JOB_CMD.
func Variable(name, value string) Option {
	return func(c *config) {
		c.server.Variables = append(c.server.Variables, defs.Variable{Name: name, Value: value})
	}
}

// Interval sets the time between two updates of the suites' calendars; without it, a minute.
func Interval(d time.Duration) Option { return func(c *config) { c.server.Interval = d } }

// Home makes dir the server's ECF_HOME in place of a directory of the test. Its files stay.
func Home(dir string) Option { return func(c *config) { c.server.Home = dir } }

// Configure changes any of the server's options, after all others.
func Configure(change func(*server.Options)) Option { return func(c *config) { change(&c.server) } }

func (c *config) key() certs.KeyKind {
	if c.rsa {
		return certs.RSA2048
	}
	return certs.P256
}

func (c *config) tls() bool {
	return c.server.Protocol == server.TLS || c.server.Protocol == server.HTTPS
}
