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

// The original server takes the files that "passwd" edits, and the users in them, over TLS.
func TestPasswd_filesOfOurs(t *testing.T) {
	me := login(t)
	server := start(t, realserver.Config{
		TLS: realserver.ServerFiles, Passwords: map[string]string{me: "secret"}, CustomPasswords: map[string]string{"fred": "fredpw"},
	})
	address := server.HostName + ":" + server.Port
	on := func(kind, input, verb string, arguments ...string) {
		arguments = append([]string{"passwd", verb, "--file", server.File(kind)}, arguments...)
		code, out, diagnostics := ecflow(input, nil, arguments...)
		require.Zero(t, code, out+diagnostics)
	}
	answers := func(password string, arguments ...string) int {
		arguments = append([]string{"passwd", "check", "--server", "localhost:" + server.Port}, arguments...)
		code, _, _ := ecflow(password+"\n", server.Environment("ECF_PASSWD", "ECF_CUSTOM_PASSWD"), arguments...)
		return code
	}
	require.Zero(t, answers("secret", me))
	require.Equal(t, 5, answers("wrong", me))
	require.Zero(t, answers("fredpw", "--custom", "fred"))

	on("passwd", "changed\n", "add", me, address)
	on("passwd", "marypw\n", "add", "mary", "localhost:"+server.Port)
	on("custom_passwd", "annpw\n", "add", "ann", address)
	on("custom_passwd", "", "remove", "fred", address)
	c := server.Client()
	require.NoError(t, c.ReloadPasswordFile(ctx))
	fails(t, c, fault.Auth) // its file has the old one
	on("passwd", "changed\n", "check", me, address)

	file := filepath.Join(t.TempDir(), "mine")
	code, _, diagnostics := ecflow("changed\n", nil, "passwd", "add", me, "localhost:"+server.Port, "--file", file)
	require.Zero(t, code, diagnostics)
	c = server.Client("ECF_PASSWD=" + file)
	require.NoError(t, c.ReloadCustomPasswordFile(ctx))
	works(t, c)
	out, err := server.TryOriginal([]string{"ECF_PASSWD=" + file}, "--suites")
	require.NoError(t, err, out)
	_, err = server.TryOriginal([]string{"ECF_PASSWD"}, "--suites")
	require.Error(t, err)

	require.Equal(t, 5, answers("secret", me))
	require.Zero(t, answers("changed", me))
	require.Zero(t, answers("marypw", "mary"))
	require.Zero(t, answers("annpw", "--custom", "ann"))
	require.Equal(t, 5, answers("fredpw", "--custom", "fred"))
}

// From nothing to a server with a password file that is ours alone.
func TestPasswd_newFile(t *testing.T) {
	me := login(t)
	server := start(t, realserver.Config{Passwords: map[string]string{me: "old"}})
	require.NoError(t, os.Remove(server.File("passwd")))
	code, _, diagnostics := ecflow("new\n", nil, "passwd", "add", me, server.HostName+":"+server.Port, "--file", server.File("passwd"))
	require.Zero(t, code, diagnostics)
	old := server.Client()
	require.NoError(t, old.ReloadPasswordFile(ctx))
	fails(t, old, fault.Auth)
	o := server.Options()
	o.Password = client.Hide("new")
	c, err := client.New(o)
	require.NoError(t, err)
	works(t, c)
}
