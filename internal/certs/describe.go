package certs

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/fault"
)

// Certificate is what people and programs want to know of a certificate.
type Certificate struct {
	Subject    string    `json:"subject"`
	Issuer     string    `json:"issuer,omitempty"` // "" if it signed itself
	Names      []string  `json:"names"`
	NotBefore  time.Time `json:"not_before"`
	NotAfter   time.Time `json:"not_after"`
	DaysLeft   int       `json:"days_left"` // whole days; negative when it has expired
	Key        string    `json:"key"`       // as "ECDSA P-256"
	Signature  string    `json:"signature"`
	Serial     string    `json:"serial"`
	SHA256     string    `json:"sha256"` // as [Fingerprint] gives it
	selfSigned bool
}

// Describe tells of a certificate as it is at a time.
func Describe(c *x509.Certificate, now time.Time) Certificate {
	d := Certificate{
		Subject: c.Subject.String(), Names: append([]string{}, c.DNSNames...),
		NotBefore: c.NotBefore.UTC(), NotAfter: c.NotAfter.UTC(), DaysLeft: daysLeft(c, now),
		Key: DescribeKey(c.PublicKey), Signature: c.SignatureAlgorithm.String(), Serial: c.SerialNumber.Text(16), SHA256: Fingerprint(c),
	}
	for _, ip := range c.IPAddresses {
		d.Names = append(d.Names, ip.String())
	}
	if d.Subject == "" {
		d.Subject = "(none)"
	}
	if d.selfSigned = bytes.Equal(c.RawIssuer, c.RawSubject); !d.selfSigned {
		d.Issuer = c.Issuer.String()
	}
	return d
}

func daysLeft(c *x509.Certificate, now time.Time) int {
	left := c.NotAfter.Sub(now)
	days := int(left / (24 * time.Hour))
	if left < 0 {
		days--
	}
	return days
}

// FewDays is when a certificate should be renewed.
const FewDays = 30

// dateProblem tells of a certificate that is out of date, or soon will be.
func dateProblem(c *x509.Certificate, now time.Time) (p Problem, found bool) {
	day := func(t time.Time) string { return t.UTC().Format(time.DateOnly) }
	renew := "make a new one, restart the server, and give the new .crt to all clients"
	switch left := daysLeft(c, now); {
	case now.Before(c.NotBefore):
		return Problem{Text: "the certificate is not valid before " + day(c.NotBefore), Hint: "check the clock of this machine, and of the one it was made on"}, true
	case now.After(c.NotAfter):
		return Problem{Text: "the certificate expired on " + day(c.NotAfter), Hint: renew}, true
	case left < FewDays:
		return Problem{Warning: true, Text: fmt.Sprintf("the certificate expires on %s, in %d days", day(c.NotAfter), left), Hint: renew}, true
	}
	return Problem{}, false
}

// Fingerprint is the SHA-256 of a certificate, as "SHA256:3F:9A:...".
func Fingerprint(c *x509.Certificate) string {
	sum := sha256.Sum256(c.Raw)
	return "SHA256:" + colons(sum[:])
}

func colons(sum []byte) string {
	var b strings.Builder
	for i, octet := range sum {
		if i > 0 {
			b.WriteByte(':')
		}
		fmt.Fprintf(&b, "%02X", octet)
	}
	return b.String()
}

// ParseFingerprint takes a SHA-256 fingerprint with or without colons and "SHA256:" (or
// openssl's "sha256 Fingerprint=") in front, and gives it as [Fingerprint] does.
// Error: fault.Argument.
func ParseFingerprint(text string) (string, error) {
	bare := strings.ToLower(strings.TrimSpace(text))
	if _, after, ok := strings.Cut(bare, "fingerprint="); ok {
		bare = after
	}
	bare = strings.TrimPrefix(bare, "sha256:")
	sum, err := hex.DecodeString(strings.ReplaceAll(bare, ":", ""))
	if err != nil || len(sum) != sha256.Size {
		return "", &fault.Error{
			Kind: fault.Argument, Msg: fmt.Sprintf("%q is no SHA-256 fingerprint", text),
			Hint: "it has 64 hexadecimal digits, with or without colons; on the server's machine: ecflow certs show",
		}
	}
	return "SHA256:" + colons(sum), nil
}
