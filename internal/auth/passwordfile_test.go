package auth

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

func write(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ecf.passwd")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

// What ecflow_client 5.9.2 and 5.19.0 make of each file was seen by running them with
// ECF_PASSWD against a socket that records the token: the password they
// had taken for root@localhost:3141 ("" when they sent none), or the
// refusal of the file.
var files = []struct {
	name, content string
	password      string
	line          int    // of the fault, 0: the file is accepted
	fault         string // part of its text
}{
	{"4.5.0", "4.5.0\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"4.6.0", "4.6.0\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"4.6.1", "4.6.1\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"5.0.0", "5.0.0\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"5.19.0", "5.19.0\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"leading zeros", "005.00.00\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"empty version part", "4..5.0\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"dot after version", "4.5.0.\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"signs in version", "5.+1.-1\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"negative patch", "4.5.-1\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"words after version", "4.5.0 extra words\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"comment after version", "4.5.0# c\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"blanks before version", "  \t4.5.0\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"3.9.9", "3.9.9\nroot localhost 3141 pw\n", "", 1, "version 3.9.9"},
	{"4.4.0", "4.4.0\nroot localhost 3141 pw\n", "", 1, "version 4.4.0"},
	{"4.5.1", "4.5.1\nroot localhost 3141 pw\n", "", 1, "version 4.5.1"},
	{"two parts", "4.5\nroot localhost 3141 pw\n", "", 1, "three numbers"},
	{"four parts", "4.5.0.0\nroot localhost 3141 pw\n", "", 1, "three numbers"},
	{"letter in version", "4.5.x\nroot localhost 3141 pw\n", "", 1, "three numbers"},
	{"huge version", "5.99999999999.0\nroot localhost 3141 pw\n", "", 1, "three numbers"},
	{"NUL in version", "4.5.0\x00\nroot localhost 3141 pw\n", "", 1, "three numbers"},
	{"plus before version", "+4.5.0\nroot localhost 3141 pw\n", "", 1, "version is missing"},
	{"byte order mark", "\xef\xbb\xbf4.5.0\nroot localhost 3141 pw\n", "", 1, "version is missing"},
	{"no version", "\n# c\nroot localhost 3141 pw\n", "", 3, "version is missing"},
	{"empty file", "", "", 0, ""},
	{"version only", "4.5.0\n", "", 0, ""},
	{"comments first", "# a\n\n  # b\n4.5.0\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"comment after fields", "4.5.0\nroot localhost 3141 pw # c\n", "pw", 0, ""},
	{"hash in password", "4.5.0\nroot localhost 3141 p#w\n", "p", 0, ""},
	{"hash before password", "4.5.0\nroot localhost 3141 #pw\n", "", 2, "4 fields are needed, there are 3"},
	{"three fields", "4.5.0\n\nroot localhost 3141\n", "", 3, "4 fields are needed, there are 3"},
	{"one field", "4.5.0\nroot\n", "", 2, "4 fields are needed, there are 1"},
	{"more fields", "4.5.0\nroot localhost 3141 pw two three\n", "pw", 0, ""},
	{"CRLF", "\r\n4.5.0\r\n\r\nroot localhost 3141 pw\r\n", "pw", 0, ""},
	{"CRLF and comments", "4.5.0 # c\r\nroot localhost 3141 pw # x\r\n", "pw", 0, ""},
	{"tabs", "4.5.0\nroot\tlocalhost\t\t3141\tpw\n", "pw", 0, ""},
	{"vertical tab separates nothing", "4.5.0\nroot\vlocalhost 3141 pw\n", "", 2, "4 fields are needed, there are 3"},
	{"vertical tab at the end", "4.5.0\nroot localhost 3141 pw\v\f\n", "pw", 0, ""},
	{"form feed in password", "4.5.0\nroot localhost 3141 pw\fx y\n", "pw\fx", 0, ""},
	{"no newline at the end", "4.5.0\nroot localhost 3141 pw", "pw", 0, ""},
	{"same entry twice", "4.5.0\nroot localhost 3141 pw\nroot localhost 3141 pw\n", "", 3, "in line 2"},
	{"another user twice", "4.5.0\nroot localhost 3141 pw\nfred h 1 a\nfred h 1 b\n", "", 4, "in line 3"},
	{"zero before port", "4.5.0\nroot localhost 03141 pw\n", "", 0, ""},
	{"plus before port", "4.5.0\nroot localhost +3141 pw\n", "", 0, ""},
	{"letter in port", "4.5.0\nroot localhost 31x pw\n", "", 2, "port"},
	{"port beyond int32", "4.5.0\nfred h 99999999999 a\nroot localhost 3141 pw\n", "", 2, "port"},
	{"port beyond 65535", "4.5.0\nfred h 70000 a\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"negative port", "4.5.0\nfred h -1 a\nroot localhost 3141 pw\n", "pw", 0, ""},
	{"this machine's name", "4.5.0\nroot thishost 3141 pw\n", "pw", 0, ""},
	{"address", "4.5.0\nroot 127.0.0.1 3141 pw\n", "", 0, ""},
	{"capitals", "4.5.0\nroot LOCALHOST 3141 pw\n", "", 0, ""},
	{"another user", "4.5.0\nfred localhost 3141 pw\n", "", 0, ""},
	{"UTF-8", "4.5.0\nroot localhost 3141 p\u00e4ssword\n", "p\u00e4ssword", 0, ""},
	{"no-break space", "4.5.0\nroot localhost 3141 p\u00a0w\n", "p\u00a0w", 0, ""},
	{"not UTF-8", "4.5.0\nroot localhost 3141 p\xff\xfe\n", "p\xff\xfe", 0, ""},
	{"unusable users beside", "4.5.0\n$1$abc h 1 pw\nj-e h 1 x\nroot localhost 3141 pw\n", "pw", 0, ""},
}

func TestReadPasswordFile_asTheOriginal(t *testing.T) {
	for _, f := range files {
		t.Run(f.name, func(t *testing.T) {
			path := write(t, f.content)
			file, err := ReadPasswordFile(path)
			if f.line > 0 {
				var failed *fault.Error
				require.ErrorAs(t, err, &failed)
				require.Equal(t, fault.Config, failed.Kind)
				require.Equal(t, path, failed.Path)
				require.Equal(t, f.line, failed.Line)
				require.ErrorContains(t, err, fmt.Sprintf("%s:%d: ", path, f.line))
				require.ErrorContains(t, err, f.fault)
				return
			}
			require.NoError(t, err)
			plain, ok := file.Lookup("root", "localhost", "3141", "thishost")
			require.Equal(t, f.password, plain)
			require.Equal(t, f.password != "", ok)
		})
	}
}

func TestReadPasswordFile_cannotBeRead(t *testing.T) {
	dir := t.TempDir()
	_, err := ReadPasswordFile(filepath.Join(dir, "missing"))
	require.ErrorIs(t, err, fault.NotFound)
	require.ErrorIs(t, err, fs.ErrNotExist)

	_, err = ReadPasswordFile(dir)
	require.ErrorIs(t, err, fault.Config)
	require.ErrorContains(t, err, "is a directory")

	_, err = ReadPasswordFile("/proc/self/mem") // opens and cannot be read, even by root
	require.ErrorIs(t, err, fault.Config)

	huge := filepath.Join(dir, "huge")
	require.NoError(t, os.WriteFile(huge, nil, 0o600))
	require.NoError(t, os.Truncate(huge, maxFile+1))
	_, err = ReadPasswordFile(huge)
	require.ErrorIs(t, err, fault.Config)
	require.ErrorContains(t, err, "larger than")

	_, err = ReadPasswordFile("/dev/zero") // without end
	require.ErrorContains(t, err, "larger than")

	if os.Getuid() != 0 {
		closed := filepath.Join(dir, "closed")
		require.NoError(t, os.WriteFile(closed, nil, 0))
		_, err = ReadPasswordFile(closed)
		require.ErrorIs(t, err, fault.Config)
		require.ErrorIs(t, err, fs.ErrPermission)
	}
}

func TestPasswordFile_lookupOrder(t *testing.T) {
	file, err := ReadPasswordFile(write(t, "4.5.0\nfred here 1 own\nfred localhost 1 local\nfred other 2 two\n"))
	require.NoError(t, err)
	require.Equal(t, 3, file.Len())
	for _, c := range []struct{ host, port, localHost, want string }{
		{"localhost", "1", "here", "local"},
		{"127.0.0.1", "1", "here", "own"},
		{"127.0.0.1", "1", "", ""},
		{"other", "2", "here", "two"},
		{"other", "1", "here", "own"}, // the original does so for any host
		{"here", "2", "here", ""},
	} {
		plain, ok := file.Lookup("fred", c.host, c.port, c.localHost)
		require.Equal(t, c.want, plain, c)
		require.Equal(t, c.want != "", ok, c)
	}
}

func TestPasswordFile_warnings(t *testing.T) {
	path := write(t, "4.5.0\nfred h 1 pass word\nbob h 1 pw # fine\n")
	for mode, ids := range map[fs.FileMode][]string{
		0o600: {WarnExtraFields},
		0o640: {WarnGroupReadable, WarnExtraFields},
		0o604: {WarnWorldReadable, WarnExtraFields},
		0o644: {WarnWorldReadable, WarnExtraFields},
		0o422: {WarnExtraFields},
	} {
		require.NoError(t, os.Chmod(path, mode))
		file, err := ReadPasswordFile(path)
		require.NoError(t, err)
		var got []string
		for _, w := range file.Warnings() {
			got = append(got, w.ID)
			require.Equal(t, path, w.Path)
			require.Contains(t, w.String(), path)
			require.NotContains(t, w.String(), "word\n")
		}
		require.Equal(t, ids, got, "mode %v", mode)
	}
}

// However a file is printed, and whatever is wrong with it, the passwords stay
// inside.
func TestPasswordFile_neverShowsPasswords(t *testing.T) {
	file, err := ReadPasswordFile(write(t, "4.5.0\nfred h 1 hushhush\n"))
	require.NoError(t, err)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%p"} {
		for _, value := range []any{*file, file, struct{ f *PasswordFile }{file}, struct{ f PasswordFile }{*file}} {
			shown := fmt.Sprintf(verb, value)
			require.NotContains(t, shown, "hush")
			require.NotContains(t, shown, "68757368") // in hexadecimal
		}
	}
	for _, content := range []string{
		"fred h 1 hushhush", "4.5.0\nfred hushhush", "4.5.0\nfred h hushhush", "4.5.0\nfred hushhush x 1",
		"4.5.0\nfred h 1 hushhush\nfred h 1 hushhush2", "4.5.0\nfred hushhush 1 x\nfred hushhush 1 x", "hushhush",
	} {
		_, err := ReadPasswordFile(write(t, content))
		require.Error(t, err)
		for ; err != nil; err = errors.Unwrap(err) {
			require.NotContains(t, fmt.Sprintf("%v %+v %#v", err, err, err), "hush", content)
		}
	}
}

func FuzzPasswordFile(f *testing.F) {
	for _, c := range files {
		f.Add([]byte(c.content))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := parsePasswordFile("f", content)
		if err != nil {
			var failed *fault.Error
			require.ErrorAs(t, err, &failed)
			require.Equal(t, fault.Config, failed.Kind)
			require.Positive(t, failed.Line)
			require.LessOrEqual(t, failed.Line, 1+strings.Count(string(content), "\n"))
			return
		}
		for key := range file.entries {
			plain, ok := file.Lookup(key.user, key.host, key.port, "")
			require.True(t, ok)
			require.NotEmpty(t, plain)
			require.NotContains(t, plain, "#")
		}
	})
}
