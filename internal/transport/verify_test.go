package transport

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"net"
	"testing"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/stretchr/testify/require"
)

func TestTLS_acceptsWhatIsInUse(t *testing.T) {
	root := issue(t, nil, authority)
	below := issue(t, root, func(c *x509.Certificate) { authority(c); c.Subject.CommonName = "another authority" })
	leaf := issue(t, root, nil)
	far := issue(t, below, nil)
	// The same authority, its name in another of ASN.1's string types: openssl
	// takes the two names for equal, crypto/x509 does not.
	utf8 := nameAs(t, asn1.TagUTF8String, "some authority")
	printable := nameAs(t, asn1.TagPrintableString, "some authority")
	odd := issue(t, nil, func(c *x509.Certificate) { authority(c); c.RawSubject = utf8 })
	oddIssuer := *odd.cert
	oddIssuer.RawSubject = printable
	oddLeaf := issue(t, &identity{&oddIssuer, odd.key}, nil)
	require.NotEqual(t, oddLeaf.cert.RawIssuer, odd.cert.RawSubject)

	rsa2048 := issueFor(t, rsaKey(t, 2048), nil, nil)
	for name, c := range map[string]struct {
		shown tls.Certificate
		file  []byte
	}{
		"self-signed":                   {root.tlsCertificate(), pemOf(root.cert)},
		"self-signed, RSA":              {rsa2048.tlsCertificate(), pemOf(rsa2048.cert)},
		"signed, file holds authority":  {leaf.tlsCertificate(), pemOf(root.cert)},
		"signed, file holds server's":   {leaf.tlsCertificate(), pemOf(leaf.cert)},
		"signed, both in the file":      {leaf.tlsCertificate(), pemOf(root.cert, leaf.cert)},
		"chain sent by the server":      {far.tlsCertificate(below), pemOf(root.cert)},
		"chain in the file":             {far.tlsCertificate(), pemOf(root.cert, below.cert)},
		"chain sent with its authority": {far.tlsCertificate(below, root), pemOf(root.cert)},
		"many in the file":              {leaf.tlsCertificate(), pemOf(rsa2048.cert, odd.cert, root.cert)},
		"name written differently":      {oddLeaf.tlsCertificate(), pemOf(odd.cert)},
	} {
		t.Run(name, func(t *testing.T) {
			for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
				ep := startTLSPeer(t, &tls.Config{Certificates: []tls.Certificate{c.shown}, MinVersion: version, MaxVersion: version}, answer("ok"))
				reply, err := Exchange(t.Context(), ep, &Config{Mode: TLS, Trust: load(t, writeFile(t, c.file), TrustOptions{})}, []byte("x"))
				require.NoError(t, err)
				require.Equal(t, "ok", string(reply))
				requireNothingLeft(t)
			}
		})
	}
}

// nameAs encodes a common name in a string type of ASN.1.
func nameAs(t *testing.T, tag int, text string) []byte {
	t.Helper()
	commonName := mustMarshal(t, struct {
		Type  asn1.ObjectIdentifier
		Value asn1.RawValue
	}{asn1.ObjectIdentifier{2, 5, 4, 3}, asn1.RawValue{Tag: tag, Bytes: []byte(text)}})
	return mustMarshal(t, []asn1.RawValue{{Tag: asn1.TagSet, IsCompound: true, Bytes: commonName}})
}

func mustMarshal(t *testing.T, v any) []byte {
	t.Helper()
	der, err := asn1.Marshal(v)
	require.NoError(t, err)
	return der
}

func TestTLS_acceptsOpensslsOwn(t *testing.T) {
	for _, c := range []struct{ shown, file string }{
		{"v1", "v1.crt"},
		{"v1", "v1-trusted.crt"},
		{"v1-leaf", "v1-ca.crt"},
		{"v1-leaf", "v1-leaf.crt"},
		{"sha1", "sha1.crt"},
		{"ec", "ec.crt"},
	} {
		t.Run(c.shown+" by "+c.file, func(t *testing.T) {
			cert, err := tls.LoadX509KeyPair("testdata/"+c.shown+".crt", "testdata/"+c.shown+".key")
			require.NoError(t, err)
			reply, err := Exchange(t.Context(), startTLS(t, cert), &Config{Mode: TLS, Trust: load(t, "testdata/"+c.file, TrustOptions{})}, []byte("x"))
			require.NoError(t, err)
			require.Equal(t, "ok", string(reply))
		})
	}
}

func TestTLS_untrusted(t *testing.T) {
	shown, held := selfSigned(t), selfSigned(t) // the same name, another key
	ep := startTLS(t, shown.tlsCertificate())
	trust := held.trust(t)
	e := requireFault(t, t.Context(), ep, &Config{Mode: TLS, Trust: trust}, fault.TLSUntrusted)
	require.True(t, e.Unsent)
	require.Equal(t, trust.Path(), e.Path)
	require.Contains(t, e.Msg, trust.Path())
	require.Contains(t, e.Hint, "the server shows: CN=some.host")
	require.Contains(t, e.Hint, fingerprint(shown.cert))
	require.Contains(t, e.Hint, fingerprint(held.cert))
	require.Contains(t, e.Hint, "openssl s_client -connect "+ep.String())
	require.Equal(t, []string{fingerprint(held.cert)}, trust.Fingerprints())
}

