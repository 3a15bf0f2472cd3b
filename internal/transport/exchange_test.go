package transport

import (
	"context"
	"io"
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/stretchr/testify/require"
)

func TestExchange_plain(t *testing.T) {
	ep := startPeer(t, func(conn net.Conn) {
		request, err := wire.ReadFrame(conn, 0)
		if err == nil {
			_ = wire.WriteFrame(conn, append([]byte("re: "), request...))
		}
	})
	for _, size := range []int{0, 1, 100, replyBuffer, 1 << 20} {
		request := strings.Repeat("x", size)
		reply, err := Exchange(t.Context(), ep, nil, []byte(request))
		require.NoError(t, err)
		require.Equal(t, "re: "+request, string(reply))
	}
	requireNothingLeft(t)
}

func TestExchange_closesAtOnce(t *testing.T) {
	closed := make(chan error, 1)
	ep := startPeer(t, func(conn net.Conn) {
		answer("ok")(conn)
		_, err := conn.Read(make([]byte, 1))
		closed <- err
	})
	_, err := Exchange(t.Context(), ep, nil, nil)
	require.NoError(t, err)
	select {
	case err := <-closed:
		require.ErrorIs(t, err, io.EOF)
	case <-time.After(5 * time.Second):
		require.Fail(t, "the connection is still open")
	}
}

func TestExchange_byNameAndVersion6(t *testing.T) {
	ep := startPeer(t, answer("ok"))
	ep.Host = "localhost"
	reply, err := Exchange(t.Context(), ep, &Config{AttemptTimeout: 5 * time.Second}, nil)
	require.NoError(t, err)
	require.Equal(t, "ok", string(reply))

	six := startPeerOn(t, "[::1]:0", answer("six"))
	for _, host := range []string{"::1", "[::1]", "localhost"} { // localhost: refused on 127.0.0.1 first
		reply, err = Exchange(t.Context(), Endpoint{host, six.Port}, &Config{AttemptTimeout: 5 * time.Second}, nil)
		require.NoError(t, err, host)
		require.Equal(t, "six", string(reply))
	}
}

func TestExchange_replyInPieces(t *testing.T) {
	ep := startPeer(t, func(conn net.Conn) {
		_, _ = wire.ReadFrame(conn, 0)
		for _, b := range []byte("       5hello") {
			_, _ = conn.Write([]byte{b})
			time.Sleep(time.Millisecond)
		}
	})
	reply, err := Exchange(t.Context(), ep, nil, nil)
	require.NoError(t, err)
	require.Equal(t, "hello", string(reply))
}

func TestExchange_replyThenReset(t *testing.T) {
	ep := startPeer(t, func(conn net.Conn) {
		_, _ = io.ReadFull(conn, make([]byte, 10)) // leave the rest of the request unread
		_ = wire.WriteFrame(conn, []byte("ok"))
		time.Sleep(20 * time.Millisecond)
		reset(conn)
	})
	reply, err := Exchange(t.Context(), ep, nil, []byte("a request"))
	require.NoError(t, err)
	require.Equal(t, "ok", string(reply))
}

func TestExchange_refusedWhileSending(t *testing.T) {
	// The server answers and closes after the header; the write of the rest fails.
	ep := startPeer(t, func(conn net.Conn) {
		_, _ = io.ReadFull(conn, make([]byte, 8))
		_ = wire.WriteFrame(conn, []byte("no"))
		time.Sleep(20 * time.Millisecond)
	})
	reply, err := Exchange(t.Context(), ep, &Config{AttemptTimeout: 10 * time.Second}, make([]byte, 32<<20))
	require.NoError(t, err)
	require.Equal(t, "no", string(reply))
}

// brokenPipe fails every write, as a socket does whose peer is gone, but still
// has the peer's answer to read.
type brokenPipe struct {
	net.Conn
	answer io.Reader
	err    error
}

func (b brokenPipe) Write([]byte) (int, error)   { return 0, b.err }
func (b brokenPipe) Read(p []byte) (int, error)  { return b.answer.Read(p) }
func (b brokenPipe) SetDeadline(time.Time) error { return nil }
func (b brokenPipe) Close() error                { return nil }
func dialTo(c net.Conn) func(context.Context, string, string) (net.Conn, error) {
	return func(context.Context, string, string) (net.Conn, error) { return c, nil }
}

