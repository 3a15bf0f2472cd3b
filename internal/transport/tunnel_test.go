package transport

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/stretchr/testify/require"
)

// farHost is a name that only the proxies of these tests know.
const farHost = "server.behind.proxy"

// testProxy is a SOCKS5 and HTTP CONNECT proxy, told apart by the first byte, that
// sends everything for farHost to one server.
type testProxy struct {
	server   Endpoint
	login    string // USER:PASSWORD that it asks for
	identity *tls.Certificate

	mu    sync.Mutex
	asked []string
}

func (p *testProxy) note(target string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, target)
}

func (p *testProxy) seen() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.asked...)
}

func (p *testProxy) serve(raw net.Conn) {
	conn := raw
	if p.identity != nil {
		channel := tls.Server(raw, &tls.Config{Certificates: []tls.Certificate{*p.identity}})
		if channel.Handshake() != nil {
			return
		}
		conn = channel
	}
	in := bufio.NewReader(conn)
	first, err := in.Peek(1)
	if err != nil {
		return
	}
	target, ok := "", false
	if first[0] == 5 {
		target, ok = p.socks(in, conn)
	} else {
		target, ok = p.connect(in, conn)
	}
	if !ok {
		return
	}
	far, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer far.Close()
	var both sync.WaitGroup
	both.Go(func() {
		_, _ = io.Copy(far, in)
		_ = far.(*net.TCPConn).CloseWrite()
	})
	_, _ = io.Copy(conn, far)
	conn.Close()
	both.Wait()
}

// resolve gives where a target really is; "" if the proxy cannot reach it.
func (p *testProxy) resolve(target string) string {
	p.note(target)
	host, port, _ := net.SplitHostPort(target)
	if port != p.server.Port || (host != farHost && host != "192.0.2.7") {
		return ""
	}
	return p.server.String()
}

func (p *testProxy) connect(in *bufio.Reader, conn net.Conn) (string, bool) {
	r, err := http.ReadRequest(in)
	if err != nil || r.Method != http.MethodConnect {
		return "", false
	}
	if p.login != "" && r.Header.Get("Proxy-Authorization") != "Basic "+base64.StdEncoding.EncodeToString([]byte(p.login)) {
		_, _ = io.WriteString(conn, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n")
		return "", false
	}
	target := p.resolve(r.Host)
	if target == "" {
		_, _ = io.WriteString(conn, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
		return "", false
	}
	_, _ = io.WriteString(conn, "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n")
	return target, true
}

func (p *testProxy) socks(in *bufio.Reader, conn net.Conn) (string, bool) {
	piece := func(n int) []byte {
		b := make([]byte, n)
		_, _ = io.ReadFull(in, b)
		return b
	}
	methods := piece(int(piece(2)[1]))
	method := byte(0)
	if p.login != "" {
		method = 2
	}
	if !bytes.Contains(methods, []byte{method}) {
		_, _ = conn.Write([]byte{5, 0xff})
		return "", false
	}
	_, _ = conn.Write([]byte{5, method})
	if method == 2 {
		user := piece(int(piece(2)[1]))
		password := piece(int(piece(1)[0]))
		if string(user)+":"+string(password) != p.login {
			_, _ = conn.Write([]byte{1, 1})
			return "", false
		}
		_, _ = conn.Write([]byte{1, 0})
	}
	host := ""
	switch piece(4)[3] {
	case 1:
		host = netip.AddrFrom4([4]byte(piece(4))).String()
	case 3:
		host = string(piece(int(piece(1)[0])))
	case 4:
		host = netip.AddrFrom16([16]byte(piece(16))).String()
	}
	port := piece(2)
	target := p.resolve(net.JoinHostPort(host, strconv.Itoa(int(port[0])<<8|int(port[1]))))
	code := byte(0)
	if target == "" {
		code = 4 // host unreachable
	}
	_, _ = conn.Write([]byte{5, code, 0, 1, 0, 0, 0, 0, 0, 0})
	return target, target != ""
}

// useProxy parses a proxy's URL for a peer of the test.
func useProxy(t *testing.T, scheme, login string, at Endpoint) *Proxy {
	t.Helper()
	if login != "" {
		login += "@"
	}
	p, err := ParseProxy(scheme + "://" + login + at.String())
	require.NoError(t, err)
	return p
}

func lookupFar(_ context.Context, host string) ([]netip.Addr, error) {
	if host != farHost {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return []netip.Addr{netip.MustParseAddr("192.0.2.6"), netip.MustParseAddr("192.0.2.7")}, nil
}

func TestProxy(t *testing.T) {
	server := selfSigned(t)
	plain := startPeer(t, answer("plain"))
	secured := startPeer(t, func(raw net.Conn) {
		conn := tls.Server(raw, &tls.Config{Certificates: []tls.Certificate{server.tlsCertificate()}})
		answer("secured")(conn)
		conn.Close()
	})
	named := issue(t, nil, func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)} })
	roots := x509.NewCertPool()
	roots.AddCert(named.cert)
	for _, scheme := range []string{socks5, socks5h, connect, secure} {
		for _, login := range []string{"", "fred:secret"} {
			t.Run(scheme+" "+login, func(t *testing.T) {
				for _, mode := range []Mode{Plain, TLS} {
					far, want := plain, "plain"
					if mode == TLS {
						far, want = secured, "secured"
					}
					box := &testProxy{server: far, login: login}
					if scheme == secure {
						certificate := named.tlsCertificate()
						box.identity = &certificate
					}
					p := useProxy(t, scheme, login, startPeer(t, box.serve))
					p.roots = roots
					cfg := &Config{Mode: mode, Proxy: p, Trust: server.trust(t), AttemptTimeout: 10 * time.Second}
					if scheme == socks5 {
						cfg.Lookup = lookupFar
					}
					ep := Endpoint{farHost, far.Port}
					reply, err := Exchange(t.Context(), ep, cfg, []byte("request"))
					requireNothingLeft(t)
					require.NoError(t, err)
					require.Equal(t, want, string(reply))
					if scheme == socks5 { // the first address cannot be reached, the second can
						require.Equal(t, []string{"192.0.2.6:" + far.Port, "192.0.2.7:" + far.Port}, box.seen())
					} else {
						require.Equal(t, []string{farHost + ":" + far.Port}, box.seen())
					}
				}
			})
		}
	}
}

