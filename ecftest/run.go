package ecftest

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/server"
)

// Host is what servers call their computer, and what their jobs reach them by.
const Host = "localhost"

// stopTime is how long a server may take to end.
const stopTime = 10 * time.Second

// Server is a running server. Its methods may be called by many at once; those that take a t fail that test.
type Server struct {
	*server.Server

	Home   string // ECF_HOME: scripts and the files of jobs
	SSLDir string // of the certificate, server.crt; "" without TLS

	config config
	port   string
	logs   string // path of the log
	users  string // path of a file of passwords that clients may read; "" if there are none
}

// Run starts a server and waits until it answers. It ends with the test. See the package's comment.
func Run(t testing.TB, options ...Option) *Server {
	t.Helper()
	s := &Server{config: config{server: server.Options{HostName: Host, Running: true, EndJobs: true}}}
	for _, change := range options {
		change(&s.config)
	}
	if err := s.start(t.TempDir); err != nil {
		t.Fatalf("ecftest: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopTime)
		defer cancel()
		if err := s.Close(ctx); err != nil {
			t.Errorf("ecftest: the server does not end: %v", err)
		}
	})
	return s
}

func (s *Server) start(scratch func() string) error {
	o := &s.config.server
	var config net.ListenConfig
	config.SetMultipathTCP(false) // as for any port of the server
	listener, err := config.Listen(context.Background(), "tcp4", "127.0.0.1:0")
	if err != nil {
		return err
	}
	o.Listener = listener.(*net.TCPListener)
	s.port = strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	if o.Home == "" {
		o.Home = scratch()
	}
	if err := s.prepare(o, scratch); err != nil {
		_ = listener.Close()
		return err
	}
	s.Server, err = server.Start(context.Background(), *o)
	return err
}

// prepare writes the files that the server starts from.
func (s *Server) prepare(o *server.Options, scratch func() string) error {
	s.Home = o.Home
	if o.LogFile == "" {
		o.LogFile = Host + "." + s.port + ".ecf.log"
	}
	if s.logs = o.LogFile; !filepath.IsAbs(s.logs) {
		s.logs = filepath.Join(o.Home, s.logs)
	}
	if s.config.tls() && o.SSLDir == "" {
		o.SSLDir = filepath.Join(scratch(), "ssl")
		request := certs.Request{Dir: o.SSLDir, Names: certs.NamesOf(context.Background(), Host), Key: s.config.key(), Brief: true}
		if _, err := certs.Create(request); err != nil {
			return err
		}
	}
	if s.config.tls() {
		s.SSLDir = o.SSLDir
	}
	if len(s.config.users) > 0 {
		s.users = filepath.Join(scratch(), "passwords")
		if err := s.writeUsers(); err != nil {
			return err
		}
		o.PasswordFile, o.CustomPasswordFile = s.users, s.users
	}
	if o.Environment == nil {
		o.Environment = s.Environment()
	}
	return nil
}

// writeUsers writes the file of passwords, for this computer's name as well: either may stand in ECF_HOST.
func (s *Server) writeUsers() error {
	hosts := []string{Host}
	if name, err := os.Hostname(); err == nil && name != Host {
		hosts = append(hosts, name)
	}
	var text strings.Builder
	text.WriteString("5.1.0\n")
	for _, u := range s.config.users {
		if strings.ContainsAny(u.name+u.password, " \t\r\n#") || u.name == "" || u.password == "" {
			return fmt.Errorf("user %q: neither name nor password can be empty or hold blanks or #", u.name)
		}
		for _, host := range hosts {
			fmt.Fprintf(&text, "%s %s %s %s\n", u.name, host, s.port, u.password)
		}
	}
	return os.WriteFile(s.users, []byte(text.String()), 0o600)
}

// Addr is where the server listens, as host:port.
func (s *Server) Addr() string { return net.JoinHostPort(Host, s.port) }

// Log is the text of the server's log so far.
func (s *Server) Log() string {
	s.FlushLog()
	text, err := os.ReadFile(s.logs)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err.Error()
	}
	return string(text)
}

// Options are the settings of a client of this server: where it is, the certificate to trust, the first of the users.
// Requests that fail are not tried again.
func (s *Server) Options() client.Options {
	o := client.Options{Host: Host, Port: s.port, Attempts: 1, RetryPeriod: -1}
	switch s.config.server.Protocol {
	case server.TLS:
		o.Protocol = client.TLS
	case server.HTTP:
		o.Protocol = client.HTTP
	case server.HTTPS:
		o.Protocol = client.HTTPS
	}
	if s.SSLDir != "" {
		o.SSLDir = s.SSLDir
		if o.Protocol == client.HTTPS {
			o.CAFile = filepath.Join(s.SSLDir, "server.crt")
		}
	}
	if len(s.config.users) > 0 {
		o.User, o.Password = s.config.users[0].name, client.Hide(s.config.users[0].password)
	}
	return o
}

// Client is a client of this server, with [Server.Options].
func (s *Server) Client(t testing.TB) *client.Client {
	t.Helper()
	return s.client(t, s.Options())
}

// ClientAs is a client that is another of the users.
func (s *Server) ClientAs(t testing.TB, name string) *client.Client {
	t.Helper()
	for _, u := range s.config.users {
		if u.name == name {
			o := s.Options()
			o.User, o.Password = u.name, client.Hide(u.password)
			return s.client(t, o)
		}
	}
	t.Fatalf("ecftest: no user %q", name)
	return nil
}

func (s *Server) client(t testing.TB, o client.Options) *client.Client {
	t.Helper()
	c, err := client.New(o)
	if err != nil {
		t.Fatalf("ecftest: %v", err)
	}
	return c
}
