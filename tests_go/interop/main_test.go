// Package interop holds the Go client against original servers: ways of reaching
// one, refusals, and every command, whose effects the original client confirms.
//
// ECFLOW_SERVER names the server's version; `make interop` and `make matrix` set
// it. Without it nothing here runs, and that is said.
package interop

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

func TestMain(m *testing.M) {
	if os.Getenv(realserver.Variable) == "" {
		fmt.Println("interop: not asked for (" + realserver.Variable + " is not set; see make interop)")
		return
	}
	installation, err := realserver.Asked()
	if err != nil {
		fmt.Println("interop:", err)
		os.Exit(1)
	}
	fmt.Println("interop:", installation)
	os.Exit(realserver.Run(m))
}

var ctx = context.Background()

// login is the user this test runs as.
func login(t *testing.T) string {
	t.Helper()
	name, err := auth.LoginName()
	require.NoError(t, err)
	return name
}

func start(t *testing.T, config realserver.Config) *realserver.Server {
	t.Helper()
	return realserver.Start(t, realserver.Selected(t), config)
}

// works asks for something that every server authenticates.
func works(t *testing.T, c *client.Client) {
	t.Helper()
	_, err := c.Suites(ctx)
	require.NoError(t, err)
}

// fails is works that fails with a kind; the error is returned.
func fails(t *testing.T, c *client.Client, kind client.Kind) *client.Error {
	t.Helper()
	_, err := c.Suites(ctx)
	require.ErrorIs(t, err, kind)
	var e *client.Error
	require.ErrorAs(t, err, &e)
	return e
}
