package listen

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// How large an HTTP request may be, but for its body.
const (
	httpLine       = 8 << 10  // bytes of one line of the header
	httpHeader     = 32 << 10 // bytes of all of it
	httpHeadLength = 160      // more than appendHTTPHead ever writes
)

// httpReader reads requests of HTTP/1.1. (net/http could, but has a program pay for
// it at every start.) It is stricter than it might be: what two readers could
// understand differently is refused, as there may be a proxy in front that has
// decided by its own reading who the user is.
// source: RFC 9112
type httpReader struct {
	in   *bufio.Reader
	head httpHead
}

// httpHead is what matters of a request's header. Path and method do not: the
// original looks at neither.
type httpHead struct {
	old      bool  // HTTP/1.0
	length   int64 // of the body, -1: not told
	chunked  bool
	goAhead  bool // the client waits for permission to send the body
	name     *string
	password *string
	trusted  bool
}

var (
	errMethod     = errors.New("bad method")
	errTarget     = errors.New("bad target")
	errVersion    = errors.New("bad version")
	errField      = errors.New("bad field")
	errHeaderLong = errors.New("header limit exceeded")
	errLength     = errors.New("bad Content-Length")
	errLengths    = errors.New("multiple Content-Length")
	errCoding     = errors.New("bad Transfer-Encoding")
	errChunk      = errors.New("bad chunk")
	errTwice      = errors.New("a field that tells the user comes twice")
)

// receiveHTTP gives the body of a request.
func (c *conn) receiveHTTP() ([]byte, error) {
	if c.http == nil {
		c.http = &httpReader{in: bufio.NewReaderSize(nil, httpLine)}
	}
	r := c.http
	r.in.Reset(c)
	defer r.in.Reset(nil)
	if err := r.readHead(); err != nil {
		return nil, err
	}
	if r.head.name != nil || r.head.password != nil {
		c.peer.Proxy = &ProxyIdentity{Username: value(r.head.name), Password: value(r.head.password), Trusted: r.head.trusted}
	}
	if r.head.goAhead && r.in.Buffered() == 0 {
		if _, err := io.WriteString(c.stream, "HTTP/1.1 100 Continue\r\n\r\n"); err != nil {
			return nil, err
		}
	}
	payload, err := r.readBody(c.l.o.MaxFrame)
	c.unread = r.in.Buffered() > 0
	return payload, err
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// readHead reads up to the empty line.
func (r *httpReader) readHead() error {
	r.head = httpHead{length: -1}
	left := httpHeader
	line, err := r.line(&left, errHeaderLong)
	if err != nil {
		return err
	}
	if err := r.requestLine(line); err != nil {
		return err
	}
	for {
		line, err := r.line(&left, errHeaderLong)
		if err != nil {
			return unexpectedEnd(err)
		}
		if len(line) == 0 {
			return r.check()
		}
		if err := r.field(line); err != nil {
			return err
		}
	}
}

// line reads one line, without its end, out of what is left of all lines.
func (r *httpReader) line(left *int, tooLong error) ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	*left -= len(line)
	switch {
	case errors.Is(err, bufio.ErrBufferFull) || *left < 0:
		return nil, tooLong
	case errors.Is(err, io.EOF) && len(line) > 0:
		return nil, io.ErrUnexpectedEOF
	case err != nil:
		return nil, err
	case !bytes.HasSuffix(line, []byte("\r\n")):
		return nil, errField
	}
	return line[:len(line)-2], nil
}

func unexpectedEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// requestLine is METHOD TARGET HTTP/1.x.
func (r *httpReader) requestLine(line []byte) error {
	method, rest, _ := bytes.Cut(line, []byte(" "))
	target, version, _ := bytes.Cut(rest, []byte(" "))
	r.head.old = string(version) == "HTTP/1.0"
	switch {
	case !isToken(method):
		return errMethod
	case len(target) == 0 || bytes.ContainsFunc(target, notGraphic):
		return errTarget
	case !r.head.old && string(version) != "HTTP/1.1":
		return errVersion
	}
	return nil
}

