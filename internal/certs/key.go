package certs

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// KeyKind is a kind of private key, by the word that asks for it.
type KeyKind string

// The kinds that every server since 5.9 and every OpenSSL since 1.0.2 takes.
const (
	P256    KeyKind = "p256" // a handshake costs a fraction of an RSA one
	P384    KeyKind = "p384"
	RSA2048 KeyKind = "rsa2048"
	RSA3072 KeyKind = "rsa3072"
	RSA4096 KeyKind = "rsa4096"
)

// KeyKinds lists them, the default first.
func KeyKinds() []KeyKind { return []KeyKind{P256, P384, RSA2048, RSA3072, RSA4096} }

// generate makes a key. Error: fault.Argument for a kind that is not known.
func (k KeyKind) generate() (crypto.Signer, error) {
	switch k {
	case P256, "":
		return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case P384:
		return ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case RSA2048:
		return rsa.GenerateKey(rand.Reader, 2048)
	case RSA3072:
		return rsa.GenerateKey(rand.Reader, 3072)
	case RSA4096:
		return rsa.GenerateKey(rand.Reader, 4096)
	}
	words := make([]string, 0, 5)
	for _, kind := range KeyKinds() {
		words = append(words, string(kind))
	}
	return nil, fault.New(fault.Argument, fmt.Sprintf("no key of kind %q can be made; choose one of %s", string(k), strings.Join(words, ", ")))
}

// encodeKey is a key as PEM text: PKCS#8, encrypted if there is a pass phrase.
func encodeKey(key crypto.Signer, phrase string) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	kind := "PRIVATE KEY"
	if phrase != "" {
		if der, err = encrypt(der, phrase); err != nil {
			return nil, err
		}
		kind = encryptedKey
	}
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), nil
}

// DescribeKey names kind and size of a public key, as "ECDSA P-256" or "RSA 2048".
func DescribeKey(public crypto.PublicKey) string {
	switch k := public.(type) {
	case *ecdsa.PublicKey:
		return "ECDSA " + k.Params().Name
	case *rsa.PublicKey:
		return fmt.Sprintf("RSA %d", k.N.BitLen())
	case ed25519.PublicKey:
		return "Ed25519"
	}
	return "of an unknown kind"
}

// WeakKey says what today's OpenSSL has against a public key, or "".
func WeakKey(public crypto.PublicKey) string {
	switch k := public.(type) {
	case *rsa.PublicKey:
		if bits := k.N.BitLen(); bits < 2048 {
			return fmt.Sprintf("an RSA key of %d bits is refused by servers built with today's OpenSSL (2048 are needed)", bits)
		}
	case *ecdsa.PublicKey:
		if k.Params().BitSize < 224 {
			return "the elliptic curve is too small for today's OpenSSL"
		}
	case nil:
		return "the kind of the key is not known here"
	}
	return ""
}
