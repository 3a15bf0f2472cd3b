package client

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestRetry_userRequestGivesUpAfterItsAttempts(t *testing.T) {
	r := newRetry(policy{Attempts: 2, Period: 10 * time.Second})
	require.Equal(t, step{again, 10 * time.Second}, r.after(failed, 0))
	require.Equal(t, step{verdict: giveUp}, r.after(failed, 10*time.Second))
}

func TestRetry_atLeastOneAttempt(t *testing.T) {
	require.Equal(t, step{verdict: giveUp}, newRetry(policy{Attempts: -3}).after(failed, 0))
}

func TestRetry_settledStops(t *testing.T) {
	require.Equal(t, step{verdict: stop}, newRetry(policy{Attempts: 2}).after(settled, 0))
}

func TestRetry_waitingForAConditionHasNoEnd(t *testing.T) {
	r := newRetry(policy{Attempts: 1, Period: time.Second, Walk: true, Timeout: time.Minute})
	for range 1000 {
		require.Equal(t, step{again, time.Second}, r.after(notYet, 24*time.Hour))
	}
	require.Equal(t, timedOut, r.after(failed, 24*time.Hour).verdict, "a lost server still counts")
}

func TestRetry_childWalksHostsUntilItsTimeIsUp(t *testing.T) {
	r := newRetry(policy{Attempts: 2, Period: 10 * time.Second, Walk: true, Timeout: time.Hour, ZombieTimeout: time.Minute})
	require.Equal(t, step{again, 10 * time.Second}, r.after(failed, 0))
	require.Equal(t, step{verdict: nextHost}, r.after(failed, time.Second), "the first move is made at once")
	require.Equal(t, step{again, 10 * time.Second}, r.after(halted, 2*time.Second))
	require.Equal(t, step{nextHost, 30 * time.Second}, r.after(halted, 3*time.Second), "later moves wait")
	require.Equal(t, again, r.after(failed, time.Hour).verdict, "time is looked at after all attempts on a server")
	require.Equal(t, timedOut, r.after(failed, time.Hour).verdict)
}

func TestRetry_zombieHasATimeOfItsOwn(t *testing.T) {
	p := policy{Attempts: 1, Walk: true, Timeout: time.Hour, ZombieTimeout: time.Minute}
	require.Equal(t, zombieIsOver, newRetry(p).after(zombie, time.Minute).verdict)
	require.Equal(t, nextHost, newRetry(p).after(halted, time.Minute).verdict)
	require.Equal(t, timedOut, newRetry(p).after(zombie, time.Hour).verdict)
}
