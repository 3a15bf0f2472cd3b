package listen

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// served is a listener under test.
type served struct {
	*Listener
	t   *testing.T
	mu  sync.Mutex
	log []string
}

// echo answers with the payload behind a mark.
func echo(_ context.Context, payload []byte, _ Peer) Answer {
	return Answer{Payload: append([]byte("re:"), payload...)}
}

func open(t *testing.T, o Options, h Handler, prepare ...func(*Listener)) *served {
	t.Helper()
	s := &served{t: t}
	before := runtime.NumGoroutine()
	o.Address = "127.0.0.1:0"
	o.Log = func(line string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.log = append(s.log, line)
	}
	if o.Refuse == nil {
		o.Refuse = func(r Reason) []byte { return []byte("refused: " + r) }
	}
	l, err := Open(o)
	require.NoError(t, err)
	s.Listener = l
	for _, f := range prepare {
		f(l)
	}
	ended := make(chan error, 1)
	go func() { ended <- l.Serve(t.Context(), h) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		require.NoError(t, l.Shutdown(ctx))
		require.NoError(t, <-ended)
		for range 1000 {
			if runtime.NumGoroutine() <= before {
				return
			}
			time.Sleep(time.Millisecond)
		}
		t.Error("goroutines are left")
	})
	return s
}

func (s *served) lines() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.log...)
}

func (s *served) dial() *net.TCPConn {
	s.t.Helper()
	c, err := net.Dial("tcp", s.Addr().String())
	require.NoError(s.t, err)
	require.NoError(s.t, c.SetDeadline(time.Now().Add(10*time.Second)))
	s.t.Cleanup(func() { c.Close() })
	return c.(*net.TCPConn)
}

// say sends bytes, if wanted says that they were all, and gives all that comes back.
func (s *served) say(text string, end bool) string {
	s.t.Helper()
	c := s.dial()
	_, err := c.Write([]byte(text))
	require.NoError(s.t, err)
	if end {
		require.NoError(s.t, c.CloseWrite())
	}
	reply, err := io.ReadAll(c)
	require.NoError(s.t, err)
	return string(reply)
}

func framed(text string) string { return string(wire.AppendHeader(nil, len(text))) + text }

// What real servers accept and refuse; see the table in docs/protocol.md.
func TestServe_headers(t *testing.T) {
	s := open(t, Options{}, echo)
	body := strings.Repeat("x", 0xee)
	answer := framed("re:" + body)
	for _, header := range []string{
		"      ee", "000000ee", "      EE", "ee      ", "0xee    ", "    0xEE", "+ee     ", "eezz    ", "\tee     ", " +0xee{ ", "0x0xee  ", "ee\x00\x00\x00\x00\x00\x00",
	} {
		require.Equal(t, answer, s.say(header+body, false), "%q", header)
	}
	invalid, ended := framed("refused: Invalid argument"), framed("refused: End of file")
	for _, c := range []struct {
		say   string
		end   bool
		reply string
	}{
		{"        ", false, invalid},
		{"GET / HTTP/1.1\r\n\r\n", false, invalid},
		{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", false, invalid},
		{"      -1" + body, false, invalid}, // a real server resets the connection
		{"ffffffff" + body, false, framed("refused: Message too long")},
		{"       0", false, framed("re:")}, // the handler finds no document
		{"   -0   ", false, framed("re:")},
		{"", true, ended},
		{"      e", true, ended},
		{"      ee" + body[1:], true, ended},
		{"  100000" + body, true, ended},
		{"      ee" + body + "and more", false, answer},
		{"      ee" + body, true, answer},
	} {
		require.Equal(t, c.reply, s.say(c.say, c.end), "%.20q", c.say)
	}
	require.Contains(t, s.lines(), "Connection::handle_read_header: invalid header : GET / HT, in server")
	require.Contains(t, s.lines(), "TcpBaseServer::handle_read_error: Invalid argument")
	require.Contains(t, s.lines(), "TcpBaseServer::handle_read_error: End of file")
}

func TestServe_sizes(t *testing.T) {
	s := open(t, Options{MaxFrame: 8 << 20}, echo)
	for _, size := range []int{0, 1, roomy - 9, roomy - 8, roomy - 7, roomy, firstRoom - 1, firstRoom, firstRoom + 1, 3*firstRoom + 7, 8 << 20} {
		body := strings.Repeat("0123456789abcdef", size/16+1)[:size]
		for _, more := range []string{"", "more than that"} {
			reply := s.say(framed(body)+more, false)
			require.True(t, reply == framed("re:"+body), "%d bytes: %.80q", size, reply)
		}
	}
	require.Equal(t, framed("refused: Message too long"), s.say(framed(strings.Repeat("x", 8<<20+1)), false))
}

// The answer may be the request itself, and a frame may be shared.
func TestServe_answers(t *testing.T) {
	shared := []byte(framed(strings.Repeat("shared", 100000)))
	kept := bytes.Clone(shared)
	then := make(chan string, 10)
	s := open(t, Options{}, func(_ context.Context, payload []byte, from Peer) Answer {
		require.Equal(t, Plain, from.Protocol)
		switch string(payload[:1]) {
		case "f":
			return Answer{Frame: shared, Payload: []byte("not this")}
		case "n":
			return Answer{Then: func() { then <- "nothing" }}
		}
		return Answer{Payload: payload[1:], Then: func() { then <- string("then") }}
	})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { require.Equal(t, string(kept), s.say(framed("f"), false)) })
	}
	all.Wait()
	require.Equal(t, kept, shared)
	require.Equal(t, framed("bcdef"), s.say(framed("abcdef"), false))
	require.Equal(t, "then", <-then)
	require.Empty(t, s.say(framed("n"), false))
	require.Equal(t, "nothing", <-then)
}

func TestServe_manyAtOnce(t *testing.T) {
	s := open(t, Options{}, echo)
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			for j := range 100 {
				text := fmt.Sprint("request ", i, " ", j)
				require.Equal(t, framed("re:"+text), s.say(framed(text), false))
			}
		})
	}
	all.Wait()
	require.Empty(t, s.lines())
}
