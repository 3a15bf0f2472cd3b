package listen

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

const soon = 200 * time.Millisecond

// Slow and silent peers are turned away in time, and hold nobody up.
func TestServe_slowPeers(t *testing.T) {
	much := []byte(framed(strings.Repeat("much", 16<<20)))
	s := open(t, Options{ReadTimeout: soon, WriteTimeout: soon, MinRate: 1 << 30}, func(_ context.Context, payload []byte, _ Peer) Answer {
		if string(payload) == "much" {
			return Answer{Frame: much}
		}
		return Answer{Payload: payload}
	})
	silent, half, dripping, deaf := s.dial(), s.dial(), s.dial(), s.dial()
	begun := time.Now()
	_, err := half.Write([]byte(framed("half a request")[:12]))
	require.NoError(t, err)
	require.NoError(t, deaf.SetReadBuffer(4096))
	_, err = deaf.Write([]byte(framed("much")))
	require.NoError(t, err)
	go func() {
		for _, b := range []byte(framed(strings.Repeat("x", 1000))) {
			if _, err := dripping.Write([]byte{b}); err != nil {
				return
			}
			time.Sleep(soon / 20)
		}
	}()
	for range 20 {
		require.Equal(t, framed("hello"), s.say(framed("hello"), false))
	}
	require.Less(t, time.Since(begun), 3*soon) // each of those held up would cost one

	reply, err := io.ReadAll(silent)
	require.NoError(t, err)
	require.Empty(t, reply, "nobody asked")
	for _, c := range []io.Reader{half, dripping} {
		reply, err := io.ReadAll(c)
		require.NoError(t, err)
		require.Equal(t, framed("refused: Connection timed out"), string(reply))
	}
	require.Eventually(t, func() bool {
		for _, line := range s.lines() {
			if line == "TcpServer::handle_write: Connection timed out" {
				return true
			}
		}
		return false
	}, 5*time.Second, time.Millisecond)
}

// A large request on a slow line has the time it needs.
func TestServe_timeGrowsWithWhatComes(t *testing.T) {
	s := open(t, Options{ReadTimeout: soon, MinRate: 1 << 20}, func(_ context.Context, payload []byte, _ Peer) Answer {
		return Answer{Payload: payload[:3]}
	})
	c := s.dial()
	body := framed(strings.Repeat("abc", 1<<20))
	for begun := time.Now(); len(body) > 0; time.Sleep(soon / 4) {
		_, err := c.Write([]byte(body[:min(len(body), 1<<18)]))
		require.NoError(t, err, "after %v", time.Since(begun))
		body = body[min(len(body), 1<<18):]
	}
	reply, err := io.ReadAll(c)
	require.NoError(t, err)
	require.Equal(t, framed("abc"), string(reply))
}

// Memory is taken as data arrives.
func TestServe_announcedIsNotAllocated(t *testing.T) {
	s := open(t, Options{MaxFrame: 1 << 31, ReadTimeout: soon}, echo)
	allocated := testing.Benchmark(func(b *testing.B) {
		for range b.N {
			s.say("40000000and then nothing", true)
		}
	}).AllocedBytesPerOp()
	require.Less(t, allocated, int64(1<<20))
}

// When there are too many, those go that have been silent for longest.
func TestServe_crowd(t *testing.T) {
	release := make(chan struct{})
	s := open(t, Options{MaxConnections: 10}, func(_ context.Context, payload []byte, _ Peer) Answer {
		if string(payload) == "wait" {
			<-release
		}
		return Answer{Payload: payload}
	})
	waiting := s.dial()
	_, err := waiting.Write([]byte(framed("wait")))
	require.NoError(t, err)
	var silent []net.Conn
	for range 30 {
		silent = append(silent, s.whisper())
	}
	s.settled(10)
	for range 50 {
		require.Equal(t, framed("hello"), s.say(framed("hello"), false))
	}
	dropped := 0
	for _, c := range silent {
		require.NoError(t, c.SetReadDeadline(time.Now().Add(soon/10)))
		if _, err := c.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			dropped++
		}
	}
	close(release)
	reply, err := io.ReadAll(waiting)
	require.NoError(t, err)
	require.Equal(t, framed("wait"), string(reply), "who is being answered stays")
	require.Equal(t, 21, dropped)
	require.LessOrEqual(t, len(s.lines()), LogRate)
}

