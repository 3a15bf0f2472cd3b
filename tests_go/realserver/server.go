package realserver

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/client"
)

const (
	startTime = 20 * time.Second
	stopTime  = 10 * time.Second
)

// FileNames says how the files of TLS are named.
type FileNames string

// The two ways, and none.
const (
	NoTLS         FileNames = ""
	ServerFiles   FileNames = "server"    // server.crt ...; the server runs with ECF_SSL=1
	HostPortFiles FileNames = "host.port" // HOST.PORT.crt ...; the server runs with ECF_SSL=HOST.PORT
)

// Config says what sort of server to start.
type Config struct {
	TLS     FileNames
	OpenKey bool // the key has no pass phrase, and there is no file for one
	// MakeFiles makes the files of TLS instead of openssl; nil: openssl, as documented.
	MakeFiles       func(directory, name, commonName string)
	Passwords       map[string]string // user to plain password; nil: no password file
	CustomPasswords map[string]string
	WhiteList       string // lines after the version; "": no file
	HTTP            bool   // 5.14 and later
}

// Server is a running original server in a scratch directory of the test, which
// ends it.
type Server struct {
	Config
	Installation *Installation
	HostName     string // of this machine
	Port         string
	Home         string // ECF_HOME
	ServerHome   string // HOME of the server; its certificate is in .ecflowrc/ssl
	ClientHome   string // HOME of clients; certificate and password files

	t       testing.TB
	process *exec.Cmd
	ended   chan struct{}
	output  bytes.Buffer // complete when ended is closed
}

// Start starts a server and waits until it listens.
func Start(t testing.TB, i *Installation, config Config) *Server {
	t.Helper()
	name, err := os.Hostname()
	require(t, err)
	scratch := t.TempDir()
	s := &Server{
		Config: config, Installation: i, HostName: name, t: t,
		Home: filepath.Join(scratch, "ecf"), ServerHome: filepath.Join(scratch, "server"), ClientHome: filepath.Join(scratch, "client"),
	}
	for _, directory := range []string{s.Home, s.ServerHome, s.ClientHome} {
		require(t, os.Mkdir(directory, 0o700))
	}
	t.Cleanup(s.Stop)
	for range 20 {
		s.Port = strconv.Itoa(20000 + rand.IntN(10000))
		if !free(s.Port) {
			continue
		}
		s.prepare()
		if s.launch() {
			return s
		}
		if s.hasEnded(0) && strings.Contains(s.output.String(), "Address already in use") {
			continue // taken meanwhile, and perhaps free again
		}
		if free(s.Port) {
			break // nobody took the port: it is something else
		}
	}
	s.Stop()
	t.Fatalf("%v does not start: %s", i, s.output.String())
	return nil
}

func free(port string) bool {
	listener, err := net.Listen("tcp4", ":"+port)
	if err != nil {
		return false
	}
	return listener.Close() == nil
}

// SSL is the clients' certificate directory.
func (s *Server) SSL() string { return filepath.Join(s.ClientHome, ".ecflowrc", "ssl") }

// CertificateName is the name of the TLS files without extension.
func (s *Server) CertificateName() string {
	if s.TLS == ServerFiles {
		return "server"
	}
	return s.HostName + "." + s.Port
}

// Certificate is the path of the clients' certificate.
func (s *Server) Certificate() string { return filepath.Join(s.SSL(), s.CertificateName()+".crt") }

// File is a file in ECF_HOME named as the server wants its own: kinds passwd,
// custom_passwd, lists, log, check.
func (s *Server) File(kind string) string {
	return filepath.Join(s.Home, s.HostName+"."+s.Port+".ecf."+kind)
}

// Log is the server's log up to now. Ours may write it 10 ms later.
func (s *Server) Log() string {
	if s.Installation.Ours {
		time.Sleep(50 * time.Millisecond)
	}
	text, _ := os.ReadFile(s.File("log"))
	return string(text)
}

