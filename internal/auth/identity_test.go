//go:build unix

package auth

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

func TestLoginName_asTheSystem(t *testing.T) {
	want, err := exec.Command("id", "-un", "-r").Output()
	if err != nil {
		t.Skipf("id(1) gives no name for this user: %v", err)
	}
	t.Setenv("USER", "somebody-else")
	t.Setenv("LOGNAME", "somebody-else")
	got, err := LoginName()
	require.NoError(t, err)
	require.Equal(t, strings.TrimSpace(string(want)), got)
	login, err := FindLogin(t.Context(), os.LookupEnv)
	require.NoError(t, err)
	require.Equal(t, strings.TrimSpace(string(want)), login.Name)
	require.Contains(t, []string{"getpwuid", "/etc/passwd", "/usr/bin/getent", "/usr/bin/id"}, login.Source)
}

// TestLoginName_unknownUser runs itself under a user id without an account.
func TestLoginName_unknownUser(t *testing.T) {
	const marker = "ECFLOW_TEST_LOGIN_NAME_CHILD"
	if os.Getenv(marker) == "" {
		if os.Getuid() != 0 {
			t.Skip("only root can run a process under another user id")
		}
		self, err := os.ReadFile(os.Args[0])
		require.NoError(t, err)
		dir, err := os.MkdirTemp("", "login")
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
		require.NoError(t, os.Chmod(dir, 0o755)) //nolint:gosec // the other user must see it
		program := dir + "/auth.test"
		require.NoError(t, os.WriteFile(program, self, 0o755)) //nolint:gosec // and run it
		child := exec.Command(program, "-test.run=^TestLoginName_unknownUser$", "-test.v")
		child.Dir = dir
		child.Env = append(os.Environ(), marker+"=1", "USER=envuser", "LOGNAME=envlogname")
		child.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 54321, Gid: 54321}}
		output, err := child.CombinedOutput()
		require.NoError(t, err, "%s", output)
		require.Contains(t, string(output), "--- PASS", "%s", output)
		return
	}
	_, err := LoginName()
	require.ErrorIs(t, err, fault.Config)
	require.ErrorContains(t, err, "54321")

	env := map[string]string{"USER": "u", "LOGNAME": "l"}
	lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	for _, want := range []Login{{"u", "$USER"}, {"l", "$LOGNAME"}} {
		got, err := FindLogin(t.Context(), lookup)
		require.NoError(t, err)
		require.Equal(t, want, got)
		env["USER"] = ""
	}
	delete(env, "LOGNAME")
	_, err = FindLogin(t.Context(), lookup)
	require.ErrorIs(t, err, fault.Config)
}
