package cmdline

import (
	"net"
	"sync"
	"time"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// Server answers every request, and keeps them.
type Server struct {
	listener net.Listener
	mu       sync.Mutex
	requests []string
	open     sync.WaitGroup
}

// Serve starts a server at a free port of the loopback interface.
func Serve() (*Server, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Server{listener: listener}
	go s.accept()
	return s, nil
}

// Port is where the server listens.
func (s *Server) Port() string {
	_, port, _ := net.SplitHostPort(s.listener.Addr().String())
	return port
}

// Close ends the server.
func (s *Server) Close() { _ = s.listener.Close() }

// Take gives the payloads of the requests since it was last called.
func (s *Server) Take() []string {
	s.open.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := s.requests
	s.requests = nil
	return taken
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.open.Add(1)
		go func() {
			defer s.open.Done()
			defer conn.Close()
			_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
			s.exchange(conn)
		}()
	}
}

func (s *Server) exchange(conn net.Conn) {
	payload, err := wire.ReadFrame(conn, 1<<24)
	if err != nil {
		return
	}
	s.mu.Lock()
	s.requests = append(s.requests, string(payload))
	s.mu.Unlock()
	request, err := wire.DecodeRequest(payload)
	if err != nil {
		request = nil // what cannot be read is recorded all the same
	}
	if answer, err := wire.EncodeReply(reply(request)); err == nil {
		_ = wire.WriteFrame(conn, answer)
	}
}

// reply is text where a real server answers with text, else that all is well.
func reply(request wire.Request) wire.Reply {
	switch r := request.(type) {
	case *wire.ServerVersionCmd:
		return &wire.SStringCmd{Str: "5.19.0"}
	case *wire.QueryCmd, *wire.CFileCmd, *wire.QueueCmd:
		return &wire.SStringCmd{Str: "one\ntwo"}
	case *wire.LogCmd:
		if r.API == wire.LogGet || r.API == wire.LogPath {
			return &wire.SStringCmd{Str: "one\ntwo"}
		}
	case *wire.PathsCmd:
		if r.API == wire.PathsEditHistory {
			return &wire.SStringVecCmd{Vec: []string{"one", "two"}}
		}
	case *wire.CtsCmd:
		switch r.API {
		case wire.CtsStats:
			return &wire.SStringCmd{Str: "one\ntwo"}
		case wire.CtsSuites:
			return &wire.SSuitesCmd{Suites: []string{"one", "two"}}
		}
	}
	return &wire.StcCmd{}
}
