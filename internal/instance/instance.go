package instance

import (
	"context"
	"crypto/tls"
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/engine"
	"github.com/ecflow-go/ecflow/internal/listen"
	"github.com/ecflow-go/ecflow/internal/settings"
)

// Config says how a server is to be.
type Config struct {
	Settings *settings.Settings
	Address  string           // host to listen on; empty: all of this computer's addresses
	Socket   *net.TCPListener // listens already, in place of Address; it is closed with the server
	TLS      *tls.Config      // nil: as the settings say
	Guard    engine.Guard     // nil: made of the files that the settings name
	Fileless bool             // neither log nor check points
	Running  bool             // begin as RUNNING, not HALTED
	Clock    func() time.Time // nil: time.Now
	// Variables go before the server variables that the settings make.
	Variables []defs.Variable
	// Environment is that of jobs, as NAME=VALUE; nil: that of this process.
	Environment []string
	EndJobs     bool                    // jobs end with the server
	Ease        func() (restore func()) // see engine.Options
}

// Instance is a running server. Its methods may be called by many at once.
type Instance struct {
	engine   *engine.Engine
	settings *settings.Settings
	log      engine.Log
	keeper   *keeping // nil: nothing is kept
	listener *listen.Listener
	cancel   context.CancelFunc
	work     sync.WaitGroup
	done     chan struct{}
	overTLS  bool
}

// Start starts a server, which runs until it is stopped, a client terminates it, or ctx ends. When it returns, clients can
// connect.
func Start(ctx context.Context, c Config) (*Instance, error) {
	s := &Instance{settings: c.Settings, done: make(chan struct{})}
	var err error
	if c.TLS, err = c.secure(); err != nil {
		return nil, err
	}
	s.overTLS = c.TLS != nil
	listener, err := listen.Open(listen.Options{
		Address: c.address(), Socket: c.Socket, V6: c.Settings.V6, TLS: c.TLS, HTTP: c.Settings.HTTP, Refuse: s.refuse, Log: s.complain,
	})
	if err != nil {
		return nil, err
	}
	s.listener = listener
	c.Settings.SetPort(int(listener.Addr().Port()))
	if s.engine, err = s.open(c); err != nil {
		_ = listener.Close()
		return nil, err
	}
	ctx, s.cancel = context.WithCancel(ctx)
	s.work.Go(func() { s.engine.Run(ctx) })
	if s.keeper != nil {
		s.work.Go(func() { s.keeper.Run(ctx) })
	}
	s.work.Go(func() { _ = listener.Serve(context.WithoutCancel(ctx), s.answer) }) // it ends when it is closed
	go s.end(ctx)
	return s, nil
}

// grace is how long requests that are being answered may take when the server ends.
const grace = 5 * time.Second

// end waits for the end and brings it about.
func (s *Instance) end(ctx context.Context) {
	<-ctx.Done()
	patience, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	_ = s.listener.Shutdown(patience)
	s.work.Wait()
	if s.keeper != nil {
		_ = s.keeper.Close() // log and definition tell of what goes wrong
	}
	_ = s.engine.Close(patience)
	close(s.done)
}

// Stop ends the server and waits until it has ended, or ctx does.
func (s *Instance) Stop(ctx context.Context) error {
	s.cancel()
	select {
	case <-s.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Sigterm tells log and definition that it is SIGTERM that is going to end the server.
//
// source: BaseServer.cpp, sigterm_signal_handler.
func (s *Instance) Sigterm() {
	s.log.Write(defs.LogMsg, "BaseServer::sigterm_signal_handler(): Received SIGTERM : starting check pointing")
	s.engine.Mark(defs.FlagSigterm)
}

// Done is closed when the server has ended.
func (s *Instance) Done() <-chan struct{} { return s.done }

// Addr is where the server listens.
func (s *Instance) Addr() netip.AddrPort { return s.listener.Addr() }

// Settings are what the server started with, the port that it got among them.
func (s *Instance) Settings() *settings.Settings { return s.settings }

// FlushLog brings to the log's file what is not there yet.
func (s *Instance) FlushLog() { s.log.Close() }

// Look calls f with the definition, which it may only read, and only while f runs.
func (s *Instance) Look(f func(*defs.Defs)) { s.engine.Look(f) }
