package transport

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

func TestInspect(t *testing.T) {
	ctx := context.Background()
	id := selfSigned(t)
	ep := startTLS(t, id.tlsCertificate())
	state, err := Inspect(ctx, ep, &Config{AttemptTimeout: 10 * time.Second})
	require.NoError(t, err)
	require.Equal(t, uint16(tls.VersionTLS13), state.Version)
	require.True(t, state.PeerCertificates[0].Equal(id.cert))
	require.NoError(t, id.trust(t).Accepts(state.PeerCertificates, ep.Host))
	require.ErrorIs(t, selfSigned(t).trust(t).Accepts(state.PeerCertificates, ep.Host), fault.TLSUntrusted)

	t.Run("plain", func(t *testing.T) {
		ep := startPeer(t, func(conn net.Conn) { _, _ = io.WriteString(conn, "      1a{\"a\":1}") })
		state, err := Inspect(ctx, ep, &Config{Mode: Plain})
		require.ErrorIs(t, err, fault.TLSPlainServer)
		require.Nil(t, state)
	})
	t.Run("too old", func(t *testing.T) {
		ep := startTLSPeer(t, &tls.Config{Certificates: []tls.Certificate{id.tlsCertificate()}, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}, answer("ok"))
		_, err := Inspect(ctx, ep, &Config{})
		require.ErrorIs(t, err, fault.TLSVersion)
	})
	t.Run("silent", func(t *testing.T) {
		ep := startPeer(t, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) })
		_, err := Inspect(ctx, ep, &Config{AttemptTimeout: 50 * time.Millisecond})
		require.ErrorIs(t, err, fault.Timeout)
		short, done := context.WithTimeout(ctx, 50*time.Millisecond)
		defer done()
		_, err = Inspect(short, ep, &Config{})
		require.ErrorIs(t, err, fault.Timeout)
	})
	t.Run("nobody", func(t *testing.T) {
		_, err := Inspect(ctx, Endpoint{"127.0.0.1", "1"}, &Config{})
		require.ErrorIs(t, err, fault.Connect)
	})
}
