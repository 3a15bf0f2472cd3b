package transport

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/proxy"

	"github.com/ecflow-go/ecflow/fault"
)

type dialFunc func(ctx context.Context, network, addr string) (net.Conn, error)

// errBeyond is the cause when the proxy is well, but says that it has no connection
// to the address it was given: another address of the same host may do.
var errBeyond = errors.New("the proxy has no connection")

// through makes a dialFunc that goes by way of the proxy.
func (x *exchange) through(p *Proxy, dial dialFunc) (dialFunc, error) {
	near, err := x.addresses(p.at)
	if err != nil {
		if x.ctx.Err() != nil {
			return nil, err
		}
		return nil, p.failure(fault.Connect, reason(err), err)
	}
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := p.reach(ctx, dial, near)
		if err != nil {
			return nil, err
		}
		ended := make(chan struct{})
		stop := context.AfterFunc(ctx, func() {
			_ = conn.SetDeadline(time.Unix(1, 0))
			close(ended)
		})
		through, err := p.tunnel(conn, addr)
		stopped := stop()
		if !stopped {
			<-ended
		}
		if err == nil && stopped {
			return through, nil
		}
		_ = conn.Close()
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, p.explain(err)
	}, nil
}

// reach connects to the first address of the proxy that accepts.
func (p *Proxy) reach(ctx context.Context, dial dialFunc, near []string) (conn *link, err error) {
	for _, addr := range near {
		var raw net.Conn
		if raw, err = dial(ctx, "tcp", addr); err == nil {
			return newLink(raw), nil
		}
		if ctx.Err() != nil {
			return nil, p.explain(ctx.Err())
		}
	}
	return nil, p.failure(fault.Connect, "no connection to the proxy: "+reason(err), err)
}

// tunnel asks the proxy for a connection to addr. The whole conversation is bounded:
// a proxy's answer has at most maxProxyReply bytes.
func (p *Proxy) tunnel(conn net.Conn, addr string) (net.Conn, error) {
	if p.socks() {
		return conn, p.socksConnect(conn, addr)
	}
	if p.scheme == secure {
		roots := p.roots
		channel := tls.Client(conn, &tls.Config{ServerName: p.at.Host, RootCAs: roots, MinVersion: tls.VersionTLS12})
		if err := channel.Handshake(); err != nil {
			return nil, p.tlsFailure(err)
		}
		conn = channel
	}
	return p.httpConnect(conn, addr)
}

func (p *Proxy) tlsFailure(err error) error {
	var refused *tls.CertificateVerificationError
	var other tls.RecordHeaderError
	switch {
	case errors.As(err, &refused):
		e := p.failure(fault.Config, "the proxy's certificate is not accepted: "+strings.TrimPrefix(refused.Err.Error(), "x509: "), err)
		e.Hint = "the authorities of this system vouch for it; SSL_CERT_FILE names further ones\n" + e.Hint
		return e
	case errors.As(err, &other):
		return p.failure(fault.Config, "the proxy does not speak TLS; http:// is for one without", err)
	}
	return err
}

// ready is a connection to the proxy that is made already.
type ready struct{ net.Conn }

func (r ready) Dial(string, string) (net.Conn, error) { return r.Conn, nil }
func (r ready) DialContext(context.Context, string, string) (net.Conn, error) {
	return r.Conn, nil
}

// socksConnect speaks SOCKS5 (RFC 1928, RFC 1929). The library reads as many bytes as
// the format has, and none beyond.
func (p *Proxy) socksConnect(conn net.Conn, addr string) error {
	if host, _, err := net.SplitHostPort(addr); err == nil && len(host) > maxSOCKSField {
		return p.failure(fault.Argument, "the host name is too long for SOCKS5", nil)
	}
	var login *proxy.Auth
	if p.login != nil {
		login = &proxy.Auth{}
		login.User, login.Password = p.login()
	}
	speaker, err := proxy.SOCKS5("tcp", p.at.String(), login, ready{conn})
	if err != nil {
		return err
	}
	// Without a deadline of its own it starts no goroutine; ours ends it.
	_, err = speaker.(proxy.ContextDialer).DialContext(context.Background(), "tcp", addr)
	if err == nil || isTimeout(err) || isClosed(err) || isReset(err) {
		return err
	}
	text := reason(err)
	why, beyond := strings.CutPrefix(text, "unknown error ") // its words for what a reply's code says
	switch {
	case beyond:
		e := p.failure(fault.Connect, "the proxy has no connection to "+addr+": "+why, errBeyond)
		e.Hint = "check host and port as seen from the proxy\n" + e.Hint
		return e
	case strings.Contains(text, "authentication"):
		return p.failure(fault.Config, "the proxy does not let this user in: "+text, err)
	}
	return p.failure(fault.Config, "the proxy does not speak SOCKS5: "+text, err)
}

