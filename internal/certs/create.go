package certs

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/fileset"
)

// Request says what to make.
type Request struct {
	Dir        string
	Base       string   // "": [Shared]; else HOST.PORT, see [BaseOf]
	CommonName string   // "": the first of Names
	Names      []string // host names and addresses the certificate is for
	Days       int      // how long it is valid; 0: [DefaultDays]
	Key        KeyKind  // "": P256
	Phrase     string   // pass phrase of the key; "": none
	Overwrite  bool     // replace what is there
	Brief      bool     // it is for a server that lives shortly: nobody waits for the disk
	Now        time.Time
}

// DefaultDays is ten years: clients trust this very certificate, so a short life adds no
// safety, and each renewal means a restart of the server and a new file for all clients.
const DefaultDays = 3650

// Limits of what is asked for.
const (
	maxDays       = 36500
	maxCommonName = 64 // of X.520
	minPhrase     = 4  // openssl's own
	maxPhrase     = 1000
)

// Made is what was made.
type Made struct {
	Files       Files
	Written     []string // paths, in order
	KeptGroup   bool     // a Diffie-Hellman group was there and does
	Certificate *x509.Certificate
}

// Create makes key, certificate, group and, with a pass phrase, the file of it, and writes
// all or nothing. A directory that is missing is made. Files that are there are an error
// (errors.Is with fs.ErrExist) unless Overwrite is set; a group of 2048 bits or more stays.
//
// Modes: directory 0700, key and pass phrase 0600, certificate and group 0644.
//
// Errors: fault.Argument, fault.Config.
func Create(r Request) (*Made, error) {
	if err := r.complete(); err != nil {
		return nil, err
	}
	files := FilesIn(r.Dir, r.Base)
	if !r.Overwrite {
		if err := mustBeAbsent(files); err != nil {
			return nil, err // before the work of making a key
		}
	}
	key, certificate, err := r.certificate()
	if err != nil {
		return nil, err
	}
	keyText, err := encodeKey(key, r.Phrase)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Internal, Op: "make a key", Err: err}
	}
	set := []fileset.File{
		{Path: files.Key, Data: keyText, Mode: 0o600},
		{Path: files.Certificate, Data: EncodeCertificate(certificate), Mode: 0o644},
	}
	made := &Made{Files: files, Certificate: certificate}
	if data, err := os.ReadFile(files.Group); err == nil && groupBits(data) >= 2048 {
		made.KeptGroup = true
	} else {
		set = append(set, fileset.File{Path: files.Group, Data: Group(), Mode: 0o644})
	}
	if r.Phrase != "" {
		set = append(set, fileset.File{Path: files.Phrase, Data: []byte(r.Phrase + "\n"), Mode: 0o600})
	} else if r.Overwrite {
		set = append(set, fileset.File{Path: files.Phrase, Remove: true}) // that of the key before
	}
	for i := range set {
		set[i].Brief = r.Brief
	}
	if err := fileset.MakeDirectory(r.Dir); err != nil {
		return nil, err
	}
	if err := fileset.Write(set, r.Overwrite); err != nil {
		return nil, err
	}
	for _, f := range set {
		if !f.Remove {
			made.Written = append(made.Written, f.Path)
		}
	}
	return made, nil
}