func TestProxy_tlsInsideIsStillChecked(t *testing.T) {
	server := selfSigned(t)
	secured := startPeer(t, func(raw net.Conn) {
		conn := tls.Server(raw, &tls.Config{Certificates: []tls.Certificate{server.tlsCertificate()}})
		answer("secured")(conn)
	})
	box := &testProxy{server: secured}
	cfg := &Config{Mode: TLS, Proxy: useProxy(t, socks5h, "", startPeer(t, box.serve)), Trust: selfSigned(t).trust(t)}
	requireFault(t, t.Context(), Endpoint{farHost, secured.Port}, cfg, fault.TLSUntrusted)
}

func TestProxy_refusals(t *testing.T) {
	far := startPeer(t, answer("ok"))
	box := &testProxy{server: far, login: "fred:secret"}
	at := startPeer(t, box.serve)
	deaf := Endpoint{"127.0.0.1", "1"}
	silent := startPeer(t, swallow)
	say := func(text string) Endpoint {
		return startPeer(t, func(c net.Conn) {
			_, _ = c.Read(make([]byte, 1))
			_, _ = io.WriteString(c, text)
			_, _ = io.Copy(io.Discard, c)
		})
	}
	hangUp := startPeer(t, func(c net.Conn) { _, _ = c.Read(make([]byte, 1000)) })
	other := Endpoint{"elsewhere", far.Port}
	good := Endpoint{farHost, far.Port}
	for name, c := range map[string]struct {
		scheme, login string
		at, ep        Endpoint
		kind          fault.Kind
		text          string
	}{
		"SOCKS, not reachable":   {socks5h, "fred:secret", at, other, fault.Connect, "no connection to elsewhere:" + far.Port + ": host unreachable"},
		"SOCKS, wrong password":  {socks5h, "fred:hunter2", at, good, fault.Config, "authentication failed"},
		"SOCKS, no password":     {socks5h, "", at, good, fault.Config, "no acceptable authentication"},
		"SOCKS, nobody there":    {socks5h, "fred:secret", deaf, good, fault.Connect, "no connection to the proxy: connection refused"},
		"SOCKS, silent":          {socks5h, "", silent, good, fault.Timeout, "no answer in time"},
		"SOCKS, hangs up":        {socks5h, "", hangUp, good, fault.Connect, "closed"},
		"SOCKS, it is HTTP":      {socks5h, "", say("HTTP/1.1 400 Bad Request\r\n\r\n"), good, fault.Config, "does not speak SOCKS5"},
		"SOCKS, garbage":         {socks5h, "", say("\x05\x00\x05\x00\x00\x09garbage"), good, fault.Config, "does not speak SOCKS5"},
		"SOCKS, long name":       {socks5h, "", at, Endpoint{strings.Repeat("x", 256), "1"}, fault.Argument, "too long"},
		"HTTP, not reachable":    {connect, "fred:secret", at, other, fault.Connect, "503 Service Unavailable"},
		"HTTP, wrong password":   {connect, "fred:hunter2", at, good, fault.Config, "does not accept the user and password"},
		"HTTP, no password":      {connect, "", at, good, fault.Config, "asks for a user and password"},
		"HTTP, nobody there":     {connect, "fred:secret", deaf, good, fault.Connect, "no connection to the proxy: connection refused"},
		"HTTP, silent":           {connect, "", silent, good, fault.Timeout, "no answer in time"},
		"HTTP, hangs up":         {connect, "", hangUp, good, fault.Connect, "closed"},
		"HTTP, garbage":          {connect, "", say("SSH-2.0-OpenSSH\x1b[31m\r\n"), good, fault.Config, "does not answer in HTTP"},
		"HTTP, endless header":   {connect, "", say("HTTP/1.1 200 OK\r\n" + strings.Repeat("X: y\r\n", maxProxyReply/3)), good, fault.Config, "does not end"},
		"HTTP, endless line":     {connect, "", say("HTTP/1.1 200 " + strings.Repeat("x", 2*maxProxyReply)), good, fault.Config, "does not end"},
		"HTTP, interim for ever": {connect, "", say(strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", 100)), good, fault.Config, "interim"},
		"HTTP, other ways":       {connect, "a:b", say("HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\n\r\n"), good, fault.Config, "Negotiate"},
		"HTTP, escapes":          {connect, "", say("HTTP/1.1 403 No\x1b[31m\x07\r\n\r\n"), good, fault.Connect, "403 No"},
		"HTTPS, no TLS":          {secure, "", say("HTTP/1.1 400 Bad Request\r\n\r\n"), good, fault.Config, "does not speak TLS"},
		"HTTPS, silent":          {secure, "", silent, good, fault.Timeout, "no answer in time"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := &Config{Proxy: useProxy(t, c.scheme, c.login, c.at), AttemptTimeout: 300 * time.Millisecond}
			e := requireFault(t, t.Context(), c.ep, cfg, c.kind)
			require.True(t, e.Unsent)
			require.Contains(t, e.Error(), c.text)
			require.NotContains(t, e.Error(), "\x1b")
			if c.kind != fault.Argument {
				require.Contains(t, e.Error(), c.scheme+"://"+c.at.String())
			}
			for _, secret := range []string{"secret", "hunter2"} {
				require.NotContains(t, e.Error(), secret)
			}
			require.Less(t, len(e.Error()), 1000)
		})
	}

	named := issue(t, nil, func(c *x509.Certificate) { c.DNSNames = []string{"localhost"} }).tlsCertificate()
	box = &testProxy{server: far, identity: &named}
	cfg := &Config{Proxy: useProxy(t, secure, "", startPeer(t, box.serve)), AttemptTimeout: 5 * time.Second}
	e := requireFault(t, t.Context(), good, cfg, fault.Config)
	require.Contains(t, e.Error(), "SSL_CERT_FILE")

	cfg = &Config{Proxy: useProxy(t, socks5h, "", Endpoint{"no-such.proxy", "1"}), Lookup: lookupFar}
	e = requireFault(t, t.Context(), good, cfg, fault.Connect)
	require.Contains(t, e.Error(), `proxy socks5h://no-such.proxy:1: the host name "no-such.proxy" cannot be resolved`)

	cfg = &Config{Proxy: useProxy(t, socks5, "fred:secret", at), Lookup: lookupFar, AttemptTimeout: 5 * time.Second}
	e = requireFault(t, t.Context(), Endpoint{farHost, "1"}, cfg, fault.Connect) // neither address
	require.Contains(t, e.Error(), "192.0.2.6:1: ")
	require.Contains(t, e.Error(), "192.0.2.7:1: ")
}

func TestProxy_serverSpeaksFirst(t *testing.T) {
	// What comes right behind the proxy's own reply belongs to the server.
	at := startPeer(t, func(c net.Conn) {
		_, _ = http.ReadRequest(bufio.NewReader(c))
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n       2")
		_, _ = io.WriteString(c, "ok")
		_, _ = io.Copy(io.Discard, c)
	})
	cfg := &Config{Proxy: useProxy(t, connect, "", at), AttemptTimeout: 5 * time.Second}
	reply, err := Exchange(t.Context(), Endpoint{"h", "1"}, cfg, []byte("x"))
	require.NoError(t, err)
	require.Equal(t, "ok", string(reply))
}

func TestProxy_cancel(t *testing.T) {
	silent := startPeer(t, swallow)
	for _, scheme := range []string{socks5, socks5h, connect, secure} {
		ctx, cancel := context.WithCancel(t.Context())
		cfg := &Config{Proxy: useProxy(t, scheme, "u:p", silent), AttemptTimeout: time.Minute}
		time.AfterFunc(50*time.Millisecond, cancel)
		start := time.Now()
		e := requireFault(t, ctx, Endpoint{"192.0.2.7", "1"}, cfg, fault.Cancelled)
		require.Less(t, time.Since(start), time.Second)
		require.Contains(t, e.Error(), "connecting through the proxy "+scheme+"://127.0.0.1")

		ctx, cancel = context.WithTimeout(t.Context(), 50*time.Millisecond)
		e = requireFault(t, ctx, Endpoint{"192.0.2.7", "1"}, cfg, fault.Timeout)
		cancel()
		require.Contains(t, e.Error(), "whole request")
	}
}

// script is a connection to a proxy that says what it says.
type script struct {
	io.Reader
	net.Conn
}

func (s script) Read(b []byte) (int, error)  { return s.Reader.Read(b) }
func (s script) Write(b []byte) (int, error) { return len(b), nil }
func (s script) Close() error                { return nil }

func FuzzTunnel(f *testing.F) {
	f.Add(true, []byte{5, 0, 5, 0, 0, 1, 1, 2, 3, 4, 0, 80, 'x'})
	f.Add(true, []byte{5, 2, 1, 0, 5, 0, 0, 3, 2, 'h', 'h', 0, 80})
	f.Add(true, []byte{5, 0, 5, 5, 0, 1})
	f.Add(false, []byte("HTTP/1.1 200 OK\r\nVia: x\r\n\r\nmore"))
	f.Add(false, []byte("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n\r\n"))
	f.Add(false, []byte("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 502 Bad\r\nTransfer-Encoding: chunked\r\n\r\n"))
	f.Fuzz(func(t *testing.T, socks bool, data []byte) {
		url := "http://u:secret@p:1"
		if socks {
			url = "socks5h://u:secret@p:1"
		}
		p, err := ParseProxy(url)
		require.NoError(t, err)
		conn, err := p.tunnel(script{Reader: bytes.NewReader(data)}, "h:1")
		if err != nil {
			text := p.explain(err).Error()
			require.NotContains(t, text, "secret")
			require.NotContains(t, strings.ReplaceAll(text, proxyHint, ""), "\x1b")
			require.Less(t, len(text), 2000)
			var e *fault.Error
			require.True(t, errors.As(p.explain(err), &e))
			return
		}
		rest, err := io.ReadAll(conn)
		require.NoError(t, err)
		require.True(t, bytes.HasSuffix(data, rest))
	})
}
