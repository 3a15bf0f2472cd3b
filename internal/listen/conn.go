package listen

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/ecflow-go/ecflow/internal/wire"
)

const (
	// roomy holds nearly every request and reply, with its header.
	roomy = 8 << 10
	// A larger payload gets this much room at once, then as much again as has arrived.
	firstRoom = 64 << 10
	// What is written at once, within one deadline.
	writeStep = 1 << 20
	// After so many bytes it is looked whether the peer has deserved more time.
	readStep = 256 << 10
)

// conn is the life of one connection. It is used by one goroutine; crowd closes
// its socket from others.
type conn struct {
	l      *Listener
	socket *net.TCPConn
	stream io.ReadWriter // socket, or TLS over it
	peer   Peer

	buf    *[roomy]byte // nil: none at the moment
	filled int          // bytes in buf
	http   *httpReader  // kept for the next connection

	started  time.Time
	received int64 // bytes
	granted  int64 // bytes after which the deadline is set anew
	unread   bool  // the peer may have sent, or be sending, what nobody has read

	// What await leaves.
	attempt func(fd uintptr) bool
	peek    bool
	readErr error

	// The crowd's.
	in           *queue
	older, newer *conn
}

func newConn(l *Listener) *conn {
	c := &conn{l: l}
	c.attempt = c.try
	return c
}

// serve sees a connection to its end.
func (l *Listener) serve(socket *net.TCPConn) {
	c := l.spare.Get().(*conn)
	c.socket, c.stream = socket, socket
	admitted, full := l.crowd.admit(c)
	if full {
		l.log.line("   TcpServer::handle_accept too many connections: one was closed")
	}
	if admitted {
		c.run()
		l.crowd.left(c)
	}
	_ = socket.Close()
	c.release()
	*c = conn{l: l, attempt: c.attempt, http: c.http}
	l.spare.Put(c)
}

// room gives the buffer.
func (c *conn) room() *[roomy]byte {
	if c.buf == nil {
		c.buf = c.l.buffers.Get().(*[roomy]byte)
	}
	return c.buf
}

func (c *conn) release() {
	if c.buf != nil {
		c.l.buffers.Put(c.buf)
		c.buf = nil
	}
}

// run takes one request and answers it.
func (c *conn) run() {
	c.started = time.Now()
	c.granted = readStep
	c.peer.Addr = addrOf(c.socket.RemoteAddr())
	if err := c.open(); err != nil {
		c.turnAway(err)
		return
	}
	payload, err := c.receive()
	if err != nil {
		c.turnAway(err)
		return
	}
	c.l.crowd.heard(c)
	answer := c.l.handler(c.l.ctx, payload, c.peer)
	err = c.reply(answer)
	if err != nil {
		c.l.log.line(c.name() + "handle_write: " + plainError(err))
	}
	if answer.Then != nil {
		answer.Then()
	}
	if c.unread && err == nil {
		c.l.crowd.answered(c)
		c.linger()
	}
}

// open waits for the first bytes and, if there is to be TLS, makes it.
func (c *conn) open() error {
	c.peer.Protocol = Plain
	if c.l.o.HTTP {
		c.peer.Protocol = HTTP
	}
	limit := c.l.o.ReadTimeout
	if c.l.tls != nil {
		c.peer.Protocol += TLS - Plain
		limit = c.l.o.HandshakeTimeout
	}
	if err := c.socket.SetDeadline(c.started.Add(limit)); err != nil {
		return err
	}
	c.peek = c.l.tls != nil || c.l.o.HTTP
	err := c.await()
	switch {
	case c.l.tls == nil || errors.Is(err, os.ErrDeadlineExceeded):
		return err
	case err != nil:
		return &handshakeError{err}
	}
	return c.secure()
}

// secure makes the secure channel.
func (c *conn) secure() error {
	if first := c.buf[0]; first != recordHandshake {
		c.unread = true
		return &handshakeError{notTLS(first)}
	}
	c.release() // the byte has only been peeked at
	conn := tls.Server(c.socket, c.l.tls)
	if err := conn.Handshake(); err != nil {
		return &handshakeError{err}
	}
	c.stream = conn
	c.started = time.Now()
	return c.socket.SetDeadline(c.started.Add(c.l.o.ReadTimeout))
}

// receive gives the payload of the request.
func (c *conn) receive() ([]byte, error) {
	if c.l.o.HTTP {
		c.release()
		return c.receiveHTTP()
	}
	buf := c.room()
	for c.filled < wire.HeaderLength {
		if err := c.fill(); err != nil {
			return nil, err
		}
	}
	length, err := wire.ParseHeader(buf[:wire.HeaderLength])
	switch {
	case err != nil:
		return nil, invalidHeader(buf[:wire.HeaderLength])
	case length > uint64(c.l.o.MaxFrame):
		return nil, TooLong
	}
	end := wire.HeaderLength + int(length)
	if end > len(buf) {
		return c.receiveLarge(int(length))
	}
	for c.filled < end {
		if err := c.fill(); err != nil {
			return nil, err
		}
	}
	c.unread = c.filled > end || c.filled == len(buf)
	return buf[wire.HeaderLength:end], nil
}

// fill reads more into the buffer.
func (c *conn) fill() error {
	n, err := c.Read(c.buf[c.filled:])
	c.filled += n
	if n > 0 {
		return nil
	}
	return err
}

