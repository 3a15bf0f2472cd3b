package interop

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/tests_go/realserver"
)

// jobsSuite has a task for each child command; their scripts are below. The error of /jobs/fails
// is met by the trap, that of /jobs/speaks by the script itself.
const jobsSuite = `
suite jobs
  edit ECF_HOME '%HOME%'
  edit ECF_FILES '%FILES%'
  edit ECF_INCLUDE '%FILES%'
  edit ECF_TRIES 1
  edit BIN '%BIN%'
  task marks
    event 1
    event ready
    meter progress 0 100
    label info "nothing yet"
  task waits
    trigger marks:ready
  task counts
    queue steps 001 002 003
  task adds
  task fails
  task speaks
  task last
    trigger marks == complete and waits == complete and counts == complete and adds == complete and fails == aborted and speaks == aborted
endsuite
`

// source: the head.h and tail.h of ecFlow's tutorial, whose commands these are
const jobHead = `#!/bin/bash
set -eu
export ECF_PORT=%ECF_PORT% ECF_HOST=%ECF_HOST%
export ECF_NAME=%ECF_NAME% ECF_PASS=%ECF_PASS% ECF_TRYNO=%ECF_TRYNO% ECF_RID=$$
export PATH=%BIN%:$PATH
ecflow_client --init=$$
ERROR() {
  set +e
  wait
  ecflow_client --abort=trap
  trap 0
  exit 0
}
trap ERROR 0
trap '{ echo "ended by a signal"; ERROR; }' 1 2 3 4 5 6 7 8 10 12 13 15
`

const jobTail = `
wait
ecflow_client --complete
trap 0
exit 0
`

var jobScripts = map[string]string{
	"marks": `
ecflow_client --meter=progress 0
for step in 25 50 100; do ecflow_client --meter=progress $step; done
ecflow_client --label=info "half of it's done: 50%%"
ecflow_client --event=1
ecflow_client --event ready &   # it may run beside the job
`,
	"waits": `
ecflow_client --wait="/jobs/marks == complete"
`,
	"counts": `
for attempt in 1 2 3 4; do
  QTIME=$(ecflow_client --queue=steps active /jobs/counts)
  if [ "$QTIME" = "<NULL>" ]; then break; fi
  echo "step $QTIME"
  if [ "$QTIME" = 002 ]; then
    ecflow_client --queue=steps aborted $QTIME /jobs/counts
  else
    ecflow_client --queue steps complete $QTIME /jobs/counts
  fi
done
echo "aborted: $(ecflow_client --queue=steps no_of_aborted /jobs/counts)"
`,
	"adds": `
ecflow_client --alter=add variable FROM_JOB "of a job" /jobs/adds
ecflow_client --version | head -n 1
`,
	"fails": `
cat /there/is/no/such/file
`,
	"speaks": `
ecflow_client --abort="the input is not there"
trap 0
exit 0
`,
	"last": `
echo "all is done"
`,
}

// Job scripts as the original's tutorial makes them, unchanged, with our program on PATH by the
// name of ecflow_client.
func TestJobs(t *testing.T) {
	bin := realserver.Programs(t)
	t.Run("plain", func(t *testing.T) { runJobs(t, bin, realserver.Config{}) })
	t.Run("TLS and passwords", func(t *testing.T) {
		runJobs(t, bin, realserver.Config{TLS: realserver.ServerFiles, Passwords: map[string]string{login(t): "secret"}})
	})
}

func runJobs(t *testing.T, bin string, config realserver.Config) {
	server := start(t, config)
	files := filepath.Join(server.ServerHome, "files")
	home := filepath.Join(server.ServerHome, "home")
	require.NoError(t, os.MkdirAll(home, 0o700))
	require.NoError(t, os.MkdirAll(files, 0o700))
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(files, name), []byte(text), 0o600))
	}
	head := jobHead
	if config.Passwords != nil { // jobs that also send what only users do
		head = strings.Replace(head, "ecflow_client --init", "export ECF_PASSWD="+filepath.Join(server.ClientHome, "passwd")+"\necflow_client --init", 1)
	}
	write("head.h", head)
	write("tail.h", jobTail)
	for task, script := range jobScripts {
		write(task+".ecf", "%include <head.h>\n"+script+"%include <tail.h>\n")
	}
	definition := strings.NewReplacer("%HOME%", home, "%FILES%", files, "%BIN%", bin).Replace(jobsSuite)
	path := filepath.Join(files, "jobs.def")
	require.NoError(t, os.WriteFile(path, []byte(definition), 0o600))
	ours := func(arguments ...string) string {
		command := exec.Command(filepath.Join(bin, "ecflow_client"), arguments...)
		command.Env = server.Environment()
		text, err := command.CombinedOutput()
		require.NoError(t, err, "%v: %s", arguments, text)
		return string(text)
	}
	ours("--load=" + path)
	ours("--restart")
	ours("--begin=jobs")

	expected := map[string]string{
		"marks": "complete", "waits": "complete", "counts": "complete", "adds": "complete", "fails": "aborted", "speaks": "aborted", "last": "complete",
	}
	state := func(task string) string {
		return strings.TrimSpace(server.Original("--query", "state", "/jobs/"+task))
	}
	output := func(task string) string {
		text, _ := os.ReadFile(filepath.Join(home, "jobs", task+".1"))
		return string(text)
	}
	settled := func() bool {
		for task := range expected {
			if !slices.Contains([]string{"complete", "aborted"}, state(task)) {
				return false
			}
		}
		return true
	}
	// The server looks at triggers once a minute, and when a child command changes something.
	for deadline := time.Now().Add(3 * time.Minute); !settled() && time.Now().Before(deadline); {
		time.Sleep(100 * time.Millisecond)
	}
	for task, wanted := range expected {
		require.Equal(t, wanted, state(task), "%s: %s\n%s", task, output(task), server.Log())
	}
	require.Equal(t, "set", strings.TrimSpace(server.Original("--query", "event", "/jobs/marks:1")))
	require.Equal(t, "set", strings.TrimSpace(server.Original("--query", "event", "/jobs/marks:ready")))
	require.Equal(t, "100", strings.TrimSpace(server.Original("--query", "meter", "/jobs/marks:progress")))
	require.Equal(t, "half of it's done: 50%", strings.TrimSpace(server.Original("--query", "label", "/jobs/marks:info")))
	require.Equal(t, "of a job", strings.TrimSpace(server.Original("--query", "variable", "/jobs/adds:FROM_JOB")))
	require.Equal(t, "step 001\nstep 002\nstep 003\naborted: 1\n", output("counts"))
	all := server.Original("--get_state=/jobs")
	require.Regexp(t, `task fails .*abort<:trap>abort`, all)
	require.Regexp(t, `task speaks .*abort<:the input is not there>abort`, all)
	require.Contains(t, output("fails"), "/there/is/no/such/file")
}
