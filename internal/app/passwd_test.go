package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/auth"
)

func TestPasswd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ecf.passwd")
	env := []string{"ECF_PASSWD=" + path, "ECF_HOST=login1", "ECF_PORT=4141"}
	content := func() string {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		return string(text)
	}

	r := ok(t, "pass1\n", env, "passwd", "add", "fred")
	require.Empty(t, r.out)
	require.Contains(t, r.errout, "added fred at login1:4141")
	require.Contains(t, r.errout, "--reloadpasswdfile")
	ok(t, "pass2", env, "passwd", "add", "fred", "login2:3141")
	ok(t, "pass3\r\n", env, "passwd", "add", "mary", ":3142")
	require.Equal(t, "4.5.0\n# user host port password\nfred login1 4141 pass1\nfred login2 3141 pass2\nmary login1 3142 pass3\n", content())
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	r = ok(t, "another-long-one\n", env, "passwd", "add", "fred")
	require.Contains(t, r.errout, "changed fred")
	require.Contains(t, r.errout, "only the first 8 characters")
	require.NotContains(t, r.out+r.errout, "another-long")

	t.Run("list", func(t *testing.T) {
		r := ok(t, "", env, "passwd", "list")
		require.Equal(t, "fred login1 4141\nfred login2 3141\nmary login1 3142\n", r.out)
		r = ok(t, "", env, "passwd", "list", "--output", "json")
		var entries []auth.PasswordEntry
		require.NoError(t, json.Unmarshal([]byte(r.out), &entries))
		require.Equal(t, auth.PasswordEntry{User: "fred", Host: "login1", Port: "4141", Line: 3}, entries[0])
		require.NotContains(t, r.out, "pass")
		require.Equal(t, 3, run(t, "", nil, "passwd", "list", "--file", path+".no").code)
		require.Equal(t, 2, run(t, "", nil, "passwd", "list").code)
		require.Equal(t, 2, run(t, "", env, "passwd", "list", "--output", "xml").code)
	})
	t.Run("check", func(t *testing.T) {
		require.Zero(t, run(t, "another-long-one\n", env, "passwd", "check", "fred").code)
		r := run(t, "another-", env, "passwd", "check", "fred")
		require.Zero(t, r.code)
		require.Contains(t, r.out, "cannot tell the two apart")
		require.Equal(t, 4, run(t, "wrong\n", env, "passwd", "check", "fred").code)
		require.Equal(t, 3, run(t, "pass1\n", env, "passwd", "check", "fred", "login3:1").code)
		require.Equal(t, 3, run(t, "pass1\n", nil, "passwd", "check", "fred", "--file", path+".no").code)
		require.Equal(t, 2, run(t, "", env, "passwd", "check", "fred").code)
		require.Equal(t, 2, run(t, "x\n", nil, "passwd", "check", "fred").code)
	})
	t.Run("refused", func(t *testing.T) {
		before := content()
		for name, r := range map[string]outcome{
			"no password":    run(t, "", env, "passwd", "add", "fred"),
			"empty password": run(t, "\n", env, "passwd", "add", "fred"),
			"blank":          run(t, "a b\n", env, "passwd", "add", "fred"),
			"comment":        run(t, "a#b\n", env, "passwd", "add", "fred"),
			"user":           run(t, "a\n", env, "passwd", "add", "fr ed"),
			"dollar":         run(t, "a\n", env, "passwd", "add", "$1$fred"),
			"host":           run(t, "a\n", env, "passwd", "add", "fred", "a b:1"),
			"port":           run(t, "a\n", env, "passwd", "add", "fred", "a:0"),
			"no file":        run(t, "a\n", nil, "passwd", "add", "fred"),
			"as argument":    run(t, "a\n", env, "passwd", "add", "fred", "a:1", "secret"),
			"both":           run(t, "", env, "passwd", "remove", "fred", "a:1", "--all"),
		} {
			require.Equal(t, 2, r.code, name)
			require.Equal(t, before, content(), name)
		}
	})
	t.Run("remove", func(t *testing.T) {
		require.Equal(t, 3, run(t, "", env, "passwd", "remove", "nobody").code)
		require.Equal(t, 3, run(t, "", env, "passwd", "remove", "fred", "login3:1").code)
		require.Equal(t, 3, run(t, "", nil, "passwd", "remove", "fred", "--file", path+".no").code)
		require.NoFileExists(t, path+".no")
		ok(t, "", env, "passwd", "remove", "mary", "login1:3142")
		r := ok(t, "", env, "passwd", "remove", "fred", "--all")
		require.Contains(t, r.errout, "removed fred at login2:3141")
		require.Equal(t, "4.5.0\n# user host port password\n", content())
	})
}

// The files of the two kinds of users are apart, and localhost is this machine.
func TestPasswd_custom(t *testing.T) {
	dir := t.TempDir()
	custom := filepath.Join(dir, "custom")
	env := []string{"ECF_PASSWD=" + filepath.Join(dir, "passwd"), "ECF_CUSTOM_PASSWD=" + custom}
	r := ok(t, "x\n", env, "passwd", "add", "--custom", "fred", "localhost:3141")
	require.Contains(t, r.errout, "--reloadcustompasswdfile")
	require.NoFileExists(t, filepath.Join(dir, "passwd"))
	host, err := os.Hostname()
	require.NoError(t, err)
	file, err := auth.ReadPasswordFile(custom)
	require.NoError(t, err)
	_, found := file.Lookup("fred", host, "3141", "")
	require.True(t, found)
	ok(t, "x\n", env, "passwd", "check", "--custom", "fred", "localhost")
}

// A person types a password twice.
func TestPasswd_atATerminal(t *testing.T) {
	env := []string{"ECF_PASSWD=" + filepath.Join(t.TempDir(), "passwd")}
	r := runAt(t, true, "one\ntwo\n", env, "passwd", "add", "fred")
	require.Equal(t, 2, r.code)
	require.Contains(t, r.errout, "not the same")
	require.Equal(t, 2, runAt(t, true, "one\n", env, "passwd", "add", "fred").code)
	require.Equal(t, 3, run(t, "", env, "passwd", "list").code)
	require.Zero(t, runAt(t, true, "one\none\n", env, "passwd", "add", "fred").code)
	require.Zero(t, runAt(t, true, "one\n", env, "passwd", "check", "fred").code)
}
