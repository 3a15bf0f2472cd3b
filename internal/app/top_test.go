package app_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTop_mistakes(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.json")
	require.NoError(t, os.WriteFile(bad, []byte(`{"servers":[{"host":"h","port":"x"}]}`), 0o600))
	for _, c := range []struct {
		args   []string
		person bool
		code   int
		says   string
	}{
		{nil, false, 1, "needs a terminal"},
		{[]string{"h:99999"}, true, 2, "99999"},
		{[]string{"tls://h:x"}, true, 2, `"x" is no port`},
		{[]string{"--interval", "1ms", "h"}, true, 2, "too short"},
		{[]string{"--servers", bad}, true, 1, bad},
		{[]string{"--no-such"}, true, 2, "no-such"},
	} {
		r := runAt(t, c.person, "", nil, append([]string{"top"}, c.args...)...)
		require.Equal(t, c.code, r.code, "%v: %s", c.args, r.errout)
		require.Empty(t, r.out)
		require.Contains(t, r.errout, c.says)
	}
}

// The names of the list are completed.
func TestTop_completion(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "ecflow"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ecflow", "servers.json"),
		[]byte(`{"servers":[{"name":"ops","host":"h","port":"1"},{"host":"i","port":"2"}]}`), 0o600))
	r := run(t, "", []string{"XDG_CONFIG_HOME=" + dir}, "__complete", "top", "")
	require.Contains(t, r.out, "ops\n")
}
