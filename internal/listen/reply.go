package listen

import (
	"syscall"
	"time"

	"github.com/ecflow-go/ecflow/internal/wire"
)

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
	// The body may be a part of the request, so it has to be moved first.
	buf := c.room()
	n := copy(buf[len(head):], body)
	copy(buf[:], head)
	if len(body) > ample {
		c.handOver()
	}
	err := c.write(buf[:len(head)+n])
	c.release()
	for body = body[n:]; len(body) > 0 && err == nil; body = body[n:] {
		n = min(len(body), writeStep)
		err = c.write(body[:n])
	}
	return err
}

// write sends a piece of the reply.
func (c *conn) write(p []byte) error {
	if c.stream == nil {
		n, err := sendNow(c.fd, p)
		if n == len(p) || err != nil && err != syscall.EAGAIN {
			return err
		}
		p = p[n:]
		if err := c.wait(time.Time{}); err != nil {
			return err
		}
	}
	if err := c.socket.SetWriteDeadline(time.Now().Add(c.l.o.WriteTimeout + c.l.timeFor(int64(len(p))))); err != nil {
		return err
	}
	_, err := c.stream.Write(p)
	return err
}

// linger ends the connection in an orderly way: what the peer still sends is
// taken and thrown away for a while, since closing on it would make the system
// reset the connection, and the reply would be lost.
func (c *conn) linger() {
	if c.stream == nil && c.wait(time.Time{}) != nil {
		return
	}
	c.l.crowd.answered(c)
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
