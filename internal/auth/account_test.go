package auth

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

// exitCode is how a program ended.
type exitCode int

func (e exitCode) Error() string { return "exit status" }
func (e exitCode) ExitCode() int { return int(e) }

type said struct {
	output string
	err    error
}

func TestAskAccount(t *testing.T) {
	const fred = "fred:*:1234:100:Fred:/home/fred:/bin/sh\n"
	for name, c := range map[string]struct {
		programs map[string]said // others are not there
		want     string
		known    bool
		ran      []string
	}{
		"getent":                    {map[string]said{"/usr/bin/getent": {fred, nil}}, "fred", true, []string{"/usr/bin/getent passwd 1234"}},
		"getent in /bin":            {map[string]said{"/bin/getent": {fred, nil}}, "fred", true, nil},
		"no such user":              {map[string]said{"/usr/bin/getent": {"", exitCode(2)}, "/usr/bin/id": {"1234\n", nil}}, "", true, []string{"/usr/bin/getent passwd 1234"}},
		"getent breaks":             {map[string]said{"/usr/bin/getent": {"", exitCode(1)}, "/usr/bin/id": {"fred\n", nil}}, "fred", true, nil},
		"another user's line":       {map[string]said{"/usr/bin/getent": {"joe:*:99:1::/:\n", nil}, "/usr/bin/id": {"fred\n", nil}}, "fred", true, nil},
		"a line of NIS":             {map[string]said{"/usr/bin/getent": {"+fred:*:1234:1::/:\n", nil}}, "", false, nil},
		"garbage":                   {map[string]said{"/usr/bin/getent": {"\x00:::", nil}, "/usr/bin/id": {"what do you mean\n", nil}}, "", false, nil},
		"a name with an escape":     {map[string]said{"/usr/bin/getent": {"fr\x1bed:*:1234:1::/:\n", nil}}, "", false, nil},
		"id":                        {map[string]said{"/usr/bin/id": {"fred\n", nil}}, "fred", true, nil},
		"id in /bin":                {map[string]said{"/bin/id": {"fred", nil}}, "fred", true, nil},
		"id knows a number only":    {map[string]said{"/usr/bin/id": {"1234\n", nil}}, "", false, nil},
		"id fails with a number":    {map[string]said{"/usr/bin/id": {"1234\n", exitCode(1)}}, "", false, nil},
		"nothing there":             {map[string]said{}, "", false, []string{"/usr/bin/getent passwd 1234", "/bin/getent passwd 1234", "/usr/bin/id -u -n -r", "/bin/id -u -n -r"}},
		"getent does not come back": {map[string]said{"/usr/bin/getent": {fred, context.DeadlineExceeded}, "/usr/bin/id": {"fred\n", nil}}, "fred", true, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var ran []string
			run := func(ctx context.Context, program string, args ...string) ([]byte, error) {
				deadline, limited := ctx.Deadline()
				require.True(t, limited)
				require.LessOrEqual(t, time.Until(deadline), 5*time.Second)
				ran = append(ran, program+" "+strings.Join(args, " "))
				if s, there := c.programs[program]; there {
					return []byte(s.output), s.err
				}
				return nil, &fs.PathError{Op: "fork/exec", Path: program, Err: fs.ErrNotExist}
			}
			got, source, known := askAccount(t.Context(), 1234, run)
			require.Equal(t, c.want, got)
			require.Equal(t, c.known, known)
			if got != "" {
				require.Contains(t, strings.Join(ran, "\n"), source)
			}
			if c.ran != nil {
				require.Equal(t, c.ran, ran)
			}
		})
	}
}

// What the programs of this machine really say.
func TestAskAccount_here(t *testing.T) {
	if _, err := os.Stat("/usr/bin/getent"); err != nil {
		t.Skip("no getent here")
	}
	run := func(ctx context.Context, program string, args ...string) ([]byte, error) {
		return exec.CommandContext(ctx, program, args...).Output()
	}
	name, source, known := askAccount(t.Context(), 0, run)
	require.Equal(t, []any{"root", "/usr/bin/getent", true}, []any{name, source, known})
	name, _, known = askAccount(t.Context(), 54321, run)
	require.Equal(t, []any{"", true}, []any{name, known})

	onlyID := func(ctx context.Context, program string, args ...string) ([]byte, error) {
		if strings.HasSuffix(program, "getent") {
			return nil, errors.New("not there")
		}
		return run(ctx, program, args...)
	}
	want, err := exec.Command("id", "-un", "-r").Output()
	if err != nil {
		t.Skipf("id(1) gives no name for this user: %v", err)
	}
	name, source, _ = askAccount(t.Context(), os.Getuid(), onlyID)
	require.Equal(t, strings.TrimSpace(string(want)), name)
	require.True(t, slices.Contains([]string{"/usr/bin/id", "/bin/id"}, source))
}

func TestFindLogin_cancelled(t *testing.T) {
	// Only a build that has to ask somebody notices; an answer at hand is as good.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	login, err := FindLogin(ctx, func(string) (string, bool) { return "from-the-environment", true })
	if err != nil {
		require.ErrorIs(t, err, fault.Cancelled)
	} else {
		require.NotEqual(t, "from-the-environment", login.Name)
	}
}