// whisper connects and sends next to nothing. (Who sends nothing at all may be with the
// system for a second.)
func (s *served) whisper() *net.TCPConn {
	s.t.Helper()
	c := s.dial()
	_, err := c.Write([]byte(" "))
	require.NoError(s.t, err)
	return c
}

// settled waits until so many are there.
func (s *served) settled(n int) {
	s.t.Helper()
	require.Eventually(s.t, func() bool {
		s.crowd.mu.Lock()
		defer s.crowd.mu.Unlock()
		return s.crowd.silent.length+s.crowd.busy.length == n
	}, 5*time.Second, time.Millisecond)
}

// fullDoor lets nobody in for some time, as when the process has no files left.
type fullDoor struct {
	door
	refuse atomic.Int32
}

func (d *fullDoor) accept() (visitor, error) {
	if d.refuse.Add(-1) >= 0 {
		return visitor{}, os.NewSyscallError("accept", syscall.EMFILE)
	}
	return d.door.accept()
}

// When the files of the process run out, somebody silent has to go, and the server goes on.
func TestServe_filesRunOut(t *testing.T) {
	full := &fullDoor{}
	s := open(t, Options{}, echo, func(l *Listener) { full.door, l.door = l.door, full })
	silent := s.whisper()
	s.settled(1)
	full.refuse.Store(2)
	for range 4 { // those who wait already are still let in
		require.Equal(t, framed("re:hello"), s.say(framed("hello"), false))
	}
	_, err := silent.Read(make([]byte, 1))
	require.NotErrorIs(t, err, os.ErrDeadlineExceeded)
	require.Contains(t, s.lines(), "   TcpServer::handle_accept error occurred  Too many open files")
}

// Shutdown lets those finish who are being answered.
func TestShutdown_waitsForAnswers(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	s := open(t, Options{}, func(_ context.Context, payload []byte, _ Peer) Answer {
		close(begun)
		<-release
		return Answer{Payload: payload}
	})
	silent, busy := s.whisper(), s.dial()
	s.settled(1)
	_, err := busy.Write([]byte(framed("hello")))
	require.NoError(t, err)
	<-begun
	done := make(chan error)
	go func() { done <- s.Shutdown(context.Background()) }()
	_, err = silent.Read(make([]byte, 1))
	require.Error(t, err)
	require.NotErrorIs(t, err, os.ErrDeadlineExceeded)
	_, err = net.Dial("tcp", s.Addr().String())
	require.ErrorIs(t, err, syscall.ECONNREFUSED)
	select {
	case <-done:
		t.Fatal("it has not waited")
	case <-time.After(soon / 4):
	}
	close(release)
	reply, err := io.ReadAll(busy)
	require.NoError(t, err)
	require.Equal(t, framed("hello"), string(reply))
	require.NoError(t, <-done)
}

// Shutdown's time is limited by its context; the handlers' context ends then.
func TestShutdown_isLimited(t *testing.T) {
	begun := make(chan struct{})
	s := open(t, Options{}, func(ctx context.Context, payload []byte, _ Peer) Answer {
		close(begun)
		<-ctx.Done()
		return Answer{}
	})
	c := s.dial()
	_, err := c.Write([]byte(framed("hello")))
	require.NoError(t, err)
	<-begun
	ctx, cancel := context.WithTimeout(context.Background(), soon/4)
	defer cancel()
	require.ErrorIs(t, s.Shutdown(ctx), context.DeadlineExceeded)
}

func TestOpen_addressInUse(t *testing.T) {
	s := open(t, Options{}, echo)
	_, err := Open(Options{Address: s.Addr().String()})
	require.ErrorContains(t, err, "bind: Address already in use\n")
}

