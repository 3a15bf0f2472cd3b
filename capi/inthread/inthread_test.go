package inthread_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/capi/inthread"
)

// watched is a context whose call gives up once stop is set.
func watched(t *testing.T, stop *atomic.Bool) context.Context {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	return inthread.WithWatch(ctx, &inthread.Watch{Interrupted: stop.Load, Tick: 5 * time.Millisecond, Cancel: cancel})
}

// peer listens and hands each connection to serve.
func peer(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	return l.Addr().String()
}

func echo(c net.Conn) {
	defer c.Close()
	_, _ = io.Copy(c, c)
}

func silence(c net.Conn) {
	_, _ = io.Copy(io.Discard, c)
	c.Close()
}

func TestConn_exchangesData(t *testing.T) {
	c, err := inthread.Dial(watched(t, new(atomic.Bool)), "tcp", peer(t, echo))
	require.NoError(t, err)
	require.NotNil(t, c.LocalAddr())
	require.NotNil(t, c.RemoteAddr())
	big := strings.Repeat("0123456789abcdef", 1<<16) // more than socket buffers hold
	go func() { _, _ = c.Write([]byte(big)) }()
	got := make([]byte, len(big))
	_, err = io.ReadFull(c, got)
	require.NoError(t, err)
	require.Equal(t, big, string(got))
	require.NoError(t, c.Close())
	require.ErrorIs(t, c.Close(), net.ErrClosed)
	_, err = c.Read(got)
	require.ErrorIs(t, err, net.ErrClosed)
	_, err = c.Write(got)
	require.ErrorIs(t, err, net.ErrClosed)
}

func TestConn_endOfFile(t *testing.T) {
	c, err := inthread.Dial(watched(t, new(atomic.Bool)), "tcp", peer(t, func(c net.Conn) { c.Close() }))
	require.NoError(t, err)
	defer c.Close()
	_, err = c.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF)
}

func TestConn_interruptEndsARead(t *testing.T) {
	var stop atomic.Bool
	c, err := inthread.Dial(watched(t, &stop), "tcp", peer(t, silence))
	require.NoError(t, err)
	defer c.Close()
	time.AfterFunc(30*time.Millisecond, func() { stop.Store(true) })
	start := time.Now()
	_, err = c.Read(make([]byte, 1))
	require.ErrorIs(t, err, context.Canceled)
	require.Less(t, time.Since(start), time.Second)
}

func TestConn_closeFromAnotherGoroutineEndsARead(t *testing.T) {
	c, err := inthread.Dial(watched(t, new(atomic.Bool)), "tcp", peer(t, silence))
	require.NoError(t, err)
	time.AfterFunc(30*time.Millisecond, func() { c.Close() })
	_, err = c.Read(make([]byte, 1))
	require.ErrorIs(t, err, net.ErrClosed)
}

func TestConn_deadline(t *testing.T) {
	c, err := inthread.Dial(watched(t, new(atomic.Bool)), "tcp", peer(t, silence))
	require.NoError(t, err)
	defer c.Close()
	require.NoError(t, c.SetDeadline(time.Now().Add(30*time.Millisecond)))
	_, err = c.Read(make([]byte, 1))
	require.ErrorIs(t, err, os.ErrDeadlineExceeded)
	var timeout net.Error
	require.True(t, errors.As(err, &timeout) && timeout.Timeout())
	require.NoError(t, c.SetDeadline(time.Time{}))
	_, err = c.Write([]byte("x"))
	require.NoError(t, err)
}

func TestDial_refused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	l.Close()
	_, err = inthread.Dial(watched(t, new(atomic.Bool)), "tcp", l.Addr().String())
	var op *net.OpError
	require.ErrorAs(t, err, &op)
	require.Contains(t, err.Error(), "connection refused")
}

func TestDial_aTimeLimitOfDialEndsWithDial(t *testing.T) {
	ctx, cancel := context.WithTimeout(watched(t, new(atomic.Bool)), time.Second)
	c, err := inthread.Dial(ctx, "tcp", peer(t, echo))
	cancel()
	require.NoError(t, err)
	defer c.Close()
	_, err = c.Write([]byte("x"))
	require.NoError(t, err)
	_, err = io.ReadFull(c, make([]byte, 1))
	require.NoError(t, err)
}

func TestWithoutWatch_behavesLikeNet(t *testing.T) {
	ctx := context.Background()
	c, err := inthread.Dial(ctx, "tcp", peer(t, echo))
	require.NoError(t, err)
	require.IsType(t, &net.TCPConn{}, c)
	c.Close()
	require.NoError(t, inthread.Sleep(ctx, time.Millisecond))
}

func TestLookup(t *testing.T) {
	addrs, err := inthread.Lookup(watched(t, new(atomic.Bool)), "localhost")
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1", addrs[0].String())
	_, err = inthread.Lookup(watched(t, new(atomic.Bool)), "no such name.invalid")
	require.Error(t, err)
}

func TestSleepAndWait_canBeInterrupted(t *testing.T) {
	var stop atomic.Bool
	ctx := watched(t, &stop)
	require.NoError(t, inthread.Sleep(ctx, 20*time.Millisecond))
	got, err := inthread.Wait(ctx, func(context.Context) (int, error) { return 7, nil })
	require.NoError(t, err)
	require.Equal(t, 7, got)

	time.AfterFunc(30*time.Millisecond, func() { stop.Store(true) })
	start := time.Now()
	require.ErrorIs(t, inthread.Sleep(ctx, time.Minute), context.Canceled)

	stop.Store(false)
	ctx = watched(t, &stop)
	time.AfterFunc(30*time.Millisecond, func() { stop.Store(true) })
	_, err = inthread.Wait(ctx, func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, nil
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Less(t, time.Since(start), 5*time.Second)
}
