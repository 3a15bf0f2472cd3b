package client_test

import (
	"bytes"
	"context"
	"math"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	deftext "github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

const definition1 = "#5.19.0\ndefs_state NET state_change:3 modify_change:1 cal_count:0\nsuite s # begun:1\nedit V '1'\ntask t\nendsuite\n# enddef\n"

func whole(text string) wire.Reply { return &wire.SSyncCmd{FullDefs: true, Defs: text} }

// changes is a reply with changes: the value of V of /s.
func changes(state, modify uint32, value string) *wire.SSyncCmd {
	d := wire.DefsDelta{ServerStateChangeNo: state, ServerModifyChangeNo: modify}
	if value != "" {
		d.CompoundMementos = []*wire.CompoundMemento{{AbsNodePath: "/s",
			Vec: []wire.Memento{&wire.NodeVariableMemento{Variable: wire.Variable{Name: "V", Value: value}}}}}
	}
	return &wire.SSyncCmd{IncrementalChanges: d}
}

// misfits are changes of a node that is not there.
func misfits() wire.Reply {
	r := changes(5, 1, "9")
	r.IncrementalChanges.CompoundMementos = append(r.IncrementalChanges.CompoundMementos, &wire.CompoundMemento{AbsNodePath: "/nosuch"})
	return r
}

func group(replies ...wire.Reply) wire.Reply { return &wire.GroupSTCCmd{Commands: replies} }

func variable(t *testing.T, b *bench) string {
	t.Helper()
	v, _ := b.Defs().Find("/s").Variable("V")
	return v
}

// syncs are the syncs among the requests.
func (p *peer) syncs(t *testing.T) (found []wire.CSyncCmd) {
	t.Helper()
	for _, r := range p.seen() {
		if g, ok := r.(*wire.GroupCTSCmd); ok {
			r = g.Commands[len(g.Commands)-1]
		}
		if s, ok := r.(*wire.CSyncCmd); ok {
			found = append(found, wire.CSyncCmd{API: s.API, ClientHandle: s.ClientHandle,
				ClientStateChangeNo: s.ClientStateChangeNo, ClientModifyChangeNo: s.ClientModifyChangeNo})
		}
	}
	return found
}

func ask(api wire.SyncAPI, handle, state, modify uint32) wire.CSyncCmd {
	return wire.CSyncCmd{API: api, ClientHandle: handle, ClientStateChangeNo: state, ClientModifyChangeNo: modify}
}

func TestSync_fullThenChanges(t *testing.T) {
	p := startPeer(t, inTurn(whole(definition1), changes(4, 1, "2"), changes(4, 1, ""), ok(), whole(definition1)))
	b := newBench(t, p.options())
	require.Nil(t, b.Defs())
	require.False(t, b.InSync())
	require.Empty(t, b.ChangedNodePaths())

	require.NoError(t, b.Sync(ctx, false))
	require.True(t, b.InSync())
	require.Empty(t, b.ChangedNodePaths(), "nothing is named when all of it came")
	d := b.Defs()
	require.NoError(t, b.Sync(ctx, false))
	require.True(t, b.InSync())
	require.Equal(t, []string{"/s"}, b.ChangedNodePaths())
	require.Same(t, d, b.Defs(), "changed in place")
	require.Equal(t, "2", variable(t, b))
	require.Equal(t, 4, d.StateChangeNo())

	require.NoError(t, b.Sync(ctx, true))
	require.False(t, b.InSync(), "there was nothing new")
	require.Empty(t, b.ChangedNodePaths())
	require.NoError(t, b.Ping(ctx))
	require.NoError(t, b.Sync(ctx, false))
	require.NotSame(t, d, b.Defs())
	require.Equal(t, "2", func() string { v, _ := d.Find("/s").Variable("V"); return v }(), "the earlier one stays")
	require.Equal(t, []wire.CSyncCmd{ask(wire.SyncFull, 0, 0, 0), ask(wire.Sync, 0, 3, 1), ask(wire.SyncClock, 0, 4, 1), ask(wire.Sync, 0, 4, 1)}, p.syncs(t))
}

func TestSync_otherRequestsForgetWhatChanged(t *testing.T) {
	p := startPeer(t, inTurn(whole(definition1), changes(4, 1, "2"), ok()))
	b := newBench(t, p.options())
	require.NoError(t, b.Sync(ctx, false))
	require.NoError(t, b.Sync(ctx, false))
	require.NotEmpty(t, b.ChangedNodePaths())
	require.NoError(t, b.Ping(ctx))
	require.Empty(t, b.ChangedNodePaths())
	require.False(t, b.InSync())
	require.NotNil(t, b.Defs())
}

func TestSync_misfitGetsAllOnce(t *testing.T) {
	p := startPeer(t, inTurn(whole(definition1), misfits(), whole(definition1), misfits(), changes(9, 9, "x")))
	b := newBench(t, p.options())
	require.NoError(t, b.Sync(ctx, false))
	d := b.Defs()
	before := string(deftext.Append(nil, d, deftext.Net))
	require.NoError(t, b.Sync(ctx, false))
	require.NotSame(t, d, b.Defs())
	require.Equal(t, before, string(deftext.Append(nil, d, deftext.Net)), "what did not fit changed nothing")
	require.Empty(t, b.ChangedNodePaths())
	require.True(t, b.InSync())

	err := b.Sync(ctx, false)
	require.ErrorIs(t, err, fault.Protocol, "changes where everything was asked for")
	require.Equal(t, "1", variable(t, b))
	require.Error(t, b.Sync(ctx, false))
	full := ask(wire.SyncFull, 0, 0, 0)
	require.Equal(t, []wire.CSyncCmd{full, ask(wire.Sync, 0, 3, 1), full, ask(wire.Sync, 0, 3, 1), full, full, full}, p.syncs(t))
}

// Changes of a kind that is not known, and nonsense.
func TestSync_unreadableChangesGetAll(t *testing.T) {
	known, err := wire.EncodeReply(changes(4, 1, "2"))
	require.NoError(t, err)
	fresh, err := wire.EncodeReply(whole(definition1))
	require.NoError(t, err)
	for name, reply := range map[string][]byte{
		"unknown memento": bytes.Replace(known, []byte("NodeVariableMemento"), []byte("NodeMoodMemento"), 1),
		"nonsense":        []byte("{"),
	} {
		t.Run(name, func(t *testing.T) {
			p := startRawPeer(t, fresh, reply, fresh)
			b := newBench(t, p.options())
			require.NoError(t, b.Sync(ctx, false))
			d := b.Defs()
			require.NoError(t, b.Sync(ctx, false))
			require.NotSame(t, d, b.Defs())
		})
	}
}

func TestSync_unknownKeywordNamesTheLine(t *testing.T) {
	p := startPeer(t, inTurn(whole("#6.0.0\ndefs_state NET\nsuite s\nfrobnicate 3\nendsuite\n"), whole(definition1)))
	b := newBench(t, p.options())
	err := b.Sync(ctx, false)
	require.ErrorIs(t, err, fault.Parse)
	var e *client.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, 4, e.Line)
	require.Contains(t, client.Text(err), "frobnicate")
	require.Nil(t, b.Defs())
	require.NoError(t, b.Sync(ctx, false))
}