// complete puts defaults in, and refuses what cannot be.
func (r *Request) complete() error {
	refuse := func(format string, args ...any) error {
		return &fault.Error{Kind: fault.Argument, Op: "make a certificate", Msg: fmt.Sprintf(format, args...)}
	}
	if r.Base == "" {
		r.Base = Shared
	}
	if r.Now.IsZero() {
		r.Now = time.Now()
	}
	if r.Days == 0 {
		r.Days = DefaultDays
	}
	if r.CommonName == "" && len(r.Names) > 0 {
		r.CommonName = r.Names[0]
	}
	switch {
	case r.CommonName == "":
		return refuse("a host name is needed")
	case len(r.CommonName) > maxCommonName:
		return refuse("the common name %q is longer than %d characters", r.CommonName, maxCommonName)
	case strings.ContainsFunc(r.CommonName, func(c rune) bool { return c < ' ' || c == 0x7f }):
		return refuse("the common name %q has control characters", r.CommonName)
	case r.Days < 1 || r.Days > maxDays:
		return refuse("%d days are not between 1 and %d", r.Days, maxDays)
	case r.Phrase != "" && (len(r.Phrase) < minPhrase || len(r.Phrase) > maxPhrase):
		return refuse("a pass phrase has %d to %d characters", minPhrase, maxPhrase)
	case strings.ContainsAny(r.Phrase, "\n\r\x00"):
		return refuse("a pass phrase is one line")
	}
	for _, name := range r.Names {
		if !isName(name) {
			return refuse("%q is no host name, nor an address", name)
		}
	}
	return nil
}

// isName reports whether a text can be an alternative name: an address, or a host
// name, perhaps with a wildcard.
func isName(name string) bool {
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	if name == "" || len(name) > 253 {
		return false
	}
	for label := range strings.SplitSeq(strings.TrimPrefix(name, "*."), ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
			return false
		}
	}
	return true
}

// certificate makes the key and what it signs of itself.
//
// It is no authority (whoever steals the key cannot make further certificates), and says
// nothing of key usage: OpenSSL before 3.0 takes a certificate that may not sign
// others for one that has not signed itself. The identifiers of its key let OpenSSL tell it apart from
// others of the same name in one file, as when an old one and its successor are trusted.
func (r *Request) certificate() (crypto.Signer, *x509.Certificate, error) {
	key, err := r.Key.generate()
	if err != nil {
		return nil, nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 126))
	if err != nil {
		return nil, nil, err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return nil, nil, &fault.Error{Kind: fault.Internal, Op: "make a certificate", Err: err}
	}
	identifier := sha256.Sum256(public)
	template := x509.Certificate{
		SerialNumber:          serial.Add(serial, big.NewInt(1)),
		Subject:               pkix.Name{CommonName: r.CommonName},
		NotBefore:             r.Now.Add(-time.Hour).UTC().Truncate(time.Second), // clocks of clients may be late
		NotAfter:              r.Now.AddDate(0, 0, r.Days).UTC().Truncate(time.Second),
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
		SubjectKeyId:          identifier[:20],
		AuthorityKeyId:        identifier[:20],
	}
	for _, name := range r.Names {
		if addr, err := netip.ParseAddr(name); err == nil {
			template.IPAddresses = append(template.IPAddresses, addr.Unmap().AsSlice())
		} else if !slices.Contains(template.DNSNames, name) {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	if err != nil {
		return nil, nil, &fault.Error{Kind: fault.Argument, Op: "make a certificate", Err: err}
	}
	certificate, err := x509.ParseCertificate(der)
	return key, certificate, err
}

// EncodeCertificate is a certificate as PEM text.
func EncodeCertificate(certificate *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw})
}

func mustBeAbsent(files Files) error {
	for _, path := range []string{files.Key, files.Certificate, files.Phrase} {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return &fault.Error{
				Kind: fault.Config, Op: "make a certificate", Path: path, Msg: path + " is there already", Err: fs.ErrExist,
				Hint: "a server that uses it would not start with half of another pair: move the old files away, or replace all of them",
			}
		}
	}
	return nil
}

// matches reports whether a certificate is for a key.
func matches(certificate *x509.Certificate, key crypto.Signer) bool {
	switch public := key.Public().(type) {
	case *ecdsa.PublicKey:
		return public.Equal(certificate.PublicKey)
	case *rsa.PublicKey:
		return public.Equal(certificate.PublicKey)
	case interface{ Equal(crypto.PublicKey) bool }:
		return public.Equal(certificate.PublicKey)
	}
	return false
}
