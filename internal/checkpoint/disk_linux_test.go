package checkpoint

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestRename_waitsForNothingThatItReplaces(t *testing.T) {
	home := t.TempDir()
	old, pipe := filepath.Join(home, "a"), filepath.Join(home, "pipe")
	require.NoError(t, os.WriteFile(old, []byte("text"), 0o600))
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	done := make(chan error, 1)
	go func() { done <- system{}.Rename(old, pipe) }()
	select {
	case err := <-done:
		require.NoError(t, err)
	case <-time.After(5 * time.Second):
		require.Fail(t, "it waits for the pipe")
	}
	content, err := os.ReadFile(pipe)
	require.NoError(t, err)
	require.Equal(t, "text", string(content))
}
