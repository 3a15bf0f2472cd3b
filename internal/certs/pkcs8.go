package certs

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"hash"
)

// encryptedKey is the PEM type of a PKCS#8 key under a pass phrase.
const encryptedKey = "ENCRYPTED PRIVATE KEY"

// What is written: PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC, which every OpenSSL
// since 1.0.0 reads. The rounds, fifty times openssl's own, are paid at each start of the server.
const (
	rounds   = 100_000
	saltSize = 16
	aesSize  = 32
)

// What is read is limited, so that no file keeps a program busy for long.
const maxRounds = 10_000_000

var (
	errPhrase  = errors.New("the pass phrase is not that of the key")
	errUnknown = errors.New("the key is encrypted in a way that is not known here")
)

// The structures of PKCS#8 (RFC 5958) and PBES2 (RFC 8018).
type encryptedPrivateKeyInfo struct {
	Algorithm pkix.AlgorithmIdentifier
	Data      []byte
}

type pbes2Parameters struct {
	Derivation pkix.AlgorithmIdentifier
	Encryption pkix.AlgorithmIdentifier
}

type pbkdf2Parameters struct {
	Salt      []byte
	Rounds    int
	KeyLength int                      `asn1:"optional"`
	Function  pkix.AlgorithmIdentifier `asn1:"optional"`
}

func oid(numbers ...int) asn1.ObjectIdentifier { return numbers }

func oidPBES2() asn1.ObjectIdentifier      { return oid(1, 2, 840, 113549, 1, 5, 13) }
func oidPBKDF2() asn1.ObjectIdentifier     { return oid(1, 2, 840, 113549, 1, 5, 12) }
func oidHMACSHA256() asn1.ObjectIdentifier { return oid(1, 2, 840, 113549, 2, 9) }
func oidAES256CBC() asn1.ObjectIdentifier  { return oid(2, 16, 840, 1, 101, 3, 4, 1, 42) }

// digestOf is the hash of a pseudo-random function; without one it is SHA-1.
func digestOf(function asn1.ObjectIdentifier) func() hash.Hash {
	switch function.String() {
	case "", "1.2.840.113549.2.7":
		return sha1.New
	case "1.2.840.113549.2.9":
		return sha256.New
	case "1.2.840.113549.2.10":
		return sha512.New384
	case "1.2.840.113549.2.11":
		return sha512.New
	}
	return nil
}

// cipherOf is a block cipher in CBC mode: the size of its key, and how it is made of one.
func cipherOf(encryption asn1.ObjectIdentifier) (size int, make func(key []byte) (cipher.Block, error)) {
	switch encryption.String() {
	case "1.2.840.113549.3.7":
		return 24, des.NewTripleDESCipher // of the original's documentation
	case "2.16.840.1.101.3.4.1.2":
		return 16, aes.NewCipher
	case "2.16.840.1.101.3.4.1.22":
		return 24, aes.NewCipher
	case "2.16.840.1.101.3.4.1.42":
		return 32, aes.NewCipher
	}
	return 0, nil
}

// encrypt puts a PKCS#8 key under a pass phrase.
func encrypt(key []byte, phrase string) ([]byte, error) {
	salt, iv := make([]byte, saltSize), make([]byte, aes.BlockSize)
	_, _ = rand.Read(salt) // never fails
	_, _ = rand.Read(iv)
	derived, err := pbkdf2.Key(sha256.New, phrase, salt, rounds, aesSize)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, err
	}
	padding := aes.BlockSize - len(key)%aes.BlockSize
	data := append(append([]byte(nil), key...), bytes.Repeat([]byte{byte(padding)}, padding)...)
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(data, data)

	derivation, err := asn1.Marshal(pbkdf2Parameters{
		Salt: salt, Rounds: rounds,
		Function: pkix.AlgorithmIdentifier{Algorithm: oidHMACSHA256(), Parameters: asn1.NullRawValue},
	})
	if err != nil {
		return nil, err
	}
	vector, err := asn1.Marshal(iv)
	if err != nil {
		return nil, err
	}
	scheme, err := asn1.Marshal(pbes2Parameters{
		Derivation: pkix.AlgorithmIdentifier{Algorithm: oidPBKDF2(), Parameters: asn1.RawValue{FullBytes: derivation}},
		Encryption: pkix.AlgorithmIdentifier{Algorithm: oidAES256CBC(), Parameters: asn1.RawValue{FullBytes: vector}},
	})
	if err != nil {
		return nil, err
	}
	return asn1.Marshal(encryptedPrivateKeyInfo{
		Algorithm: pkix.AlgorithmIdentifier{Algorithm: oidPBES2(), Parameters: asn1.RawValue{FullBytes: scheme}},
		Data:      data,
	})
}

// decrypt is the way back, for all that openssl makes of PBES2.
func decrypt(der []byte, phrase string) ([]byte, error) {
	var outer encryptedPrivateKeyInfo
	var scheme pbes2Parameters
	var derivation pbkdf2Parameters
	var iv []byte
	if !whole(der, &outer) {
		return nil, errors.New("the encrypted key is damaged")
	}
	if !outer.Algorithm.Algorithm.Equal(oidPBES2()) ||
		!whole(outer.Algorithm.Parameters.FullBytes, &scheme) ||
		!scheme.Derivation.Algorithm.Equal(oidPBKDF2()) ||
		!whole(scheme.Derivation.Parameters.FullBytes, &derivation) ||
		!whole(scheme.Encryption.Parameters.FullBytes, &iv) {
		return nil, errUnknown
	}
	digest := digestOf(derivation.Function.Algorithm)
	size, newBlock := cipherOf(scheme.Encryption.Algorithm)
	if digest == nil || newBlock == nil || derivation.Rounds < 1 || derivation.Rounds > maxRounds ||
		derivation.KeyLength != 0 && derivation.KeyLength != size {
		return nil, errUnknown
	}
	derived, err := pbkdf2.Key(digest, phrase, derivation.Salt, derivation.Rounds, size)
	if err != nil {
		return nil, err
	}
	block, err := newBlock(derived)
	if err != nil {
		return nil, err
	}
	if len(iv) != block.BlockSize() || len(outer.Data) == 0 || len(outer.Data)%block.BlockSize() != 0 {
		return nil, errors.New("the encrypted key is damaged")
	}
	data := make([]byte, len(outer.Data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(data, outer.Data)
	padding := int(data[len(data)-1])
	if padding == 0 || padding > block.BlockSize() ||
		!bytes.Equal(data[len(data)-padding:], bytes.Repeat([]byte{byte(padding)}, padding)) {
		return nil, errPhrase
	}
	return data[:len(data)-padding], nil
}

// whole reports whether der is the encoding of a value, and nothing besides.
func whole(der []byte, value any) bool {
	rest, err := asn1.Unmarshal(der, value)
	return err == nil && len(rest) == 0
}