// field takes note of one field of the header.
func (r *httpReader) field(line []byte) error {
	name, content, found := bytes.Cut(line, []byte(":"))
	if !found || !isToken(name) {
		return errField
	}
	content = bytes.Trim(content, " \t")
	for _, b := range content {
		if b < ' ' && b != '\t' || b == 0x7f {
			return errField
		}
	}
	h := &r.head
	switch {
	case is(name, "Content-Length"):
		n, err := strconv.ParseUint(string(content), 10, 63)
		switch {
		case err != nil:
			return errLength
		case h.length >= 0 && h.length != int64(n):
			return errLengths
		}
		h.length = int64(n)
	case is(name, "Transfer-Encoding"):
		if h.chunked || !strings.EqualFold(string(content), "chunked") {
			return errCoding
		}
		h.chunked = true
	case is(name, "Expect"):
		h.goAhead = strings.EqualFold(string(content), "100-continue")
	case is(name, "X-Auth-Username"):
		return once(&h.name, content)
	case is(name, "X-Auth-Password"):
		return once(&h.password, content)
	case is(name, "Authorization"):
		h.trusted = true
	}
	return nil
}

func is(name []byte, known string) bool {
	return len(name) == len(known) && strings.EqualFold(string(name), known)
}

func once(to **string, content []byte) error {
	if *to != nil {
		return errTwice
	}
	text := string(content)
	*to = &text
	return nil
}

// check finds what contradicts itself.
func (r *httpReader) check() error {
	switch h := &r.head; {
	case h.chunked && (h.length >= 0 || h.old):
		return errCoding
	case h.length < 0:
		h.length = 0
	}
	return nil
}

// readBody reads the body, whose memory is taken as it arrives.
func (r *httpReader) readBody(limit int64) ([]byte, error) {
	if !r.head.chunked {
		return r.read(nil, r.head.length, limit)
	}
	var body []byte
	left := httpHeader // for everything that is not content
	for {
		line, err := r.line(&left, errChunk)
		if err != nil {
			return nil, unexpectedEnd(err)
		}
		digits, _, _ := bytes.Cut(line, []byte(";"))
		digits = bytes.TrimRight(digits, " \t")
		n, err := strconv.ParseUint(string(digits), 16, 63)
		if err != nil {
			return nil, errChunk
		}
		if n == 0 {
			return body, r.trailer(&left)
		}
		if body, err = r.read(body, int64(n), limit); err != nil {
			return nil, err
		}
		if line, err = r.line(&left, errChunk); err != nil || len(line) > 0 {
			return nil, either(unexpectedEnd(err), errChunk)
		}
		left += len("\r\n") + min(len(digits), 16) + len("\r\n") // chunks may be many, but not for nothing
	}
}

// trailer reads what may come behind the last chunk.
func (r *httpReader) trailer(left *int) error {
	for {
		line, err := r.line(left, errChunk)
		if err != nil {
			return unexpectedEnd(err)
		}
		if len(line) == 0 {
			return nil
		}
		if name, _, found := bytes.Cut(line, []byte(":")); !found || !isToken(name) {
			return errField
		}
	}
}

// read appends so many bytes to the body.
func (r *httpReader) read(body []byte, length, limit int64) ([]byte, error) {
	if length > limit-int64(len(body)) {
		return nil, TooLong
	}
	for length > 0 {
		if len(body) == cap(body) {
			room := min(int64(max(firstRoom, 2*len(body))), int64(len(body))+length)
			more := make([]byte, len(body), room)
			copy(more, body)
			body = more
		}
		free := body[len(body):cap(body)]
		n, err := r.in.Read(free[:min(int64(len(free)), length)])
		body = body[:len(body)+n]
		length -= int64(n)
		if err != nil && length > 0 {
			return nil, unexpectedEnd(err)
		}
	}
	return body, nil
}

func either(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// isToken reports whether a name consists of what names consist of.
func isToken(name []byte) bool {
	for _, b := range name {
		if b >= 0x7f || b <= ' ' || strings.IndexByte("\"(),/:;<=>?@[\\]{}", b) >= 0 {
			return false
		}
	}
	return len(name) > 0
}

func notGraphic(r rune) bool { return r <= ' ' || r == 0x7f }

// appendHTTPHead appends what stands before the body of a reply.
func appendHTTPHead(b []byte, length int) []byte {
	b = append(b, "HTTP/1.1 200 OK\r\nServer: ecflow-go\r\nContent-Type: application/json\r\nContent-Length: "...)
	b = strconv.AppendInt(b, int64(length), 10)
	return append(b, "\r\nConnection: close\r\n\r\n"...)
}
