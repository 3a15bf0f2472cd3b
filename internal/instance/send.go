package instance

import (
	"context"
	"errors"
	"strings"
	"syscall"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/transport"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// sendTime is how long connecting, the handshake, sending and receiving may take each when a node moves to another server.
const sendTime = 120 * time.Second

// send sends a request to another server, with TLS if this one has it. It fails if the request is refused.
//
// source: libs/base PlugCmd.cpp.
func (s *Instance) send(ctx context.Context, host, port string, request wire.Request) error {
	what := command.Full(request)
	if u, ok := request.(wire.UserRequest); ok {
		what += " :" + u.AsUser().User + "@" + *request.Host()
	}
	payload, err := wire.EncodeRequest(request)
	if err != nil {
		return err
	}
	config := transport.Config{AttemptTimeout: sendTime}
	if s.overTLS {
		if config.Trust, err = s.trust(host, port); err != nil {
			return err
		}
		config.Mode = transport.TLS
	}
	answer, err := transport.Exchange(ctx, transport.Endpoint{Host: host, Port: port}, &config, payload)
	if err != nil {
		return unreachable(err, what, host+":"+port)
	}
	reply, err := wire.DecodeReply(answer)
	if err != nil {
		return err
	}
	switch r := reply.(type) {
	case *wire.ErrorCmd:
		return fault.New(fault.Refused, "Error: request( "+what+" ) failed! Server reply: "+r.ErrorMsg)
	case *wire.StcCmd:
		if r.API == wire.StcOK {
			return nil
		}
	}
	return fault.New(fault.Protocol, "Error: request( "+what+" ) failed! Server reply: "+wire.TypeName(reply))
}

// trust is the certificate of another server, from where those of this one are.
func (s *Instance) trust(host, port string) (*transport.Trust, error) {
	set := s.settings
	path, err := transport.FindCertificate(transport.CertificateSelection{
		Dir: set.TLS.Dir, Host: host, Port: port, Value: set.TLS.Value, LocalHost: set.Host,
	})
	if err != nil {
		return nil, err
	}
	return transport.LoadTrust(path, transport.TrustOptions{})
}

// unreachable tells in the original's words that no connection could be made.
func unreachable(err error, what, where string) error {
	var no syscall.Errno
	if fault.KindOf(err) != fault.Connect || !errors.As(err, &no) {
		return err
	}
	why := no.Error()
	return &fault.Error{Kind: fault.Connect, Err: err, Msg: "Client::handle_connect: Ran out of end points: connection error( " +
		strings.ToUpper(why[:1]) + why[1:] + " ) for request( " + what + " ) on " + where}
}
