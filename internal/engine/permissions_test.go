package engine

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// The variable counts where it is nearest, from the node itself up to the definition.
func TestPermissions(t *testing.T) {
	e := newBench(t)
	e.must(&wire.LoadDefsCmd{UserCmd: fred, Defs: "suite s\n edit PERMISSIONS 'fred'\n family f\n  task t\n   edit PERMISSIONS ''\n endfamily\nendsuite\nsuite o\n task t\nendsuite\n"})
	c := &call{Engine: e.Engine}
	at := func(path string) [2]string {
		value, at := c.permissions(path)
		return [2]string{value, at}
	}
	require.Equal(t, [2]string{"fred", "/s"}, at("/s"))
	require.Equal(t, [2]string{"fred", "/s"}, at("/s/f"))
	require.Equal(t, [2]string{"", "/s/f/t"}, at("/s/f/t"))
	require.Equal(t, [2]string{"fred", "/s"}, at("/s/f/new/deep"))
	require.Equal(t, [2]string{}, at("/o/t"))
	require.Equal(t, [2]string{}, at("/new"))
	require.Equal(t, [2]string{}, at("/"))
	v, err := defs.NewVariable("PERMISSIONS", "mary")
	require.NoError(t, err)
	e.tree.AddVariable(v)
	for _, path := range []string{"/", "/o/t", "/new", "/new/deep"} {
		require.Equal(t, [2]string{"mary", "/"}, at(path), path)
	}
	require.Equal(t, [2]string{"fred", "/s"}, at("/s/f"))
}
