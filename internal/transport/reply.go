package transport

import (
	"bufio"
	"errors"
	"io"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
)

// The statuses that are told apart.
const (
	statusSwitching     = 101
	statusOK            = 200
	statusNoContent     = 204
	statusNotModified   = 304
	statusBadRequest    = 400
	statusUnauthorized  = 401
	statusForbidden     = 403
	statusProxyLogin    = 407
	statusBadGateway    = 502
	statusUnavailable   = 503
	statusGatewayExpiry = 504
)

// httpReply is an HTTP/1 reply. (net/http could read it, but a program that links it pays
// for it at every start, and most of these never speak HTTP.)
type httpReply struct {
	status string // as "404 Not Found"
	code   int
	header textproto.MIMEHeader
	length int64 // of the body, -1 if not told
	body   io.Reader
	old    bool // HTTP/1.0, which knows no chunks
}

// readReply reads the head of a reply; its body is read from in, too. After CONNECT a
// success has none.
// source: RFC 9112
func readReply(in *bufio.Reader, connect bool) (*httpReply, error) {
	lines := textproto.NewReader(in)
	first, err := lines.ReadLine()
	if err != nil {
		return nil, unexpected(err)
	}
	r, err := statusLine(first)
	if err != nil {
		return nil, err
	}
	if r.header, err = lines.ReadMIMEHeader(); err != nil {
		return nil, unexpected(err)
	}
	return r, r.frame(in, connect)
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func statusLine(text string) (*httpReply, error) {
	protocol, status, ok := strings.Cut(text, " ")
	if !ok {
		return nil, errors.New("malformed HTTP response " + strconv.Quote(text))
	}
	status = strings.TrimLeft(status, " ")
	digits, _, _ := strings.Cut(status, " ")
	code, err := strconv.ParseUint(digits, 10, 16)
	if len(digits) != 3 || err != nil {
		return nil, errors.New("malformed HTTP status code " + strconv.Quote(digits))
	}
	if len(protocol) != len("HTTP/1.1") || !strings.HasPrefix(protocol, "HTTP/1.") || protocol[7] < '0' || protocol[7] > '9' {
		return nil, errors.New("malformed HTTP version " + strconv.Quote(protocol))
	}
	return &httpReply{status: status, code: int(code), length: -1, old: protocol[7] == '0'}, nil
}

// frame finds out where the body ends.
func (r *httpReply) frame(in *bufio.Reader, connect bool) error {
	coding := r.header.Values("Transfer-Encoding")
	if r.old {
		coding = nil
	}
	lengths := r.header.Values("Content-Length")
	switch {
	case r.code/100 == 1 || r.code == statusNoContent || r.code == statusNotModified || connect && r.code/100 == 2:
		r.length, r.body = 0, strings.NewReader("")
	case len(coding) > 1 || len(coding) == 1 && !strings.EqualFold(strings.TrimSpace(coding[0]), "chunked"):
		return errors.New("unsupported transfer encoding " + strconv.Quote(strings.Join(coding, ", ")))
	case len(coding) == 1:
		r.body = &chunks{in: in}
	case len(lengths) > 0:
		if slices.ContainsFunc(lengths, func(other string) bool { return other != lengths[0] }) {
			return errors.New("several Content-Length that differ")
		}
		n, err := strconv.ParseUint(strings.TrimSpace(lengths[0]), 10, 63)
		if err != nil {
			return errors.New("bad Content-Length " + strconv.Quote(lengths[0]))
		}
		r.length, r.body = int64(n), &exactly{in, int64(n)}
	default:
		r.body = in
	}
	return nil
}

// exactly reads so many bytes; an earlier end is an error.
type exactly struct {
	in   io.Reader
	left int64
}

func (e *exactly) Read(b []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n, err := e.in.Read(b[:min(int64(len(b)), e.left)])
	if e.left -= int64(n); e.left > 0 && err != nil {
		return n, unexpected(err)
	}
	return n, nil
}

var errChunk = errors.New("malformed chunked encoding")

// maxTrailer bounds what may come behind the last chunk.
const maxTrailer = 1 << 16

// chunks reads a body in chunked coding.
type chunks struct {
	in   *bufio.Reader
	left uint64 // of this chunk
	open bool   // its end is still to be read
	err  error  // what every further Read gives
}

func (c *chunks) Read(b []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	for c.left == 0 {
		if c.err = c.next(); c.err != nil {
			return 0, c.err
		}
	}
	n, err := c.in.Read(b[:min(uint64(len(b)), c.left)])
	c.left -= uint64(n)
	c.err = unexpected(err)
	return n, c.err
}

// next reads up to the content of the next chunk; io.EOF: there is none.
func (c *chunks) next() error {
	if c.open {
		if text, err := c.line(); err != nil || text != "" {
			return either(err, errChunk)
		}
		c.open = false
	}
	text, err := c.line()
	if err != nil {
		return err
	}
	digits, _, _ := strings.Cut(text, ";")
	c.left, err = strconv.ParseUint(strings.TrimRight(digits, " \t"), 16, 63)
	switch {
	case err != nil:
		return errChunk
	case c.left > 0:
		c.open = true
		return nil
	}
	for read := 0; read < maxTrailer; read += len(text) + len("\r\n") {
		if text, err = c.line(); err != nil || text == "" {
			return either(err, io.EOF)
		}
	}
	return errChunk
}

func either(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

func (c *chunks) line() (string, error) {
	line, err := c.in.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return "", errChunk
	case err != nil:
		return "", unexpected(err)
	}
	return strings.TrimSuffix(string(line[:len(line)-1]), "\r"), nil
}
