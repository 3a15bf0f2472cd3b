package certs

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// maxFile is more than any of these files needs.
const maxFile = 1 << 20

// readFile reads a file that may be large by mistake.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("is a directory")}
	}
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("is too large")}
	}
	return data, err
}

// parseCertificates gives all certificates in PEM text. Damaged ones are an error.
func parseCertificates(data []byte) ([]*x509.Certificate, error) {
	var found []*x509.Certificate
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" && block.Type != "X509 CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, errors.New(strings.TrimPrefix(err.Error(), "x509: "))
		}
		found = append(found, c)
	}
	return found, nil
}

// keyBlock is the first private key in PEM text, nil if there is none.
func keyBlock(data []byte) *pem.Block {
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if strings.HasSuffix(block.Type, "PRIVATE KEY") {
			return block
		}
	}
	return nil
}

// isEncrypted reports whether a key needs a pass phrase.
func isEncrypted(block *pem.Block) bool {
	return block.Type == encryptedKey || legacyEncrypted(block)
}

// legacyEncrypted reports whether a key is encrypted in the way of old openssl, which
// what the original documents makes there.
func legacyEncrypted(block *pem.Block) bool {
	return strings.Contains(block.Headers["Proc-Type"], "ENCRYPTED")
}

// openKey makes a key of a PEM block.
func openKey(block *pem.Block, phrase string) (crypto.Signer, error) {
	der := block.Bytes
	var err error
	switch {
	case block.Type == encryptedKey:
		der, err = decrypt(der, phrase)
	case legacyEncrypted(block):
		//lint:ignore SA1019 keys that are in use are encrypted so
		der, err = x509.DecryptPEMBlock(block, []byte(phrase))
		if errors.Is(err, x509.IncorrectPasswordError) {
			err = errPhrase
		}
	}
	if err != nil {
		return nil, err
	}
	key, err := parseKey(der)
	if err != nil && isEncrypted(block) {
		return nil, errPhrase // a wrong one gives well-padded nonsense once in 256 times
	}
	return key, err
}

func parseKey(der []byte) (crypto.Signer, error) {
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		if signer, ok := key.(crypto.Signer); ok {
			return signer, nil
		}
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	return nil, errors.New("the key is damaged, or of a kind not known here")
}

// phraseOf is the pass phrase in a file as the server takes it: all of it but one last line end.
//
// source: Openssl.cpp, get_password.
func phraseOf(data []byte) string { return strings.TrimSuffix(string(data), "\n") }

// defaultPhrase is what the original server tries when there is no file.
//
// source: Openssl.cpp, get_password.
const defaultPhrase = "test"

// Pair is a certificate with its key, for a server of ours.
type Pair struct {
	Chain []*x509.Certificate // as in the file, the server's own first
	Key   crypto.Signer
}

// Load reads what a server needs, as the original server does: with the pass phrase of
// the .passwd file, "test" when there is none. Errors: fault.TLSMissing, fault.TLSBadFile.
func Load(files Files) (*Pair, error) {
	data, err := readFile(files.Certificate)
	if err != nil {
		return nil, unreadable(files.Certificate, err)
	}
	chain, err := parseCertificates(data)
	if err == nil && len(chain) == 0 {
		err = errors.New("there is no certificate in it")
	}
	if err != nil {
		return nil, unreadable(files.Certificate, err)
	}
	if data, err = readFile(files.Key); err != nil {
		return nil, unreadable(files.Key, err)
	}
	block := keyBlock(data)
	if block == nil {
		return nil, unreadable(files.Key, errors.New("there is no private key in it"))
	}
	phrase := defaultPhrase
	if data, err := readFile(files.Phrase); err == nil {
		phrase = phraseOf(data)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, unreadable(files.Phrase, err)
	}
	key, err := openKey(block, phrase)
	if err != nil {
		return nil, unreadable(files.Key, err)
	}
	if !matches(chain[0], key) {
		return nil, unreadable(files.Key, fmt.Errorf("the key is %w of %s", errMismatch, files.Certificate))
	}
	return &Pair{Chain: chain, Key: key}, nil
}

// errMismatch is the cause when key and certificate do not belong together.
var errMismatch = errors.New("not that")

func unreadable(path string, err error) error {
	kind := fault.TLSBadFile
	if errors.Is(err, fs.ErrNotExist) {
		kind = fault.TLSMissing
	}
	return &fault.Error{Kind: kind, Op: "read", Path: path, Msg: path + ": " + reason(err), Err: err}
}

// reason is the system's word for a failure, without operation and path.
func reason(err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err.Error()
	}
	return err.Error()
}

// TLS is the pair as crypto/tls takes it.
func (p *Pair) TLS() tls.Certificate {
	c := tls.Certificate{PrivateKey: p.Key, Leaf: p.Chain[0]}
	for _, one := range p.Chain {
		c.Certificate = append(c.Certificate, one.Raw)
	}
	return c
}
