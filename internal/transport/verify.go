package transport

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/fault"
)

// verify decides whether the certificates a server has shown are to be trusted.
// The order matters for what the user is told, and for speed: the usual case,
// a server that shows the very certificate the file holds, costs one hash.
//
//  1. The server's certificate is one of the file's: its dates decide. Nothing
//     in it is looked at beyond that, as the user has vouched for these bytes;
//     version 1, no alternative names, 1024 bits, an authority's own
//     certificate are all in use.
//  2. Else a chain must lead to a certificate of the file, as crypto/x509 sees it.
//  3. Else a certificate of the file must have signed the server's directly.
//     This is for names that are equal to openssl but written differently
//     (printable and UTF-8 strings), which crypto/x509 compares byte by byte.
//
// source: docs/decisions/0002-tls-trust.md
func (t *Trust) verify(cs tls.ConnectionState, host string) error {
	return t.verifyAt(cs.PeerCertificates, host, time.Now())
}

func (t *Trust) verifyAt(peer []*x509.Certificate, host string, now time.Time) error {
	if len(peer) == 0 {
		return fault.New(fault.TLSUntrusted, "the server shows no certificate")
	}
	leaf := peer[0]
	if _, ok := t.file.known[sha256.Sum256(leaf.Raw)]; ok {
		if !inDate(leaf, now) {
			return outOfDate(leaf, leaf, now, t.file.path)
		}
	} else if err := t.verifyChain(peer, now); err != nil {
		return err
	}
	if !t.opts.VerifyHostName {
		return nil
	}
	if t.opts.HostName != "" {
		host = t.opts.HostName
	}
	return verifyHostName(leaf, host, true)
}

func (t *Trust) verifyChain(peer []*x509.Certificate, now time.Time) error {
	leaf := peer[0]
	if !inDate(leaf, now) && !leaf.NotAfter.Before(leaf.NotBefore) { // one that ends before it begins is never in date
		// A stranger's date is of no interest: look first who vouches for it.
		if err := t.verifyChain(peer, leaf.NotBefore); err != nil {
			return err
		}
		return outOfDate(leaf, leaf, now, t.file.path)
	}
	_, err := leaf.Verify(x509.VerifyOptions{Roots: t.file.pool, Intermediates: poolOf(peer[1:]), CurrentTime: now})
	if err == nil {
		return nil
	}
	for _, anchor := range t.file.certs {
		if leaf.CheckSignatureFrom(anchor) != nil {
			continue
		}
		if !inDate(anchor, now) {
			return outOfDate(anchor, leaf, now, t.file.path)
		}
		if forServers(leaf) {
			return nil
		}
	}
	var invalid x509.CertificateInvalidError
	if errors.As(err, &invalid) && invalid.Reason == x509.Expired {
		return outOfDate(invalid.Cert, leaf, now, t.file.path)
	}
	return t.untrusted(leaf, err)
}

func poolOf(certs []*x509.Certificate) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, cert := range certs {
		pool.AddCert(cert)
	}
	return pool
}

func inDate(cert *x509.Certificate, now time.Time) bool {
	return !now.Before(cert.NotBefore) && !now.After(cert.NotAfter)
}

// forServers reports whether a certificate may be used by a server: it says so,
// or says nothing of its use.
func forServers(cert *x509.Certificate) bool {
	if len(cert.ExtKeyUsage) == 0 && len(cert.UnknownExtKeyUsage) == 0 {
		return true
	}
	for _, use := range cert.ExtKeyUsage {
		if use == x509.ExtKeyUsageServerAuth || use == x509.ExtKeyUsageAny {
			return true
		}
	}
	return false
}

// verifyHostName checks a certificate's names. byCommonName allows the common
// name to stand in where there are no alternative names at all, which is how
// the documented recipe makes certificates.
func verifyHostName(leaf *x509.Certificate, host string, byCommonName bool) error {
	if leaf.VerifyHostname(host) == nil {
		return nil
	}
	names := namesOf(leaf)
	if len(names) == 0 && byCommonName && leaf.Subject.CommonName != "" {
		names = []string{leaf.Subject.CommonName}
		if _, err := netip.ParseAddr(host); err == nil {
			if host == leaf.Subject.CommonName {
				return nil
			}
		} else if (&x509.Certificate{DNSNames: names}).VerifyHostname(host) == nil {
			return nil
		}
	}
	told := "no name at all"
	if len(names) > 0 {
		told = strings.Join(names, ", ")
	}
	return &fault.Error{
		Kind: fault.TLSHostName,
		Msg:  fmt.Sprintf("the server's certificate is for %s, not for %s", told, host),
		Hint: "connect by the name in the certificate, or have one made for this name, or leave the host name unchecked",
	}
}

func namesOf(cert *x509.Certificate) []string {
	names := append([]string(nil), cert.DNSNames...)
	for _, ip := range cert.IPAddresses {
		names = append(names, ip.String())
	}
	return names
}

// outOfDate tells about a certificate whose time is not now: the server's own,
// or one that vouches for it.
func outOfDate(cert, leaf *x509.Certificate, now time.Time, path string) *fault.Error {
	whose := "the server's certificate"
	if cert != leaf {
		whose = "the certificate that vouches for the server's, " + subject(cert) + ","
	}
	what := "expired on " + day(cert.NotAfter)
	if now.Before(cert.NotBefore) {
		what = "is not valid before " + day(cert.NotBefore)
	}
	return &fault.Error{
		Kind: fault.TLSExpired,
		Path: path,
		Msg:  fmt.Sprintf("%s %s (this machine's time is %s)", whose, what, day(now)),
		Hint: "have the server's certificate renewed, restart the server, and copy the new file here\n" +
			describe("the certificate", cert),
	}
}

// untrusted tells what the server shows, what the file holds, and how to find
// out which of them is right.
func (t *Trust) untrusted(leaf *x509.Certificate, cause error) error {
	var b strings.Builder
	b.WriteString(describe("the server shows", leaf))
	for i, cert := range t.file.certs {
		if i == 4 {
			fmt.Fprintf(&b, "\nand %d more", len(t.file.certs)-i)
			break
		}
		b.WriteString("\n" + describe("the file holds", cert))
	}
	b.WriteString("\nask the server's administrator for the certificate the server uses now and compare fingerprints; to see\n" +
		"what it shows: openssl s_client -connect HOST:PORT </dev/null | openssl x509 -noout -subject -fingerprint -sha256")
	return &fault.Error{
		Kind: fault.TLSUntrusted,
		Path: t.file.path,
		Msg:  "the server's certificate is not vouched for by the trusted file " + t.file.path + ": " + plainWords(cause),
		Hint: b.String(),
		Err:  cause,
	}
}

// plainWords says why a chain was not accepted.
func plainWords(err error) string {
	var unknown x509.UnknownAuthorityError
	if errors.As(err, &unknown) {
		return "it is another certificate, and none of the file's has signed it"
	}
	return strings.TrimPrefix(err.Error(), "x509: ")
}

func describe(who string, cert *x509.Certificate) string {
	return fmt.Sprintf("%s: %s, valid %s to %s,\n  sha256 %s", who, subject(cert), day(cert.NotBefore), day(cert.NotAfter), fingerprint(cert))
}

func subject(cert *x509.Certificate) string {
	if s := cert.Subject.String(); s != "" {
		return s
	}
	return "(no subject)"
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
