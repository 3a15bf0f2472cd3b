package unixcrypt

import (
	"crypto/des" //nolint:gosec // the reference for our own DES
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every hash below was made by libxcrypt 4.4.33 (Debian 12, package libcrypt1)
// with crypt(3), called through perl; 4.5.2 gives the same.
var vectors = []struct{ setting, key, hash string }{
	// Traditional DES: two characters of salt, the rest of the name is ignored.
	{"fred", "secret", "frrkUcE9qDkFs"},
	{"fr", "secret", "frrkUcE9qDkFs"},
	{"fr2", "secret", "frrkUcE9qDkFs"},
	{"fred", "", "frhqx4RFaWuJ."},
	{"fred", "fredpw", "frrkVfqP8mTwo"},
	{"bob", "secretpw", "bo2xzGnsDNT5g"},
	{"u1", "secret", "u1mE9LPPfgNos"},
	{"9x", "secret", "9xfVMXbcoTt8."},
	{"A.", "secret", "A.wJyvi/Dhrps"},
	{"./", "secret", "./17m29LFAflg"},
	{"zz", "secret", "zz1T8N4tWvmbE"},
	{"ZZ", "secret", "ZZZ8TICLujB8Q"},
	{"ab", "x", "abiQ6Ep3EYTHc"},
	{"abcdefgh", "pw", "abzlUXK5ed5rs"},
	{"fr@x", "secretpw9", "frmRqOIKCbfiY"},
	{"fr$", "secretpw9", "frmRqOIKCbfiY"},
	// Only 8 characters count, and 7 bits of each.
	{"fred", "12345678", "frZ2fNLLQyOMY"},
	{"fred", "123456789", "frZ2fNLLQyOMY"},
	{"fred", "1234567890abcdef", "frZ2fNLLQyOMY"},
	{"fred", strings.Repeat("a", 100), "frVg7B0RXwZmA"},
	{"fred", strings.Repeat("a", 511), "frVg7B0RXwZmA"},
	{"mary", "pässword", "maMeCpp5eXwv2"},
	// C strings end at a NUL.
	{"fred\x00:", "secret\x00more", "frrkUcE9qDkFs"},
	// Names of 14 characters and more: bigcrypt.
	{"abcdefghijklm", "secretpw9", "abLZt3uEKpz7w"},
	{"abcdefghijklmn", "secretpw9", "abLZt3uEKpz7w4L7558JKFbs"},
	{"abcdefghijklmno", "secretpw9", "abLZt3uEKpz7w4L7558JKFbs"},
	{"abcdefghijklmnop", strings.Repeat("a", 8), "abBUNZY4cR2mg"},
	{"abcdefghijklmnop", strings.Repeat("a", 9), "abBUNZY4cR2mg3tZ.4u8/Low"},
	{"abcdefghijklmnop", strings.Repeat("a", 17), "abBUNZY4cR2mgKRsvXZBfP6ICJTEkpz0YEc"},
	{"abcdefghijklmnop", strings.Repeat("a", 511), "abBUNZY4cR2mgKRsvXZBfP6IwWkZxTpIe9AKVzTmzIAaT22qHQW1OTbx6p6uOHMNwiU6" +
		"Uz3LsjqsC1oWj9pItl/LCUAxXEEaPiDw6nSug32HkrYMBUNYPM6/Vk.KRsvXZBfP6IwWkZxTpIe9AKVzTmzIAaT22qHQW1OTbx6p6uOHMNwiU6"},
	// Extended DES: any length counts.
	{"_/...abcd", "secretpw9", "_/...abcdawbkSNZm4Nw"},
	{"_....abcd", "secretpw9", "_....abcdawbkSNZm4Nw"}, // a count of 0 is 1
	{"_/...abcd$", "secretpw9", "_/...abcdawbkSNZm4Nw"},
	{"_/...abcd", strings.Repeat("a", 8), "_/...abcd4Svcdior6Fc"},
	{"_/...abcd", strings.Repeat("a", 9), "_/...abcd2VHsrGpdjqY"},
	{"_/...abcd", strings.Repeat("a", 16), "_/...abcde1b8rcVIlng"},
	{"_/...abcd", strings.Repeat("a", 17), "_/...abcdXpGQMFF1prg"},
	{"_/...abcd", strings.Repeat("a", 511), "_/...abcdcjgYnLbIVWw"},
	{"_zzz.abcd", "secret", "_zzz.abcdS/FL5rI9rV6"},
	{"_.../abcd", "secret", "_.../abcdDD1C0iEsvtI"},
	// No salt.
	{"", "secret", "*0"},
	{"a", "secret", "*0"},
	{"j-doe", "secret", "*0"},
	{"-joe", "secret", "*0"},
	{"j_doe", "secret", "*0"},
	{"_joe", "secret", "*0"},
	{"_joeuser", "secret", "*0"},
	{"_/...abc$", "secret", "*0"},
	{"_/..-abcd", "secret", "*0"},
	{"_/...abcd:", "secret", "*0"},
	{"x@y", "secret", "*0"},
	{"é", "secret", "*0"},
	{"aé", "secret", "*0"},
	{"f*", "secret", "*0"},
	{"f d", "secret", "*0"},
	{"*", "secret", "*0"},
	{"*1", "secret", "*0"},
	{"*0", "secret", "*1"},
	{"*0x", "secret", "*1"},
	// Characters that no setting may hold, wherever they are.
	{"fr:ed", "secret", "*0"},
	{"fr!", "secret", "*0"},
	{"fr;x", "secret", "*0"},
	{"fr\\x", "secret", "*0"},
	{"fr*", "secret", "*0"},
	{"frx y", "secret", "*0"},
	{"fr\x7f", "secret", "*0"},
	{"fré", "secret", "*0"},
	{"fr\n", "secret", "*0"},
	// Keys too long for crypt.
	{"fred", strings.Repeat("a", 512), "*0"},
	{"_/...abcd", strings.Repeat("a", 512), "*0"},
	{"abcdefghijklmnop", strings.Repeat("a", 512), "*0"},
}

func TestCrypt_vectors(t *testing.T) {
	for _, v := range vectors {
		require.Equal(t, v.hash, Crypt(v.key, v.setting), "key of %d bytes, setting %q", len(v.key), v.setting)
	}
}

// underRace is set in race_test.go.
var underRace bool

func TestCrypt_highCountOfExtendedDES(t *testing.T) {
	if underRace || testing.Short() {
		t.Skip("1 vector skipped: 14 million encryptions take a minute under the race detector")
	}
	require.Equal(t, "_joeuser1UDcH1JRXptA", Crypt("secret", "_joeuser12"))
}

// Without salt, one run is plain DES: the standard library is the reference.
func TestEncrypt_isDES(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		key, block := random.Uint64(), random.Uint64()
		reference, err := des.NewCipher(binary.BigEndian.AppendUint64(nil, key)) //nolint:gosec // as above
		require.NoError(t, err)
		want := make([]byte, 8)
		reference.Encrypt(want, binary.BigEndian.AppendUint64(nil, block))
		require.Equal(t, binary.BigEndian.Uint64(want), newSchedule(key).encrypt(block, salts{}, 1))
	}
}

