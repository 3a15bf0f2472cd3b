package defs

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEditsSince(t *testing.T) {
	d := New()
	edits, now, ok := d.EditsSince(0)
	require.True(t, ok)
	require.Empty(t, edits)
	d.AddHistory("/", "a")
	d.AddHistory("/s", "b")
	edits, then, ok := d.EditsSince(now)
	require.True(t, ok)
	require.Equal(t, []Edit{{"/", "a"}, {"/s", "b"}}, edits)
	for i := range 5 * recentEdits {
		d.AddHistory("/", fmt.Sprint(i))
	}
	_, now, ok = d.EditsSince(then)
	require.False(t, ok)
	edits, _, ok = d.EditsSince(now - recentEdits)
	require.True(t, ok)
	require.Len(t, edits, recentEdits)
	require.Equal(t, Edit{"/", fmt.Sprint(5*recentEdits - 1)}, edits[recentEdits-1])

	d.ClearHistory()
	_, _, ok = d.EditsSince(now)
	require.False(t, ok)
	_, now, _ = d.EditsSince(0)
	o := New()
	for range now {
		o.AddHistory("/", "other")
	}
	d.Become(o)
	_, _, ok = d.EditsSince(now)
	require.False(t, ok, "the history of another")
}
