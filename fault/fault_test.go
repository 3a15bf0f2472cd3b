package fault

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestKinds_areNamedAndNeverShared(t *testing.T) {
	seen := map[string]Kind{}
	for _, k := range Kinds() {
		other, dup := seen[k.String()]
		require.Falsef(t, dup, "%d and %d are both %q", k, other, k)
		seen[k.String()] = k
	}
	require.Len(t, seen, len(names), "every named kind is listed")
}

func TestKind_numbersAreFixed(t *testing.T) {
	// What a kind is called and numbered is a promise to C and Python.
	require.Equal(t, "refused", Kind(12).String())
	require.Equal(t, "tls_untrusted", Kind(804).String())
	require.Equal(t, "blocked_halted", Kind(1502).String())
	require.Equal(t, "kind 99", Kind(99).String())
}

func TestError_isOfItsKindAndThatKindsParent(t *testing.T) {
	var err error = fmt.Errorf("wrapped: %w", &Error{Kind: TLSExpired, Err: io.EOF})
	require.ErrorIs(t, err, TLSExpired)
	require.ErrorIs(t, err, TLS)
	require.ErrorIs(t, err, io.EOF)
	require.NotErrorIs(t, err, TLSMissing)
	require.NotErrorIs(t, New(TLS, "x"), TLSExpired)
}

func TestKindOf(t *testing.T) {
	require.Equal(t, Kind(0), KindOf(nil))
	require.Equal(t, Refused, KindOf(fmt.Errorf("x: %w", New(Refused, "no"))))
	require.Equal(t, Cancelled, KindOf(context.Canceled))
	require.Equal(t, Timeout, KindOf(context.DeadlineExceeded))
	require.Equal(t, Internal, KindOf(errors.New("what?")))
}

func TestError_tellsOperationServerAndHint(t *testing.T) {
	err := &Error{Kind: Refused, Op: "--begin=/s", Addr: "h:3141", Server: "no suite", Hint: "load it first"}
	require.Equal(t, "ecflow: --begin=/s on h:3141: no suite\nload it first", err.Error())
	require.Equal(t, "ecflow: h:1: refused", (&Error{Kind: Refused, Addr: "h:1"}).Error())
	require.Equal(t, "EOF", (&Error{Kind: Connect, Err: io.EOF}).Summary())
}

func TestSafeToRetry_onlyWhenNothingWasSent(t *testing.T) {
	require.True(t, SafeToRetry(&Error{Kind: Connect, Unsent: true}))
	require.False(t, SafeToRetry(&Error{Kind: Connect}))
	require.False(t, SafeToRetry(errors.New("x")))
	require.True(t, IsTimeout(New(Timeout, "")))
}