func TestExchange_answerAfterBrokenPipe(t *testing.T) {
	conn := brokenPipe{answer: strings.NewReader("       2no"), err: io.ErrClosedPipe}
	reply, err := Exchange(t.Context(), Endpoint{"h", "1"}, &Config{Dial: dialTo(conn)}, []byte("x"))
	require.NoError(t, err)
	require.Equal(t, "no", string(reply))

	conn.answer = strings.NewReader("      20{\"a\"")
	e := requireFault(t, t.Context(), Endpoint{"h", "1"}, &Config{Dial: dialTo(conn)}, fault.Truncated)
	require.True(t, e.Unsent)

	conn.answer = strings.NewReader("")
	e = requireFault(t, t.Context(), Endpoint{"h", "1"}, &Config{Dial: dialTo(conn)}, fault.Connect)
	require.True(t, e.Unsent, "not a byte was taken")
	require.ErrorIs(t, e, io.ErrClosedPipe)
}

func TestExchange_badPeers(t *testing.T) {
	cases := map[string]struct {
		script func(net.Conn)
		kind   fault.Kind
		text   string
	}{
		"closes at once":     {func(net.Conn) {}, fault.PlainToTLS, ""}, // or reset, see below
		"closes unanswered":  {func(c net.Conn) { _, _ = wire.ReadFrame(c, 0) }, fault.PlainToTLS, "without a reply"},
		"resets unanswered":  {func(c net.Conn) { _, _ = wire.ReadFrame(c, 0); reset(c) }, fault.Connect, "reset"},
		"half a header":      {raw("    "), fault.Truncated, ""},
		"half a reply":       {raw("      20{\"a\": 1"), fault.Truncated, ""},
		"half, then reset":   {func(c net.Conn) { raw("      20{\"a\": 1")(c); time.Sleep(10 * time.Millisecond); reset(c) }, fault.Truncated, ""},
		"negative length":    {raw("      -1xxx"), fault.Protocol, "-1"},
		"garbage":            {raw("who are you? I am a teapot"), fault.Protocol, "who are "},
		"oversized":          {raw("ffffffff{"), fault.TooLarge, ""},
		"HTTP":               {raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), fault.HTTPServer, "400 Bad Request"},
		"TLS alert":          {raw("\x15\x03\x01\x00\x02\x02\x46"), fault.PlainToTLS, "speaks TLS"},
		"silent for ever":    {swallow, fault.Timeout, "waiting for the reply"},
		"silent in the body": {func(c net.Conn) { raw("      20{")(c); swallow(c) }, fault.Timeout, "waiting for the reply"},
		"drips": {func(c net.Conn) {
			raw("    ffff")(c)
			for range 500 {
				if _, err := c.Write([]byte{'x'}); err != nil {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
		}, fault.Timeout, "waiting for the reply"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			ep := startPeer(t, c.script)
			cfg := &Config{AttemptTimeout: 300 * time.Millisecond}
			if name == "closes at once" {
				// Whether the request meets a closed or a reset connection is a
				// race that the peer decides.
				_, err := Exchange(t.Context(), ep, cfg, []byte("x"))
				require.Contains(t, []fault.Kind{fault.PlainToTLS, fault.Connect}, fault.KindOf(err), "%v", err)
				return
			}
			begin := time.Now()
			e := requireFault(t, t.Context(), ep, cfg, c.kind)
			require.Less(t, time.Since(begin), 3*time.Second)
			require.Contains(t, e.Error(), c.text)
			require.False(t, e.Unsent)
		})
	}
}

func TestExchange_replyLimit(t *testing.T) {
	ep := startPeer(t, answer("12345"))
	_, err := Exchange(t.Context(), ep, &Config{MaxReply: 5}, nil)
	require.NoError(t, err)
	requireFault(t, t.Context(), ep, &Config{MaxReply: 4}, fault.TooLarge)
}

