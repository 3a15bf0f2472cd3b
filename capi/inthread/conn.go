package inthread

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// loopback is what "localhost" means (RFC 6761), IPv4 first: that is where a
// server listens unless told otherwise.
var loopback = []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}

// Lookup resolves a host name. "localhost" is answered at once; other names are
// looked up by the system's resolver in a goroutine.
func Lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if host == "localhost" {
		return loopback, nil
	}
	return Wait(ctx, func(ctx context.Context) ([]netip.Addr, error) {
		return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	})
}

// Dial opens a TCP connection to a numeric address with a numeric port.
func Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	w := watchOf(ctx)
	to, err := netip.ParseAddrPort(addr)
	if w == nil || err != nil {
		dialer := net.Dialer{KeepAlive: -1}
		return dialer.DialContext(ctx, network, addr)
	}
	c, err := open(ctx, w, to)
	if err != nil {
		return nil, &net.OpError{Op: "dial", Net: network, Addr: net.TCPAddrFromAddrPort(to), Err: err}
	}
	return c, nil
}

func open(ctx context.Context, w *Watch, to netip.AddrPort) (*conn, error) {
	family, addr := sockaddr(to)
	fd, err := syscall.Socket(family, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC|syscall.SOCK_NONBLOCK, 0)
	if err != nil {
		return nil, os.NewSyscallError("socket", err)
	}
	c := &conn{ctx: ctx, watch: w, fd: fd, peer: to}
	// A frame is one write, and the reply is waited for: nothing to gather.
	_ = syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
	if deadline, ok := ctx.Deadline(); ok {
		c.deadline.Store(deadline.UnixNano())
	}
	if err := c.connect(addr); err != nil {
		_ = c.Close()
		return nil, err
	}
	c.deadline.Store(0)
	c.ctx = w.ctx // the time limit of ctx was for connecting
	return c, nil
}

func sockaddr(to netip.AddrPort) (int, syscall.Sockaddr) {
	ip := to.Addr().Unmap()
	if ip.Is4() {
		return syscall.AF_INET, &syscall.SockaddrInet4{Port: int(to.Port()), Addr: ip.As4()}
	}
	addr := &syscall.SockaddrInet6{Port: int(to.Port()), Addr: ip.As16()}
	if ip.Zone() != "" {
		if i, err := net.InterfaceByName(ip.Zone()); err == nil {
			addr.ZoneId = uint32(i.Index)
		}
	}
	return syscall.AF_INET6, addr
}

// conn is a TCP socket that its user's thread waits for.
type conn struct {
	ctx      context.Context
	watch    *Watch
	peer     netip.AddrPort
	deadline atomic.Int64 // Unix nanoseconds, 0: none

	mu     sync.Mutex
	fd     int // -1 once closed
	users  int // operations under way: they close what Close could not
	closed bool
}

func (c *conn) connect(addr syscall.Sockaddr) error {
	return c.use(func(fd int) error {
		switch err := syscall.Connect(fd, addr); err {
		case nil:
			return nil
		case syscall.EINPROGRESS, syscall.EALREADY, syscall.EINTR:
		default:
			return os.NewSyscallError("connect", err)
		}
		if err := c.wait(fd, pollOut); err != nil {
			return err
		}
		n, err := syscall.GetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_ERROR)
		if err == nil && n != 0 {
			err = syscall.Errno(n)
		}
		if err != nil {
			return os.NewSyscallError("connect", err)
		}
		return nil
	})
}

// use keeps the descriptor from being closed, and its number from being given
// to another file, while do works with it.
func (c *conn) use(do func(fd int) error) error {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return c.closedError()
	}
	c.users++
	fd := c.fd
	c.mu.Unlock()

	err := do(fd)

	c.mu.Lock()
	c.users--
	if c.closed && c.users == 0 && c.fd >= 0 {
		_ = syscall.Close(c.fd)
		c.fd = -1
	}
	c.mu.Unlock()
	return err
}

// closedError prefers the reason for which somebody closed the connection.
func (c *conn) closedError() error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	return net.ErrClosed
}

// wait blocks until fd is ready, the deadline has passed, or the call is to end.
func (c *conn) wait(fd int, events int16) error {
	for {
		limit := c.watch.tick()
		if at := c.deadline.Load(); at != 0 {
			left := time.Until(time.Unix(0, at))
			if left <= 0 {
				return os.ErrDeadlineExceeded
			}
			limit = min(limit, left)
		}
		ready := c.watch.nap(&pollFD{fd: int32(fd), events: events}, limit)
		if c.ctx.Err() != nil || c.isClosed() {
			return c.closedError()
		}
		if ready {
			return nil
		}
	}
}

func (c *conn) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

// Read reads what is there, waiting for the first byte.
func (c *conn) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		return 0, nil
	}
	err = c.use(func(fd int) error {
		for {
			if n, err = syscall.Read(fd, p); err == nil {
				if n == 0 {
					return io.EOF
				}
				return nil
			}
			n = 0
			if err := c.after(err, "read", fd, pollIn); err != nil {
				return err
			}
		}
	})
	return n, err
}

// Write sends all of p. It never raises SIGPIPE.
func (c *conn) Write(p []byte) (done int, err error) {
	err = c.use(func(fd int) error {
		for done < len(p) {
			n, err := syscall.SendmsgN(fd, p[done:], nil, nil, syscall.MSG_NOSIGNAL)
			if err == nil {
				done += n
				continue
			}
			if err := c.after(err, "write", fd, pollOut); err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}

// after decides what follows a failed system call: nil means try again.
func (c *conn) after(err error, op string, fd int, events int16) error {
	switch {
	case errors.Is(err, syscall.EINTR):
		c.watch.ask()
		return c.ctx.Err()
	case errors.Is(err, syscall.EAGAIN):
		return c.wait(fd, events)
	}
	return &net.OpError{Op: op, Net: "tcp", Addr: c.RemoteAddr(), Err: os.NewSyscallError(op, err)}
}

// Close closes the socket; an operation under way ends.
func (c *conn) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return net.ErrClosed
	}
	c.closed = true
	if c.users > 0 {
		// Wakes the poll; the operation closes the descriptor on its way out.
		_ = syscall.Shutdown(c.fd, syscall.SHUT_RDWR)
		return nil
	}
	fd := c.fd
	c.fd = -1
	return os.NewSyscallError("close", syscall.Close(fd))
}

// LocalAddr is this side's address, or nil once closed.
func (c *conn) LocalAddr() (addr net.Addr) {
	_ = c.use(func(fd int) error {
		sa, err := syscall.Getsockname(fd)
		switch a := sa.(type) {
		case *syscall.SockaddrInet4:
			addr = &net.TCPAddr{IP: a.Addr[:], Port: a.Port}
		case *syscall.SockaddrInet6:
			addr = &net.TCPAddr{IP: a.Addr[:], Port: a.Port}
		}
		return err
	})
	return addr
}

// RemoteAddr is the peer's address.
func (c *conn) RemoteAddr() net.Addr { return net.TCPAddrFromAddrPort(c.peer) }

// SetDeadline limits reading and writing alike; the zero time lifts the limit.
func (c *conn) SetDeadline(t time.Time) error {
	at := int64(0)
	if !t.IsZero() {
		at = t.UnixNano()
	}
	c.deadline.Store(at)
	return nil
}

// SetReadDeadline is SetDeadline: one exchange never reads and writes at once.
func (c *conn) SetReadDeadline(t time.Time) error { return c.SetDeadline(t) }

// SetWriteDeadline is SetDeadline.
func (c *conn) SetWriteDeadline(t time.Time) error { return c.SetDeadline(t) }
