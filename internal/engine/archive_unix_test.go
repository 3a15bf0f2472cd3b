//go:build unix

package engine

import (
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// A pipe is a file that comes when it likes.
func TestRestore_othersDoNotWait(t *testing.T) {
	b, file := archived(t)
	b.must(paths(wire.PathsArchive, "/s/f"))
	content, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.Remove(file))
	require.NoError(t, syscall.Mkfifo(file, 0o600))
	done := make(chan wire.Reply)
	go func() { done <- b.ask(paths(wire.PathsRestore, "/s/f")) }()
	pipe, err := os.OpenFile(file, os.O_WRONLY, 0) // once it is read
	require.NoError(t, err)
	begun := time.Now()
	require.True(t, b.label("/s/u", "x"))
	require.Less(t, time.Since(begun), time.Second)
	select {
	case <-done:
		require.Fail(t, "nothing was read yet")
	default:
	}
	_, err = pipe.Write(content)
	require.NoError(t, err)
	require.NoError(t, pipe.Close())
	_, wrong := (<-done).(*wire.ErrorCmd)
	require.False(t, wrong)
	require.Equal(t, "a", b.node("/s/f/t").Labels()[0].Value)
	require.Equal(t, "x", b.node("/s/u").Labels()[0].New)
}
