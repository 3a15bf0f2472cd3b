package unixcrypt

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Programs that call the system's crypt(3): lines of key and setting in, lines
// of hashes out, all hexadecimal.
var systemCrypts = [][]string{
	{"perl", "-ne", `chomp; my ($k, $s) = map { pack "H*", $_ } split /,/, $_, -1; print unpack("H*", crypt($k, $s)), "\n"`},
	{"python3", "-c", `
import ctypes, sys
crypt = ctypes.CDLL("libcrypt.so.1").crypt
crypt.restype, crypt.argtypes = ctypes.c_char_p, [ctypes.c_char_p, ctypes.c_char_p]
for line in sys.stdin:
    key, setting = (bytes.fromhex(field) for field in line.rstrip("\n").split(","))
    print(crypt(key, setting).hex())
`},
}

// TestCrypt_equalsSystem compares thousands of pairs with the libcrypt of this
// machine. Where nothing can call it the test is skipped;
// ECFLOW_REQUIRE_CRYPT=1 makes that a failure.
func TestCrypt_equalsSystem(t *testing.T) {
	pairs := randomPairs(10000)
	hashes, how := systemHashes(t, pairs)
	if hashes == nil {
		if os.Getenv("ECFLOW_REQUIRE_CRYPT") != "" {
			t.Fatalf("ECFLOW_REQUIRE_CRYPT is set and the system's crypt cannot be called: %s", how)
		}
		t.Skipf("1 test of %d pairs skipped, the system's crypt cannot be called: %s", len(pairs), how)
	}
	tokens := 0
	for i, p := range pairs {
		require.Equal(t, hashes[i], Crypt(p.key, p.setting), "key %x, setting %q", p.key, p.setting)
		if strings.HasPrefix(hashes[i], "*") {
			tokens++
		}
	}
	t.Logf("%d pairs equal to %s, %d of them failure tokens", len(pairs), how, tokens)
}

// systemHashes runs the first program that works. Without any, hashes is nil
// and how tells why.
func systemHashes(t *testing.T, pairs []pair) (hashes []string, how string) {
	t.Helper()
	var input strings.Builder
	for _, p := range pairs {
		fmt.Fprintf(&input, "%x,%x\n", p.key, p.setting)
	}
	for _, command := range systemCrypts {
		program := exec.Command(command[0], command[1:]...)
		program.Stdin = strings.NewReader(input.String())
		output, err := program.Output()
		if err != nil {
			how += fmt.Sprintf("%s: %v. ", command[0], err)
			continue
		}
		lines := strings.Split(strings.TrimSuffix(string(output), "\n"), "\n")
		require.Len(t, lines, len(pairs), "lines from %s", command[0])
		for _, line := range lines {
			hash, err := hex.DecodeString(line)
			require.NoError(t, err)
			hashes = append(hashes, string(hash))
		}
		return hashes, command[0]
	}
	return nil, how
}

type pair struct{ key, setting string }

// randomPairs gives the same pairs at every run: names as people have them,
// names with odd characters, extended settings with a low count, any bytes.
func randomPairs(n int) []pair {
	random := rand.New(rand.NewPCG(13, 64))
	from := func(characters string, length int) string {
		b := make([]byte, length)
		for i := range b {
			b[i] = characters[random.IntN(len(characters))]
		}
		return string(b)
	}
	var anyByte, printable strings.Builder
	for c := range 256 {
		anyByte.WriteByte(byte(c))
		if c >= ' ' && c < 0x7f && c != '$' { // "$" chooses other algorithms
			printable.WriteByte(byte(c))
		}
	}
	setting := func(kind int) string {
		switch kind {
		case 0:
			return from(alphabet, 1+random.IntN(12))
		case 1:
			return from(alphabet, 13+random.IntN(8))
		case 2:
			return "_" + from(alphabet, 1) + from("./0", 1) + ".." + from(alphabet, random.IntN(7))
		case 3:
			return from(alphabet, 2) + from(printable.String(), random.IntN(14))
		case 4:
			return from(printable.String(), random.IntN(4))
		default:
			s := from(anyByte.String(), random.IntN(5))
			return strings.TrimLeft(s, "$_")
		}
	}
	key := func(kind int) string {
		switch kind {
		case 0:
			return from(printable.String(), random.IntN(9))
		case 1:
			return from(printable.String(), 8+random.IntN(40))
		case 2:
			return from(anyByte.String(), random.IntN(24))
		default:
			return from(alphabet, 120+random.IntN(400))
		}
	}
	pairs := make([]pair, n)
	for i := range pairs {
		pairs[i] = pair{key: key(random.IntN(4)), setting: setting(random.IntN(6))}
	}
	return pairs
}