func (s *Server) prepare() {
	s.t.Helper()
	if s.TLS != NoTLS {
		directory := filepath.Join(s.ServerHome, ".ecflowrc", "ssl")
		if s.MakeFiles != nil {
			s.MakeFiles(directory, s.CertificateName(), s.HostName)
		} else {
			MakeCertificate(s.t, directory, s.CertificateName(), s.HostName)
		}
		if s.OpenKey {
			OpenKey(s.t, directory, s.CertificateName())
		}
		require(s.t, os.MkdirAll(s.SSL(), 0o700))
		text, err := os.ReadFile(filepath.Join(directory, s.CertificateName()+".crt"))
		require(s.t, err)
		require(s.t, os.WriteFile(s.Certificate(), text, 0o600))
	}
	if s.Passwords != nil {
		s.WritePasswords(s.Passwords)
	}
	if s.CustomPasswords != nil {
		s.WriteCustomPasswords(s.CustomPasswords)
	}
	if s.WhiteList != "" {
		s.WriteWhiteList(s.WhiteList)
	}
}

// WritePasswords writes the password files of server and clients; a running
// server has to be told.
func (s *Server) WritePasswords(users map[string]string) { s.writePasswords("passwd", users) }

// WriteCustomPasswords is the same for custom users.
func (s *Server) WriteCustomPasswords(users map[string]string) {
	s.writePasswords("custom_passwd", users)
}

func (s *Server) writePasswords(kind string, users map[string]string) {
	s.t.Helper()
	text := "5.1.0\n# user host port password\n"
	for user, password := range users {
		text += fmt.Sprintln(user, s.HostName, s.Port, password)
	}
	require(s.t, os.WriteFile(s.File(kind), []byte(text), 0o600))
	require(s.t, os.WriteFile(filepath.Join(s.ClientHome, kind), []byte(text), 0o600))
}

// WriteWhiteList writes the server's white list file.
func (s *Server) WriteWhiteList(lines string) {
	s.t.Helper()
	require(s.t, os.WriteFile(s.File("lists"), []byte("5.1.0\n"+lines+"\n"), 0o600))
}

func (s *Server) launch() bool {
	command := s.Installation.server
	if s.HTTP {
		command = append(append([]string(nil), command...), "--http")
	}
	variables := append(bare(), "HOME="+s.ServerHome, "ECF_HOME="+s.Home, "ECF_PORT="+s.Port, "LC_ALL=C.UTF-8")
	switch s.TLS {
	case ServerFiles:
		variables = append(variables, "ECF_SSL=1")
	case HostPortFiles:
		variables = append(variables, "ECF_SSL="+s.CertificateName())
	}
	s.output.Reset()
	s.process = exec.Command(command[0], command[1:]...)
	s.process.Dir, s.process.Env = s.Home, variables
	s.process.Stdout, s.process.Stderr = &s.output, &s.output
	s.process.WaitDelay = time.Second // its jobs may hold the pipe
	s.process.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	require(s.t, s.process.Start())
	s.ended = make(chan struct{})
	go func(process *exec.Cmd, ended chan struct{}) {
		_ = process.Wait()
		close(ended)
	}(s.process, s.ended)
	for deadline := time.Now().Add(startTime); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if s.hasEnded(0) {
			return false
		}
		if connection, err := net.DialTimeout("tcp4", "127.0.0.1:"+s.Port, time.Second); err == nil {
			_ = connection.Close()
			// It may be another's server that has the port, while ours gives up.
			return !s.hasEnded(100 * time.Millisecond)
		}
	}
	return false
}

func (s *Server) hasEnded(within time.Duration) bool {
	select {
	case <-s.ended:
		return true
	default:
	}
	select {
	case <-s.ended:
		return true
	case <-time.After(within):
		return false
	}
}

// Ended reports whether the server has ended, or ends within that time, by itself.
func (s *Server) Ended(within time.Duration) bool { return s.hasEnded(within) }

// Stop ends the server the polite way, then the other way, with its jobs. It may
// be called again.
func (s *Server) Stop() {
	if s.process == nil {
		return
	}
	if !s.hasEnded(0) {
		ctx, cancel := context.WithTimeout(context.Background(), stopTime)
		_ = s.command(ctx, nil, "--terminate=yes").Run()
		cancel()
		s.hasEnded(stopTime / 2)
	}
	_ = syscall.Kill(-s.process.Process.Pid, syscall.SIGKILL) // the session made for it
	<-s.ended
	s.process = nil
}

