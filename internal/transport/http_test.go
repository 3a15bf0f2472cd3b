package transport

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/stretchr/testify/require"
)

func endpointOf(t *testing.T, server *httptest.Server) Endpoint {
	t.Helper()
	host, port, err := net.SplitHostPort(server.Listener.Addr().String())
	require.NoError(t, err)
	return Endpoint{host, port}
}

func startHTTP(t *testing.T, handler http.HandlerFunc) Endpoint {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Start()
	t.Cleanup(server.Close)
	return endpointOf(t, server)
}

func TestHTTP_request(t *testing.T) {
	type received struct {
		*http.Request
		body string
	}
	requests := make(chan received, 2)
	ep := startHTTP(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		requests <- received{r, string(body)}
		_, _ = io.WriteString(w, "reply")
	})
	t.Setenv("HTTP_PROXY", "http://192.0.2.1:1") // must not matter
	t.Setenv("http_proxy", "http://192.0.2.1:1")
	cfg := &Config{Mode: HTTP, HTTP: HTTPOptions{Authorization: "Bearer secret"}}
	reply, err := Exchange(t.Context(), ep, cfg, []byte(`{"a":1}`))
	requireNothingLeft(t)
	require.NoError(t, err)
	require.Equal(t, "reply", string(reply))
	seen := <-requests
	require.Equal(t, `{"a":1}`, seen.body)
	require.Equal(t, "POST /v1/ecflow", seen.Method+" "+seen.URL.String())
	require.Equal(t, ep.String(), seen.Host)
	require.True(t, seen.Close)
	require.Equal(t, "application/json", seen.Header.Get("Content-Type"))
	require.Equal(t, "*/*", seen.Header.Get("Accept"))
	require.Equal(t, "Bearer secret", seen.Header.Get("Authorization"))

	_, err = Exchange(t.Context(), ep, &Config{Mode: HTTP}, nil)
	require.NoError(t, err)
	require.NotContains(t, (<-requests).Header, "Authorization")
}

func TestHTTP_bodies(t *testing.T) {
	long := strings.Repeat("0123456789", 100_000)
	for name, reply := range map[string]string{
		"with a length":  fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(long), long),
		"in chunks":      fmt.Sprintf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", len(long), long),
		"until the end":  "HTTP/1.0 200 OK\r\n\r\n" + long,
		"after continue": "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + long,
	} {
		t.Run(name, func(t *testing.T) {
			ep := startPeer(t, rawHTTP(reply))
			got, err := Exchange(t.Context(), ep, &Config{Mode: HTTP}, []byte("x"))
			require.NoError(t, err)
			require.Equal(t, long, string(got))
			requireFault(t, t.Context(), startPeer(t, rawHTTP(reply)), &Config{Mode: HTTP, MaxReply: int64(len(long)) - 1}, fault.TooLarge)
		})
	}
}

// rawHTTP takes a request and sends bytes as they are.
func rawHTTP(reply string) func(net.Conn) {
	return func(conn net.Conn) {
		req, err := http.ReadRequest(bufio.NewReader(conn))
		if err == nil {
			_, _ = io.Copy(io.Discard, req.Body)
			_, _ = io.WriteString(conn, reply)
		}
	}
}

