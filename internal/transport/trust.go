package transport

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/ecflow-go/ecflow/fault"
)

// TrustOptions says what is asked of a server's certificate beyond being
// vouched for by the trusted file and being in date.
type TrustOptions struct {
	// VerifyHostName is the strict mode: the certificate must be for the host
	// connected to, by its alternative names or, where it has none, its common
	// name. Off by default, as in the original: old certificates carry any name.
	VerifyHostName bool
	// HostName is the name to look for instead of the one connected to, for
	// those who connect by way of localhost, an address or a tunnel.
	HostName string
}

// Trust is the set of certificates to accept: those of one file. It is
// immutable and may be shared.
type Trust struct {
	file *trustFile
	opts TrustOptions
}

// trustFile is what one file holds.
type trustFile struct {
	path   string
	certs  []*x509.Certificate
	pool   *x509.CertPool
	known  map[[sha256.Size]byte]*x509.Certificate // by fingerprint
	digest [sha256.Size]byte                       // of all of them
}

// Path is the file the certificates came from.
func (t *Trust) Path() string { return t.file.path }

// Fingerprints gives the SHA-256 fingerprint of each certificate in the file,
// as openssl x509 -fingerprint -sha256 prints it.
func (t *Trust) Fingerprints() []string {
	prints := make([]string, len(t.file.certs))
	for i, cert := range t.file.certs {
		prints[i] = fingerprint(cert)
	}
	return prints
}

// LoadTrust reads the certificates, one or several, of a PEM file. Text around
// them is ignored. A file that has not changed since it was last read is not
// parsed again.
//
// Errors are of kind TLSMissing or TLSBadFile.
func LoadTrust(path string, opts TrustOptions) (*Trust, error) {
	file, err := trusted.load(path)
	if err != nil {
		return nil, err
	}
	return &Trust{file: file, opts: opts}, nil
}

// maxTrustFile is more than any bundle of certificate authorities needs.
const maxTrustFile = 16 << 20

// trustCache saves the parsing of the same file for every request. It never
// gives a stale answer: identity, size and time of change are looked at each
// time, and a file changed so lately that a further change could carry the same
// time stamp is read again.
type trustCache struct {
	mu    sync.Mutex
	files map[string]cachedTrust
}

type cachedTrust struct {
	file *trustFile
	info fs.FileInfo
}

const (
	maxCachedTrust = 64              // entries; beyond it the cache starts anew
	stampGrain     = 2 * time.Second // the coarsest time stamp of a common file system
)

var trusted = trustCache{files: map[string]cachedTrust{}}

func (c *trustCache) load(path string) (*trustFile, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, trustReadError(path, err)
	}
	c.mu.Lock()
	entry, ok := c.files[path]
	c.mu.Unlock()
	if ok && os.SameFile(entry.info, info) && entry.info.Size() == info.Size() && entry.info.ModTime().Equal(info.ModTime()) {
		return entry.file, nil
	}
	now := time.Now()
	file, info, err := readTrust(path)
	if err != nil {
		return nil, err
	}
	if now.Sub(info.ModTime()) > stampGrain {
		c.mu.Lock()
		if len(c.files) >= maxCachedTrust {
			clear(c.files)
		}
		c.files[path] = cachedTrust{file: file, info: info}
		c.mu.Unlock()
	}
	return file, nil
}

func readTrust(path string) (*trustFile, fs.FileInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, trustReadError(path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, trustReadError(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, nil, badTrust(path, "is not a regular file", nil)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxTrustFile+1))
	if err != nil {
		return nil, nil, trustReadError(path, err)
	}
	if len(data) > maxTrustFile {
		return nil, nil, badTrust(path, "is too large to be a certificate file", nil)
	}
	file, err := parseTrust(path, data)
	return file, info, err
}

// parseTrust collects the certificates in PEM text.
func parseTrust(path string, data []byte) (*trustFile, error) {
	t := &trustFile{path: path, pool: x509.NewCertPool(), known: map[[sha256.Size]byte]*x509.Certificate{}}
	var others []string
	var bad error
	for rest := data; ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		switch block.Type {
		case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
			cert, err := parseCertificate(block.Bytes)
			if err != nil {
				bad = err
				continue
			}
			t.certs = append(t.certs, cert)
			t.pool.AddCert(cert)
			t.known[sha256.Sum256(cert.Raw)] = cert
		default:
			others = append(others, block.Type)
		}
	}
	switch {
	case len(t.certs) > 0:
		t.digest = digest(t.certs)
		return t, nil
	case bad != nil:
		return nil, badTrust(path, "holds a certificate that cannot be read: "+bad.Error(), bad)
	case len(others) > 0:
		return nil, badTrust(path, "holds no certificate, but "+strconv.Quote(others[0]), nil)
	case len(bytes.TrimSpace(data)) == 0:
		return nil, badTrust(path, "is empty", nil)
	case bytes.Contains(data, []byte("-----BEGIN ")):
		return nil, badTrust(path, "holds a damaged PEM block: it may have been cut or edited", nil)
	case len(data) > 4 && data[0] == 0x30 && data[1] >= 0x80:
		return nil, badTrust(path, "holds binary DER, not PEM text: openssl x509 -inform DER converts it", nil)
	}
	return nil, badTrust(path, "holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)", nil)
}

func digest(certs []*x509.Certificate) (sum [sha256.Size]byte) {
	all := sha256.New()
	for _, cert := range certs {
		all.Write(cert.Raw) // each tells its own length
	}
	all.Sum(sum[:0])
	return sum
}

// parseCertificate reads one certificate. What openssl calls a trusted
// certificate has further data behind it, which is left aside.
func parseCertificate(der []byte) (*x509.Certificate, error) {
	var whole asn1.RawValue
	if _, err := asn1.Unmarshal(der, &whole); err != nil {
		return nil, err
	}
	return x509.ParseCertificate(whole.FullBytes)
}

func trustReadError(path string, err error) *fault.Error {
	if errors.Is(err, fs.ErrNotExist) {
		return &fault.Error{Kind: fault.TLSMissing, Path: path, Msg: "the certificate file " + path + " is not there", Err: err}
	}
	return badTrust(path, "cannot be read: "+reasonOfFile(err), err)
}

func badTrust(path, what string, err error) *fault.Error {
	return &fault.Error{
		Kind: fault.TLSBadFile,
		Path: path,
		Msg:  "the certificate file " + path + " " + what,
		Hint: "it must be the server's certificate (or that of its authority) in PEM form, the same file as the server has",
		Err:  err,
	}
}

// fingerprint is the SHA-256 of a certificate as openssl prints it.
func fingerprint(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.Raw)
	var b strings.Builder
	for i, octet := range sum {
		if i > 0 {
			b.WriteByte(':')
		}
		const hex = "0123456789ABCDEF"
		b.WriteByte(hex[octet>>4])
		b.WriteByte(hex[octet&15])
	}
	return b.String()
}