func TestSync_handles(t *testing.T) {
	p := startPeer(t, inTurn(
		whole(definition1), &wire.SClientHandleCmd{Handle: 7}, &wire.SSyncCmd{ServerDefs: definition1}, changes(4, 1, "2"),
		failure("ClientSuiteMgr::max_change_no: handle(7) does not exist in server."),
		&wire.SClientHandleCmd{}, whole(definition1)))
	b := newBench(t, p.options())
	require.NoError(t, b.Sync(ctx, false))
	_, err := b.RegisterHandle(ctx, true, "s")
	require.NoError(t, err)
	require.Nil(t, b.Defs(), "registering forgets the definition")
	require.NoError(t, b.Sync(ctx, false))
	require.NoError(t, b.Sync(ctx, false))
	require.Equal(t, "2", variable(t, b))
	require.ErrorIs(t, b.Sync(ctx, false), client.Refused)
	require.NoError(t, b.DropHandle(ctx, 7))
	require.NotNil(t, b.Defs())
	require.NoError(t, b.Sync(ctx, false), "what was got with the handle does not serve without it")
	require.Equal(t, []wire.CSyncCmd{
		ask(wire.SyncFull, 0, 0, 0), ask(wire.Sync, 7, math.MaxInt32, math.MaxInt32), ask(wire.Sync, 7, 3, 1), ask(wire.Sync, 7, 4, 1),
		ask(wire.SyncFull, 0, 0, 0),
	}, p.syncs(t))
}

// A reply that is lost may have been the one that told of a changed handle.
func TestSync_lostReplyWithHandle(t *testing.T) {
	replies := inTurn(&wire.SSyncCmd{ServerDefs: definition1}, nil, &wire.SSyncCmd{ServerDefs: definition1})
	p := startPeer(t, replies)
	o := p.options()
	o.Handle = 7
	b := newBench(t, o)
	require.NoError(t, b.Sync(ctx, false))
	require.Error(t, b.Sync(ctx, false))
	require.NoError(t, b.Sync(ctx, false))
	beyond := ask(wire.Sync, 7, math.MaxInt32, math.MaxInt32)
	require.Equal(t, []wire.CSyncCmd{beyond, ask(wire.Sync, 7, 3, 1), beyond}, p.syncs(t))
}

