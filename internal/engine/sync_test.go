package engine

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func (b *bench) sync(state, modify uint32) Answer {
	b.t.Helper()
	m := &wire.CSyncCmd{UserCmd: fred, API: wire.Sync, ClientStateChangeNo: state, ClientModifyChangeNo: modify}
	return b.Handle(b.t.Context(), m, Sender{})
}

func TestSync(t *testing.T) {
	b := newBench(t)
	b.load("suite s\ntask t\nmeter m 0 100\nendsuite\n")
	full := b.sync(0, 0)
	payload, err := wire.ReadFrame(bytes.NewReader(full.Frame), 0)
	require.NoError(t, err)
	reply, err := wire.DecodeReply(payload)
	require.NoError(t, err)
	require.Contains(t, reply.(*wire.SSyncCmd).Defs, "meter m 0 100")
	require.Same(t, &full.Frame[0], &b.sync(0, 0).Frame[0], "the same bytes for all who need all")

	state, modify := uint32(b.tree.StateChangeNo()), uint32(b.tree.ModifyChangeNo())
	b.mu.Lock()
	b.node("/s/t").Become(defs.Complete)
	b.mu.Unlock()
	changes := b.sync(state, modify).Reply.(*wire.SSyncCmd).IncrementalChanges.CompoundMementos
	require.NotEmpty(t, changes)
	require.Equal(t, "/", changes[0].AbsNodePath)

	news := b.ask(&wire.CSyncCmd{UserCmd: fred, API: wire.SyncNews, ClientStateChangeNo: state, ClientModifyChangeNo: modify})
	require.Equal(t, wire.NewsNews, news.(*wire.SNewsCmd).News)
}

func TestHandles_inAGroup(t *testing.T) {
	b := newBench(t)
	b.load("suite s\ntask t\nendsuite\nsuite other\nendsuite\n")
	reply := b.ask(&wire.GroupCTSCmd{UserCmd: fred, Commands: []wire.Request{
		&wire.ClientHandleCmd{UserCmd: fred, API: wire.HandleRegister, Suites: []string{"s"}},
		&wire.CSyncCmd{UserCmd: fred, API: wire.SyncFull},
	}})
	replies := reply.(*wire.GroupSTCCmd).Commands
	require.Equal(t, 1, replies[0].(*wire.SClientHandleCmd).Handle)
	require.Contains(t, replies[1].(*wire.SSyncCmd).ServerDefs, "suite s")
	require.NotContains(t, replies[1].(*wire.SSyncCmd).ServerDefs, "other")
}
