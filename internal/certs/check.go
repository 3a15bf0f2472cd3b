package certs

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/transport"
)

// Probe asks a server for its certificates, its own first, without trusting any. via is the
// proxy that leads there; nil: none.
//
// Errors: those of [transport.Inspect].
func Probe(ctx context.Context, at transport.Endpoint, via *transport.Proxy, timeout time.Duration) (*tls.ConnectionState, error) {
	return transport.Inspect(ctx, at, &transport.Config{AttemptTimeout: timeout, Proxy: via})
}

// Question says which server to compare with which files.
type Question struct {
	Server    transport.Endpoint
	Proxy     *transport.Proxy
	Timeout   time.Duration // for each of connecting and the handshake; 0: no limit
	CAFile    string        // trust this file; "": choose as a client does, by the following
	Dir       string        // directory of certificates
	Value     string        // of ECF_SSL
	LocalHost string        // name of this machine
	Now       time.Time
}

// Status is how a server and the files here go together.
type Status string

// The answers.
const (
	Fine        Status = "ok"
	Unreachable Status = "unreachable" // no connection
	NoTLS       Status = "no_tls"      // connected, but no secure channel came about
	NoFile      Status = "no_file"     // there is no usable file to trust here
	Untrusted   Status = "untrusted"   // the server shows another certificate than the file's
	Expired     Status = "expired"     // or not valid yet
)

// Answer is what was found.
type Answer struct {
	Server   string        `json:"server"`
	Status   Status        `json:"status"`
	TLS      string        `json:"tls"`    // version, as "TLS 1.3"
	Cipher   string        `json:"cipher"` // as "TLS_AES_128_GCM_SHA256"
	Shown    []Certificate `json:"shown"`
	Trusting string        `json:"trusting"` // the file that a client here trusts; "": there is none
	Problems []Problem     `json:"problems"`
}

// Check compares what a server shows with what a client on this machine trusts. All that
// goes wrong is in the answer.
func Check(ctx context.Context, q Question) Answer {
	a := Answer{Server: q.Server.String(), Status: Fine, Shown: []Certificate{}, Problems: []Problem{}}
	trust := a.choose(q)
	state, err := Probe(ctx, q.Server, q.Proxy, q.Timeout)
	if state != nil {
		a.TLS, a.Cipher = tls.VersionName(state.Version), tls.CipherSuiteName(state.CipherSuite)
		for _, c := range state.PeerCertificates {
			a.Shown = append(a.Shown, Describe(c, q.Now))
		}
	}
	if err != nil {
		a.Status = NoTLS
		if kind := fault.KindOf(err); kind == fault.Connect || kind == fault.Timeout || kind == fault.Argument || kind == fault.Cancelled {
			a.Status = Unreachable
		}
		a.fail("", err)
		return a
	}
	leaf := state.PeerCertificates[0]
	if trust != nil {
		a.compare(q, trust, state.PeerCertificates)
	}
	if p, found := dateProblem(leaf, q.Now); found && a.Status != Expired {
		a.Problems = append(a.Problems, p)
		if !p.Warning && a.Status == Fine {
			a.Status = Expired
		}
	}
	if weak := WeakKey(leaf.PublicKey); weak != "" {
		a.Problems = append(a.Problems, Problem{Warning: true, Text: weak})
	}
	if leaf.VerifyHostname(q.Server.Host) != nil {
		a.Problems = append(a.Problems, Problem{
			Warning: true, Text: "the certificate is not for the name " + q.Server.Host,
			Hint: "this matters to clients only that verify host names, which the original's do not",
		})
	}
	return a
}

// choose finds the file that a client here would trust; nil when there is none.
func (a *Answer) choose(q Question) *transport.Trust {
	path := q.CAFile
	var err error
	if path == "" {
		path, err = transport.FindCertificate(transport.CertificateSelection{
			Dir: q.Dir, Host: q.Server.Host, Port: q.Server.Port, Value: q.Value, LocalHost: q.LocalHost,
		})
	}
	var trust *transport.Trust
	if err == nil {
		trust, err = transport.LoadTrust(path, transport.TrustOptions{})
	}
	if err != nil {
		a.Status = NoFile
		p := Problem{Path: path, Text: summary(err), Hint: "ecflow certs fetch " + q.Server.String() + " gets it"}
		if path != "" { // it is there, and is no good
			p.Hint = hint(err)
		}
		a.Problems = append(a.Problems, p)
		return nil
	}
	a.Trusting = path
	return trust
}

// compare looks whether the file vouches for what the server shows.
func (a *Answer) compare(q Question, trust *transport.Trust, shown []*x509.Certificate) {
	err := trust.Accepts(shown, q.Server.Host)
	switch {
	case err == nil:
		return
	case errors.Is(err, fault.TLSExpired):
		a.Status = Expired
	default:
		a.Status = Untrusted
	}
	a.fail(a.Trusting, err)
	p := &a.Problems[len(a.Problems)-1]
	if a.Status == Untrusted {
		p.Hint = "if this is the server's own machine, the server may have been started before the file was made: restart it\n" +
			"otherwise compare fingerprints with the server's administrator, and get the new file: ecflow certs fetch --force " + q.Server.String()
		if other := holding(q.Dir, shown[0], a.Trusting); other != "" {
			p.Hint = other + " holds the server's certificate, but clients look at " + a.Trusting + " first\n" + p.Hint
		}
	}
}

func (a *Answer) fail(path string, err error) {
	a.Problems = append(a.Problems, Problem{Path: path, Text: summary(err), Hint: hint(err)})
}

// holding is the certificate file of a directory, other than one, that holds a certificate.
func holding(dir string, wanted *x509.Certificate, but string) string {
	paths, _ := filepath.Glob(filepath.Join(dir, "*.crt"))
	for _, path := range paths {
		if path == but {
			continue
		}
		data, err := readFile(path)
		if err != nil {
			continue
		}
		found, _ := parseCertificates(data)
		for _, c := range found {
			if c.Equal(wanted) {
				return path
			}
		}
	}
	return ""
}

// summary is the first line of an error.
func summary(err error) string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	text, _, _ := strings.Cut(e.Summary(), "\n")
	return text
}

func hint(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Hint
	}
	return ""
}

// Same reports whether a file is there and holds exactly this certificate as its first.
func Same(path string, c *x509.Certificate) (same, there bool) {
	data, err := readFile(path)
	if err != nil {
		return false, !os.IsNotExist(err)
	}
	found, _ := parseCertificates(data)
	return len(found) > 0 && found[0].Equal(c), true
}