// receiveLarge reads a payload of which the buffer holds the beginning. Memory is
// taken as data arrives, not as the header promises.
func (c *conn) receiveLarge(length int) ([]byte, error) {
	payload := make([]byte, min(length, firstRoom))
	done := copy(payload, c.buf[wire.HeaderLength:c.filled])
	c.release()
	for {
		n, err := c.Read(payload[done:])
		done += n
		switch {
		case done == length:
			c.unread = true // whether there is more is not known
			return payload, nil
		case err != nil:
			return nil, err
		case done == len(payload):
			more := make([]byte, min(length, 2*len(payload)))
			copy(more, payload)
			payload = more
		}
	}
}

// Read reads from the peer and gives it the more time the more has come.
func (c *conn) Read(p []byte) (int, error) {
	n, err := c.stream.Read(p)
	c.received += int64(n)
	if c.received >= c.granted && err == nil {
		c.granted = c.received + readStep
		err = c.socket.SetReadDeadline(c.started.Add(c.l.o.ReadTimeout + c.l.timeFor(c.received)))
	}
	return n, err
}

// timeFor is what the slowest peer may take for so many bytes.
func (l *Listener) timeFor(bytes int64) time.Duration {
	return time.Duration(bytes) * time.Second / time.Duration(l.o.MinRate)
}

// reply sends the answer.
func (c *conn) reply(a Answer) error {
	body := a.Payload
	if a.Frame != nil {
		body = a.Frame[wire.HeaderLength:]
	}
	if len(body) == 0 {
		c.unread = true // no hurry, so that the peer sees an orderly end
		return nil
	}
	var space [httpHeadLength]byte
	head := space[:0]
	if c.l.o.HTTP {
		head = appendHTTPHead(head, len(body))
	} else {
		head = wire.AppendHeader(head, len(body))
	}
	if err := c.socket.SetWriteDeadline(time.Now().Add(c.l.o.WriteTimeout)); err != nil {
		return err
	}
	// The body may be a part of the request, so it has to be moved first.
	buf := c.room()
	n := copy(buf[len(head):], body)
	copy(buf[:], head)
	_, err := c.stream.Write(buf[:len(head)+n])
	c.release()
	for body = body[n:]; len(body) > 0 && err == nil; body = body[n:] {
		n = min(len(body), writeStep)
		if err = c.socket.SetWriteDeadline(time.Now().Add(c.l.o.WriteTimeout + c.l.timeFor(int64(n)))); err == nil {
			_, err = c.stream.Write(body[:n])
		}
	}
	return err
}

// linger ends the connection in an orderly way: what the peer still sends is
// taken and thrown away for a while, since closing on it would make the system
// reset the connection, and the reply would be lost.
func (c *conn) linger() {
	if c.socket.CloseWrite() != nil || c.socket.SetReadDeadline(time.Now().Add(c.l.o.LingerTimeout)) != nil {
		return
	}
	buf := c.room()
	for {
		if _, err := c.socket.Read(buf[:]); err != nil {
			return
		}
	}
}

// turnAway ends a connection from which no request came.
func (c *conn) turnAway(err error) {
	var handshake *handshakeError
	var header invalidHeader
	reason, known := err.(Reason)
	switch {
	case errors.Is(err, net.ErrClosed):
		return // by us: there were too many, or the listener is being closed
	case c.received == 0 && c.filled == 0 && errors.Is(err, os.ErrDeadlineExceeded) && !errors.As(err, &handshake):
		return // nothing was ever wanted
	case errors.As(err, &handshake):
		c.l.log.line("SslTcpServer::handle_handshake: " + handshake.words())
		c.linger()
		return
	case c.l.o.HTTP:
		if c.received > 0 || !errors.Is(err, io.EOF) {
			c.l.log.line("HttpSession::on_read: " + plainError(err))
			c.linger()
		}
		return
	case errors.As(err, &header):
		where := "Connection"
		if c.peer.Protocol == TLS {
			where = "ssl_connection"
		}
		c.l.log.line(where + "::handle_read_header: invalid header : " + visible(string(header)) + ", in server")
		reason = InvalidArgument
	case known:
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		reason = EndOfFile
	case errors.Is(err, os.ErrDeadlineExceeded):
		reason = TimedOut
	default:
		c.l.log.line("TcpBaseServer::handle_read_error: " + plainError(err))
		return // it is broken
	}
	c.l.log.line("TcpBaseServer::handle_read_error: " + string(reason))
	if err := c.reply(Answer{Payload: c.l.o.Refuse(reason)}); err != nil {
		c.l.log.line(c.name() + "handle_write: " + plainError(err))
		return
	}
	if reason != EndOfFile {
		c.linger()
	}
}

// name is what the original calls itself in its log.
func (c *conn) name() string {
	if c.peer.Protocol == TLS {
		return "SslTcpServer::"
	}
	return "TcpServer::"
}

// Error makes a Reason an error.
func (r Reason) Error() string { return string(r) }

// invalidHeader is what stood where a length should be.
type invalidHeader string

func (h invalidHeader) Error() string { return string(h) }

// plainError is the system's words without those that Go puts in front.
func plainError(err error) string {
	var number syscall.Errno
	switch {
	case errors.As(err, &number):
		text := number.Error()
		return strings.ToUpper(text[:1]) + text[1:]
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return string(EndOfFile)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return string(TimedOut)
	}
	return err.Error()
}

// visible replaces what would break a line of the log, or the terminal it is read on.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0xfffd {
			return '.'
		}
		return r
	}, text)
}
