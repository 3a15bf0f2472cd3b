package transport

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/stretchr/testify/require"
)

func TestTLS_largeBothWays(t *testing.T) {
	id := selfSigned(t)
	big := strings.Repeat("x", 3<<20)
	ep := startTLSPeer(t, &tls.Config{Certificates: []tls.Certificate{id.tlsCertificate()}}, answer(big))
	reply, err := Exchange(t.Context(), ep, &Config{Mode: TLS, Trust: id.trust(t)}, []byte(big))
	require.NoError(t, err)
	require.Equal(t, big, string(reply))
}

// The original server answers an offered session with an alert, and gets no
// server name from its own client.
func TestTLS_offersNoSessionAndNoName(t *testing.T) {
	id := selfSigned(t)
	resumed, names := 0, []string{}
	cfg := &tls.Config{
		Certificates: []tls.Certificate{id.tlsCertificate()},
		GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
			names = append(names, hello.ServerName)
			return nil, nil
		},
		VerifyConnection: func(cs tls.ConnectionState) error {
			if cs.DidResume {
				resumed++
			}
			return nil
		},
	}
	ep := startTLSPeer(t, cfg, answer("ok"))
	ep.Host = "localhost"
	trust := id.trust(t)
	for range 3 {
		_, err := Exchange(t.Context(), ep, &Config{Mode: TLS, Trust: trust}, nil)
		require.NoError(t, err)
	}
	require.Zero(t, resumed)
	require.Equal(t, []string{"", "", ""}, names)
}

func TestTLS_versionsAndCiphers(t *testing.T) {
	id := issueFor(t, rsaKey(t, 2048), nil, nil)
	trust := id.trust(t)
	for name, c := range map[string]struct {
		cfg *tls.Config
		ok  bool
	}{
		"1.3 only":         {&tls.Config{MinVersion: tls.VersionTLS13}, true},
		"1.2 only":         {&tls.Config{MaxVersion: tls.VersionTLS12}, true},
		"1.1 only":         {&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, false},
		"RSA key exchange": {&tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_AES_256_GCM_SHA384}}, true},
		"nothing worth it": {&tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_RC4_128_SHA}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			c.cfg.Certificates = []tls.Certificate{id.tlsCertificate()}
			ep := startTLSPeer(t, c.cfg, answer("ok"))
			if !c.ok {
				require.True(t, requireFault(t, t.Context(), ep, &Config{Mode: TLS, Trust: trust}, fault.TLSVersion).Unsent)
				return
			}
			_, err := Exchange(t.Context(), ep, &Config{Mode: TLS, Trust: trust}, nil)
			require.NoError(t, err)
		})
	}
}

// An old server may choose a version that was not offered.
func TestTLS_serverChoosesOldVersion(t *testing.T) {
	hello := "\x16\x03\x01\x00\x2a\x02\x00\x00\x26\x03\x01" + strings.Repeat("r", 32) + "\x00\x00\x2f\x00"
	ep := startPeer(t, func(conn net.Conn) {
		_, _ = conn.Read(make([]byte, 4096))
		_, _ = io.WriteString(conn, hello)
		swallow(conn)
	})
	requireFault(t, t.Context(), ep, &Config{Mode: TLS, Trust: selfSigned(t).trust(t)}, fault.TLSVersion)
}