// FuzzCrypt: no panic, and always a hash of the right shape or a token.
func FuzzCrypt(f *testing.F) {
	for _, v := range vectors {
		f.Add(v.key, v.setting)
	}
	f.Fuzz(func(t *testing.T, key, setting string) {
		if len(setting) > 4 && setting[0] == '_' && number(setting[1:5]) > 1000 {
			return // correct but slow
		}
		hash := Crypt(key, setting)
		switch {
		case hash == "*0" || hash == "*1":
			require.NotEqual(t, hash, setting)
		case setting[0] == '_':
			require.Len(t, hash, 20)
			require.Equal(t, setting[:9], hash[:9])
		default:
			require.Equal(t, setting[:2], hash[:2])
			require.Zero(t, (len(hash)-2)%11)
		}
		require.Equal(t, hash, Crypt(key, setting))
	})
}

func BenchmarkCrypt_classic(b *testing.B) {
	for b.Loop() {
		Crypt("secretpw", "fred")
	}
}

func BenchmarkCrypt_big(b *testing.B) {
	for b.Loop() {
		Crypt("a password of thirty-two letters", "averylongusername")
	}
}

// A count of 1000 in extended DES.
func BenchmarkCrypt_extended(b *testing.B) {
	for b.Loop() {
		Crypt("secretpw", "_cD..abcd")
	}
}
