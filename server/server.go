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

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/instance"
)

// Server is a running server. Its methods may be called by many at once.
type Server struct{ running *instance.Instance }

// Start starts a server, which runs until Close is called, a client terminates it, or ctx ends. When it returns, clients
// can connect.
//
// Errors: fault.Config and fault.Argument for options and files that do not fit.
func Start(ctx context.Context, o Options) (*Server, error) {
	config, err := o.config()
	if err != nil {
		return nil, err
	}
	running, err := instance.Start(ctx, config)
	if err != nil {
		return nil, err
	}
	return &Server{running}, nil
}

// Port is the port that the server listens on.
func (s *Server) Port() int { return int(s.running.Addr().Port()) }

// Done is closed when the server has ended.
func (s *Server) Done() <-chan struct{} { return s.running.Done() }

// FlushLog brings to the log's file what is not there yet: lines are written a hundred times a second at most.
func (s *Server) FlushLog() { s.running.FlushLog() }

// Look calls f with the definition, which it may only read, and only while f runs: meanwhile the server changes nothing.
func (s *Server) Look(f func(*defs.Defs)) { s.running.Look(f) }

// Close ends the server and waits until it has ended, or ctx does. Jobs go on running, unless Options.EndJobs says otherwise.
func (s *Server) Close(ctx context.Context) error { return s.running.Stop(ctx) }
