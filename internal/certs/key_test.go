package certs

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

const phrase = "a pass phrase" // of testdata/keys

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "keys", name))
	require.NoError(t, err)
	return data
}

func samples(t testing.TB) (names []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "keys", "*.pem"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		names = append(names, filepath.Base(path))
	}
	return names
}

func TestOpenKey_ofOpenssl(t *testing.T) {
	plain, err := openKey(keyBlock(sample(t, "plain-sec1.pem")), "")
	require.NoError(t, err)
	for _, name := range samples(t) {
		if strings.HasPrefix(name, "dh") {
			require.Nil(t, keyBlock(sample(t, name)))
			continue
		}
		t.Run(name, func(t *testing.T) {
			block := keyBlock(sample(t, name))
			require.NotNil(t, block)
			require.Equal(t, !strings.HasPrefix(name, "plain"), isEncrypted(block))
			key, err := openKey(block, phrase)
			switch {
			case strings.HasPrefix(name, "unknown"):
				require.ErrorIs(t, err, errUnknown)
				return
			case strings.HasPrefix(name, "rsa"):
				require.NoError(t, err)
				require.IsType(t, &rsa.PrivateKey{}, key)
			default:
				require.NoError(t, err)
				require.True(t, plain.Public().(*ecdsa.PublicKey).Equal(key.Public()))
			}
			if !strings.HasPrefix(name, "plain") {
				for _, wrong := range []string{"another", phrase + "\n"} {
					_, err := openKey(block, wrong)
					require.ErrorIs(t, err, errPhrase)
				}
			}
		})
	}
}

func TestEncodeKey_thereAndBack(t *testing.T) {
	for _, kind := range []KeyKind{P256, P384, RSA2048} {
		key, err := kind.generate()
		require.NoError(t, err)
		for _, phrase := range []string{"", "test", "pä§ mit Umlaut", strings.Repeat("x", maxPhrase)} {
			text, err := encodeKey(key, phrase)
			require.NoError(t, err)
			block := keyBlock(text)
			require.Equal(t, phrase != "", isEncrypted(block))
			again, err := openKey(block, phrase)
			require.NoError(t, err)
			require.True(t, key.(interface{ Equal(crypto.PrivateKey) bool }).Equal(again))
		}
	}
	_, err := KeyKind("rsa1024").generate()
	require.ErrorIs(t, err, fault.Argument)
}

// The prime is that of the formula in RFC 7919, appendix A.1:
// 2^2048 - 2^1984 + ([2^1918 * e] + 560316) * 2^64 - 1.
func TestGroup(t *testing.T) {
	const precision = 2200
	scaled := new(big.Int) // e * 2^precision
	for term, n := new(big.Int).Lsh(big.NewInt(1), precision), int64(1); term.Sign() > 0; n++ {
		scaled.Add(scaled, term)
		term.Div(term, big.NewInt(n))
	}
	prime := new(big.Int).Rsh(scaled, precision-1918)
	prime.Add(prime, big.NewInt(560316)).Lsh(prime, 64)
	prime.Add(prime, new(big.Int).Lsh(big.NewInt(1), 2048)).Sub(prime, new(big.Int).Lsh(big.NewInt(1), 1984)).Sub(prime, big.NewInt(1))
	require.Equal(t, ffdhe2048, hex.EncodeToString(prime.Bytes()))
	require.True(t, prime.ProbablyPrime(10))
	require.Equal(t, 2048, groupBits(Group()))

	require.Equal(t, 1024, groupBits(sample(t, "dh1024.pem")))
	require.Equal(t, 2048, groupBits(sample(t, "dhx.pem")))
	require.Zero(t, groupBits(sample(t, "plain.crt")))
	require.Zero(t, groupBits(nil))
}

// No key file makes the reader fail in another way than by an error, or work for long.
func FuzzOpenKey(f *testing.F) {
	for _, name := range samples(f) {
		f.Add(sample(f, name), phrase)
	}
	f.Fuzz(func(t *testing.T, data []byte, phrase string) {
		_ = groupBits(data)
		_, _ = parseCertificates(data)
		block := keyBlock(data)
		if block == nil || len(phrase) > maxPhrase || roundsOf(block) > 10_000 {
			return
		}
		key, err := openKey(block, phrase)
		if err != nil {
			return
		}
		text, err := encodeKey(key, "")
		if err != nil {
			return // a kind that PKCS#8 does not hold here
		}
		again, err := openKey(keyBlock(text), "")
		require.NoError(t, err)
		second, err := encodeKey(again, "")
		require.NoError(t, err)
		require.True(t, bytes.Equal(text, second))
	})
}

// roundsOf keeps the fuzzer from waiting.
func roundsOf(block *pem.Block) int {
	var outer encryptedPrivateKeyInfo
	var scheme pbes2Parameters
	var derivation pbkdf2Parameters
	if !whole(block.Bytes, &outer) || !whole(outer.Algorithm.Parameters.FullBytes, &scheme) ||
		!whole(scheme.Derivation.Parameters.FullBytes, &derivation) {
		return 0
	}
	return derivation.Rounds
}
