package transport

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/ecflow-go/ecflow/fault"
)

// explain makes the one error a caller sees out of whatever ended the exchange.
func (x *exchange) explain(err error) error {
	e := x.diagnose(err)
	e.Addr = x.ep.String()
	e.Unsent = x.phase < sending || x.link.sent == 0
	return e
}

func (x *exchange) diagnose(err error) *fault.Error {
	// The caller's own decision comes first: closing the socket makes the
	// operation under way fail in ways that mean nothing.
	switch x.ctx.Err() {
	case context.Canceled:
		return &fault.Error{Kind: fault.Cancelled, Msg: "cancelled while " + x.doing(), Err: context.Canceled}
	case context.DeadlineExceeded:
		return &fault.Error{Kind: fault.Timeout, Msg: "the time for the whole request ran out while " + x.doing(), Err: context.DeadlineExceeded}
	}
	var known *fault.Error
	isKnown := errors.As(err, &known)
	if isTimeout(err) && x.phase > connecting {
		msg := "timed out " + x.doing()
		if x.cfg.AttemptTimeout > 0 {
			msg = "timed out after " + x.cfg.AttemptTimeout.String() + " " + x.doing()
		}
		return &fault.Error{Kind: fault.Timeout, Msg: msg, Err: err}
	}
	switch {
	case x.phase == handshaking:
		return x.handshakeFailure(err)
	case isKnown && (known.Kind == fault.TooLarge || x.isHTTP()):
		copied := *known
		return &copied
	case x.phase == receiving:
		return x.replyFailure(err, known)
	case x.phase == sending && isReset(err):
		return x.resetFailure(err)
	case isKnown:
		copied := *known
		return &copied
	}
	return &fault.Error{Kind: fault.Connect, Msg: "the connection broke while " + x.doing() + ": " + reason(err), Err: err}
}

// doing is the phase in words.
func (x *exchange) doing() string {
	switch x.phase {
	case resolving:
		return "resolving the host name"
	case connecting:
		if x.cfg.Proxy != nil {
			return "connecting through the proxy " + x.cfg.Proxy.String()
		}
		return "connecting"
	case handshaking:
		return "setting up TLS"
	case sending:
		return "sending the request"
	}
	return "waiting for the reply"
}

// replyFailure looks at what came instead of a reply.
func (x *exchange) replyFailure(err error, known *fault.Error) *fault.Error {
	if x.cfg.Mode == Plain {
		switch head := x.link.seen(); {
		case len(head) == 0 && isClosed(err):
			return &fault.Error{
				Kind: fault.PlainToTLS,
				Msg:  "the server accepted the connection and closed it without a reply",
				Hint: "most often this is a server that wants TLS (set ECF_SSL, or enable TLS on the client), or one started\n" +
					"with --http; a server that dies while it handles the request looks the same",
				Err: err,
			}
		case isTLSRecord(head):
			return &fault.Error{
				Kind: fault.PlainToTLS,
				Msg:  "the server speaks TLS, and the request was made in plain",
				Hint: "set ECF_SSL, or enable TLS on the client; the server's certificate file is needed for it",
				Err:  err,
			}
		case isHTTP(head):
			return &fault.Error{
				Kind: fault.HTTPServer,
				Msg:  "an HTTP server answers there, not an ecFlow server: " + quoteHead(head),
				Hint: "if it is an ecFlow server started with --http, choose HTTP on the client; otherwise check host and port",
				Err:  err,
			}
		}
	}
	if alert := alertText(err); alert != "" {
		return &fault.Error{Kind: fault.TLS, Msg: "the server ended the TLS channel: " + alert, Err: err}
	}
	if known != nil && !isReset(err) && !isClosed(err) {
		copied := *known
		return &copied
	}
	if isReset(err) && x.received == 0 {
		return x.resetFailure(err)
	}
	if isClosed(err) || isReset(err) {
		msg := "the connection ended in the middle of the reply"
		if x.received == 0 {
			msg = "the server closed the connection without a reply"
		}
		return &fault.Error{Kind: fault.Truncated, Msg: msg, Err: err}
	}
	return &fault.Error{Kind: fault.Connect, Msg: "the connection broke while waiting for the reply: " + reason(err), Err: err}
}

// resetFailure is for a connection reset before a byte of the reply. A large
// request meets this where a small one meets a closed connection.
func (x *exchange) resetFailure(err error) *fault.Error {
	e := &fault.Error{Kind: fault.Connect, Msg: "the server reset the connection while " + x.doing(), Err: err}
	if x.cfg.Mode == Plain || x.cfg.Mode == HTTP {
		e.Hint = "the server may have died, or want TLS and have been spoken to in " + x.cfg.Mode.String()
	}
	return e
}

// dialFailure tells how each address answered.
func dialFailure(addrs []string, errs []error, limit time.Duration) *fault.Error {
	last := errs[len(errs)-1]
	e := &fault.Error{Kind: fault.Timeout, Err: last}
	told := make([]string, len(errs))
	for i, err := range errs {
		switch {
		case isTimeout(err) && limit > 0:
			told[i] = "no answer within " + limit.String()
		case isTimeout(err):
			told[i] = reason(err)
		default:
			e.Kind, e.Err = fault.Connect, err
			told[i] = reason(err)
		}
		if len(errs) > 1 {
			told[i] = addrs[i] + ": " + told[i]
		}
	}
	e.Msg = "no connection: " + strings.Join(told, "; ")
	return e
}

// reason is the innermost text of an error: what the system said, without the
// operation and address that the net package puts before it.
func reason(err error) string {
	var dns *net.DNSError
	var call *os.SyscallError
	var op *net.OpError
	var known *fault.Error
	switch {
	case errors.As(err, &known):
		return known.Summary()
	case errors.As(err, &dns):
		return dns.Err
	case errors.As(err, &call):
		return call.Err.Error()
	case errors.As(err, &op) && op.Err != nil:
		return op.Err.Error()
	}
	return err.Error()
}

// isTimeout reports whether a limit of ours, or one of the system's, ran out.
func isTimeout(err error) bool {
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, syscall.ETIMEDOUT)
}

func isClosed(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, fault.Truncated)
}

func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNABORTED)
}

// isTLSRecord reports whether the peer's first bytes are a TLS record: an alert
// or a handshake message, followed by the major version 3.
func isTLSRecord(head []byte) bool {
	return len(head) >= 2 && (head[0] == recordAlert || head[0] == recordHandshake) && head[1] == 3
}

func isHTTP(head []byte) bool { return bytes.HasPrefix(head, []byte("HTTP/")) }

// isFrame reports whether the peer's first bytes look like the header of an
// ecFlow frame: blanks and hexadecimal digits, then the start of its JSON.
func isFrame(head []byte) bool {
	header, body := head, []byte(nil)
	if len(head) > 8 {
		header, body = head[:8], head[8:]
	}
	digits := bytes.TrimLeft(header, " ")
	if len(header) < 5 || len(bytes.Trim(digits, "0123456789abcdefABCDEF")) > 0 {
		return false
	}
	return len(body) == 0 || body[0] == '{'
}

// quoteHead shows the first line of what the peer sent.
func quoteHead(head []byte) string {
	line, _, _ := bytes.Cut(head, []byte("\r"))
	line, _, _ = bytes.Cut(line, []byte("\n"))
	return strconv.Quote(string(line))
}
