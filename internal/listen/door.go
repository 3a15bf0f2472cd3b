package listen

import (
	"io"
	"net"
	"syscall"
	"time"
)

// door is where connections come in. close wakes who waits for them.
type door interface {
	accept() (visitor, error)
	close() error
}

// visitor is a new connection: a socket that waits well, or, where there is a quick
// way, the bare number of one. Most have sent their request already, and go away with
// the reply, before waiting comes into question.
type visitor struct {
	socket socket // nil: fd
	fd     int
}

// socket is a connection that can be waited for.
type socket interface {
	io.ReadWriteCloser
	syscall.Conn
	CloseWrite() error
	SetDeadline(time.Time) error
	SetReadDeadline(time.Time) error
	SetWriteDeadline(time.Time) error
}

// netDoor is a door of package net.
type netDoor struct{ l *net.TCPListener }

func (d netDoor) accept() (visitor, error) {
	conn, err := d.l.AcceptTCP()
	if err != nil {
		return visitor{}, err
	}
	return visitor{socket: conn}, nil
}

func (d netDoor) close() error { return d.l.Close() }
