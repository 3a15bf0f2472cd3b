//go:build unix

package terminal

import (
	"context"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestInterruptible_aSignalEndsIt(t *testing.T) {
	ctx, done := Interruptible()
	defer done()
	time.Sleep(5 * patience)
	require.NoError(t, ctx.Err())
	require.NoError(t, syscall.Kill(syscall.Getpid(), syscall.SIGTERM))
	select {
	case <-ctx.Done():
	case <-time.After(10 * time.Second):
		t.Fatal("the signal did not arrive")
	}
	require.EqualError(t, context.Cause(ctx), "interrupted by terminated")
	require.Equal(t, 128+15, ExitCode(ctx))
}

func TestInterruptible_doneEndsIt(t *testing.T) {
	for _, after := range []time.Duration{0, patience, 2 * patience} {
		ctx, done := Interruptible()
		time.Sleep(after)
		done()
		require.ErrorIs(t, ctx.Err(), context.Canceled)
		require.Zero(t, ExitCode(ctx))
	}
}
