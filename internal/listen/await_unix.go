//go:build unix

package listen

import (
	"io"
	"syscall"
)

// await waits for the first bytes of a peer. While it is silent it holds no
// buffer: thousands of silent peers cost little. With c.peek the first byte
// stays where it is.
func (c *conn) await() error {
	raw, err := c.socket.SyscallConn()
	if err != nil {
		return err
	}
	if err := raw.Read(c.attempt); err != nil {
		return err
	}
	switch {
	case c.readErr != nil:
		return c.readErr
	case c.filled == 0:
		return io.EOF
	case c.peek:
		c.filled = 0
		return nil
	}
	c.received = int64(c.filled)
	return nil
}

// try reads what is there, and reports false if nothing is.
func (c *conn) try(fd uintptr) bool {
	buf := c.room()
	for {
		if c.peek {
			c.filled, _, c.readErr = syscall.Recvfrom(int(fd), buf[:1], syscall.MSG_PEEK)
		} else {
			c.filled, c.readErr = syscall.Read(int(fd), buf[:])
		}
		switch c.readErr {
		case nil:
			return true
		case syscall.EINTR:
			continue
		case syscall.EAGAIN:
			c.filled, c.readErr = 0, nil
			c.release()
			return false
		}
		c.filled = 0
		return true
	}
}
