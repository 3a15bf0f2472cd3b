package main

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/netip"
	"strconv"
	"syscall"
	"time"

	"github.com/ecflow-go/ecflow/internal/wire"
)

const patience = 60 * time.Second

// caller is one client: one connection at a time. It takes as little of the machine as
// it can, which the server needs.
type caller struct {
	s    *server
	to   syscall.SockaddrInet4
	tls  *tls.Config
	room []byte
}

func newCaller(s *server) *caller {
	c := &caller{s: s, room: make([]byte, 64<<10)}
	at := netip.MustParseAddrPort(s.address)
	c.to = syscall.SockaddrInet4{Port: int(at.Port()), Addr: at.Addr().As4()}
	if s.key != "" {
		// Who the server is does not matter here; its certificate is checked by other programs.
		c.tls = &tls.Config{InsecureSkipVerify: true}
		if s.resume {
			c.tls.NextProtos = []string{wire.TLSProtocol}
		}
	}
	return c
}

// call sends a frame and gives the payload of the reply, which the next call overwrites.
func (c *caller) call(frame []byte) ([]byte, error) {
	var stream io.ReadWriteCloser
	if c.tls != nil || c.s.http {
		conn, err := net.Dial("tcp4", c.s.address)
		if err != nil {
			return nil, err
		}
		_ = conn.SetDeadline(time.Now().Add(patience))
		stream = conn
		defer conn.Close()
		if c.tls != nil {
			channel := tls.Client(conn, c.tls)
			if err := channel.Handshake(); err != nil {
				return nil, err
			}
			// As our clients do: the original's servers answer a session with an alert.
			if channel.ConnectionState().NegotiatedProtocol == wire.TLSProtocol && c.tls.ClientSessionCache == nil {
				c.tls.ClientSessionCache = tls.NewLRUClientSessionCache(1)
			}
			stream = channel
		}
	} else {
		conn, err := dial(&c.to)
		if err != nil {
			return nil, err
		}
		limit := syscall.NsecToTimeval(int64(patience))
		_ = syscall.SetsockoptTimeval(int(conn), syscall.SOL_SOCKET, syscall.SO_RCVTIMEO, &limit)
		stream = conn
		defer conn.Close()
	}
	if c.s.http {
		head := "POST /v1/ecflow HTTP/1.1\r\nContent-Length: " + strconv.Itoa(len(frame)-wire.HeaderLength) + "\r\nConnection: close\r\n\r\n"
		frame = append([]byte(head), frame[wire.HeaderLength:]...)
	}
	if _, err := stream.Write(frame); err != nil {
		return nil, err
	}
	if c.s.http {
		return io.ReadAll(stream) // with its header, which nobody minds
	}
	return c.receive(stream)
}

func (c *caller) receive(stream io.Reader) ([]byte, error) {
	for done := 0; ; {
		n, err := stream.Read(c.room[done:])
		if n == 0 {
			return nil, firstOf(err, io.ErrUnexpectedEOF)
		}
		done += n
		if complete, err := c.complete(done); complete || err != nil {
			return c.payload(done), err
		}
	}
}

// complete reports whether so many bytes are the whole frame, and makes room for what is still to come.
func (c *caller) complete(done int) (bool, error) {
	if done < wire.HeaderLength {
		return false, nil
	}
	length, err := wire.ParseHeader(c.room[:wire.HeaderLength])
	if err != nil {
		return false, err
	}
	want := wire.HeaderLength + int(length)
	if want > len(c.room) {
		c.room = append(c.room, make([]byte, want-len(c.room))...)
	}
	return done >= want, nil
}

func (c *caller) payload(done int) []byte { return c.room[min(wire.HeaderLength, done):done] }

// socket is a blocking one: two system calls less a request than Go's own, and no timers.
type socket int

func dial(to *syscall.SockaddrInet4) (socket, error) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, err
	}
	// The request says that the answer to the greeting has come: one packet less.
	_ = syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_QUICKACK, 0)
	if err := syscall.Connect(fd, to); err != nil {
		syscall.Close(fd)
		return 0, err
	}
	return socket(fd), nil
}

func (s socket) Read(p []byte) (int, error) {
	for {
		n, err := syscall.Read(int(s), p)
		if !errors.Is(err, syscall.EINTR) {
			return max(n, 0), err
		}
	}
}

func (s socket) Write(p []byte) (int, error) {
	for done := 0; ; {
		n, err := syscall.Write(int(s), p[done:])
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if done += max(n, 0); err != nil || done == len(p) {
			return done, err
		}
	}
}

func (s socket) Close() error { return syscall.Close(int(s)) }
