package doctor

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
)

// issue makes a certificate that signed itself, and the file by which clients trust it.
func issue(t *testing.T, from, until time.Time) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "some.host"}, NotBefore: from, NotAfter: until,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "server.crt")
	require.NoError(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, path
}

func TestExamine_tls(t *testing.T) {
	now := time.Now()
	s := &server{version: "5.19.0"}
	for name, c := range map[string]struct {
		from, until        time.Time
		certificate, trust Status
		words              string
	}{
		"in date":  {now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0), OK, OK, "ECDSA P-256"},
		"not long": {now.AddDate(-1, 0, 0), now.AddDate(0, 0, 10), Warning, OK, "expires on"},
		"expired":  {now.AddDate(-2, 0, 0), now.AddDate(-1, 0, 0), Problem, Problem, "expired on"},
		"not yet":  {now.AddDate(1, 0, 0), now.AddDate(2, 0, 0), Problem, Problem, "not valid before"},
	} {
		t.Run(name, func(t *testing.T) {
			certificate, path := issue(t, c.from, c.until)
			o := listen(t, func(raw net.Conn) {
				conn := tls.Server(raw, &tls.Config{Certificates: []tls.Certificate{certificate}})
				s.serve(conn)
				conn.Close()
			})
			o.Protocol, o.SSLDir = client.TLS, filepath.Dir(path)
			told := examine(t, o, map[string]string{"ECF_SSL": "1"})
			requireFinding(t, told["protocol"], OK, "TLS 1.3")
			requireFinding(t, told["certificate"], c.certificate, c.words)
			if requireFinding(t, told["trust"], c.trust, ""); c.trust == OK {
				requireFinding(t, told["trust"], OK, "this very certificate; it is for 127.0.0.1")
				requireFinding(t, told["access"], OK, "")
			} else {
				requireFinding(t, told["access"], Skipped, "")
			}
		})
	}
}

func TestExamine_https(t *testing.T) {
	s := &server{version: "5.19.0"}
	certificate, path := issue(t, time.Now().AddDate(-1, 0, 0), time.Now().AddDate(1, 0, 0))
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		payload, _ := io.ReadAll(r.Body)
		_, _ = w.Write(s.reply(payload))
	}))
	front.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	front.Config.ErrorLog = log.New(io.Discard, "", 0)
	front.StartTLS()
	t.Cleanup(front.Close)
	host, port, err := net.SplitHostPort(front.Listener.Addr().String())
	require.NoError(t, err)
	o := client.Options{Host: host, Port: port, Login: "fred", LocalHost: "desk", Protocol: client.HTTPS, CAFile: path}
	told := examine(t, o, nil)
	requireFinding(t, told["protocol"], OK, "HTTPS: TLS 1.3")
	requireFinding(t, told["certificate"], Skipped, "HTTPS")
	requireFinding(t, told["access"], OK, "fred")
	o.CAFile = ""
	told = examine(t, o, nil)
	requireFinding(t, told["access"], Problem, "certificate")
}
