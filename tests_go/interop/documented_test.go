package interop

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// The lesser sentences of the documentation; docs/compat.md lists them all.

func TestDocumented_keyWithoutPassPhrase(t *testing.T) {
	server := start(t, realserver.Config{TLS: realserver.ServerFiles, OpenKey: true})
	works(t, server.Client())
}

// The client needs its copy of server.crt, and no other file.
func TestDocumented_clientNeedsTheCertificateAlone(t *testing.T) {
	server := start(t, realserver.Config{TLS: realserver.ServerFiles})
	files, err := os.ReadDir(server.SSL())
	require.NoError(t, err)
	require.Len(t, files, 1)
	works(t, server.Client())
}

// One password file serves for several servers, and for every version of its
// format; comments are left out.
func TestDocumented_passwordFileOfManyServers(t *testing.T) {
	me := login(t)
	server := start(t, realserver.Config{Passwords: map[string]string{me: "xydd5j"}})
	for _, version := range []string{"4.5.0", "5.1.0"} {
		file := filepath.Join(t.TempDir(), "passwd")
		text := version + "  # this is the version\n# a comment\n\n" +
			me + " machine1 3141 other\n" + me + " " + server.HostName + " 1 other\n" +
			"fred " + server.HostName + " " + server.Port + " other\n" +
			me + " " + server.HostName + " " + server.Port + " xydd5j # mine\n"
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		works(t, server.Client("ECF_PASSWD="+file))
	}
}

// Only users of the file may have it read again.
func TestDocumented_reloadIsForUsersOfTheFile(t *testing.T) {
	me := login(t)
	server := start(t, realserver.Config{Passwords: map[string]string{me: "secret"}})
	o := server.Options()
	o.Login = "mary"
	c, err := client.New(o)
	require.NoError(t, err)
	c.SetPassword("secret")
	require.ErrorIs(t, c.ReloadPasswordFile(ctx), fault.Auth)
	server.WritePasswords(map[string]string{me: "secret", "mary": "secret"})
	require.NoError(t, server.Client().ReloadPasswordFile(ctx))
	require.NoError(t, c.ReloadPasswordFile(ctx))
}
