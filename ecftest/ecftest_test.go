package ecftest_test

import (
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/ecftest"
)

func TestMain(m *testing.M) { os.Exit(ecftest.Main(m)) }

func TestRun_answersAndEnds(t *testing.T) {
	var addr string
	t.Run("a test", func(t *testing.T) {
		s := ecftest.Run(t)
		addr = s.Addr()
		require.NoError(t, s.Client(t).Ping(t.Context()))
	})
	_, err := net.DialTimeout("tcp", addr, time.Second)
	require.Error(t, err)
}

func TestRun_sideBySide(t *testing.T) {
	a, b := ecftest.Run(t), ecftest.Run(t)
	require.NotEqual(t, a.Addr(), b.Addr())
	a.Load(t, "suite only_a\nendsuite")
	suites, err := b.Client(t).Suites(t.Context())
	require.NoError(t, err)
	require.Empty(t, suites)
}

func TestRun_isFast(t *testing.T) {
	begin := time.Now()
	const many = 20
	for range many {
		ecftest.Run(t)
	}
	require.Less(t, time.Since(begin)/many, 50*time.Millisecond)
}

func TestServer_environment(t *testing.T) {
	t.Setenv("ECF_USER", "somebody")
	s := ecftest.Run(t)
	env := strings.Join(s.Environment(), "\n")
	require.NotContains(t, env, "ECF_USER")
	require.Contains(t, env, "ECF_HOST=localhost")
}

func TestServer_options(t *testing.T) {
	s := ecftest.Run(t)
	o := s.Options()
	require.Equal(t, client.Plain, o.Protocol)
	require.Equal(t, s.Addr(), o.Host+":"+o.Port)
}
