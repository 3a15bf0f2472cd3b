package hostfile

import (
	"errors"
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
	path := filepath.Join(t.TempDir(), "hosts")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func TestRead(t *testing.T) {
	hosts, err := Read(write(t, "# main site\nhost1:3142\n\n  host2\t# backup\nhost3: what follows is ignored:99\r\n"+
		" #host4\nhost5 host6\n10.0.0.1:0\nhost1:65535\n:77\n[::1]\n[fe80::1%eth0]:3150\nhost1:3142"), "3141")
	require.NoError(t, err)
	require.Equal(t, []Host{
		{"host1", "3142"},
		{"host2", "3141"},
		{"host3", "3141"},
		{"host5", "3141"},
		{"10.0.0.1", "0"},
		{"host1", "65535"},
		{"::1", "3141"},
		{"fe80::1%eth0", "3150"},
		{"host1", "3142"},
	}, hosts)
}

func TestRead_keepsGoodLinesBesideFaultyOnes(t *testing.T) {
	path := write(t, "good1\nbad:port\n\nbad:65536\ngood2:1\nbad:-1\nbad:+5\n::1\n[::1\n[]:3\n[::1]x\nba\x01d\n")
	hosts, err := Read(path, "3141")
	require.Equal(t, []Host{{"good1", "3141"}, {"good2", "1"}}, hosts)
	require.ErrorIs(t, err, fault.Config)
	var lines []int
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() { //nolint:errorlint // the joined list itself
		var failed *fault.Error
		require.ErrorAs(t, e, &failed)
		require.Equal(t, path, failed.Path)
		require.Contains(t, failed.Error(), path)
		lines = append(lines, failed.Line)
	}
	require.Equal(t, []int{2, 4, 6, 7, 8, 9, 10, 11, 12}, lines)
}

func TestRead_cannotBeRead(t *testing.T) {
	dir := t.TempDir()
	hosts, err := Read(filepath.Join(dir, "missing"), "3141")
	require.Empty(t, hosts)
	require.ErrorIs(t, err, fault.Config)
	require.ErrorIs(t, err, fs.ErrNotExist)

	_, err = Read(dir, "3141")
	require.ErrorIs(t, err, fault.Config)

	_, err = Read("/dev/zero", "3141")
	require.ErrorContains(t, err, "larger than")

	hosts, err = Read(write(t, ""), "3141")
	require.NoError(t, err)
	require.Empty(t, hosts)
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("host1:3142\nhost2 # c\n[::1]:3\n\n#\nbad:x\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		hosts, err := parse("f", content, "3141")
		require.LessOrEqual(t, len(hosts), 1+strings.Count(string(content), "\n"))
		for _, h := range hosts {
			require.NotEmpty(t, h.Name)
			require.NotEmpty(t, h.Port)
			require.False(t, strings.ContainsAny(h.Name+h.Port, " \t\n"))
		}
		var failed *fault.Error
		require.Equal(t, err != nil, errors.As(err, &failed))
	})
}
