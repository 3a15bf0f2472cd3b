package ecftest_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
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
	for _, options := range [][]ecftest.Option{nil, {ecftest.TLS(), ecftest.User("fred", "secret")}} {
		begin := time.Now()
		const many = 20
		for range many {
			ecftest.Run(t, options...)
		}
		require.Less(t, time.Since(begin)/many, 50*time.Millisecond)
	}
}

func TestServer_logHasAll(t *testing.T) {
	s := ecftest.Run(t)
	for range 20 {
		require.NoError(t, s.Client(t).HaltServer(t.Context()))
		require.Contains(t, s.Log()[len(s.Log())-60:], "--halt=yes :")
		require.NoError(t, s.Client(t).RestartServer(t.Context()))
		require.Contains(t, s.Log()[len(s.Log())-60:], "--restart :")
	}
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

func TestScript_runs(t *testing.T) {
	s := ecftest.Run(t)
	s.Script(t, "/s/t", "echo from the job\necflow_client --label=l hello")
	s.Play(t, "suite s\n task t\n  label l \"\"\nendsuite")
	s.Wait(t, "/s", client.StateComplete)
	label, err := s.Client(t).Query(t.Context(), "label", "/s/t", "l")
	require.NoError(t, err)
	require.Equal(t, "hello", label)
	output, err := os.ReadFile(filepath.Join(s.Home, "s", "t.1"))
	require.NoError(t, err)
	require.Contains(t, string(output), "from the job")
	require.Contains(t, s.Log(), "complete: /s/t")
}

func TestTLS_usersAndJobs(t *testing.T) {
	s := ecftest.Run(t, ecftest.TLS(), ecftest.User("fred", "secret"), ecftest.User("mary", "tulips"))
	s.Script(t, "/s/t", "ecflow_client --meter=m 7")
	s.Play(t, "suite s\n task t\n  meter m 0 10\nendsuite")
	s.Wait(t, "/s/t", client.StateComplete)
	_, err := s.ClientAs(t, "mary").Suites(t.Context())
	require.NoError(t, err)

	o := s.Options()
	o.User = "nobody"
	refused, err := client.New(o)
	require.NoError(t, err)
	_, err = refused.Suites(t.Context())
	require.ErrorIs(t, err, client.NotAuthorised)

	o = s.Options()
	o.Protocol = client.Plain
	plain, err := client.New(o)
	require.NoError(t, err)
	require.Error(t, plain.Ping(t.Context()))
	require.NotContains(t, s.Log(), "secret")
}

func TestRSA(t *testing.T) {
	s := ecftest.Run(t, ecftest.TLS(), ecftest.RSA())
	require.NoError(t, s.Client(t).Ping(t.Context()))
}

func TestHTTP(t *testing.T) {
	for _, options := range [][]ecftest.Option{{ecftest.HTTP()}, {ecftest.HTTP(), ecftest.TLS()}, {ecftest.TLS(), ecftest.HTTP()}} {
		s := ecftest.Run(t, options...)
		_, err := s.Client(t).Suites(t.Context())
		require.NoError(t, err)
	}
}

func TestHalted(t *testing.T) {
	for _, c := range []struct {
		options []ecftest.Option
		state   defs.SState
	}{{nil, defs.Running}, {[]ecftest.Option{ecftest.Halted()}, defs.Halted}} {
		ecftest.Run(t, c.options...).Look(func(d *defs.Defs) { require.Equal(t, c.state, d.ServerState()) })
	}
}

func TestVariable(t *testing.T) {
	s := ecftest.Run(t, ecftest.Variable("ECF_MICRO", "&"), ecftest.Variable("SITE", "here"))
	s.Load(t, "suite s\n task t\nendsuite")
	value, err := s.Client(t).Query(t.Context(), "variable", "/s/t", "SITE")
	require.NoError(t, err)
	require.Equal(t, "here", value)
}

// Jobs end with the test.
func TestRun_endsJobs(t *testing.T) {
	var pid string
	t.Run("a test", func(t *testing.T) {
		s := ecftest.Run(t)
		s.Script(t, "/s/t", "sleep 1000")
		s.Play(t, "suite s\n task t\nendsuite")
		s.Wait(t, "/s/t", client.StateActive)
		var err error
		pid, err = s.Client(t).Query(t.Context(), "variable", "/s/t", "ECF_RID")
		require.NoError(t, err)
	})
	require.NotEmpty(t, pid)
	require.Eventually(t, func() bool {
		stat, err := os.ReadFile(filepath.Join("/proc", pid, "stat"))
		return err != nil || strings.Contains(string(stat), ") Z ") // nobody may take it from the system
	}, 10*time.Second, 10*time.Millisecond)
}

// So does what ECF_JOB_CMD and jobs put into the background.
func TestRun_endsWhatIsInTheBackground(t *testing.T) {
	pids := filepath.Join(t.TempDir(), "pids")
	var started []string
	t.Run("a test", func(t *testing.T) {
		s := ecftest.Run(t, ecftest.Variable("ECF_JOB_CMD", "%ECF_JOB% 1> %ECF_JOBOUT% 2>&1 &"))
		s.Script(t, "/s/t", "sleep 1000 &\necho $$ $! > "+pids+"\nwait")
		s.Play(t, "suite s\n task t\nendsuite")
		s.Wait(t, "/s/t", client.StateActive)
		require.Eventually(t, func() bool {
			text, _ := os.ReadFile(pids)
			started = strings.Fields(string(text))
			return len(started) == 2
		}, 10*time.Second, 10*time.Millisecond)
	})
	for _, pid := range started {
		require.Eventually(t, func() bool {
			stat, err := os.ReadFile(filepath.Join("/proc", pid, "stat"))
			return err != nil || strings.Contains(string(stat), ") Z ")
		}, 10*time.Second, 10*time.Millisecond)
	}
}

// told is a test that is told to fail.
type told struct {
	testing.TB
	text string
}

func (f *told) Helper() {}
func (f *told) Fatalf(format string, args ...any) {
	f.text = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func failing(t *testing.T, call func(testing.TB)) string {
	f := &told{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		call(f)
	}()
	<-done
	return f.text
}

func TestWait_tellsWhy(t *testing.T) {
	s := ecftest.Run(t)
	s.Script(t, "/s/t", "echo what went wrong\nfalse")
	s.Play(t, "suite s\n edit ECF_TRIES 1\n task t\nendsuite")
	text := failing(t, func(t testing.TB) { s.Wait(t, "/s/t", client.StateComplete) })
	require.Contains(t, text, "/s/t is aborted, not complete")
	require.Contains(t, text, "what went wrong")
	require.Contains(t, text, "--begin=s")
	text = failing(t, func(t testing.TB) { s.WaitFor(t, "/s/t", client.StateUnknown, time.Millisecond) })
	require.Contains(t, text, "not unknown")
	text = failing(t, func(t testing.TB) { s.Wait(t, "/nix", client.StateComplete) })
	require.Contains(t, text, "/nix")
	text = failing(t, func(t testing.TB) { s.Load(t, "suite") })
	require.Contains(t, text, "suite")
	text = failing(t, func(t testing.TB) { s.ClientAs(t, "nobody") })
	require.Contains(t, text, `no user "nobody"`)
	text = failing(t, func(t testing.TB) { ecftest.Run(t, ecftest.User("fr ed", "x")) })
	require.Contains(t, text, `user "fr ed"`)
}
