package transport

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Mode is the way a server is spoken to. The client chooses; nothing is
// negotiated.
type Mode uint8

// The modes.
const (
	Plain Mode = iota // frames over TCP
	TLS               // frames over TLS over TCP
	HTTP              // POST over HTTP/1.1 (servers from 5.14 on, started with --http)
	HTTPS             // POST over HTTP/1.1 over TLS, through a reverse proxy
)

// String is the mode's name for messages.
func (m Mode) String() string {
	switch m {
	case Plain:
		return "plain TCP"
	case TLS:
		return "TLS"
	case HTTP:
		return "HTTP"
	case HTTPS:
		return "HTTPS"
	}
	return "unknown mode"
}

// Endpoint is where a server listens. Host is a name or a numeric v4 or v6
// address, Port a number (or a service name).
type Endpoint struct{ Host, Port string }

// String is host:port, with a v6 address in brackets.
func (e Endpoint) String() string { return net.JoinHostPort(e.bare().Host, e.Port) }

// bare is the endpoint without the brackets that a v6 address may come in.
func (e Endpoint) bare() Endpoint {
	if inner, ok := strings.CutPrefix(e.Host, "["); ok {
		e.Host = strings.TrimSuffix(inner, "]")
	}
	return e
}

// DefaultMaxReply is the size above which a reply is refused unless
// [Config.MaxReply] says otherwise.
const DefaultMaxReply int64 = 1 << 30

// Config says how to speak to a server. It is read only and may be shared by
// any number of concurrent exchanges. Its zero value is plain TCP without time
// limits.
type Config struct {
	Mode  Mode
	Trust *Trust      // which certificates to accept; required in mode TLS
	HTTP  HTTPOptions // modes HTTP and HTTPS

	MaxReply int64 // largest reply in bytes; 0: DefaultMaxReply

	// ConnectTimeout limits the connecting to each of the host's addresses;
	// 0: AttemptTimeout does.
	ConnectTimeout time.Duration
	// AttemptTimeout limits each of connecting, the TLS handshake, sending, and
	// receiving, one by one, as the original does; 0: no limit. The time for all
	// of them together is limited by Exchange's context.
	AttemptTimeout time.Duration

	// Dial replaces net.Dialer. It is given numeric addresses, or, unless
	// Lookup is set as well, the host name as it stands, so that a tunnel's far
	// end can resolve it.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	// Lookup replaces the system's resolver.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)

	// Proxy is what connections go through; nil: none. Who decides that a server
	// needs none is the caller, with [Direct].
	Proxy *Proxy
}

func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f })
}

func (c *Config) maxReply() int64 {
	if c.MaxReply > 0 {
		return c.MaxReply
	}
	return DefaultMaxReply
}

func (x *exchange) isHTTP() bool { return x.cfg.Mode == HTTP || x.cfg.Mode == HTTPS }

// phase is how far an exchange has come.
type phase uint8

const (
	resolving phase = iota
	connecting
	handshaking
	sending
	receiving
)

// exchange is the state of one request's life.
type exchange struct {
	ctx   context.Context
	ep    Endpoint
	cfg   *Config
	phase phase
	link  *link // nil until connected

	session     *session // mode TLS
	sessionless bool     // offer none
	nameless    bool     // offer no name for the protocol, either

	received int64 // bytes of the reply so far, inside TLS if there is any
	ended    bool  // the peer sends no more
}

// Exchange sends request to the server at ep and returns its reply, both
// without the frame's header. All addresses of the host are tried in turn until
// one accepts the connection; the request goes to that one only.
//
// Cancelling ctx, or reaching its deadline, ends the exchange at once in any
// phase. Errors are *fault.Error; Unsent tells whether the request can have had
// an effect. A nil cfg is the zero Config.
func Exchange(ctx context.Context, ep Endpoint, cfg *Config, request []byte) (reply []byte, err error) {
	if cfg == nil {
		cfg = &Config{}
	}
	x := &exchange{ctx: ctx, ep: ep.bare(), cfg: cfg}
	reply, err = x.run(request)
	if err != nil {
		return nil, x.explain(err)
	}
	return reply, nil
}