func TestOpen_v6(t *testing.T) {
	l, err := Open(Options{Address: ":0", V6: true})
	if err != nil {
		t.Skip("no v6 here: ", err)
	}
	defer l.Close()
	go func() { _ = l.Serve(t.Context(), echo) }()
	port := l.Addr().Port()
	for _, address := range []string{"::1", "127.0.0.1"} {
		c, err := net.DialTCP("tcp", nil, &net.TCPAddr{IP: net.ParseIP(address), Port: int(port)})
		if err != nil && address == "::1" {
			t.Skip("no v6 here: ", err)
		}
		require.NoError(t, err)
		_, err = c.Write([]byte(framed("x")))
		require.NoError(t, err)
		reply, err := io.ReadAll(c)
		require.NoError(t, err)
		require.Equal(t, framed("re:x"), string(reply))
		require.NoError(t, c.Close())
	}
}

// Whatever comes in whatever pieces, the request that is found is the one that
// package wire finds.
func FuzzReceive(f *testing.F) {
	for _, seed := range []string{"       5hello", "0x5     hello and more", "       0", "        ", "ffffffff", "      -1", "5", "    2000" + strings.Repeat("x", 0x2000)} {
		f.Add([]byte(seed), uint8(3))
	}
	l := &Listener{o: Options{MaxFrame: 1 << 20}.withDefaults()}
	l.buffers.New = func() any { return new([roomy]byte) }
	f.Fuzz(func(t *testing.T, data []byte, piece uint8) {
		c := newConn(l)
		c.granted = 1 << 62
		c.stream = pieces{bytes.NewReader(data), int(piece) + 1}
		payload, err := c.receive()
		expected, expectedErr := wire.ReadFrame(bytes.NewReader(data), l.o.MaxFrame)
		require.Equal(t, expectedErr == nil, err == nil, "%v %v", err, expectedErr)
		if err == nil {
			require.Equal(t, string(expected), string(payload))
		}
	})
}

// pieces gives at most so many bytes at once.
type pieces struct {
	*bytes.Reader
	most int
}

func (p pieces) Read(b []byte) (int, error)  { return p.Reader.Read(b[:min(len(b), p.most)]) }
func (p pieces) Write(b []byte) (int, error) { return len(b), nil }

// A handler that is held up by something nobody has thought of does not hold up the door.
func TestServe_aHandlerThatHangs(t *testing.T) {
	for _, said := range []bool{false, true} {
		release := make(chan struct{})
		s := open(t, Options{}, func(ctx context.Context, payload []byte, from Peer) Answer {
			if string(payload) == "hang" {
				if said {
					from.Wait()
					from.Wait()
				}
				<-release
			}
			return echo(ctx, payload, from)
		})
		hanging := make(chan string, 3)
		for range cap(hanging) {
			go func() { hanging <- s.say(framed("hang"), false) }()
		}
		for range 20 {
			require.Equal(t, framed("re:hello"), s.say(framed("hello"), false))
		}
		close(release)
		for range cap(hanging) {
			require.Equal(t, framed("re:hang"), <-hanging)
		}
		require.Equal(t, framed("re:hello"), s.say(framed("hello"), false))
	}
}

// Many at once, some of whom are slow: each gets its own answer.
func TestServe_whoeverLeads(t *testing.T) {
	s := open(t, Options{}, func(ctx context.Context, payload []byte, from Peer) Answer {
		switch payload[0] % 3 {
		case 0:
			from.Wait()
			time.Sleep(time.Millisecond)
		case 1:
			time.Sleep(2 * patience)
		}
		return echo(ctx, payload, from)
	})
	var all sync.WaitGroup
	for who := range 8 {
		all.Go(func() {
			for i := range 30 {
				text := fmt.Sprint(byte('a'+who), ":", i)
				assert.Equal(t, framed("re:"+text), s.say(framed(text), false))
			}
		})
	}
	all.Wait()
}
