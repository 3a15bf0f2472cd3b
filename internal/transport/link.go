package transport

import (
	"net"
	"os"
	"sync"
	"syscall"
)

// link is a connection that remembers how the peer's side began, for telling
// apart what may be at the other end, and counts what was sent. Writing to it
// never raises SIGPIPE.
//
// It is used by one goroutine, but for Close.
type link struct {
	net.Conn
	raw  syscall.RawConn // nil: Conn is no TCP socket, or needs no care
	sent int64           // bytes the system, or Conn, has taken

	head   [64]byte
	headed int

	once   sync.Once
	closed error
}

func newLink(conn net.Conn) *link {
	l := &link{Conn: conn}
	if tcp, ok := conn.(*net.TCPConn); ok && noSignal {
		// An error means the socket is closed already; Write will report it.
		l.raw, _ = tcp.SyscallConn()
	}
	return l
}

// Read reads from the peer.
func (l *link) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	if l.headed < len(l.head) && n > 0 {
		l.headed += copy(l.head[l.headed:], p[:n])
	}
	return n, err
}

// seen gives the first bytes the peer has sent so far, at most 64.
func (l *link) seen() []byte { return l.head[:l.headed] }

// Write sends to the peer. A program that has SIGPIPE at its default action
// (scripts do so for the sake of pipelines) would die of writing to a
// connection that the server has closed: Go's runtime only guards its own
// programs, and a host program such as Python may put the default back at any
// time. So every write asks the system to raise none.
func (l *link) Write(p []byte) (int, error) {
	if l.raw == nil {
		n, err := l.Conn.Write(p)
		l.sent += int64(n)
		return n, err
	}
	done := 0
	var sendErr error
	err := l.raw.Write(func(fd uintptr) bool {
		for done < len(p) {
			n, err := sendNoSignal(int(fd), p[done:])
			switch err {
			case nil:
				done += n
				l.sent += int64(n)
			case syscall.EINTR:
			case syscall.EAGAIN:
				return false // wait until it takes more, or the deadline
			default:
				sendErr = os.NewSyscallError("write", err)
				return true
			}
		}
		return true
	})
	if err == nil {
		err = sendErr
	}
	return done, err
}

// RemoteAddr has crypto/tls name a session, which goes by other names here; the
// connection of a tunnel may have no address to give.
func (l *link) RemoteAddr() net.Addr { return &net.TCPAddr{} }

// Close closes the connection, once.
func (l *link) Close() error {
	l.once.Do(func() { l.closed = l.Conn.Close() })
	return l.closed
}