func TestVerify_refuses(t *testing.T) {
	now := time.Now()
	root := issue(t, nil, authority)
	plain := selfSigned(t)
	for name, c := range map[string]refusal{
		"nothing shown":          {nil, certs(root), fault.TLSUntrusted, ""},
		"a stranger":             {certs(plain), certs(root), fault.TLSUntrusted, "another certificate"},
		"signed by a server":     {certs(issue(t, plain, nil)), certs(plain), fault.TLSUntrusted, ""},
		"for clients only":       {certs(issue(t, root, use(x509.ExtKeyUsageClientAuth))), certs(root), fault.TLSUntrusted, ""},
		"authority after leaf":   {certs(plain, root), certs(root), fault.TLSUntrusted, ""},
		"pinned, expired":        pinned(t, longAgo, yesterday, "the server's certificate expired on"),
		"pinned, not yet":        pinned(t, tomorrow, farAhead, "the server's certificate is not valid before"),
		"signed, expired":        {certs(issue(t, root, dates(longAgo, yesterday))), certs(root), fault.TLSExpired, "the server's certificate expired on"},
		"signed, not yet":        {certs(issue(t, root, dates(tomorrow, farAhead))), certs(root), fault.TLSExpired, "not valid before"},
		"ends before it begins":  {certs(issue(t, nil, dates(tomorrow, yesterday))), certs(root), fault.TLSExpired, ""},
		"stranger, also expired": {certs(issue(t, nil, dates(longAgo, yesterday))), certs(root), fault.TLSUntrusted, ""},
	} {
		t.Run(name, func(t *testing.T) {
			trust := load(t, writeFile(t, pemOf(c.file...)), TrustOptions{})
			err := trust.verifyAt(c.peer, "some.host", now)
			require.ErrorIs(t, err, c.kind)
			require.Contains(t, err.Error(), c.text)
		})
	}

	late := issue(t, nil, func(c *x509.Certificate) { authority(c); c.NotAfter = yesterday })
	trust := load(t, writeFile(t, pemOf(late.cert)), TrustOptions{})
	err := trust.verifyAt(certs(issue(t, late, nil)), "", now)
	require.ErrorIs(t, err, fault.TLSExpired)
	require.Contains(t, err.Error(), "CN=some authority")
}

func certs(ids ...*identity) []*x509.Certificate {
	var out []*x509.Certificate
	for _, id := range ids {
		out = append(out, id.cert)
	}
	return out
}

func use(u x509.ExtKeyUsage) func(*x509.Certificate) {
	return func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{u} }
}

func dates(from, to time.Time) func(*x509.Certificate) {
	return func(c *x509.Certificate) { c.NotBefore, c.NotAfter = from, to }
}

type refusal struct {
	peer []*x509.Certificate
	file []*x509.Certificate
	kind fault.Kind
	text string
}

func pinned(t *testing.T, from, to time.Time, text string) refusal {
	id := certs(issue(t, nil, dates(from, to)))
	return refusal{id, id, fault.TLSExpired, text}
}

func TestVerify_hostName(t *testing.T) {
	byCN := issue(t, nil, nil)
	byAddress := issue(t, nil, func(c *x509.Certificate) { c.Subject.CommonName = "192.0.2.7" })
	byNames := issue(t, nil, func(c *x509.Certificate) {
		c.DNSNames, c.IPAddresses = []string{"a.example", "*.b.example"}, []net.IP{net.ParseIP("192.0.2.1"), net.ParseIP("2001:db8::1")}
	})
	nameless := issue(t, nil, func(c *x509.Certificate) { c.Subject = pkix.Name{} })
	for _, c := range []struct {
		id       *identity
		host     string
		hostName string
		ok       bool
	}{
		{byCN, "some.host", "", true},
		{byCN, "SOME.host", "", true},
		{byCN, "other.host", "", false},
		{byCN, "localhost", "some.host", true},
		{byCN, "some.host", "other.host", false},
		{byAddress, "192.0.2.7", "", true},
		{byAddress, "192.0.2.8", "", false},
		{byNames, "a.example", "", true},
		{byNames, "x.b.example", "", true},
		{byNames, "192.0.2.1", "", true},
		{byNames, "2001:db8::1", "", true},
		{byNames, "some.host", "", false}, // there are names: the common one does not count
		{nameless, "some.host", "", false},
	} {
		trust := load(t, writeFile(t, pemOf(c.id.cert)), TrustOptions{VerifyHostName: true, HostName: c.hostName})
		err := trust.verifyAt(certs(c.id), c.host, time.Now())
		if c.ok {
			require.NoError(t, err, "%+v", c)
		} else {
			require.ErrorIs(t, err, fault.TLSHostName, "%+v", c)
		}
		loose := load(t, trust.Path(), TrustOptions{})
		require.NoError(t, loose.verifyAt(certs(c.id), c.host, time.Now()))
	}
}
