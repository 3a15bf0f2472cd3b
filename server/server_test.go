package server_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/server"
)

func TestServer_answers(t *testing.T) {
	s, err := server.Start(t.Context(), server.Options{})
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close(context.Background())) }()
	c, err := client.New(client.Options{Host: "127.0.0.1", Port: strconv.Itoa(s.Port())})
	require.NoError(t, err)
	require.NoError(t, c.Ping(t.Context()))
}
