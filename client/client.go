package client

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/transport"
)

// Client speaks to one server at a time. It holds settings, not connections:
// every request opens its own and closes it, so a Client needs no closing.
//
// All methods may be called from many goroutines; requests run side by side.
// A request uses the settings as they were when it began.
type Client struct {
	mu sync.Mutex
	s  settings

	warned    map[string]bool // what the user was told already
	passwords passwordCache
	login     string            // login name, once asked for
	versions  map[string]string // of servers that were asked, by address

	tree    tree
	syncing chan struct{} // holds one while a sync is under way
}

// settings are what a request needs to know. A copy of them is never changed.
type settings struct {
	Options
	servers    []transport.Endpoint // the main server, then those of the host file once it was read
	current    int
	fileRead   bool
	generation int // of servers: counts the calls of SetHostPort
}

// New makes a client. It contacts nobody. With protocol TLS the certificate file
// must be there.
//
// Errors: fault.Argument for a port that is no number, fault.TLSMissing.
func New(o Options) (*Client, error) {
	if o.Host == "" {
		o.Host = DefaultHost
	}
	if o.Port == "" {
		o.Port = DefaultPort
	}
	if o.Attempts <= 0 {
		o.Attempts = DefaultAttempts
	}
	if o.RetryPeriod == 0 {
		o.RetryPeriod = DefaultRetryPeriod
	}
	if o.ChildTimeout == 0 {
		o.ChildTimeout = DefaultChildTimeout
	}
	if o.ZombieTimeout == 0 {
		o.ZombieTimeout = DefaultZombieTimeout
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.LocalHost == "" {
		name, err := os.Hostname()
		if err != nil {
			return nil, &fault.Error{Kind: fault.Config, Op: "find the name of this machine", Err: err}
		}
		o.LocalHost = name
	}
	c := &Client{s: settings{Options: o}, warned: map[string]bool{}, versions: map[string]string{}, syncing: make(chan struct{}, 1)}
	if err := c.SetHostPort(o.Host, o.Port); err != nil {
		return nil, err
	}
	if o.env != nil && o.env.unknownProtocol != "" && o.Protocol == Plain {
		return nil, &fault.Error{Kind: fault.Config, Op: "read ECF_HOST_PROTOCOL",
			Msg:  "ECF_HOST_PROTOCOL is " + strconv.Quote(o.env.unknownProtocol) + ", which names no protocol",
			Hint: "it may be SSL, HTTP, HTTPS or Plain; nothing is sent in plain for a word that may have meant more"}
	}
	if o.Protocol == TLS {
		if _, err := c.snapshot().certificate(c.server()); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// Options gives the client's settings as they are now, so that another client
// can go on with them.
func (c *Client) Options() Options {
	s := c.snapshot()
	o := s.Options
	o.Host, o.Port = s.servers[0].Host, s.servers[0].Port
	return o
}

func (c *Client) snapshot() settings {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.s
}

// change alters the settings.
func (c *Client) change(f func(s *settings)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f(&c.s)
}

func (c *Client) server() transport.Endpoint {
	s := c.snapshot()
	return s.servers[s.current]
}

// SetHostPort chooses the server for all following requests. Certificate and
// password are chosen anew for it; what was read of a host file is forgotten.
func (c *Client) SetHostPort(host, port string) error {
	switch {
	case host == "":
		return fault.New(fault.Argument, "ClientEnvironment::set_host_port: Empty host specified ?")
	case port == "":
		return fault.New(fault.Argument, "ClientEnvironment::set_host_port: Empty port specified ?")
	}
	if n, err := strconv.ParseInt(port, 10, 32); err != nil || n < 0 || n > 65535 {
		return fault.New(fault.Argument, "ClientEnvironment::set_host_port: Invalid port number "+port)
	}
	c.change(func(s *settings) {
		s.servers = []transport.Endpoint{{Host: host, Port: port}}
		s.current, s.fileRead = 0, false
		s.generation++
	})
	return nil
}

// SplitHostPort splits "host:port" or "host@port".
func SplitHostPort(text string) (host, port string, err error) {
	for _, separator := range []string{":", "@"} {
		if host, port, found := strings.Cut(text, separator); found {
			return host, port, nil
		}
	}
	return "", "", fault.New(fault.Argument, "ClientInvoker::set_host_port: expected <host>:<port> || <host>@<port> in "+text)
}

// Host is the host of the server in use.
func (c *Client) Host() string { return c.server().Host }

// Port is the port of the server in use.
func (c *Client) Port() string { return c.server().Port }

// SetUser makes the client act as another user than the login; "" returns to
// the login. Such a user needs a password.
func (c *Client) SetUser(name string) { c.change(func(s *settings) { s.User = name }) }

// SetPassword gives the plain password, instead of having it looked up in a
// password file; "" returns to the files.
func (c *Client) SetPassword(plain string) {
	c.change(func(s *settings) {
		s.Password = nil
		if plain != "" {
			s.Password = Hide(plain)
		}
	})
}

// SetConnectionAttempts says how often a request is tried before it fails, at
// least once.
func (c *Client) SetConnectionAttempts(n int) {
	c.change(func(s *settings) { s.Attempts = max(1, n) })
}

// SetRetryPeriod sets the pause between attempts. A ping pauses one second
// whatever it is.
func (c *Client) SetRetryPeriod(d time.Duration) { c.change(func(s *settings) { s.RetryPeriod = d }) }

// SetTimeout limits each of connecting, sending and receiving; 0: every
// command's own limit.
func (c *Client) SetTimeout(d time.Duration) { c.change(func(s *settings) { s.StepTimeout = d }) }

// SetConnectTimeout limits the connecting to each address; 0: as the other
// steps.
func (c *Client) SetConnectTimeout(d time.Duration) {
	c.change(func(s *settings) { s.ConnectTimeout = d })
}

// SetTask says who child commands speak for.
func (c *Client) SetTask(t Task) { c.change(func(s *settings) { s.Task = t }) }

// SetDebug says whether Options.Notify is told every step.
func (c *Client) SetDebug(on bool) { c.change(func(s *settings) { s.Debug = on }) }

// Handle is the number of the handle registered with [Client.RegisterHandle], 0
// for none.
func (c *Client) Handle() int { return c.snapshot().Options.Handle }

// EnableTLS speaks TLS from now on, trusting the certificate in the directory of
// Options.SSLDir: server.crt, else HOST.PORT.crt, unless Options.SSLValue says
// otherwise. When neither is there it returns fault.TLSMissing, and requests do
// the same until there is one: plain is not spoken in its place.
func (c *Client) EnableTLS() error { return c.enableTLS("", false) }

// EnableTLSWithCA speaks TLS from now on, trusting the certificates in a PEM
// file; with verifyHostName the certificate must be for the host connected to.
//
// Errors: fault.TLSMissing, fault.TLSBadFile; TLS stays on all the same.
func (c *Client) EnableTLSWithCA(cafile string, verifyHostName bool) error {
	return c.enableTLS(cafile, verifyHostName)
}

func (c *Client) enableTLS(cafile string, verify bool) error {
	c.change(func(s *settings) {
		s.Protocol, s.CAFile, s.VerifyHostName = TLS, cafile, verify
		s.rereadTLS()
	})
	path, err := c.snapshot().certificate(c.server())
	if err == nil && cafile != "" {
		_, err = transport.LoadTrust(path, transport.TrustOptions{VerifyHostName: verify})
	}
	return err
}

// DisableTLS speaks plain TCP from now on.
func (c *Client) DisableTLS() { c.change(func(s *settings) { s.Protocol = Plain }) }

// EnableHTTP speaks HTTP from now on.
func (c *Client) EnableHTTP() { c.change(func(s *settings) { s.Protocol = HTTP }) }

// EnableHTTPS speaks HTTPS from now on, to a proxy in front of the server.
func (c *Client) EnableHTTPS() { c.change(func(s *settings) { s.Protocol = HTTPS }) }

// Certificate is the path of the certificate file in use, "" when TLS is off or
// the file is not there.
func (c *Client) Certificate() string {
	s := c.snapshot()
	if s.Protocol != TLS {
		return ""
	}
	path, err := s.certificate(c.server())
	if err != nil {
		return ""
	}
	return path
}
