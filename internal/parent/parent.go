// Package parent is what a server has of a program that started it for itself,
// as tests and notebooks do:
//
//	--listen-fd N     a socket that listens already: the port is known before the server is there
//	--ready-fd N      a line is written there once requests are answered: {"port": 3141}
//	--until-eof-fd N  the server ends, with its jobs, when nobody holds the other end of this pipe
//	--new-certificate a key and a certificate for localhost are made first, where the server looks for them
//
// The third holds whatever happens to that program. Nothing is inherited by jobs.
//
// The original has no such options.
package parent

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

const (
	listenFD = "--listen-fd"
	readyFD  = "--ready-fd"
	untilFD  = "--until-eof-fd"
	newCert  = "--new-certificate"
)

// Parent is what has been inherited. The zero value is that of a server which nobody started for himself.
type Parent struct {
	Socket         *net.TCPListener // nil: the server is to open one
	NewCertificate bool             // one is to be made

	ready *os.File
	until *os.File
}

// Take takes the options above out of a command line, and what they name out of this process.
//
// Errors: fault.Argument.
func Take(args []string) (p *Parent, rest []string, err error) {
	p = &Parent{}
	for len(args) > 0 {
		if args[0] == newCert {
			p.NewCertificate, args = true, args[1:]
			continue
		}
		name, value, joined := strings.Cut(args[0], "=")
		take := p.option(name)
		if take == nil {
			rest, args = append(rest, args[0]), args[1:]
			continue
		}
		args = args[1:]
		if !joined {
			if len(args) == 0 {
				return nil, nil, wrong(name, "a number is missing")
			}
			value, args = args[0], args[1:]
		}
		fd, err := strconv.Atoi(value)
		if err != nil || fd < 3 {
			return nil, nil, wrong(name, fmt.Sprintf("%q is not the number of an inherited file", value))
		}
		if err := take(inherited(fd, name)); err != nil {
			return nil, nil, wrong(name, err.Error())
		}
	}
	return p, rest, nil
}

func wrong(option, why string) error {
	return &fault.Error{Kind: fault.Argument, Op: option, Msg: why}
}

// option is what to do with the file that an option names; nil for other options.
func (p *Parent) option(name string) func(*os.File) error {
	switch name {
	case listenFD:
		return p.socket
	case readyFD:
		return func(f *os.File) error { p.ready = f; return open(f) }
	case untilFD:
		return func(f *os.File) error { p.until = f; return open(f) }
	}
	return nil
}

func open(f *os.File) error {
	_, err := f.Stat()
	return err
}

func (p *Parent) socket(f *os.File) error {
	defer func() { _ = f.Close() }() // the listener has a file of its own
	l, err := net.FileListener(f)
	if err != nil {
		return err
	}
	tcp, ok := l.(*net.TCPListener)
	if !ok {
		_ = l.Close()
		return fmt.Errorf("no TCP socket")
	}
	p.Socket = tcp
	return nil
}

// Host is what the server is to call its computer: a socket that only this computer can reach is reached as localhost, by
// jobs too. Else it is name.
func (p *Parent) Host(name string) string {
	if p.Socket != nil && p.Socket.Addr().(*net.TCPAddr).IP.IsLoopback() {
		return "localhost"
	}
	return name
}

// Ready tells that the server answers.
func (p *Parent) Ready(port int) error {
	if p.ready == nil {
		return nil
	}
	_, err := fmt.Fprintf(p.ready, "{\"port\": %d}\n", port)
	_ = p.ready.Close()
	p.ready = nil
	return err
}

// Owned reports whether the server's life is that of its parent; then its jobs end with it, too.
func (p *Parent) Owned() bool { return p.until != nil }

// Within is a context that ends when the parent is gone.
func (p *Parent) Within(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if p.until != nil {
		go func() {
			_, _ = io.Copy(io.Discard, p.until)
			cancel()
		}()
	}
	return ctx, cancel
}
