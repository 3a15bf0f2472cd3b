package interop

import (
	"context"
	"crypto/tls"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	sockets "github.com/ecflow-go/ecflow/internal/listen"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// A client that has sessions with a server of ours gets along with the original's that
// takes its place, and the other way round.
func TestTLS_sessionsAndTheOriginal(t *testing.T) {
	server := start(t, realserver.Config{TLS: realserver.ServerFiles, OpenKey: true})
	c := server.Client()
	for range 3 {
		require.NoError(t, c.Ping(ctx))
	}
	server.Kill()

	name := filepath.Join(server.ServerHome, ".ecflowrc", "ssl", "server")
	pair, err := tls.LoadX509KeyPair(name+".crt", name+".key")
	require.NoError(t, err)
	var resumed atomic.Int32
	ours, err := sockets.Open(sockets.Options{Address: ":" + server.Port, TLS: &tls.Config{
		Certificates: []tls.Certificate{pair},
		VerifyConnection: func(cs tls.ConnectionState) error {
			if cs.DidResume {
				resumed.Add(1)
			}
			return nil
		},
	}})
	require.NoError(t, err)
	ok, err := wire.EncodeReply(&wire.StcCmd{API: wire.StcOK})
	require.NoError(t, err)
	go func() {
		_ = ours.Serve(ctx, func(context.Context, []byte, sockets.Peer) sockets.Answer { return sockets.Answer{Payload: ok} })
	}()
	for range 3 {
		require.NoError(t, c.Ping(ctx))
	}
	require.EqualValues(t, 2, resumed.Load())
	require.Contains(t, server.Original("--ping"), "succeeded", "the original client, which offers none")
	require.NoError(t, ours.Shutdown(ctx))

	server.StartAgain()
	for range 3 {
		require.NoError(t, c.Ping(ctx))
	}
}
