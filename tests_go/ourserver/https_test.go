package ourserver

import (
	"context"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/server"
)

// TestHTTPS: what was asked to be TLS is TLS, with HTTP as well; the original speaks plain HTTP then.
func TestHTTPS(t *testing.T) {
	ssl := t.TempDir()
	_, err := certs.Create(certs.Request{Dir: ssl, Names: []string{"localhost"}, Days: 10})
	require.NoError(t, err)
	s, err := server.Start(context.Background(), server.Options{Home: t.TempDir(), Protocol: server.HTTPS, SSLDir: ssl})
	require.NoError(t, err)
	defer func() { _ = s.Close(context.Background()) }()
	ask := func(protocol string) error {
		env := map[string]string{"ECF_HOST": "localhost", "ECF_PORT": strconv.Itoa(s.Port()), "ECF_HOST_PROTOCOL": protocol, "HOME": filepath.Dir(ssl)}
		o := client.OptionsFromEnv(func(name string) (string, bool) { value, ok := env[name]; return value, ok })
		o.Attempts, o.RetryPeriod, o.CAFile = 1, -1, filepath.Join(ssl, "server.crt")
		c, err := client.New(o)
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		return c.Ping(ctx)
	}
	require.NoError(t, ask("HTTPS"))
	require.Error(t, ask("HTTP"))
}
