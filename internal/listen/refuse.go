package listen

import (
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
)

// turnAway ends a connection from which no request came.
func (c *conn) turnAway(err error) {
	var handshake *handshakeError
	var header invalidHeader
	reason, known := err.(Reason)
	switch {
	case errors.Is(err, net.ErrClosed), errors.Is(err, os.ErrClosed):
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
