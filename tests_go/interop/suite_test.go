package interop

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// definition has one of everything the commands touch. The jobs of /s/quiet do
// nothing: the tests speak for them. limit nothing keeps the other tasks queued.
const definition = `
suite s
  edit ECF_FILES '%FILES%'
  edit ECF_INCLUDE '%FILES%'
  edit NAME 'value'
  limit nothing 0
  limit some 5
  task quiet
    edit ECF_JOB_CMD '/bin/true'
    event ready
    event 2
    meter steps 0 100 50
    label note "empty"
    queue steps 001 002 003
  family f
    inlimit /s:nothing
    repeat integer N 1 3
    task a
      edit FROM 'a'
      label info "none"
      event go
      meter progress 0 10
    task b
      trigger a == complete
      time 23:59
      date 1.1.2099
    task c
      today 23:59
      late -s +00:15
  endfamily
endsuite
suite other
  family g
    task t
      defstatus complete
  endfamily
endsuite
`

// loaded puts the definition into the server, with scripts, with our client, and
// has it run.
func loaded(t *testing.T, server *realserver.Server) {
	t.Helper()
	files := filepath.Join(server.ClientHome, "files")
	for _, task := range []string{"s/quiet", "s/f/a", "s/f/b", "s/f/c", "other/g/t"} {
		path := filepath.Join(files, task+".ecf")
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		script := "%manual\nthe manual\n%end\n%include <head.h>\n#! %FROM:nobody%\n%NAME%\n"
		require.NoError(t, os.WriteFile(path, []byte(script), 0o600))
	}
	require.NoError(t, os.WriteFile(filepath.Join(files, "head.h"), []byte("# the head\n"), 0o600))
	path := filepath.Join(server.ClientHome, "s.def")
	require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(definition, "%FILES%", files)), 0o600))
	require.NoError(t, server.Client().Load(ctx, path, true, false))
	require.Contains(t, server.Original("--suites"), "other")
}

var passwordInState = regexp.MustCompile(`task quiet .*passwd:(\S+)`)

// submitted starts the suite until the job of /s/quiet is submitted, and gives
// the variables that the job would have.
func submitted(t *testing.T, server *realserver.Server) []string {
	t.Helper()
	loaded(t, server)
	c := server.Client()
	require.NoError(t, c.RestartServer(ctx))
	require.NoError(t, c.BeginAllSuites(ctx, true))
	return jobOf(t, server)
}

func jobOf(t *testing.T, server *realserver.Server) []string {
	t.Helper()
	// The server submits at its next turn, at most a minute away, or when told to.
	for deadline := time.Now().Add(70 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		password := passwordInState.FindStringSubmatch(server.Original("--migrate"))
		if password != nil && strings.Contains(server.Original("--query", "state", "/s/quiet"), "submitted") {
			return []string{"ECF_NAME=/s/quiet", "ECF_PASS=" + password[1], "ECF_RID=4711", "ECF_TRYNO=1"}
		}
	}
	t.Fatal("the job is not submitted:\n" + server.Original("--migrate"))
	return nil
}
