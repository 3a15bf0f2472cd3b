package transport

import (
	"bufio"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// ours reads a whole reply as the exchange does.
func ours(text string, connect bool) (code int, body string, err error) {
	r, err := readReply(bufio.NewReader(strings.NewReader(text)), connect)
	if err != nil {
		return 0, "", err
	}
	all, err := io.ReadAll(r.body)
	return r.code, string(all), err
}

// gos is what net/http makes of it.
func gos(text string, connect bool) (code int, body string, err error) {
	request := &http.Request{Method: http.MethodPost}
	if connect {
		request.Method = http.MethodConnect
	}
	r, err := http.ReadResponse(bufio.NewReader(strings.NewReader(text)), request)
	if err != nil {
		return 0, "", err
	}
	all, err := io.ReadAll(r.Body)
	return r.StatusCode, string(all), err
}

var replies = []string{
	"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
	"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more",
	"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
	"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
	"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
	"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello",
	"HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
	"HTTP/1.1 200 OK\r\n\r\nto the end",
	"HTTP/1.0 200 OK\nX: y\n\nto the end",
	"HTTP/1.1 200\r\n\r\n",
	"HTTP/1.1 204 No Content\r\n\r\nnothing",
	"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello",
	"HTTP/1.1 100 Continue\r\n\r\n",
	"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\n, w\r\n0\r\n\r\n",
	"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nContent-Length: 3\r\n\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n",
	"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello",
	"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
	"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n",
	"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nhello\r\n0\r\n\r\n",
	"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
	"HTTP/1.1 200 OK\r\nno colon\r\n\r\nhello",
	"HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n", "HTTP/1.1\r\n\r\n", "HTTQ/1.1 200 OK\r\n\r\n", "", "HTTP/1.1 200 OK\r\nX: y",
}

func TestReadReply_asTheStandardLibrary(t *testing.T) {
	for _, text := range replies {
		for _, connect := range []bool{false, true} {
			code, body, err := ours(text, connect)
			if connect && code/100 == 2 { // what follows is the tunnel's
				require.Empty(t, body)
				continue
			}
			wanted, content, failure := gos(text, connect)
			require.Equal(t, failure != nil, err != nil, "%q: %v, not %v", text, err, failure)
			require.Equal(t, wanted, code, "%q", text)
			require.Equal(t, content, body, "%q", text)
		}
	}
}

// What both take, they take for the same.
func FuzzReadReply(f *testing.F) {
	for _, text := range replies {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		code, body, err := ours(text, false)
		wanted, content, failure := gos(text, false)
		if err == nil && failure == nil {
			require.Equal(t, wanted, code)
			require.Equal(t, content, body)
		}
	})
}

func TestReadReply_refused(t *testing.T) {
	for text, said := range map[string]string{
		"HTTP/2.0 200 OK\r\n\r\n": `malformed HTTP version "HTTP/2.0"`,
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + strings.Repeat("0", 5000):                      "malformed chunked encoding",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + strings.Repeat("X: yyyyyyyyyyy\r\n", 1e4): "malformed chunked encoding",
	} {
		_, _, err := ours(text, false)
		require.EqualError(t, err, said)
	}
}
