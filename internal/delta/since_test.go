package delta_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// travel encodes and decodes a delta as it travels.
func travel(t testing.TB, changes *wire.DefsDelta) *wire.DefsDelta {
	t.Helper()
	payload, err := wire.EncodeReply(&wire.SSyncCmd{IncrementalChanges: *changes})
	require.NoError(t, err)
	reply, err := wire.DecodeReply(payload)
	require.NoError(t, err)
	return &reply.(*wire.SSyncCmd).IncrementalChanges
}

// client is a tree that follows another one.
type client struct {
	tree *defs.Defs
	have delta.Numbers
}

func newClient(t testing.TB, server *defs.Defs) *client {
	t.Helper()
	tree, err := text.Parse(text.Append(nil, server, text.Net), text.Options{})
	require.NoError(t, err)
	return &client{tree: tree, have: delta.Of(server)}
}

// sync brings the client up to date; full tells that it needed everything.
func (c *client) sync(t testing.TB, server *defs.Defs, clock bool) (full bool, mementos int) {
	t.Helper()
	changes, ok := delta.Since(server, server.Suites(), c.have, delta.Of(server), clock)
	if !ok {
		*c = *newClient(t, server)
		return true, 0
	}
	changes = travel(t, changes)
	_, err := delta.Apply(c.tree, changes)
	require.NoError(t, err, "%v", errors.Unwrap(err))
	c.have = delta.Of(c.tree)
	for _, m := range changes.CompoundMementos {
		mementos += len(m.Vec)
	}
	return false, mementos
}

func net(d *defs.Defs) string { return string(text.Append(nil, d, text.Net)) }

func TestSince_follows(t *testing.T) {
	server, err := text.ParseString(small, text.Options{})
	require.NoError(t, err)
	server.Track()
	require.Equal(t, delta.Numbers{}, delta.Of(server))
	c := newClient(t, server)
	full, n := c.sync(t, server, false)
	require.False(t, full)
	require.Zero(t, n)
	task := server.Find("/s/f/t")
	task.Become(defs.Active)
	require.NoError(t, task.ChangeEvent("e", true))
	require.Equal(t, fmt.Sprintf(" [server(%s) : *Small* scale changes(%d) :NEWS]", delta.Of(server), server.StateChangeNo()), second(delta.News(c.have, delta.Of(server))))
	full, n = c.sync(t, server, false)
	require.False(t, full)
	require.NotZero(t, n)
	require.Equal(t, net(server), net(c.tree))
	full, n = c.sync(t, server, false)
	require.False(t, full)
	require.Zero(t, n)
	server.Suites()[1].SetBegun(false)
	require.NoError(t, server.Suites()[1].Begin(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)))
	full, _ = c.sync(t, server, false)
	require.True(t, full)
}

func second[A, B any](_ A, b B) B { return b }
