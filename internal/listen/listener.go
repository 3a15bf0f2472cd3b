package listen

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Listener is an open port.
type Listener struct {
	o       Options
	door    door
	addr    netip.AddrPort
	tls     *tls.Config // nil: none
	log     *quietLog
	crowd   crowd
	buffers sync.Pool // of *[roomy]byte
	spare   sync.Pool // of *conn

	handler  Handler
	ctx      context.Context // the handler's
	cancel   context.CancelFunc
	ended    chan struct{}
	gate     sync.Mutex // held to begin and to end
	working  sync.WaitGroup
	leader   atomic.Pointer[lead]
	watched  atomic.Bool   // somebody looks after the leader
	stir     chan struct{} // wakes who does
	failures pause
}

// Open opens the port. Connections queue up from now on; Serve takes them.
func Open(o Options) (*Listener, error) {
	o = o.withDefaults()
	socket := o.Socket
	if socket == nil {
		var err error
		if socket, err = bind(o); err != nil {
			return nil, err
		}
	}
	l := &Listener{o: o, door: netDoor{socket}, addr: addrOf(socket.Addr()), log: newQuietLog(o.Log), ended: make(chan struct{}), stir: make(chan struct{}, 1)}
	l.crowd.limit = o.MaxConnections
	l.buffers.New = func() any { return new([roomy]byte) }
	l.spare.New = func() any { return newConn(l) }
	l.ctx, l.cancel = context.WithCancel(context.Background())
	if o.TLS != nil {
		l.tls = o.TLS.Clone()
		l.tls.NextProtos = []string{wire.TLSProtocol}
		if o.HTTP {
			l.tls.NextProtos = []string{"http/1.1"}
		}
		l.tls.DynamicRecordSizingDisabled = true
		if l.tls.CurvePreferences == nil {
			l.tls.CurvePreferences = classicCurves
		}
	}
	if !o.HTTP && o.TLS == nil { // with these, there is always something to wait for
		var err error
		if l.door, err = quickDoor(socket); err != nil {
			return nil, &fault.Error{Kind: fault.Internal, Op: "listen", Err: err}
		}
	}
	return l, nil
}

// classicCurves are those of the original's servers. Go would prefer a hybrid with
// ML-KEM, which is a tenth of a handshake with an RSA key and a quarter of a resumed
// one; who wants it says so in Options.TLS.
var classicCurves = []tls.CurveID{tls.X25519, tls.CurveP256, tls.CurveP384, tls.CurveP521}

// bind opens the port.
func bind(o Options) (*net.TCPListener, error) {
	network, address := "tcp4", o.Address
	if o.V6 {
		network = "tcp"
		if host, port, err := net.SplitHostPort(address); err == nil && host == "" {
			address = net.JoinHostPort("::", port)
		}
	}
	// There are deadlines for everything, so the system need not look after peers. No client of ecFlow has more than one path.
	config := net.ListenConfig{KeepAlive: -1, KeepAliveConfig: net.KeepAliveConfig{Enable: false}}
	config.SetMultipathTCP(false)
	socket, err := config.Listen(context.Background(), network, address)
	if err != nil {
		return nil, bindFault(address, err)
	}
	return socket.(*net.TCPListener), nil
}

// bindFault begins with the original's words.
func bindFault(address string, err error) *fault.Error {
	e := &fault.Error{Kind: fault.Config, Addr: address, Err: err}
	var number syscall.Errno
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		e.Msg, e.Hint = "bind: Address already in use", "another program, or another server, listens there: choose another port (ECF_PORT, --port)"
	case errors.Is(err, syscall.EACCES):
		e.Msg, e.Hint = "bind: Permission denied", "ports below 1024 are the system's: choose another (ECF_PORT, --port)"
	case errors.As(err, &number):
		e.Msg = "bind: " + number.Error()
	default:
		e.Msg = "bind: " + err.Error()
	}
	return e
}

// Addr is where the listener listens, with the port that port 0 has become.
func (l *Listener) Addr() netip.AddrPort { return l.addr }

func addrOf(a net.Addr) netip.AddrPort {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return netip.AddrPort{}
	}
	at := tcp.AddrPort()
	return netip.AddrPortFrom(at.Addr().Unmap(), at.Port())
}

// Serve takes connections and answers requests until the listener is closed or
// ctx ends, which closes it. It is called once.
func (l *Listener) Serve(ctx context.Context, h Handler) error {
	l.handler = h
	if !l.begin() {
		return nil
	}
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer stop()
	l.follow()
	l.working.Go(l.watch)
	l.working.Done()
	<-l.ended
	return nil
}

// begin makes Shutdown wait for what Serve starts.
func (l *Listener) begin() bool {
	l.gate.Lock()
	defer l.gate.Unlock()
	select {
	case <-l.ended:
		return false
	default:
	}
	l.working.Add(1)
	return true
}

// recover decides whether to go on after a failure to accept. When the files of
// the process or the system have run out, waiting helps, and so does closing
// what nobody uses.
func (l *Listener) recover(err error) bool {
	select {
	case <-l.ended:
		return false
	default:
	}
	if errors.Is(err, syscall.ECONNABORTED) {
		return true
	}
	l.log.line("   TcpServer::handle_accept error occurred  " + plainError(err))
	l.crowd.dropOldest()
	return l.failures.wait(l.ended)
}

// pause is a wait that grows while failures follow each other.
type pause struct {
	mu    sync.Mutex
	next  time.Duration
	until time.Time
}

const (
	firstPause = 5 * time.Millisecond
	lastPause  = time.Second
)

func (p *pause) wait(ended <-chan struct{}) bool {
	p.mu.Lock()
	now := time.Now()
	if now.Sub(p.until) > lastPause {
		p.next = firstPause
	}
	p.until = now.Add(p.next)
	timer := time.NewTimer(p.next)
	p.next = min(2*p.next, lastPause)
	p.mu.Unlock()
	defer timer.Stop()
	select {
	case <-ended:
		return false
	case <-timer.C:
		return true
	}
}

// Close closes the port and all connections at once, whatever they are at, and
// cancels the handlers' context. It does not wait.
func (l *Listener) Close() error {
	err := l.stop()
	l.crowd.close(true)
	l.cancel()
	return err
}

// Shutdown closes the port and those connections whose request has not come yet,
// and waits until all others have had their reply. When ctx ends first, the rest
// is closed as well, and the error is that of ctx.
func (l *Listener) Shutdown(ctx context.Context) error {
	err := l.stop()
	l.crowd.close(false)
	done := make(chan struct{})
	go func() {
		l.working.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	l.crowd.close(true)
	l.cancel()
	return err
}

func (l *Listener) stop() error {
	l.gate.Lock()
	defer l.gate.Unlock()
	select {
	case <-l.ended:
		return nil
	default:
	}
	close(l.ended)
	return l.door.close()
}
