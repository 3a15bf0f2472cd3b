package engine

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// asking is a guard that looks at the permissions of nodes.
type asking struct{ Guard }

func (asking) Authenticate(*Request) error { return nil }
func (asking) Authorise(r *Request) error {
	for _, path := range r.Paths {
		r.Permissions(path)
	}
	return nil
}

// Rights are looked for before the lock is taken, of groups within groups too.
func TestGroup_withinAGroup(t *testing.T) {
	b := newBench(t)
	b.load("suite s\ntask t\nendsuite\n")
	b.guard = asking{}
	suspend := &wire.PathsCmd{UserCmd: fred, API: wire.PathsSuspend, Paths: []string{"/s/t"}}
	inner := &wire.GroupCTSCmd{UserCmd: fred, Commands: []wire.Request{suspend}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.Handle(t.Context(), &wire.GroupCTSCmd{UserCmd: fred, Commands: []wire.Request{suspend, inner}}, Sender{})
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		require.FailNow(t, "the group hangs")
	}
	require.True(t, b.node("/s/t").Suspended())
}
