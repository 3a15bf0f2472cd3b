// Package unixcrypt computes the DES-based hashes of crypt(3) in pure Go, bit
// for bit as libxcrypt (the libcrypt of current Linux systems) does.
//
// ecFlow passes the user name as the salt, so what matters here is what crypt
// makes of an arbitrary name:
//
//	"fred"              traditional DES, salt "fr"; 8 characters of 7 bits count
//	"averylongusername" 14 characters and more: bigcrypt, which hashes the
//	                    password in blocks of 8, up to 128 characters
//	"_joeuser12"        extended DES: 4 characters of count, 4 of salt
//	"j-doe", "fr:ed"    not a salt: the failure token "*0"
//
// Settings that begin with "$" name other algorithms; they are not known here
// and give the failure token. Package auth refuses such names beforehand.
//
// The hashes are weak by today's measure. They are here because the protocol
// fixes them, and serve nothing else.
//
// source: POSIX crypt(3), crypt(5); DES is FIPS 46-3.
package unixcrypt

import "strings"

// MaxKey is the longest key in bytes that libxcrypt hashes; longer ones give
// the failure token.
const MaxKey = 511

const (
	classicLen     = 13 // 2 of salt and 11 of hash
	extendedPrefix = 9  // "_", 4 of count, 4 of salt
	bigMaxBlocks   = 16
	alphabet       = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// Crypt returns the hash of key under setting, or a failure token ("*0", or
// "*1" when setting itself begins with "*0"), which is never a valid hash.
//
// Both strings are bytes in any encoding and end at their first NUL, as in C.
// The time taken is a few microseconds, except for extended DES, where setting
// asks for up to 2^24-1 encryptions: seconds. Safe for concurrent use.
func Crypt(key, setting string) string {
	key, _, _ = strings.Cut(key, "\x00")
	setting, _, _ = strings.Cut(setting, "\x00")
	if len(key) <= MaxKey {
		switch MethodOf(setting) {
		case Classic:
			return classic(key, setting[:2])
		case Big:
			return big(key, setting[:2])
		case Extended:
			return extended(key, setting[:extendedPrefix])
		case None:
		}
	}
	if strings.HasPrefix(setting, "*0") {
		return "*1"
	}
	return "*0"
}

// Method is the way a key is hashed.
type Method uint8

// The methods that a setting can choose.
const (
	None     Method = iota // the setting is not usable, every key gives a failure token
	Classic                // traditional DES
	Big                    // traditional DES in blocks of 8
	Extended               // extended DES
)

// MethodOf tells which method setting chooses.
func MethodOf(setting string) Method {
	switch {
	case !printable(setting):
		return None
	case strings.HasPrefix(setting, "_"):
		if len(setting) >= extendedPrefix && number(setting[1:5]) >= 0 && number(setting[5:extendedPrefix]) >= 0 {
			return Extended
		}
		return None
	case len(setting) < 2 || number(setting[:2]) < 0:
		return None
	case len(setting) > classicLen:
		return Big
	}
	return Classic
}

// Significant is the number of characters of a key that matter, from the first
// one on.
func (m Method) Significant() int {
	switch m {
	case Classic:
		return 8
	case Big:
		return 8 * bigMaxBlocks
	case Extended:
		return MaxKey
	case None:
	}
	return 0
}

// printable reports whether a setting is free of the characters that no
// setting may hold at any place: blanks, controls, non-ASCII and those with a
// meaning in /etc/passwd and /etc/shadow.
func printable(setting string) bool {
	for i := range len(setting) {
		if c := setting[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("!*:;\\", c) >= 0 {
			return false
		}
	}
	return true
}

func classic(key, salt2 string) string {
	schedule := newSchedule(keyBits(key))
	return salt2 + encode(schedule.encrypt(0, saltMask(number(salt2)), 25))
}

// big hashes each 8 characters of key with the first two hash characters of
// the block before as salt.
func big(key, salt string) string {
	out := salt
	for range bigMaxBlocks {
		block := key[:min(8, len(key))]
		hash := classic(block, salt)[2:]
		out += hash
		salt, key = hash[:2], key[len(block):]
		if key == "" {
			break
		}
	}
	return out
}

// extended hashes under a prefix of "_", 4 digits of count and 4 of salt.
func extended(key, prefix string) string {
	count, salt := number(prefix[1:5]), number(prefix[5:])
	// Longer keys are folded: encrypt the key with itself, then add the next 8 characters.
	folded := keyBits(key)
	for len(key) > 8 {
		key = key[8:]
		schedule := newSchedule(folded)
		folded = schedule.encrypt(folded, salts{}, 1) ^ keyBits(key)
	}
	schedule := newSchedule(folded)
	return prefix + encode(schedule.encrypt(0, saltMask(salt), max(1, count)))
}

// keyBits packs the low 7 bits of the first 8 characters, each followed by the
// parity bit that DES ignores.
func keyBits(key string) uint64 {
	var k uint64
	for i := range min(8, len(key)) {
		k |= uint64(key[i]<<1) << (56 - 8*i)
	}
	return k
}

// number reads up to 4 digits of 6 bits, least significant first; -1 if there
// is another character.
func number(s string) int {
	n := 0
	for i := range len(s) {
		d := digit(s[i])
		if d < 0 {
			return -1
		}
		n |= d << (6 * i)
	}
	return n
}

func digit(c byte) int { return strings.IndexByte(alphabet, c) }

// encode writes 64 bits as 11 digits, most significant first, the last one
// filled up with two zero bits.
func encode(block uint64) string {
	var out [11]byte
	for i := range 10 {
		out[i] = alphabet[block>>(58-6*i)&63]
	}
	out[10] = alphabet[block<<2&63]
	return string(out[:])
}
