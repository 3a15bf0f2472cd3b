package settings

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/stretchr/testify/require"
)

func TestRead_tls(t *testing.T) {
	env := func(m map[string]string) func(string) (string, bool) {
		return func(name string) (string, bool) { v, ok := m[name]; return v, ok }
	}
	for _, c := range []struct {
		name string
		args []string
		env  map[string]string
		want TLS
	}{
		{"none", nil, map[string]string{"HOME": "/h"}, TLS{Dir: "/h/.ecflowrc/ssl"}},
		{"option", []string{"--ssl"}, map[string]string{"HOME": "/h"}, TLS{Wanted: true, Dir: "/h/.ecflowrc/ssl", ByOption: true}},
		{"environment", nil, map[string]string{"HOME": "/h", "ECF_SSL": "1"}, TLS{Wanted: true, Dir: "/h/.ecflowrc/ssl", Value: "1"}},
		{"environment wins", []string{"--ssl"}, map[string]string{"ECF_SSL": "x"}, TLS{Wanted: true, Value: "x"}},
		{"another directory", []string{"--ssl"}, map[string]string{"HOME": "/h", "ECF_SSL_DIR": "/d"}, TLS{Wanted: true, Dir: "/d", ByOption: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := Read(Given{Args: c.args, Env: env(c.env)})
			require.NoError(t, err)
			require.Equal(t, c.want, s.TLS)
		})
	}
}

func TestSetPort_namesFollow(t *testing.T) {
	dir := t.TempDir()
	s, err := Read(Given{Args: []string{"--port=0"}, Dir: dir, Host: "h"})
	require.NoError(t, err)
	require.NoError(t, s.Check())
	s.SetPort(45678)
	require.Equal(t, filepath.Join(dir, "h.45678.ecf.check"), s.Files().Checkpoint)
	require.Equal(t, "h.45678.ecf.passwd", s.PasswordsName())
	require.Equal(t, filepath.Join(dir, "h.45678.ecf.passwd"), s.Files().Passwords)
}

func TestRead_fileThatCannotBeRead(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, FileName), nil, 0))
	_, err := Read(Given{Dir: dir, Host: "h"})
	require.ErrorIs(t, err, fault.Config)
}

func TestRead_theLineIsTold(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, FileName), []byte("# x\n\nECF_PORT = a\n"), 0o600))
	_, err := Read(Given{Dir: dir, Host: "h"})
	require.ErrorContains(t, err, "see "+filepath.Join(dir, FileName)+", line 3")
}
