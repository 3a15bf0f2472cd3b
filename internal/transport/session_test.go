package transport

import (
	"crypto/tls"
	"io"
	"net"
	"sync/atomic"
	"testing"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/stretchr/testify/require"
)

// ourServer plays one of our own servers; resumed counts connections with a session.
func ourServer(id *identity, version uint16, resumed *atomic.Int32) *tls.Config {
	return &tls.Config{
		Certificates: []tls.Certificate{id.tlsCertificate()},
		NextProtos:   []string{wire.TLSProtocol},
		MaxVersion:   version,
		VerifyConnection: func(cs tls.ConnectionState) error {
			if cs.DidResume {
				resumed.Add(1)
			}
			return nil
		},
	}
}

func TestSession_isUsedWithOurOwn(t *testing.T) {
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		id := selfSigned(t)
		var resumed atomic.Int32
		ep := startTLSPeer(t, ourServer(id, version, &resumed), answer("ok"))
		cfg := &Config{Mode: TLS, Trust: id.trust(t)}
		for range 4 {
			reply, err := Exchange(t.Context(), ep, cfg, nil)
			require.NoError(t, err)
			require.Equal(t, "ok", string(reply))
		}
		require.EqualValues(t, 3, resumed.Load())

		// Another file with the same certificate is the same trust, one with others is not.
		_, err := Exchange(t.Context(), ep, &Config{Mode: TLS, Trust: id.trust(t)}, nil)
		require.NoError(t, err)
		require.EqualValues(t, 4, resumed.Load())
		more := load(t, writeFile(t, append(pemOf(id.cert), pemOf(selfSigned(t).cert)...)), TrustOptions{})
		_, err = Exchange(t.Context(), ep, &Config{Mode: TLS, Trust: more}, nil)
		require.NoError(t, err)
		require.EqualValues(t, 4, resumed.Load())
	}
}

// A session does not stand in for what is asked of the certificate.
func TestSession_certificateIsVerifiedAgain(t *testing.T) {
	id := selfSigned(t)
	var resumed atomic.Int32
	ep := startTLSPeer(t, ourServer(id, 0, &resumed), answer("ok"))
	trust := id.trust(t)
	_, err := Exchange(t.Context(), ep, &Config{Mode: TLS, Trust: trust}, nil)
	require.NoError(t, err)
	strict := load(t, trust.Path(), TrustOptions{VerifyHostName: true})
	_, err = Exchange(t.Context(), ep, &Config{Mode: TLS, Trust: strict}, nil)
	require.ErrorIs(t, err, fault.TLSHostName)
}

// What a server does not take is left out, one by one, before anything is sent.
func TestSession_isNotInsistedOn(t *testing.T) {
	id := selfSigned(t)
	var resumed, connections atomic.Int32
	cfg := ourServer(id, 0, &resumed)
	ep := startPeer(t, func(conn net.Conn) {
		if connections.Add(1) == 2 { // as the original answers a session of its own
			_, _ = io.ReadFull(conn, make([]byte, 100))
			_, _ = conn.Write([]byte{recordAlert, 3, 3, 0, 2, 2, 80})
			_, _ = io.Copy(io.Discard, conn)
			return
		}
		answer("ok")(tls.Server(conn, cfg))
	})
	settings := &Config{Mode: TLS, Trust: id.trust(t)}
	for range 2 {
		_, err := Exchange(t.Context(), ep, settings, nil)
		require.NoError(t, err)
	}
	require.EqualValues(t, 3, connections.Load())
	require.Zero(t, resumed.Load())

	// Something in between that speaks other protocols.
	other := startTLSPeer(t, &tls.Config{Certificates: []tls.Certificate{id.tlsCertificate()}, NextProtos: []string{"http/1.1"}}, answer("ok"))
	_, err := Exchange(t.Context(), other, settings, nil)
	require.NoError(t, err)
}

func TestSessions_areFew(t *testing.T) {
	var s sessionStore
	for i := range 3 * maxSessions {
		s.keep(sessionKey{server: Endpoint{Port: string(rune('a' + i))}}, &tls.ClientSessionState{})
		require.LessOrEqual(t, len(s.known), maxSessions)
	}
}