func (x *exchange) run(request []byte) ([]byte, error) {
	for {
		reply, err := x.attempt(request)
		if err == nil || !x.maySimplify(err) {
			return reply, err
		}
		x.session, x.received, x.ended = nil, 0, false
	}
}

func (x *exchange) attempt(request []byte) ([]byte, error) {
	done, err := x.open()
	if err != nil {
		return nil, err
	}
	defer done()

	var stream io.ReadWriter = x.link
	if x.cfg.Mode == TLS || x.cfg.Mode == HTTPS {
		x.begin(handshaking)
		if stream, err = x.handshake(); err != nil {
			return nil, err
		}
		defer x.keepSession()
	}
	x.link.sent = 0 // from here on it counts bytes of the request
	if x.isHTTP() {
		return x.post(stream, request)
	}
	return x.swap(stream, request)
}

// open checks the settings and connects; done closes the connection.
func (x *exchange) open() (done func(), err error) {
	if err := x.check(); err != nil {
		return nil, err
	}
	conn, err := x.connect()
	if err != nil {
		return nil, err
	}
	x.link = newLink(conn)
	if x.ctx.Done() == nil {
		return func() { x.link.Close() }, nil
	}
	// Closing the socket is what ends a blocked read, write or handshake
	// without a goroutine of our own standing by.
	closed := make(chan struct{})
	stop := context.AfterFunc(x.ctx, func() {
		x.link.Close()
		close(closed)
	})
	return func() {
		if !stop() {
			<-closed
		}
		x.link.Close()
	}, nil
}

// check finds the settings that cannot work before anything is opened.
func (x *exchange) check() error {
	switch {
	case x.cfg.Mode > HTTPS:
		return fault.New(fault.Argument, "unknown transport mode")
	case x.cfg.Mode == TLS && x.cfg.Trust == nil:
		return fault.New(fault.Config, "TLS without a certificate file to trust")
	case x.ep.Host == "":
		return fault.New(fault.Argument, "the host name is empty")
	case x.ep.Port == "":
		return fault.New(fault.Argument, "the port is empty")
	case hasControl(x.ep.Host) || strings.Contains(x.ep.Host, " "):
		return fault.New(fault.Argument, "the host name "+strconv.Quote(x.ep.Host)+" contains a blank or a control character")
	}
	return x.ctx.Err()
}

// begin enters a phase and gives it its share of time.
func (x *exchange) begin(p phase) {
	x.phase = p
	if x.cfg.AttemptTimeout > 0 {
		// An error here means a closed socket: the next operation will say so.
		_ = x.link.SetDeadline(time.Now().Add(x.cfg.AttemptTimeout))
	}
}

// replyBuffer is enough for the reply to most commands, so that its header and
// body take one read.
const replyBuffer = 1 << 10

// swap sends a frame and receives a frame.
func (x *exchange) swap(stream io.ReadWriter, request []byte) ([]byte, error) {
	x.begin(sending)
	sendErr := wire.WriteFrame(stream, request)
	if sendErr != nil && x.over(sendErr) {
		return nil, sendErr
	}
	// A server that refuses a request half way answers and closes: the write
	// fails, the answer is there to read all the same.
	x.begin(receiving)
	reply, err := wire.ReadFrame(x.reader(stream), x.cfg.maxReply())
	switch {
	case err == nil:
		return reply, nil // whole, whatever became of the connection since
	case sendErr != nil && x.received == 0:
		x.phase = sending
		return nil, sendErr
	}
	return nil, err
}

// reader buffers what comes in, and keeps account of it.
func (x *exchange) reader(stream io.Reader) *bufio.Reader {
	return bufio.NewReaderSize(incoming{stream, x}, replyBuffer)
}

type incoming struct {
	stream io.Reader
	x      *exchange
}

func (in incoming) Read(p []byte) (int, error) {
	n, err := in.stream.Read(p)
	in.x.received += int64(n)
	in.x.ended = in.x.ended || err == io.EOF
	return n, err
}

// over reports whether a failure to send leaves no time, will or reason to look
// for a reply.
func (x *exchange) over(err error) bool {
	return x.ctx.Err() != nil || isTimeout(err) || errors.Is(err, fault.Argument)
}
