//go:build !unix

package listen

// await waits for the first bytes of a peer, with a buffer in its hands. With c.peek it does not wait: here nobody can
// look at a byte and leave it where it is.
func (c *conn) await() error {
	if c.peek {
		c.room()[0] = recordHandshake // the handshake itself finds out whether it is one
		return nil
	}
	n, err := c.socket.Read(c.room()[:])
	if n == 0 && err != nil {
		c.release()
		return err
	}
	c.filled, c.received = n, int64(n)
	return nil
}

// try is for systems where sockets can be asked without waiting.
func (c *conn) try(uintptr) bool { return true }