// Kill ends the server as a power cut would; StartAgain starts it on the same port with the files that it has left.
func (s *Server) Kill() {
	s.t.Helper()
	require(s.t, syscall.Kill(-s.process.Process.Pid, syscall.SIGKILL)) // the session made for it
	<-s.ended
}

// StartAgain starts a server that was killed.
func (s *Server) StartAgain() {
	s.t.Helper()
	for range 10 {
		if s.launch() {
			return
		}
		time.Sleep(time.Second)
	}
	s.t.Fatalf("%v does not start again: %s", s.Installation, s.output.String())
}

// Environment is that of a client of this server, with more variables behind,
// each as "NAME=value", or "NAME" to remove one.
func (s *Server) Environment(more ...string) []string {
	variables := append(bare(), "HOME="+s.ClientHome, "ECF_HOST=localhost", "ECF_PORT="+s.Port)
	switch s.TLS {
	case ServerFiles:
		variables = append(variables, "ECF_SSL=1")
	case HostPortFiles:
		variables = append(variables, "ECF_SSL="+s.CertificateName())
	}
	if s.Passwords != nil {
		variables = append(variables, "ECF_PASSWD="+filepath.Join(s.ClientHome, "passwd"))
	}
	if s.CustomPasswords != nil {
		variables = append(variables, "ECF_CUSTOM_PASSWD="+filepath.Join(s.ClientHome, "custom_passwd"))
	}
	if s.HTTP {
		variables = append(variables, "ECF_HOST_PROTOCOL=HTTP")
	}
	for _, one := range more {
		name, _, set := strings.Cut(one, "=")
		variables = without(variables, name)
		if set {
			variables = append(variables, one)
		}
	}
	return variables
}

// Options are those of a client of ours in that environment, with few and quick
// attempts.
func (s *Server) Options(more ...string) client.Options {
	variables := s.Environment(more...)
	o := client.OptionsFromEnv(func(name string) (string, bool) {
		for _, one := range variables {
			if value, found := strings.CutPrefix(one, name+"="); found {
				return value, true
			}
		}
		return "", false
	})
	o.Attempts, o.RetryPeriod = 1, -1
	return o
}

// Client is a client of ours in that environment.
func (s *Server) Client(more ...string) *client.Client {
	s.t.Helper()
	c, err := client.New(s.Options(more...))
	require(s.t, err)
	return c
}

// Original runs the original command-line client and gives what it printed.
func (s *Server) Original(arguments ...string) string {
	s.t.Helper()
	text, err := s.TryOriginal(nil, arguments...)
	if err != nil {
		s.t.Fatalf("original client: %s: %v\n%s", strings.Join(arguments, " "), err, text)
	}
	return text
}

// TryOriginal runs the original command-line client, which may fail, in
// Environment(variables...).
func (s *Server) TryOriginal(variables []string, arguments ...string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	text, err := s.command(ctx, variables, arguments...).CombinedOutput()
	return string(text), err
}

func (s *Server) command(ctx context.Context, variables []string, arguments ...string) *exec.Cmd {
	command := append(append([]string(nil), s.Installation.client...), arguments...)
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Dir, c.Env = s.ClientHome, s.Environment(variables...)
	return c
}

// bare is this process's environment without what steers ecFlow.
func bare() []string {
	var kept []string
	for _, one := range os.Environ() {
		if !strings.HasPrefix(one, "ECF_") && !strings.HasPrefix(one, "NO_ECF") && !strings.HasPrefix(one, "LD_") && !strings.HasPrefix(one, "HOME=") {
			kept = append(kept, one)
		}
	}
	return kept
}

func without(variables []string, name string) []string {
	var kept []string
	for _, one := range variables {
		if !strings.HasPrefix(one, name+"=") {
			kept = append(kept, one)
		}
	}
	return kept
}

// Module runs a Python program with the original's module, in Environment(variables...), and gives what it printed.
func (s *Server) Module(variables []string, program string) (string, error) {
	s.t.Helper()
	command, more, err := s.Installation.Python()
	require(s.t, err)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, command[0], append(append([]string(nil), command[1:]...), "-c", program)...)
	c.Dir, c.Env = s.ClientHome, append(s.Environment(variables...), more...)
	text, err := c.CombinedOutput()
	return string(text), err
}