func TestExchange_noServer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	listener.Close()
	e := requireFault(t, t.Context(), Endpoint{"127.0.0.1", port}, nil, fault.Connect)
	require.Equal(t, "no connection: connection refused", e.Msg)
	require.True(t, e.Unsent)
}

func TestExchange_sendingNeverEnds(t *testing.T) {
	ep := startPeer(t, func(conn net.Conn) { time.Sleep(400 * time.Millisecond) }) // reads nothing
	_, err := Exchange(t.Context(), ep, &Config{AttemptTimeout: 100 * time.Millisecond}, make([]byte, 64<<20))
	require.ErrorIs(t, err, fault.Timeout)
	require.Contains(t, err.Error(), "sending the request")
	require.False(t, fault.SafeToRetry(err))
	requireNothingLeft(t)
}

func TestExchange_addressesInTurn(t *testing.T) {
	ep := startPeer(t, answer("ok"))
	hang := netip.MustParseAddr("192.0.2.1")
	refuse := netip.MustParseAddr("192.0.2.2")
	good := netip.MustParseAddr("127.0.0.1")
	var tried []string
	cfg := &Config{
		ConnectTimeout: 50 * time.Millisecond,
		AttemptTimeout: 5 * time.Second,
		Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
			require.Equal(t, "many", host)
			return []netip.Addr{hang, refuse, netip.AddrFrom16(good.As16())}, nil
		},
		Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
			tried = append(tried, addr)
			switch netip.MustParseAddrPort(addr).Addr() {
			case hang:
				<-ctx.Done()
				return nil, ctx.Err()
			case refuse:
				return nil, &net.OpError{Op: "dial", Err: io.ErrClosedPipe}
			}
			return dialer.DialContext(ctx, network, addr)
		},
	}
	reply, err := Exchange(t.Context(), Endpoint{"many", ep.Port}, cfg, nil)
	require.NoError(t, err)
	require.Equal(t, "ok", string(reply))
	require.Equal(t, []string{"192.0.2.1:" + ep.Port, "192.0.2.2:" + ep.Port, "127.0.0.1:" + ep.Port}, tried)

	cfg.Lookup = func(context.Context, string) ([]netip.Addr, error) { return []netip.Addr{hang, refuse}, nil }
	e := requireFault(t, t.Context(), Endpoint{"many", "7"}, cfg, fault.Connect)
	require.Equal(t, "no connection: 192.0.2.1:7: no answer within 50ms; 192.0.2.2:7: io: read/write on closed pipe", e.Msg)
	require.True(t, e.Unsent)

	cfg.Lookup = func(context.Context, string) ([]netip.Addr, error) { return []netip.Addr{hang}, nil }
	e = requireFault(t, t.Context(), Endpoint{"many", "7"}, cfg, fault.Timeout)
	require.True(t, e.Unsent)
}

func TestExchange_dialGetsTheNameAsItIs(t *testing.T) {
	cfg := &Config{Dial: func(_ context.Context, network, addr string) (net.Conn, error) {
		require.Equal(t, "tcp", network)
		require.Equal(t, "far.end:3141", addr)
		return brokenPipe{answer: strings.NewReader("       2ok")}, nil
	}}
	_, err := Exchange(t.Context(), Endpoint{"far.end", "3141"}, cfg, nil)
	require.NoError(t, err)
}

func TestExchange_arguments(t *testing.T) {
	for name, c := range map[string]struct {
		ep   Endpoint
		cfg  *Config
		kind fault.Kind
	}{
		"no host":          {Endpoint{"", "1"}, nil, fault.Argument},
		"no port":          {Endpoint{"h", ""}, nil, fault.Argument},
		"blank in host":    {Endpoint{"a b", "1"}, nil, fault.Argument},
		"newline in host":  {Endpoint{"a\r\nb", "1"}, &Config{Mode: HTTP}, fault.Argument},
		"port 0":           {Endpoint{"localhost", "0"}, nil, fault.Argument},
		"port 65536":       {Endpoint{"localhost", "65536"}, nil, fault.Argument},
		"port -1":          {Endpoint{"localhost", "-1"}, nil, fault.Argument},
		"port in words":    {Endpoint{"localhost", "no such service"}, nil, fault.Argument},
		"unknown mode":     {Endpoint{"localhost", "1"}, &Config{Mode: 9}, fault.Argument},
		"TLS, no trust":    {Endpoint{"localhost", "1"}, &Config{Mode: TLS}, fault.Config},
		"unknown host":     {Endpoint{"no-such-host.invalid", "1"}, &Config{Lookup: noSuchHost}, fault.Connect},
		"host, no address": {Endpoint{"empty", "1"}, &Config{Lookup: func(context.Context, string) ([]netip.Addr, error) { return nil, nil }}, fault.Connect},
	} {
		t.Run(name, func(t *testing.T) {
			require.True(t, requireFault(t, t.Context(), c.ep, c.cfg, c.kind).Unsent)
		})
	}
}

