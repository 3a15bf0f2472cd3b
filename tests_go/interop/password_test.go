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

func TestPasswords(t *testing.T) {
	me := login(t)
	server := start(t, realserver.Config{Passwords: map[string]string{me: "secret"}})
	works(t, server.Client())

	t.Run("absent", func(t *testing.T) {
		fails(t, server.Client("ECF_PASSWD"), fault.Auth)
	})
	t.Run("wrong, from a file", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "passwd")
		text := "5.1.0\n" + me + " " + server.HostName + " " + server.Port + " wrong\n"
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		e := fails(t, server.Client("ECF_PASSWD="+file), fault.Auth)
		require.NotContains(t, client.Text(e), "wrong\n")
		require.NotEmpty(t, e.Server)
	})
	t.Run("set, and wrong", func(t *testing.T) {
		c := server.Client("ECF_PASSWD")
		c.SetPassword("secret")
		works(t, c)
		c.SetPassword("other")
		fails(t, c, fault.Auth)
	})
	t.Run("reload", func(t *testing.T) {
		c := server.Client()
		works(t, c)
		server.WritePasswords(map[string]string{me: "changed", "fred": "fredpw"})
		old := server.Client("ECF_PASSWD")
		old.SetPassword("secret")
		require.NoError(t, old.ReloadPasswordFile(ctx))
		fails(t, old, fault.Auth)
		works(t, server.Client())
	})
	t.Run("child commands need none", func(t *testing.T) {
		task := submitted(t, server)
		require.NoError(t, server.Client(append(task, "ECF_PASSWD")...).ChildInit(ctx))
	})
}

func TestPasswords_overTLS(t *testing.T) {
	server := start(t, realserver.Config{TLS: realserver.ServerFiles, Passwords: map[string]string{login(t): "secret"}})
	works(t, server.Client())
	fails(t, server.Client("ECF_PASSWD"), fault.Auth)
}

// A password is refused by a server that has no password file.
func TestPasswords_serverWithoutFile(t *testing.T) {
	server := start(t, realserver.Config{})
	c := server.Client()
	c.SetPassword("secret")
	fails(t, c, fault.Auth)
}

func TestCustomUser(t *testing.T) {
	me := login(t)
	server := start(t, realserver.Config{
		Passwords:       map[string]string{me: "secret"},
		CustomPasswords: map[string]string{"fred": "fredpw", "mary": "marypw"},
	})
	works(t, server.Client("ECF_USER=fred"))
	require.Contains(t, server.Log(), ":fred")

	t.Run("SetUser", func(t *testing.T) {
		c := server.Client()
		c.SetUser("mary")
		works(t, c)
		require.Contains(t, server.Log(), ":mary")
		c.SetUser("")
		works(t, c)
	})
	t.Run("unknown to the file: nothing is sent", func(t *testing.T) {
		e := fails(t, server.Client("ECF_USER=nobody"), fault.Auth)
		require.True(t, e.Unsent)
		require.Empty(t, e.Server)
	})
	t.Run("wrong", func(t *testing.T) {
		c := server.Client("ECF_USER=fred")
		c.SetPassword("wrong")
		e := fails(t, c, fault.Auth)
		require.NotEmpty(t, e.Server)
	})
	t.Run("reload", func(t *testing.T) {
		server.WriteCustomPasswords(map[string]string{"fred": "changed"})
		require.NoError(t, server.Client().ReloadCustomPasswordFile(ctx))
		works(t, server.Client("ECF_USER=fred"))
		c := server.Client("ECF_USER=mary")
		c.SetPassword("marypw")
		fails(t, c, fault.Auth)
	})
}

// The user who runs the server may always write, so the clients are mary's.
func TestWhiteList(t *testing.T) {
	asMary := func(server *realserver.Server) *client.Client {
		o := server.Options()
		o.Login = "mary"
		c, err := client.New(o)
		require.NoError(t, err)
		return c
	}
	t.Run("reading only", func(t *testing.T) {
		server := start(t, realserver.Config{WhiteList: "-mary"})
		loaded(t, server)
		c := asMary(server)
		works(t, c)
		for name, err := range map[string]error{
			"without path": c.RestartServer(ctx),
			"with a path":  c.Suspend(ctx, "/s"),
			"of children":  c.ForceStateRecursive(ctx, client.StateComplete, "/s", "/other"),
			"in a group":   c.Group(ctx, "suites; suspend /s"),
		} {
			require.ErrorIs(t, err, fault.Auth, name)
			require.False(t, client.SafeToRetry(err), name)
		}
		require.NotContains(t, server.Original("--migrate"), "suspended")
	})
	t.Run("not listed", func(t *testing.T) {
		server := start(t, realserver.Config{WhiteList: "fred"})
		fails(t, asMary(server), fault.Auth)
		works(t, server.Client())
	})
	t.Run("by path", func(t *testing.T) {
		server := start(t, realserver.Config{WhiteList: "mary /s"})
		loaded(t, server)
		c := asMary(server)
		require.NoError(t, c.Suspend(ctx, "/s"))
		require.ErrorIs(t, c.Suspend(ctx, "/other"), fault.Auth)
	})
	t.Run("reload", func(t *testing.T) {
		server := start(t, realserver.Config{WhiteList: "mary"})
		c := asMary(server)
		require.NoError(t, c.RestartServer(ctx))
		server.WriteWhiteList("-mary")
		require.NoError(t, c.ReloadWhiteListFile(ctx))
		require.ErrorIs(t, c.HaltServer(ctx), fault.Auth)
		require.ErrorIs(t, c.ReloadWhiteListFile(ctx), fault.Auth)
	})
}
