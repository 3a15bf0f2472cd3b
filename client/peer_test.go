package client_test

import (
	"context"
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// peer is a scripted server: it answers each request by a function, and closes
// without a reply when that gives nil.
type peer struct {
	host, port string
	mu         sync.Mutex
	requests   []wire.Request
}

// answer makes the reply to the n-th request, counted from 0.
type answer func(n int, r wire.Request) wire.Reply

func ok() wire.Reply              { return &wire.StcCmd{API: wire.StcOK} }
func text(s string) wire.Reply    { return &wire.SStringCmd{Str: s} }
func failure(s string) wire.Reply { return &wire.ErrorCmd{ErrorMsg: s} }
func always(r wire.Reply) answer  { return func(int, wire.Request) wire.Reply { return r } }

// inTurn gives the replies one by one, the last one for ever.
func inTurn(replies ...wire.Reply) answer {
	return func(n int, _ wire.Request) wire.Reply { return replies[min(n, len(replies)-1)] }
}

func startPeer(t testing.TB, a answer) *peer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &peer{}
	p.host, p.port, err = net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			running.Go(func() { p.serve(conn, a) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		running.Wait()
	})
	return p
}

func (p *peer) serve(conn net.Conn, a answer) {
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	payload, err := wire.ReadFrame(conn, 1<<20)
	if err != nil {
		return
	}
	r, err := wire.DecodeRequest(payload)
	if err != nil {
		return
	}
	p.mu.Lock()
	n := len(p.requests)
	p.requests = append(p.requests, r)
	p.mu.Unlock()
	reply := a(n, r)
	if reply == nil {
		return
	}
	if out, err := wire.EncodeReply(reply); err == nil {
		_ = wire.WriteFrame(conn, out)
	}
}

func (p *peer) seen() []wire.Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]wire.Request(nil), p.requests...)
}

// clock is a time that passes only in sleeps.
type clock struct {
	mu     sync.Mutex
	now    time.Time
	pauses []time.Duration
}

func (k *clock) Now() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now
}

func (k *clock) Sleep(ctx context.Context, d time.Duration) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.now = k.now.Add(d)
	k.pauses = append(k.pauses, d)
	return ctx.Err()
}

// journal collects events.
type journal struct {
	mu     sync.Mutex
	events []client.Event
}

func (j *journal) note(_ context.Context, e client.Event) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.events = append(j.events, e)
}

func (j *journal) kinds() (kinds []client.EventKind) {
	for _, e := range j.events {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

// bench is a client with a clock and a journal.
type bench struct {
	*client.Client
	clock   *clock
	journal *journal
}

var task = client.Task{Path: "/s/t", Password: "pw", RemoteID: "1", TryNo: 1}

func newBench(t testing.TB, o client.Options) *bench {
	t.Helper()
	b := &bench{clock: &clock{now: time.Unix(1e9, 0)}, journal: &journal{}}
	o.Now, o.Sleep, o.Notify = b.clock.Now, b.clock.Sleep, b.journal.note
	o.LocalHost, o.Login = "desk", "fred"
	if o.Task == (client.Task{}) {
		o.Task = task
	}
	c, err := client.New(o)
	require.NoError(t, err)
	b.Client = c
	return b
}

func (p *peer) options() client.Options { return client.Options{Host: p.host, Port: p.port} }

// nowhere refuses every connection, and counts.
type nowhere struct {
	mu    sync.Mutex
	addrs []string
}

func (n *nowhere) dial(_ context.Context, _, addr string) (net.Conn, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.addrs = append(n.addrs, addr)
	return nil, errors.New("connection refused")
}
