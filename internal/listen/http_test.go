package listen

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const okHead = "HTTP/1.1 200 OK\r\nServer: ecflow-go\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"

// What a server 5.19.0 with --http accepts and refuses.
func TestHTTP_requests(t *testing.T) {
	s := open(t, Options{HTTP: true, MaxFrame: 1 << 20}, func(_ context.Context, payload []byte, from Peer) Answer {
		require.Equal(t, HTTP, from.Protocol)
		if string(payload) == "" {
			return Answer{} // it has no meaning
		}
		user := ""
		if from.Proxy != nil {
			user = fmt.Sprintf(" %s/%s/%v", from.Proxy.Username, from.Proxy.Password, from.Proxy.Trusted)
		}
		return Answer{Payload: []byte("re:" + string(payload) + user)}
	})
	good := func(text string) string { return fmt.Sprintf(okHead, len(text), text) }
	long := strings.Repeat("x", 1<<20)
	for _, c := range []struct{ name, say, reply string }{
		{"the client's own", "POST /v1/ecflow HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", good("re:{}")},
		{"any method", "GET / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", good("re:{}")},
		{"any path", "FOO x HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}", good("re:{}")},
		{"twice the same length", "POST / HTTP/1.1\r\nContent-Length: 2\r\ncontent-length:2\r\n\r\n{}", good("re:{}")},
		{"two requests", "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", good("re:{}")},
		{"chunks", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\nX: y\r\n\r\n", good("re:{}")},
		{"the largest", "POST / HTTP/1.1\r\nContent-Length: 1048576\r\n\r\n" + long, good("re:" + long)},
		{"user", "POST / HTTP/1.1\r\nX-Auth-Username: joe\r\nContent-Length: 1\r\nX-Auth-Password: secret\r\n\r\n1", good("re:1 joe/secret/false")},
		{"user of a proxy", "POST / HTTP/1.1\r\nX-Auth-Username: joe\r\nContent-Length: 1\r\nAuthorization: Bearer x\r\n\r\n1", good("re:1 joe//true")},
		{"authorization alone", "POST / HTTP/1.1\r\nContent-Length: 1\r\nAuthorization: Bearer x\r\n\r\n1", good("re:1")},
		{"two users", "POST / HTTP/1.1\r\nX-Auth-Username: joe\r\nX-Auth-Username: jim\r\nContent-Length: 1\r\n\r\n1", ""},
		{"no length", "POST / HTTP/1.1\r\n\r\n", ""},
		{"different lengths", "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", ""},
		{"length and chunks", "POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", ""},
		{"line feeds alone", "POST / HTTP/1.1\nContent-Length: 2\n\n{}", ""},
		{"too large", "POST / HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n" + long, ""},
		{"too large in chunks", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" + long + "\r\n1\r\nx\r\n0\r\n\r\n", ""},
		{"a header without end", "POST / HTTP/1.1\r\n" + strings.Repeat("A: b\r\n", 10000), ""},
		{"a line without end", "POST / HTTP/1.1\r\nA: " + strings.Repeat("b", 10000), ""},
		{"a frame", "      ee{}", ""},
		{"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", ""},
	} {
		end := c.reply == "" // some wait for more
		require.Truef(t, c.reply == s.say(c.say, end), "%s", c.name)
	}
	require.Contains(t, s.lines(), "HttpSession::on_read: multiple Content-Length")
	require.Contains(t, s.lines(), "HttpSession::on_read: Message too long")
}

// Clients that wait for permission get it.
func TestHTTP_permission(t *testing.T) {
	s := open(t, Options{HTTP: true}, echo)
	c := s.dial()
	_, err := io.WriteString(c, "POST / HTTP/1.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
	require.NoError(t, err)
	in := bufio.NewReader(c)
	line, err := in.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "HTTP/1.1 100 Continue\r\n", line)
	_, err = io.WriteString(c, "{}")
	require.NoError(t, err)
	rest, err := io.ReadAll(in)
	require.NoError(t, err)
	require.Equal(t, "\r\n"+fmt.Sprintf(okHead, 5, "re:{}"), string(rest))
}

func TestHTTP_clientOfNetHTTP(t *testing.T) {
	s := open(t, Options{HTTP: true}, echo)
	client := http.Client{Timeout: 10 * time.Second}
	reply, err := client.Post("http://"+s.Addr().String()+"/v1/ecflow", "application/json", strings.NewReader("hello"))
	require.NoError(t, err)
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	require.NoError(t, err)
	require.Equal(t, "re:hello", string(body))
	client.CloseIdleConnections()
}

// What this reader takes, net/http takes as well, and understands it alike.
func FuzzHTTP(f *testing.F) {
	for _, seed := range []string{
		"POST /v1/ecflow HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
		"POST / HTTP/1.0\r\nContent-Length: 002\r\nX-Auth-Username: joe\r\nX-Auth-Password: \t secret \r\nAuthorization: b\r\n\r\n{}",
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;a=b\r\n}\r\n0\r\nX: y\r\n\r\n",
		"GET * HTTP/1.1\r\nExpect: 100-continue\r\n\r\n",
		"GET / HTTP/1.1\r\nA : b\r\n\r\n", "GET / HTTP/1.1\r\n A: b\r\n\r\n", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
		"POST / HTTP/1.1\r\nContent-Length: +2\r\n\r\n{}", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		const limit = 1 << 20
		ours := &httpReader{in: bufio.NewReaderSize(strings.NewReader(string(data)), httpLine)}
		if ours.readHead() != nil {
			return
		}
		body, err := ours.readBody(limit)
		theirs, theirErr := http.ReadRequest(bufio.NewReader(strings.NewReader(string(data))))
		if theirErr != nil {
			// It parses what is asked for, which is of no interest here.
			require.True(t, strings.HasPrefix(theirErr.Error(), "parse ") || strings.HasPrefix(theirErr.Error(), "malformed Host") ||
				strings.HasPrefix(theirErr.Error(), "too many Host"), "%v", theirErr)
			return
		}
		require.Equal(t, theirs.Header.Get("X-Auth-Username"), value(ours.head.name))
		require.Equal(t, theirs.Header.Get("X-Auth-Password"), value(ours.head.password))
		require.Equal(t, len(theirs.Header.Values("Authorization")) > 0, ours.head.trusted)
		require.Equal(t, theirs.ProtoAtLeast(1, 1), !ours.head.old)
		if theirs.ContentLength >= 0 {
			require.Equal(t, theirs.ContentLength, ours.head.length)
		} else {
			require.Equal(t, []string{"chunked"}, theirs.TransferEncoding)
			require.True(t, ours.head.chunked)
		}
		if err != nil {
			return
		}
		theirBody, theirErr := io.ReadAll(theirs.Body)
		require.NoError(t, theirErr)
		require.Equal(t, string(theirBody), string(body))
	})
}
