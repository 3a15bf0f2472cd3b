package instance

import (
	"context"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/engine"
	"github.com/ecflow-go/ecflow/internal/listen"
	"github.com/ecflow-go/ecflow/internal/version"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// answer answers a request as it travels.
func (s *Instance) answer(ctx context.Context, payload []byte, from listen.Peer) listen.Answer {
	request, err := wire.DecodeRequest(payload)
	if err != nil {
		s.log.Write(defs.LogError, "TcpBaseServer::handle_read: "+string(listen.InvalidArgument))
		s.log.Flush()
		if from.Protocol >= listen.HTTP {
			return listen.Answer{} // as the original: the connection is closed
		}
		return listen.Answer{Payload: s.refuse(listen.InvalidArgument)}
	}
	sender := engine.Sender{Wait: from.Wait}
	if p := from.Proxy; p != nil {
		sender.Named, sender.User, sender.Password, sender.Trusted = true, p.Username, p.Password, p.Trusted
	}
	reply := s.engine.Handle(ctx, request, sender)
	answer := listen.Answer{Frame: reply.Frame}
	if answer.Frame == nil {
		if answer.Payload, err = wire.EncodeReply(reply.Reply); err != nil {
			answer.Payload = encoded(&wire.ErrorCmd{ErrorMsg: err.Error()})
		}
	}
	if reply.Terminate {
		answer.Then = s.cancel
	}
	return answer
}

// refuse is the reply to what is no request.
//
// source: TcpBaseServer.cpp.
func (s *Instance) refuse(why listen.Reason) []byte {
	return encoded(&wire.ErrorCmd{ErrorMsg: " ->Server:" + name(s.settings) + " (" + version.EcFlow + ") replied with: " + string(why)})
}

func encoded(reply wire.Reply) []byte {
	payload, err := wire.EncodeReply(reply)
	if err != nil {
		return nil
	}
	return payload
}

// complain logs what went wrong with a connection.
func (s *Instance) complain(line string) {
	if s.log != nil {
		s.log.Write(defs.LogError, line)
		s.log.Flush()
	}
}
