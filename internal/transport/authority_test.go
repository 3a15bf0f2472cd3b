package transport

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// identity is a certificate with its key.
type identity struct {
	cert *x509.Certificate
	key  crypto.Signer
}

var (
	longAgo   = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	farAhead  = time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)
	yesterday = time.Now().Add(-24 * time.Hour)
	tomorrow  = time.Now().Add(24 * time.Hour)
)

// issue makes a certificate, signed by issuer or, if that is nil, by itself.
func issue(t testing.TB, issuer *identity, change func(*x509.Certificate)) *identity {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	return issueFor(t, key, issuer, change)
}

func issueFor(t testing.TB, key crypto.Signer, issuer *identity, change func(*x509.Certificate)) *identity {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{CommonName: "some.host"},
		NotBefore:    longAgo,
		NotAfter:     farAhead,
	}
	if change != nil {
		change(template)
	}
	parent, signer := template, key
	if issuer != nil {
		parent, signer = issuer.cert, issuer.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	return &identity{cert, key}
}

// selfSigned is what most servers have: a common name and nothing else.
func selfSigned(t testing.TB) *identity { return issue(t, nil, nil) }

func authority(c *x509.Certificate) {
	c.Subject = pkix.Name{CommonName: "some authority"}
	c.IsCA, c.BasicConstraintsValid = true, true
}

func rsaKey(t testing.TB, bits int) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	require.NoError(t, err)
	return key
}

func pemOf(certs ...*x509.Certificate) []byte {
	var out []byte
	for _, cert := range certs {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})...)
	}
	return out
}

func writeFile(t testing.TB, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "server.crt")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return path
}

// trust makes the trust in exactly these identities.
func (id *identity) trust(t testing.TB) *Trust {
	t.Helper()
	trust, err := LoadTrust(writeFile(t, pemOf(id.cert)), TrustOptions{})
	require.NoError(t, err)
	return trust
}

// tlsCertificate is what a server shows: its own certificate and what stands
// between it and the authority.
func (id *identity) tlsCertificate(between ...*identity) tls.Certificate {
	c := tls.Certificate{Certificate: [][]byte{id.cert.Raw}, PrivateKey: id.key}
	for _, other := range between {
		c.Certificate = append(c.Certificate, other.cert.Raw)
	}
	return c
}

// startTLSPeer answers requests over TLS.
func startTLSPeer(t testing.TB, cfg *tls.Config, script func(net.Conn)) Endpoint {
	t.Helper()
	return startPeer(t, func(conn net.Conn) { script(tls.Server(conn, cfg)) })
}

func startTLS(t testing.TB, cert tls.Certificate) Endpoint {
	t.Helper()
	return startTLSPeer(t, &tls.Config{Certificates: []tls.Certificate{cert}}, answer("ok"))
}

func load(t testing.TB, path string, opts TrustOptions) *Trust {
	t.Helper()
	trust, err := LoadTrust(path, opts)
	require.NoError(t, err)
	return trust
}
