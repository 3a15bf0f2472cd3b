package listen

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

var certificate = sync.OnceValues(func() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "server"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
})

func serverTLS(t *testing.T) *tls.Config {
	t.Helper()
	one, err := certificate()
	require.NoError(t, err)
	return &tls.Config{Certificates: []tls.Certificate{one}, MinVersion: tls.VersionTLS12}
}

// sayTLS is say within TLS.
func (s *served) sayTLS(config *tls.Config, text string) (string, tls.ConnectionState) {
	s.t.Helper()
	conn := tls.Client(s.dial(), config)
	_, err := conn.Write([]byte(text))
	require.NoError(s.t, err)
	reply, err := io.ReadAll(conn)
	if err != nil {
		require.ErrorIs(s.t, err, io.ErrUnexpectedEOF) // the original sends no end of its own, either
	}
	return string(reply), conn.ConnectionState()
}

func TestTLS_versionsAndResumption(t *testing.T) {
	s := open(t, Options{TLS: serverTLS(t)}, func(_ context.Context, payload []byte, from Peer) Answer {
		require.Equal(t, TLS, from.Protocol)
		return Answer{Payload: payload}
	})
	large := strings.Repeat("0123456789", 1<<17)
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		for _, names := range [][]string{nil, {wire.TLSProtocol}} {
			config := &tls.Config{InsecureSkipVerify: true, MinVersion: version, MaxVersion: version, ClientSessionCache: tls.NewLRUClientSessionCache(1), NextProtos: names}
			reply, state := s.sayTLS(config, framed("hello"))
			require.Equal(t, framed("hello"), reply)
			require.False(t, state.DidResume)
			require.Equal(t, strings.Join(names, ""), state.NegotiatedProtocol)
			reply, state = s.sayTLS(config, framed(large))
			require.True(t, reply == framed(large))
			require.True(t, state.DidResume)
		}
	}
	require.Empty(t, s.lines())
	require.Equal(t, framed("refused: Invalid argument"), first(s.sayTLS(&tls.Config{InsecureSkipVerify: true}, "GET / HTTP/1.0\r\n\r\n")))
	require.Contains(t, s.lines(), "ssl_connection::handle_read_header: invalid header : GET / HT, in server")
}

func first[A, B any](a A, _ B) A { return a }

// The words are those that OpenSSL has for it.
func TestTLS_failures(t *testing.T) {
	s := open(t, Options{TLS: serverTLS(t), HandshakeTimeout: time.Second}, echo)
	require.Empty(t, s.say(framed("plain"), false), "an orderly end without a reply")
	require.Empty(t, s.say(framed(strings.Repeat("plain", 1<<20)), false))
	require.Empty(t, s.say("GET / HTTP/1.0\r\n\r\n", false))
	require.Empty(t, s.say("", true))
	require.Empty(t, s.say("\x16\x03\x01", false))
	silent := s.dial()
	for _, config := range []*tls.Config{
		{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11},
		{ServerName: "x", RootCAs: x509.NewCertPool()}, // trusts nobody
	} {
		require.Error(t, tls.Client(s.dial(), config).Handshake())
	}
	_, err := silent.Read(make([]byte, 1))
	require.ErrorIs(t, err, io.EOF)
	require.Eventually(t, func() bool { return len(s.lines()) >= 7 }, time.Second, time.Millisecond)
	require.ElementsMatch(t, []string{
		"SslTcpServer::handle_handshake: wrong version number",
		"SslTcpServer::handle_handshake: wrong version number",
		"SslTcpServer::handle_handshake: http request",
		"SslTcpServer::handle_handshake: stream truncated",
		"SslTcpServer::handle_handshake: Connection timed out",
		"SslTcpServer::handle_handshake: unsupported protocol",
		"SslTcpServer::handle_handshake: sslv3 alert bad certificate",
	}, s.lines())
}

func TestTLS_HTTP(t *testing.T) {
	s := open(t, Options{TLS: serverTLS(t), HTTP: true}, func(_ context.Context, payload []byte, from Peer) Answer {
		require.Equal(t, HTTPS, from.Protocol)
		return Answer{Payload: payload}
	})
	reply, _ := s.sayTLS(&tls.Config{InsecureSkipVerify: true}, "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")
	require.True(t, strings.HasSuffix(reply, "\r\n\r\n{}"), reply)
}