func TestTLS_badPeers(t *testing.T) {
	trust := selfSigned(t).trust(t)
	hear := func(reply string) func(net.Conn) {
		return func(conn net.Conn) {
			_, _ = conn.Read(make([]byte, 4096))
			_, _ = io.WriteString(conn, reply)
		}
	}
	for name, c := range map[string]struct {
		script func(net.Conn)
		kind   fault.Kind
		text   string
	}{
		"plain server":   {hear("     130{\n\"22ServerToClientResponse\": {"), fault.TLSPlainServer, "plain ecFlow"},
		"HTTP server":    {hear("HTTP/1.1 400 Bad Request\r\n\r\n"), fault.HTTPServer, "400 Bad Request"},
		"something else": {hear("SSH-2.0-OpenSSH_9.2p1\r\n"), fault.TLSPlainServer, "SSH-2.0"},
		"closes":         {hear(""), fault.TLS, "closed the connection when TLS was started"},
		"resets":         {func(c net.Conn) { hear("")(c); reset(c) }, fault.TLS, "closed the connection when TLS was started"},
		"half a record":  {hear("\x16\x03\x03\x00\x7a\x02"), fault.TLS, "while TLS was being set up"},
		"alert 40":       {hear("\x15\x03\x01\x00\x02\x02\x28"), fault.TLSVersion, ""},
		"alert 80":       {hear("\x15\x03\x01\x00\x02\x02\x50"), fault.TLS, "internal error"},
		"silent":         {swallow, fault.Timeout, "setting up TLS"},
	} {
		t.Run(name, func(t *testing.T) {
			e := requireFault(t, t.Context(), startPeer(t, c.script), &Config{Mode: TLS, Trust: trust, AttemptTimeout: 300 * time.Millisecond}, c.kind)
			require.Contains(t, e.Error(), c.text)
			require.True(t, e.Unsent)
		})
	}
}

func TestTLS_plainToTLS(t *testing.T) {
	ep := startTLS(t, selfSigned(t).tlsCertificate())
	e := requireFault(t, t.Context(), ep, nil, fault.PlainToTLS)
	require.False(t, e.Unsent)
}

func TestTLS_endsWithoutReply(t *testing.T) {
	id := selfSigned(t)
	serverTLS := &tls.Config{Certificates: []tls.Certificate{id.tlsCertificate()}}
	cfg := &Config{Mode: TLS, Trust: id.trust(t), AttemptTimeout: 5 * time.Second}
	half := startTLSPeer(t, serverTLS, raw("      20{"))
	requireFault(t, t.Context(), half, cfg, fault.Truncated)
	none := startTLSPeer(t, serverTLS, raw(""))
	require.Contains(t, requireFault(t, t.Context(), none, cfg, fault.Truncated).Msg, "without a reply")

	asking := &tls.Config{Certificates: serverTLS.Certificates, ClientAuth: tls.RequireAnyClientCert}
	e := requireFault(t, t.Context(), startTLSPeer(t, asking, answer("ok")), cfg, fault.TLS)
	require.Contains(t, e.Msg, "certificate required")
}

// noData is a connection that breaks with the first record of TLS 1.2 that
// carries data.
type noData struct{ net.Conn }

func (c noData) Write(p []byte) (int, error) {
	const applicationData = 23
	if p[0] == applicationData {
		return 0, io.ErrClosedPipe
	}
	return c.Conn.Write(p)
}

func TestTLS_unsentAfterTheHandshake(t *testing.T) {
	id := selfSigned(t)
	ep := startTLSPeer(t, &tls.Config{Certificates: []tls.Certificate{id.tlsCertificate()}, MaxVersion: tls.VersionTLS12}, func(conn net.Conn) {
		_ = conn.(*tls.Conn).Handshake()
	})
	cfg := &Config{Mode: TLS, Trust: id.trust(t), AttemptTimeout: 5 * time.Second}
	cfg.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, addr)
		return noData{conn}, err
	}
	require.True(t, requireFault(t, t.Context(), ep, cfg, fault.Connect).Unsent)
}

func BenchmarkExchange_TLS(b *testing.B) {
	id := issueFor(b, rsaKey(b, 2048), nil, nil)
	ep := startTLS(b, id.tlsCertificate())
	cfg := &Config{Mode: TLS, Trust: id.trust(b), AttemptTimeout: 10 * time.Second}
	for b.Loop() {
		if _, err := Exchange(b.Context(), ep, cfg, make([]byte, 300)); err != nil {
			b.Fatal(err)
		}
	}
}
