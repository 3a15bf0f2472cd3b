package examples_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// examples/shell/run_suite.sh does what its first lines say; the jobs speak through our client, too.
func TestShellExample(t *testing.T) {
	server := start(t)
	require.NoError(t, server.client.RestartServer(t.Context()))
	bin, directory := realserver.Programs(t), t.TempDir()
	files := filepath.Join(directory, "files")
	require.NoError(t, os.MkdirAll(filepath.Join(files, "ci"), 0o700))
	job := "#!/bin/sh\nexport PATH=" + bin + ":/usr/bin:/bin\n" +
		"export ECF_PORT=%ECF_PORT% ECF_HOST=localhost ECF_NAME=%ECF_NAME% ECF_PASS=%ECF_PASS% ECF_TRYNO=%ECF_TRYNO% ECF_RID=$$\n" +
		"ecflow_client --init=$$\nif %WORK%; then ecflow_client --complete; else ecflow_client --abort=failed; fi\n"
	require.NoError(t, os.WriteFile(filepath.Join(files, "ci", "test.ecf"), []byte(job), 0o600))
	define := func(work string) string {
		path := filepath.Join(directory, "ci.def")
		text := "suite ci\n edit ECF_FILES '" + files + "'\n edit ECF_TRIES 1\n edit WORK '" + work + "'\n task test\nendsuite\n"
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	run := func(args ...string) (code int, out, errs string) {
		c := exec.Command("shell/run_suite.sh", args...)
		c.Env = append(server.environment, "PATH="+bin+":/usr/bin:/bin")
		var stdout, stderr strings.Builder
		c.Stdout, c.Stderr = &stdout, &stderr
		err := c.Run()
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			return failed.ExitCode(), stdout.String(), stderr.String()
		}
		require.NoError(t, err)
		return 0, stdout.String(), stderr.String()
	}
	code, out, errs := run(define("true"), "ci", "2m")
	require.Zero(t, code, out+errs)
	require.Contains(t, out, "complete\n")

	code, out, errs = run(define("false"), "ci", "2m")
	require.Equal(t, 3, code, out+errs)
	require.Contains(t, errs, "ci: aborted:\n  test\n")

	code, out, errs = run(define("sleep 3"), "ci", "1")
	require.Equal(t, 4, code, out+errs)
	require.Contains(t, errs, "ci: not complete after 1; suspended")
	state, err := server.client.Query(t.Context(), "dstate", "/ci", "")
	require.NoError(t, err)
	require.Equal(t, "suspended", state)

	code, _, errs = run("/nosuch.def", "ci")
	require.Equal(t, 1, code, errs)
	code, _, errs = run("x.def")
	require.Equal(t, 2, code)
	require.Contains(t, errs, "usage: ")
	handles, err := server.client.Do(t.Context(), "ch_suites", nil)
	require.NoError(t, err)
	require.Empty(t, handles, "none is left behind")
}
