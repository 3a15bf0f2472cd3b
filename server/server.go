// Package server runs an ecFlow server within a Go program:
//
//	s, err := server.Start(ctx, server.Options{Address: "127.0.0.1:0"})
//	defer s.Close(context.Background())
//	fmt.Println(s.Port())
//
// Clients of ecFlow 5, the original's and this module's, can talk to it. It
// prints nothing and reads no environment.
package server

import (
	"context"
	"net"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/ecflow-go/ecflow/internal/engine"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Server is a running server. Its methods may be called by many at once.
type Server struct {
	engine   *engine.Engine
	listener net.Listener
	cancel   context.CancelFunc
	work     sync.WaitGroup
	done     chan struct{}
}

// Start starts a server, which runs until Close is called, a client terminates it, or ctx ends.
func Start(ctx context.Context, o Options) (*Server, error) {
	listener := o.Listener
	if listener == nil {
		address := o.Address
		if address == "" {
			address = "127.0.0.1:0"
		}
		var err error
		if listener, err = net.Listen("tcp", address); err != nil {
			return nil, err
		}
	}
	host := o.HostName
	if host == "" {
		host, _ = os.Hostname()
	}
	port := strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
	e, err := engine.New(engine.Options{
		Log: quiet{}, Host: host, Port: port, Interval: o.Interval, Running: o.Running,
		Clock: o.Clock, NoJobs: o.NoJobs, Variables: o.Variables, Home: o.Home, Protocol: string(o.Protocol),
	})
	if err != nil {
		_ = listener.Close()
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	s := &Server{engine: e, listener: listener, cancel: cancel, done: make(chan struct{})}
	s.work.Go(func() { e.Run(ctx) })
	s.work.Go(func() { s.accept(ctx) })
	go func() {
		<-ctx.Done()
		_ = listener.Close()
		s.work.Wait()
		_ = e.Close(context.Background())
		close(s.done)
	}()
	return s, nil
}

// Port is the port that the server listens on.
func (s *Server) Port() int { return s.listener.Addr().(*net.TCPAddr).Port }

// Done is closed when the server has ended.
func (s *Server) Done() <-chan struct{} { return s.done }

// Close ends the server and waits until it has ended, or ctx does.
func (s *Server) Close(ctx context.Context) error {
	s.cancel()
	select {
	case <-s.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Server) accept(ctx context.Context) {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.work.Go(func() { s.serve(ctx, conn) })
	}
}

func (s *Server) serve(ctx context.Context, conn net.Conn) {
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	payload, err := wire.ReadFrame(conn, 0)
	if err != nil {
		return
	}
	answer := s.answer(ctx, payload)
	if answer.Payload == nil {
		if answer.Payload, err = wire.EncodeReply(answer.Reply); err != nil {
			return
		}
	}
	_ = wire.WriteFrame(conn, answer.Payload)
	if answer.Terminate {
		s.cancel()
	}
}

func (s *Server) answer(ctx context.Context, payload []byte) engine.Answer {
	request, err := wire.DecodeRequest(payload)
	if err != nil {
		return engine.Answer{Reply: &wire.ErrorCmd{ErrorMsg: err.Error()}}
	}
	return s.engine.Handle(ctx, request, engine.Sender{Protocol: "PLAIN"})
}