func TestSync_anotherServer(t *testing.T) {
	p, q := startPeer(t, always(whole(definition1))), startPeer(t, always(whole(definition1)))
	b := newBench(t, p.options())
	require.NoError(t, b.Sync(ctx, false))
	require.NoError(t, b.SetHostPort(q.host, q.port))
	require.NoError(t, b.Sync(ctx, false))
	require.Equal(t, []wire.CSyncCmd{ask(wire.SyncFull, 0, 0, 0)}, q.syncs(t))
}

func TestNews(t *testing.T) {
	news := func(n wire.News) wire.Reply { return &wire.SNewsCmd{News: n} }
	p := startPeer(t, inTurn(news(wire.NewsNone), whole(definition1), news(wire.NewsNone), news(wire.NewsNews), news(wire.NewsDoFullSync), ok()))
	b := newBench(t, p.options())
	is := func(want bool) {
		t.Helper()
		have, err := b.News(ctx)
		require.NoError(t, err)
		require.Equal(t, want, have)
	}
	is(false)
	require.NoError(t, b.Sync(ctx, false))
	is(false)
	is(true)
	is(true)
	_, err := b.News(ctx)
	require.ErrorIs(t, err, fault.Protocol)
	require.Equal(t, []wire.CSyncCmd{ask(wire.SyncNews, 0, 0, 0), ask(wire.SyncFull, 0, 0, 0), ask(wire.SyncNews, 0, 3, 1)}, p.syncs(t)[:3])
}

func TestFetchDefs_andGroups(t *testing.T) {
	p := startPeer(t, inTurn(&wire.DefsCmd{Defs: definition1}, group(changes(4, 1, "2")), group(changes(5, 1, "3")), whole(definition1)))
	b := newBench(t, p.options())
	require.NoError(t, b.FetchDefs(ctx))
	require.True(t, b.InSync())
	require.Equal(t, "1", variable(t, b))
	require.NoError(t, b.Group(ctx, "sync 0 3 1"))
	require.Equal(t, "2", variable(t, b))
	require.NoError(t, b.Group(ctx, "sync 0 1 1"))
	require.Equal(t, "2", variable(t, b), "changes since another time are not made")
	require.NoError(t, b.Sync(ctx, false))
	require.Equal(t, ask(wire.SyncFull, 0, 0, 0), p.syncs(t)[2], "the last one")
}

func TestReset_andDeleteAll(t *testing.T) {
	p := startPeer(t, inTurn(whole(definition1), whole(definition1), &wire.StcCmd{API: wire.StcDeleteAll}))
	o := p.options()
	b := newBench(t, o)
	require.NoError(t, b.Sync(ctx, false))
	b.Reset()
	require.Nil(t, b.Defs())
	v, err := b.Do(ctx, "get_defs", nil)
	require.NoError(t, err)
	require.Nil(t, v)
	require.NoError(t, b.Sync(ctx, false))
	require.NotNil(t, b.Defs())
	require.NoError(t, b.DeleteAll(ctx, true))
	require.Nil(t, b.Defs())
	require.Zero(t, b.Handle())
}

