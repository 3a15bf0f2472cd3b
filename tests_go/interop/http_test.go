package interop

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// TestHTTP: 5.14 and later know it; the test of an older server is that ours says so.
func TestHTTP(t *testing.T) {
	if !realserver.Selected(t).AtLeast(5, 14) {
		server := start(t, realserver.Config{})
		c := server.Client()
		c.EnableHTTP()
		_, err := c.Suites(ctx)
		require.Error(t, err)
		return
	}
	me := login(t)
	server := start(t, realserver.Config{HTTP: true, Passwords: map[string]string{me: "secret"}})
	works(t, server.Client())
	fails(t, server.Client("ECF_PASSWD"), fault.Auth)

	c := server.Client("ECF_HOST_PROTOCOL")
	_, err := c.Suites(ctx)
	require.Error(t, err, "plain to an HTTP server")
	c.EnableHTTP()
	works(t, c)

	task := submitted(t, server)
	child := server.Client(task...)
	require.NoError(t, child.ChildInit(ctx))
	require.NoError(t, child.ChildLabel(ctx, "note", "over HTTP"))
	require.Contains(t, server.Original("--query", "label", "/s/quiet:note"), "over HTTP")
	require.NoError(t, child.ChildComplete(ctx))
}