const (
	maxProxyReply = 64 << 10
	maxInterim    = 8 // replies of status 1xx before the one that counts
)

// httpConnect asks an HTTP proxy for a tunnel (RFC 9110, section 9.3.6).
func (p *Proxy) httpConnect(conn net.Conn, addr string) (net.Conn, error) {
	request := "CONNECT " + addr + " HTTP/1.1\r\nHost: " + addr + "\r\nUser-Agent: " + httpAgent + "\r\n"
	if p.login != nil {
		user, password := p.login()
		request += "Proxy-Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password)) + "\r\n"
	}
	if _, err := io.WriteString(conn, request+"\r\n"); err != nil {
		return nil, err
	}
	limited := &io.LimitedReader{R: conn, N: maxProxyReply}
	in := bufio.NewReader(limited)
	reply, err := connectReply(in)
	switch {
	case err != nil && limited.N <= 0:
		return nil, p.failure(fault.Config, "the header of the proxy's reply does not end", nil)
	case err != nil && (isTimeout(err) || isClosed(err) || isReset(err)):
		return nil, err
	case err != nil:
		return nil, p.failure(fault.Config, "the proxy does not answer in HTTP: "+printable(reason(err)), err)
	case reply.code/100 == 2:
		if in.Buffered() == 0 {
			return conn, nil
		}
		// What has come behind the header is the server's already.
		ahead, _ := in.Peek(in.Buffered())
		return &readAhead{conn, ahead}, nil
	case reply.code == statusProxyLogin:
		msg := "the proxy asks for a user and password"
		if p.login != nil {
			msg = "the proxy does not accept the user and password"
		}
		e := p.failure(fault.Config, msg+" ("+printable(reply.status)+")", nil)
		if ways := strings.Join(reply.header.Values("Proxy-Authenticate"), ", "); ways != "" && !strings.Contains(strings.ToLower(ways), "basic") {
			e.Hint = "the proxy knows " + printable(ways) + ", and this client Basic only\n" + e.Hint
		}
		return nil, e
	}
	return nil, p.failure(fault.Connect, "the proxy makes no connection to "+addr+": "+printable(reply.status), errBeyond)
}

// connectReply reads the header of the reply to CONNECT, from a reader with an end.
func connectReply(in *bufio.Reader) (*httpReply, error) {
	for range maxInterim {
		reply, err := readReply(in, true)
		if err != nil {
			return nil, err
		}
		if reply.code/100 != 1 {
			return reply, nil
		}
	}
	return nil, errors.New("one interim reply after the other")
}

// readAhead is a connection of which a piece was read already.
type readAhead struct {
	net.Conn
	ahead []byte
}

func (r *readAhead) Read(b []byte) (int, error) {
	if len(r.ahead) == 0 {
		return r.Conn.Read(b)
	}
	n := copy(b, r.ahead)
	r.ahead = r.ahead[n:]
	return n, nil
}

// failure is an error about the proxy, by its name. It is of kind Connect or Timeout
// where another time may do better, and Config where somebody has to change something:
// kinds such as Auth and Protocol are about the server.
func (p *Proxy) failure(kind fault.Kind, msg string, err error) *fault.Error {
	return &fault.Error{Kind: kind, Msg: "proxy " + p.String() + ": " + msg, Hint: proxyHint, Err: err}
}

// explain tells about whatever ended the conversation with the proxy.
func (p *Proxy) explain(err error) error {
	var known *fault.Error
	switch {
	case errors.As(err, &known), errors.Is(err, context.Canceled):
		return err
	case isTimeout(err):
		return p.failure(fault.Timeout, "no answer in time", context.DeadlineExceeded)
	case isClosed(err):
		return p.failure(fault.Connect, "the proxy closed the connection instead of making another", err)
	}
	return p.failure(fault.Connect, "the connection to the proxy broke: "+reason(err), err)
}

// printable is a text of the peer's on one line, and not too long.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > maxHTTPQuote {
		text = strings.ToValidUTF8(text[:maxHTTPQuote], "") + "..."
	}
	return text
}