func TestAutoSync_together(t *testing.T) {
	p := startPeer(t, inTurn(
		group(whole(definition1)), group(changes(4, 1, "2")), &wire.SStringCmd{Str: "5.19.0"},
		group(failure("no such node"), changes(5, 1, "3")), group(misfits()), whole(definition1),
		group(&wire.SClientHandleCmd{Handle: 3}, &wire.SSyncCmd{ServerDefs: definition1}),
		group(&wire.SClientHandleCmd{}, changes(6, 1, "4")), whole(definition1),
	))
	b := newBench(t, p.options())
	b.SetAutoSync(true)
	require.NoError(t, b.Suspend(ctx, "/s"))
	require.True(t, b.InSync())
	require.NoError(t, b.Resume(ctx, "/s"))
	require.Equal(t, "2", variable(t, b))
	require.Equal(t, []string{"/s"}, b.ChangedNodePaths())
	_, err := b.ServerVersion(ctx)
	require.NoError(t, err, "what changes nothing does not sync")
	require.ErrorIs(t, b.Suspend(ctx, "/x"), client.Refused)
	require.Equal(t, "3", variable(t, b), "what came with a failure counts")
	require.NoError(t, b.Suspend(ctx, "/s"))
	require.Equal(t, "1", variable(t, b))
	handle, err := b.RegisterHandle(ctx, false, "s")
	require.NoError(t, err)
	require.Equal(t, 3, handle)
	require.NotNil(t, b.Defs())
	require.NoError(t, b.DropHandle(ctx, 3))
	require.Equal(t, "1", variable(t, b), "the server answers for the handle that is left, none")
	require.Equal(t, []wire.CSyncCmd{
		ask(wire.SyncFull, 0, 0, 0), ask(wire.Sync, 0, 3, 1), ask(wire.Sync, 0, 4, 1), ask(wire.Sync, 0, 5, 1),
		ask(wire.SyncFull, 0, 0, 0), ask(wire.SyncFull, 0, 0, 0), ask(wire.Sync, 3, 3, 1), ask(wire.SyncFull, 0, 0, 0),
	}, p.syncs(t))
	first := p.seen()[0].(*wire.GroupCTSCmd)
	require.IsType(t, &wire.PathsCmd{}, first.Commands[0])
	require.Equal(t, "fred", first.User)
	require.Equal(t, "desk", first.ClHost)
	require.False(t, first.CLI)
}

func TestAutoSync_childCommandsGoAlone(t *testing.T) {
	p := startPeer(t, inTurn(ok(), whole(definition1), ok(), failure("no")))
	b := newBench(t, p.options())
	b.SetAutoSync(true)
	require.NoError(t, b.ChildMeter(ctx, "m", 3))
	require.IsType(t, &wire.MeterCmd{}, p.seen()[0])
	require.NotNil(t, b.Defs())
	require.NoError(t, b.ChildMeter(ctx, "m", 4), "what was done is done")
	require.Equal(t, []client.EventKind{client.Warning}, b.journal.kinds())
}

func TestSync_noServer(t *testing.T) {
	b := newBench(t, client.Options{NoServer: true})
	require.NoError(t, b.Sync(ctx, false))
	b.SetAutoSync(true)
	require.NoError(t, b.Suspend(ctx, "/s"))
	news, err := b.News(ctx)
	require.NoError(t, err)
	require.False(t, news)
	require.Nil(t, b.Defs())
}

// Many goroutines sync and read one client.
func TestSync_manyAtOnce(t *testing.T) {
	var mu sync.Mutex
	state := uint32(3)
	p := startPeer(t, func(_ int, r wire.Request) wire.Reply {
		mu.Lock()
		defer mu.Unlock()
		s, ok := r.(*wire.CSyncCmd)
		if !ok || s.API == wire.SyncFull {
			state = 3
			return whole(definition1)
		}
		if s.ClientStateChangeNo != state {
			return failure("two syncs at once")
		}
		state++
		return changes(state, 1, strconv.Itoa(int(state)))
	})
	o := p.options()
	var tree sync.Mutex
	o.LockTree = func() func() { tree.Lock(); return tree.Unlock }
	b := newBench(t, o)
	require.NoError(t, b.Sync(ctx, false))
	d := b.Defs()
	var running sync.WaitGroup
	for range 8 {
		running.Go(func() {
			for range 10 {
				if err := b.Sync(ctx, false); err != nil {
					t.Error(err)
				}
				tree.Lock()
				v, _ := b.Defs().Find("/s").Variable("V")
				number := d.StateChangeNo()
				tree.Unlock()
				if v != strconv.Itoa(number) {
					t.Errorf("V is %s at change number %d", v, number)
				}
			}
		})
	}
	running.Wait()
	require.Same(t, d, b.Defs())
	require.Equal(t, 83, d.StateChangeNo())
}

func TestSync_waitingEndsWithItsContext(t *testing.T) {
	held := make(chan struct{})
	p := startPeer(t, func(int, wire.Request) wire.Reply { <-held; return whole(definition1) })
	b := newBench(t, p.options())
	var running sync.WaitGroup
	running.Go(func() { _ = b.Sync(ctx, false) })
	for len(p.seen()) == 0 {
		time.Sleep(time.Millisecond)
	}
	soon, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, b.Sync(soon, false), fault.Timeout)
	close(held)
	running.Wait()
}

// startRawPeer answers with payloads as they are, in turn.
func startRawPeer(t *testing.T, payloads ...[]byte) *peer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &peer{}
	p.host, p.port, err = net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for _, payload := range payloads {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if _, err := wire.ReadFrame(conn, 1<<20); err == nil {
				_ = wire.WriteFrame(conn, payload)
			}
			_ = conn.Close()
		}
	}()
	return p
}