func noSuchHost(_ context.Context, host string) ([]netip.Addr, error) {
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

func TestExchange_cancel(t *testing.T) {
	blocked := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	silent := startPeer(t, swallow)
	deaf := startPeer(t, func(net.Conn) { time.Sleep(time.Second) })
	trust := selfSigned(t).trust(t)
	cases := map[string]struct {
		ep     Endpoint
		cfg    Config
		size   int
		unsent bool
		text   string
	}{
		"resolving":  {Endpoint{"h", "1"}, Config{Lookup: func(ctx context.Context, _ string) ([]netip.Addr, error) { return nil, blocked(ctx) }}, 1, true, "resolving"},
		"connecting": {Endpoint{"h", "1"}, Config{Dial: func(ctx context.Context, _, _ string) (net.Conn, error) { return nil, blocked(ctx) }}, 1, true, "connecting"},
		"handshake":  {silent, Config{Mode: TLS, Trust: trust}, 1, true, "setting up TLS"},
		"sending":    {deaf, Config{}, 64 << 20, false, "sending"},
		"receiving":  {silent, Config{}, 1, false, "waiting for the reply"},
		"HTTP":       {silent, Config{Mode: HTTP}, 1, false, "waiting for the reply"},
	}
	for name, c := range cases {
		for _, limits := range []time.Duration{0, time.Minute} {
			t.Run(name, func(t *testing.T) {
				c.cfg.ConnectTimeout, c.cfg.AttemptTimeout = limits, limits
				request := make([]byte, c.size)
				ctx, cancel := context.WithCancel(t.Context())
				var cancelled atomic.Int64
				timer := time.AfterFunc(100*time.Millisecond, func() {
					cancelled.Store(time.Now().UnixNano())
					cancel()
				})
				defer timer.Stop()
				_, err := Exchange(ctx, c.ep, &c.cfg, request)
				late := time.Duration(time.Now().UnixNano() - cancelled.Load())
				requireNothingLeft(t)
				require.ErrorIs(t, err, fault.Cancelled)
				require.ErrorIs(t, err, context.Canceled)
				require.Equal(t, c.unsent, fault.SafeToRetry(err))
				require.Contains(t, err.Error(), c.text)
				require.Less(t, late, 50*time.Millisecond)

				ctx, cancel = context.WithTimeout(t.Context(), 50*time.Millisecond)
				defer cancel()
				_, err = Exchange(ctx, c.ep, &c.cfg, request)
				requireNothingLeft(t)
				require.ErrorIs(t, err, fault.Timeout)
				require.ErrorIs(t, err, context.DeadlineExceeded)
				require.Contains(t, err.Error(), "whole request")
			})
		}
	}
}

func TestExchange_cancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	cfg := &Config{Dial: func(context.Context, string, string) (net.Conn, error) {
		require.Fail(t, "dialled")
		return nil, nil
	}}
	require.True(t, requireFault(t, ctx, Endpoint{"h", "1"}, cfg, fault.Cancelled).Unsent)
}

func BenchmarkExchange_plain(b *testing.B) {
	ep := startPeer(b, answer(strings.Repeat("x", 300)))
	cfg := &Config{AttemptTimeout: 10 * time.Second}
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Exchange(ctx, ep, cfg, make([]byte, 300)); err != nil {
			b.Fatal(err)
		}
	}
}
