package instance_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/internal/instance"
	"github.com/ecflow-go/ecflow/internal/settings"
)

// startOne starts a server in a directory of its own.
func startOne(t *testing.T, environment map[string]string) (port string) {
	t.Helper()
	home := t.TempDir()
	host, err := os.Hostname()
	require.NoError(t, err)
	set, err := settings.Read(settings.Given{Host: host, Env: func(name string) (string, bool) {
		if name == "ECF_HOME" {
			return home, true
		}
		value, found := environment[name]
		return value, found
	}})
	require.NoError(t, err)
	set.SetPort(0)
	s, err := instance.Start(t.Context(), instance.Config{Settings: set, Address: "127.0.0.1"})
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		require.NoError(t, s.Stop(ctx))
	})
	return strconv.Itoa(int(s.Addr().Port()))
}

func TestPlug_movesNodesToOtherServers(t *testing.T) {
	for _, secure := range []bool{false, true} {
		environment := map[string]string{}
		var options client.Options
		if secure {
			home := t.TempDir()
			dir := filepath.Join(home, ".ecflowrc", "ssl")
			_, err := certs.Create(certs.Request{Dir: dir, Names: []string{"localhost"}})
			require.NoError(t, err)
			environment["HOME"], environment["ECF_SSL"] = home, "1"
			options.Protocol, options.SSLDir = client.TLS, dir
		}
		one, other := startOne(t, environment), startOne(t, environment)
		options.Host, options.Port = "127.0.0.1", one
		from, err := client.New(options)
		require.NoError(t, err)
		options.Port = other
		to, err := client.New(options)
		require.NoError(t, err)
		ctx := t.Context()
		d, err := text.ParseString("suite s\nfamily f\ntask t\nmeter m 0 100\nendfamily\nendsuite\n", text.Options{})
		require.NoError(t, err)
		require.NoError(t, from.LoadDefs(ctx, d, false))
		d, err = text.ParseString("suite r\nfamily f\nendfamily\nendsuite\n", text.Options{})
		require.NoError(t, err)
		require.NoError(t, to.LoadDefs(ctx, d, false))

		require.ErrorContains(t, from.Plug(ctx, "/s/f", "localhost:"+other+"/nosuch"),
			"The destination path /nosuch does not exist on server")
		require.ErrorContains(t, from.Plug(ctx, "/s/f", "localhost:"+other), "Destination path can only be empty when moving a whole suite to a new server")
		require.NoError(t, from.Plug(ctx, "/s/f/t", "localhost:"+other+"/r/f"))
		require.NoError(t, from.Plug(ctx, "/s", "localhost:"+other))
		require.NoError(t, from.Sync(ctx, false))
		require.NoError(t, to.Sync(ctx, false))
		require.Empty(t, from.Defs().Suites())
		require.Len(t, to.Defs().Find("/r/f/t").Meters(), 1)
		require.NotNil(t, to.Defs().Find("/s/f"))
		require.ErrorContains(t, to.Plug(ctx, "/s", "localhost:1"), "Client::handle_connect: Ran out of end points: connection error( Connection refused ) for request( Plug(Move) source(")
	}
}
