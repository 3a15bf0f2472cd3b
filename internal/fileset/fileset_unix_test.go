//go:build unix

package fileset

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var found []string
	for _, e := range entries {
		found = append(found, e.Name())
	}
	return found
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	require.NoError(t, Write([]File{{Path: a, Data: []byte("1"), Mode: 0o600}, {Path: b, Data: []byte("2"), Mode: 0o644}}, false))
	for path, mode := range map[string]fs.FileMode{a: 0o600, b: 0o644} {
		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm())
	}

	err := Write([]File{{Path: filepath.Join(dir, "c"), Data: []byte("3")}, {Path: a, Data: []byte("3")}}, false)
	require.ErrorIs(t, err, fs.ErrExist)
	require.ErrorIs(t, err, fault.Config)
	require.Equal(t, []string{"a", "b"}, names(t, dir))

	require.NoError(t, Write([]File{{Path: a, Data: []byte("4"), Mode: 0o600}, {Path: b, Data: []byte("5"), Mode: 0o600, Keep: true}}, true))
	require.Equal(t, "4", content(t, a))
	require.Equal(t, "5", content(t, b))
	info, err := os.Stat(b)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o644), info.Mode().Perm())

	require.NoError(t, Write([]File{{Path: a, Remove: true}, {Path: filepath.Join(dir, "c"), Remove: true}}, true))
	require.Equal(t, []string{"b"}, names(t, dir))
}

// Whatever fails, and when: all is as before, and nothing is left over.
func TestWrite_allOrNothing(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	require.NoError(t, os.WriteFile(a, []byte("old"), 0o600))
	require.NoError(t, os.Mkdir(b, 0o700))

	require.ErrorContains(t, Write([]File{{Path: a, Data: []byte("new")}, {Path: b}}, true), "is a directory")
	require.ErrorContains(t, Write([]File{{Path: a, Data: []byte("new")}, {Path: filepath.Join(dir, "none", "c")}}, true), "no such file")
	require.ErrorContains(t, Write([]File{{Path: "/dev/null"}}, true), "not a regular file")
	require.Equal(t, "old", content(t, a))
	require.Equal(t, []string{"a", "b"}, names(t, dir))

	// In the second step: the place was free, and is taken when the file comes.
	c := filepath.Join(dir, "c")
	for _, overwrite := range []bool{false, true} {
		var places []*place
		for _, f := range []File{{Path: filepath.Join(dir, "new"), Data: []byte("1"), Mode: 0o600}, {Path: c, Data: []byte("1"), Mode: 0o600}} {
			p, err := stage(f, overwrite)
			require.NoError(t, err)
			places = append(places, p)
		}
		if overwrite {
			require.NoError(t, os.Remove(places[1].part)) // renaming it will fail
		} else {
			require.NoError(t, os.WriteFile(c, []byte("theirs"), 0o600))
		}
		require.Error(t, put(places, overwrite))
		for _, p := range places {
			p.tidy()
		}
		require.Equal(t, "theirs", content(t, c))
		require.Equal(t, []string{"a", "b", "c"}, names(t, dir))
	}
}

func TestWrite_owner(t *testing.T) {
	if os.Getuid() != 0 {
		t.Log("only root can give files to others; see the next lines for what it does")
		return
	}
	dir := t.TempDir()
	require.NoError(t, os.Chown(dir, 4242, 4243))
	path := filepath.Join(dir, "a")
	require.NoError(t, Write([]File{{Path: path, Mode: 0o600}}, false))
	requireOwner(t, path, 4242, 4243)
	require.NoError(t, os.Chown(path, 4244, 4245))
	require.NoError(t, Write([]File{{Path: path, Data: []byte("x"), Mode: 0o600}}, true))
	requireOwner(t, path, 4244, 4245)
	f, err := Create(filepath.Join(dir, "b"), 0o600)
	require.NoError(t, err)
	require.NoError(t, f.Close())
	requireOwner(t, filepath.Join(dir, "b"), 4242, 4243)
	_, err = Create(path, 0o600)
	require.ErrorIs(t, err, fs.ErrExist)
	require.NoError(t, MakeDirectory(filepath.Join(dir, "c", "d")))
	requireOwner(t, filepath.Join(dir, "c"), 4242, 4243)
	requireOwner(t, filepath.Join(dir, "c", "d"), 4242, 4243)
}

func TestMakeDirectory(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b", "c")
	require.NoError(t, MakeDirectory(deep))
	require.NoError(t, MakeDirectory(deep))
	info, err := os.Stat(deep)
	require.NoError(t, err)
	require.Equal(t, fs.FileMode(0o700), info.Mode().Perm())
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	require.ErrorIs(t, MakeDirectory(file), fault.Config)
	require.ErrorIs(t, MakeDirectory(filepath.Join(file, "x")), fault.Config)
}
func requireOwner(t *testing.T, path string, user, group uint32) {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	owner := info.Sys().(*syscall.Stat_t)
	require.Equal(t, [2]uint32{user, group}, [2]uint32{owner.Uid, owner.Gid})
}
