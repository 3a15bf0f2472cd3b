package listen

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"time"

	"github.com/ecflow-go/ecflow/internal/wire"
)

const (
	// roomy holds nearly every request and reply, with its header.
	roomy = 8 << 10
	// A larger payload gets this much room at once, then as much again as has arrived, but not more than the other.
	firstRoom = 64 << 10
	largeRoom = 1 << 20
	// A longer reply may have to wait for the peer, or takes a while to copy.
	ample = 64 << 10
	// What is written at once, within one deadline.
	writeStep = 1 << 20
	// After so many bytes it is looked whether the peer has deserved more time.
	readStep = 256 << 10
)

// conn is the life of one connection. It is used by one goroutine; crowd closes
// its socket from others.
type conn struct {
	l      *Listener
	fd     int           // the bare socket,
	socket socket        // unless there is this; set by crowd
	stream io.ReadWriter // socket, or TLS over it; nil: the bare socket
	peer   Peer

	lead *lead // whose turn this is

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
	c.attempt, c.peer.Wait = c.try, c.handOver
	return c
}

// serve sees a connection to its end.
func (d *lead) serve(v visitor) {
	l := d.l
	c := l.spare.Get().(*conn)
	c.lead, c.fd, c.started, c.granted = d, v.fd, time.Now(), readStep
	var then func()
	if v.socket == nil || c.settle(v.socket) == nil {
		then = c.run()
	}
	l.crowd.left(c)
	if c.socket != nil {
		_ = c.socket.Close()
	} else if v.socket == nil {
		_ = closeNow(c.fd)
	}
	c.release()
	*c = conn{l: l, attempt: c.attempt, peer: Peer{Wait: c.peer.Wait}, http: c.http}
	l.spare.Put(c)
	if then != nil {
		then()
	}
}

// handOver lets others be served before this connection is done with.
func (c *conn) handOver() { c.lead.handOver() }

// settle makes it a connection that can be waited for.
func (c *conn) settle(s socket) error {
	c.handOver()
	settled, full := c.l.crowd.settle(c, s)
	if full {
		c.l.log.line("   TcpServer::handle_accept too many connections: one was closed")
	}
	if !settled {
		c.fd = -1
		_ = s.Close()
		return net.ErrClosed
	}
	c.stream = s
	return nil
}

// wait makes a bare socket one that can be waited for, until a time.
func (c *conn) wait(until time.Time) error {
	if err := c.settle(newSocket(c.fd)); err != nil {
		return err
	}
	return c.socket.SetDeadline(until)
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

// run takes one request and answers it. What it gives is to be called once the
// connection is closed.
func (c *conn) run() (then func()) {
	if err := c.open(); err != nil {
		c.turnAway(err)
		return nil
	}
	payload, err := c.receive()
	if err != nil {
		c.turnAway(err)
		return nil
	}
	c.l.crowd.heard(c)
	answer := c.l.handler(c.l.ctx, payload, c.peer)
	if err = c.reply(answer); err != nil {
		c.l.log.line(c.name() + "handle_write: " + plainError(err))
		return answer.Then
	}
	if !c.unread {
		return answer.Then
	}
	if answer.Then != nil {
		answer.Then()
	}
	c.linger()
	return nil
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
	if c.stream == nil {
		c.filled, _ = receiveNow(c.fd, c.room()[:])
		if c.received = int64(c.filled); c.filled > 0 {
			return nil
		}
		c.release()
		if err := c.wait(c.started.Add(limit)); err != nil {
			return err
		}
	} else if err := c.socket.SetDeadline(c.started.Add(limit)); err != nil {
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
	conn := tls.Server(c.socket.(*net.TCPConn), c.l.tls)
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
	room := make([]byte, min(length, firstRoom))
	done := copy(room, c.buf[wire.HeaderLength:c.filled])
	c.release()
	var full [][]byte
	before := 0 // bytes in those
	for {
		n, err := c.Read(room[done:])
		done += n
		switch {
		case before+done == length:
			c.unread = true // whether there is more is not known
			return joined(full, room, length), nil
		case err != nil:
			return nil, err
		case done == len(room):
			full = append(full, room)
			before += done
			room, done = make([]byte, min(length-before, before, largeRoom)), 0
		}
	}
}

// joined is what stands in pieces. Between them others have their turn: copying cannot be interrupted, so that garbage
// collection, and with it everybody, waited 12 ms for one copy of 18 MB.
func joined(full [][]byte, last []byte, length int) []byte {
	if len(full) == 0 {
		return last
	}
	all := make([]byte, 0, length)
	for _, piece := range append(full, last) {
		all = append(all, piece...)
		runtime.Gosched()
	}
	return all
}

// Read reads from the peer and gives it the more time the more has come.
func (c *conn) Read(p []byte) (int, error) {
	if c.stream == nil {
		if err := c.wait(c.started.Add(c.l.o.ReadTimeout)); err != nil {
			return 0, err
		}
	}
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