func TestHTTP_badPeers(t *testing.T) {
	page := func(status, text string) string {
		return fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s", status, len(text), text)
	}
	for name, c := range map[string]struct {
		script func(net.Conn)
		kind   fault.Kind
		text   string
	}{
		"closes":            {rawHTTP(""), fault.PlainToTLS, "without an HTTP reply"},
		"TLS alert":         {rawHTTP("\x15\x03\x01\x00\x02\x02\x46"), fault.PlainToTLS, "speaks TLS"},
		"wants HTTPS":       {rawHTTP(page("400 Bad Request", "Client sent an HTTP request to an HTTPS server.")), fault.PlainToTLS, "HTTPS"},
		"plain ecFlow":      {rawHTTP("     130{\n\"22ServerToClientResponse\": {"), fault.Protocol, "plain ecFlow"},
		"garbage":           {rawHTTP("SSH-2.0-OpenSSH_9.2p1\r\n\r\n"), fault.Protocol, "not HTTP"},
		"half a header":     {rawHTTP("HTTP/1.1 200 OK\r\nContent-"), fault.Truncated, ""},
		"half a body":       {rawHTTP("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), fault.Truncated, ""},
		"half a chunk":      {rawHTTP("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{"), fault.Truncated, ""},
		"huge length":       {rawHTTP("HTTP/1.1 200 OK\r\nContent-Length: 9000000000000\r\n\r\n{"), fault.TooLarge, ""},
		"endless header":    {rawHTTP("HTTP/1.1 200 OK\r\n" + strings.Repeat("X: y\r\n", maxHTTPHeader/3)), fault.TooLarge, "header"},
		"silent":            {swallow, fault.Timeout, "waiting for the reply"},
		"unauthorized":      {rawHTTP(page("401 Unauthorized", "no")), fault.Auth, "401 Unauthorized: no"},
		"forbidden":         {rawHTTP(page("403 Forbidden", "no")), fault.Auth, "403"},
		"echoes the secret": {rawHTTP(page("401 Unauthorized", "bad token tell-nobody")), fault.Auth, "401"},
		"redirect":          {rawHTTP("HTTP/1.1 302 Found\r\nLocation: https://else.where/x\r\n\r\n"), fault.Protocol, "https://else.where/x"},
		"not found":         {rawHTTP(page("404 Not Found", "nothing here")), fault.Protocol, "404 Not Found"},
		"bad gateway":       {rawHTTP(page("502 Bad Gateway", strings.Repeat("x ", 3000))), fault.Connect, "502"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := &Config{Mode: HTTP, AttemptTimeout: time.Second, HTTP: HTTPOptions{Authorization: "Bearer tell-nobody"}}
			e := requireFault(t, t.Context(), startPeer(t, c.script), cfg, c.kind)
			require.Contains(t, e.Error(), c.text)
			require.NotContains(t, e.Error(), "tell-nobody")
			require.Less(t, len(e.Error()), 1000)
			require.False(t, e.Unsent)
		})
	}
}

func TestHTTP_authorizationOnOneLine(t *testing.T) {
	cfg := &Config{Mode: HTTP, HTTP: HTTPOptions{Authorization: "Bearer a\r\nX-Auth-Username: root"}}
	e := requireFault(t, t.Context(), startPeer(t, swallow), cfg, fault.Argument)
	require.True(t, e.Unsent)
	require.NotContains(t, e.Error(), "Bearer")
}

func TestHTTPS(t *testing.T) {
	named := issue(t, nil, func(c *x509.Certificate) { c.DNSNames = []string{"localhost"} })
	handler := func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "reply") }
	server := httptest.NewUnstartedServer(http.HandlerFunc(handler))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{named.tlsCertificate()}}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	byAddress := endpointOf(t, server)
	byName := Endpoint{"localhost", byAddress.Port}
	file := writeFile(t, pemOf(named.cert))
	stranger := writeFile(t, pemOf(selfSigned(t).cert))

	for name, c := range map[string]struct {
		ep   Endpoint
		opts HTTPOptions
		kind fault.Kind // 0: accepted
	}{
		"by the system":             {byName, HTTPOptions{}, fault.TLSUntrusted},
		"by file":                   {byName, HTTPOptions{CAFile: file}, 0},
		"by file, wrong name":       {byAddress, HTTPOptions{CAFile: file}, fault.TLSHostName},
		"by file, any name":         {byAddress, HTTPOptions{CAFile: file, AnyHostName: true}, 0},
		"by the wrong file":         {byName, HTTPOptions{CAFile: stranger}, fault.TLSUntrusted},
		"by no such file":           {byName, HTTPOptions{CAFile: file + ".no"}, fault.TLSMissing},
		"unchecked":                 {byAddress, HTTPOptions{InsecureSkipVerify: true}, 0},
		"any name is still checked": {byAddress, HTTPOptions{AnyHostName: true}, fault.TLSUntrusted},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := &Config{Mode: HTTPS, HTTP: c.opts, AttemptTimeout: 5 * time.Second}
			if c.kind != 0 {
				require.True(t, requireFault(t, t.Context(), c.ep, cfg, c.kind).Unsent)
				return
			}
			reply, err := Exchange(t.Context(), c.ep, cfg, []byte("x"))
			requireNothingLeft(t)
			require.NoError(t, err)
			require.Equal(t, "reply", string(reply))
		})
	}

	plain := startHTTP(t, handler)
	e := requireFault(t, t.Context(), plain, &Config{Mode: HTTPS, AttemptTimeout: 5 * time.Second}, fault.TLSPlainServer)
	require.Contains(t, e.Msg, "HTTP without TLS")
	requireFault(t, t.Context(), byAddress, &Config{Mode: HTTP, AttemptTimeout: 5 * time.Second}, fault.PlainToTLS)
	requireFault(t, t.Context(), plain, &Config{AttemptTimeout: 5 * time.Second}, fault.HTTPServer)
}
