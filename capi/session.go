package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/ecflow-go/ecflow/capi/inthread"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/transport"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// TEMPORARY until package client lands.
type session struct{ host, port string }

func newSession(host, port *string) (*session, error) {
	s := &session{"localhost", "3141"}
	if host != nil {
		s.host = *host
		if port == nil {
			var ok bool
			if s.host, s.port, ok = strings.Cut(*host, ":"); !ok {
				return nil, fault.New(fault.Argument, "ClientInvoker::set_host_port: expected <host>:<port> || <host>@<port> in "+*host)
			}
		} else {
			s.port = *port
		}
	}
	return s, nil
}

func (s *session) do(ctx context.Context, op *operation, args map[string]any) (any, error) {
	switch op.name {
	case "get_host":
		return s.host, nil
	case "get_port":
		return s.port, nil
	}
	m, spec, _ := command.LookupMethod(op.name)
	host, _ := os.Hostname()
	req, err := spec.Build(command.Identity{Host: host, User: "root"}, m.Canonical(args))
	if err != nil {
		return nil, err
	}
	b, err := wire.EncodeRequest(req)
	if err != nil {
		return nil, err
	}
	reply, err := transport.Exchange(ctx, transport.Endpoint{Host: s.host, Port: s.port}, &transport.Config{Dial: inthread.Dial, Lookup: inthread.Lookup}, b)
	if err != nil {
		return nil, err
	}
	r, err := wire.DecodeReply(reply)
	if err != nil {
		return nil, err
	}
	switch r := r.(type) {
	case *wire.ErrorCmd:
		return nil, &fault.Error{Kind: fault.Refused, Op: command.Describe(req), Addr: s.host + ":" + s.port, Server: fmt.Sprint(r)}
	case *wire.SStringCmd:
		return fmt.Sprint(r), nil
	}
	return int64(0), nil
}

func (s *session) settings() ([]byte, error) { return []byte(s.host + " " + s.port), nil }

func restoreSession(data []byte) (*session, error) {
	h, p, _ := strings.Cut(string(data), " ")
	return newSession(&h, &p)
}

func errorText(err error) string { return err.Error() }
