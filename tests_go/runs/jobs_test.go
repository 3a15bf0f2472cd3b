package runs

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/tests_go/contrast"
)

const head = `#!/bin/bash
set -eu
export ECF_PORT=%ECF_PORT% ECF_HOST=127.0.0.1 ECF_NAME=%ECF_NAME% ECF_PASS=%ECF_PASS% ECF_TRYNO=%ECF_TRYNO% ECF_RID=$$
export PATH=%BIN%:$PATH
ecflow_client --init=$$
ERROR() {
  set +e
  ecflow_client --abort=trap
  trap 0
  exit 0
}
trap ERROR 0
trap 'ERROR' 1 2 3 15
`

const tail = `
ecflow_client --complete
trap 0
exit 0
`

// script is a job between head and tail.
func (p *place) script(name, text string) {
	p.t.Helper()
	p.write("head.h", head)
	p.write("tail.h", tail)
	p.write(name+".ecf", "%include <head.h>\n"+text+"\n%include <tail.h>\n")
}

const preamble = `edit ECF_HOME '@HOME@'
edit ECF_FILES '@HOME@'
edit ECF_INCLUDE '@HOME@'
edit BIN '@BIN@'
edit ECF_KILL_CMD 'kill -15 %ECF_RID%'
edit ECF_STATUS_CMD 'ps -p %ECF_RID%'
`

// ending is what a play shows.
type ending struct {
	story  story
	output map[string]string // of jobs, by the name of the file
}

func (p *place) ending() ending {
	clock := regexp.MustCompile(`\[\d\d:\d\d:\d\d [0-9.]+\] |: 127.0.0.1:\d+ :`)
	e := ending{tell(p.log(), p.home), map[string]string{}}
	_ = filepath.WalkDir(p.home, func(path string, d os.DirEntry, err error) error {
		if name := filepath.Base(path); err == nil && !d.IsDir() && strings.Trim(filepath.Ext(name), ".0123456789") == "" && filepath.Dir(path) != p.home {
			text, _ := os.ReadFile(path)
			e.output[strings.TrimPrefix(path, p.home)] = clock.ReplaceAllString(string(text), "")
		}
		return nil
	})
	return e
}

// same compares what two plays show, of some nodes above several jobs only the last line: which job is faster is not determined.
func same(t *testing.T, original, ours ending, several ...string) {
	t.Helper()
	if t.Failed() {
		return
	}
	for _, s := range []story{original.story, ours.story} {
		for _, path := range several {
			s[path] = s[path][max(len(s[path])-1, 0):]
		}
	}
	paths := slices.Sorted(maps.Keys(original.story))
	for path := range ours.story {
		if _, known := original.story[path]; !known {
			paths = append(paths, path)
		}
	}
	for _, path := range paths {
		if difference := contrast.Show(original.story.of(path), ours.story.of(path)); difference != "" {
			t.Errorf("%q:\n%s", path, difference)
		}
	}
	require.Equal(t, original.output, ours.output)
}

func TestChildCommands(t *testing.T) {
	original, ours := both(t, func(p *place) ending {
		p.script("marks", `
ecflow_client --meter=progress 0
for step in 25 50 100; do ecflow_client --meter=progress $step; done
ecflow_client --meter=progress 101
ecflow_client --meter=none 1
ecflow_client --label=info "half of it's done: 50%%"
ecflow_client --label=info several words
ecflow_client --event=1
ecflow_client --event=ready
ecflow_client --event=none
sleep 2 # so that /run/waits has to`)
		p.script("waits", `ecflow_client --wait="/run/marks == complete"`)
		p.script("counts", `
for attempt in 1 2 3 4; do
  STEP=$(ecflow_client --queue=steps active)
  if [ "$STEP" = "<NULL>" ]; then break; fi
  echo "step $STEP"
  if [ "$STEP" = 002 ]; then ecflow_client --queue=steps aborted $STEP; else ecflow_client --queue steps complete $STEP /run; fi
done
echo "aborted: $(ecflow_client --queue=steps no_of_aborted)"
ecflow_client --queue=steps reset
echo "again: $(ecflow_client --queue=steps active)"`)
		p.script("adds", `
ecflow_client --complete --remove OLD
trap 0
exit 0`)
		p.script("fails", `cat /there/is/no/such/file 2>/dev/null`)
		p.script("speaks", `
ecflow_client --abort="the input; is not
there"
trap 0
exit 0`)
		p.script("last", `echo "all is done"`)
		p.play("suite run\n" + preamble + `edit ECF_TRIES 1
queue steps 001 002 003
task marks
 event 1
 event ready
 event set
 meter progress 0 100
 label info "nothing yet"
task waits
 trigger marks:ready
task counts
task adds
 edit OLD 1
task fails
task speaks
task last
 trigger marks == complete and waits == complete and counts == complete and adds == complete and fails == aborted and speaks == aborted
endsuite
`)
		p.until("complete", "/run/last")
		require.Equal(p.t, "aborted", p.state("/run"))
		return p.ending()
	})
	same(t, original, ours, "/run", "/")
}

func TestTries(t *testing.T) {
	original, ours := both(t, func(p *place) ending {
		p.script("second", `[ $ECF_TRYNO = 2 ]`)
		p.script("never", `false`)
		p.write("silent.ecf", "exit 0\n")
		p.write("dies.ecf", "exit 3\n")
		p.write("signal.ecf", "kill -9 $$\n")
		p.script("late", `ecflow_client --complete; trap 0; exit 7`)
		p.play("suite run\n" + preamble + `edit ECF_TRIES 3
task second
task never
task silent
task dies
task signal
task late
task noscript
task nocommand
 edit ECF_JOB_CMD '%NONE%'
task inline
 edit ECF_NO_SCRIPT 1
 edit ECF_JOB_CMD 'export ECF_PORT=%ECF_PORT% ECF_HOST=127.0.0.1 ECF_NAME=%ECF_NAME% ECF_PASS=%ECF_PASS% ECF_TRYNO=%ECF_TRYNO%; %BIN%/ecflow_client --init=$$ && %BIN%/ecflow_client --complete'
task dummy
 edit ECF_DUMMY_TASK 1
 trigger second == complete and second == aborted
endsuite
`)
		p.until("complete", "/run/second", "/run/inline", "/run/late")
		p.until("aborted", "/run/dies", "/run/signal", "/run/noscript", "/run/nocommand")
		p.eventually("three tries", func() bool { return strings.Count(p.log(), "aborted: /run/never ") == 3 })
		p.eventually("zombie flag", func() bool { return strings.Contains(p.log(), "setting zombie flag") })
		require.Equal(p.t, "submitted", p.state("/run/silent"))
		return p.ending()
	})
	same(t, original, ours, "/run", "/")
}

func TestKill(t *testing.T) {
	original, ours := both(t, func(p *place) ending {
		for _, task := range []string{"long", "bad", "none"} {
			p.script(task, `ecflow_client --event=e; sleep 60 & wait`)
		}
		p.write("deaf.ecf", "sleep 60\n")
		p.play("suite run\n" + preamble + `edit ECF_TRIES 2
task long
 edit ECF_STATUS_CMD 'ps -p %ECF_RID% && touch %ECF_JOB%.seen'
 event e
task bad
 edit ECF_KILL_CMD 'exit 4'
 edit ECF_STATUS_CMD 'exit 5'
 event e
task none
 edit ECF_KILL_CMD ''
 edit ECF_STATUS_CMD '%NO_SUCH%'
 event e
task deaf
 edit ECF_JOB_CMD 'exec %ECF_JOB% 1> %ECF_JOBOUT% 2>&1'
 edit ECF_KILL_CMD 'true'
task queued
 trigger long == complete
endsuite
`)
		for _, task := range []string{"long", "bad", "none"} {
			p.eventually("event", func() bool { e, _ := p.node("/run/" + task).Event("e"); return e.Value })
		}
		flags := func(task string) string { return p.node("/run/" + task).Flag().String() }
		failed := func(what string) {
			p.t.Helper()
			p.eventually("failure of the command", func() bool {
				p.ask("--force-dep-eval") // the original notices the end of processes when it looks for tasks that are free
				return strings.Contains(flags("bad"), what)
			})
		}
		var answers []string
		for _, what := range []string{"status", "kill"} {
			for _, task := range []string{"long", "bad", "none", "queued", "nosuch"} {
				text, _ := p.try("--" + what + "=/run/" + task)
				answers = append(answers, what+" "+task+": "+refusal(text))
			}
			failed(what + "cmd_failed")
			if what == "status" { // it would fail on a job that is gone
				p.eventually("status of the job", func() bool {
					_, err := os.Stat(filepath.Join(p.home, "run/long.job1.seen"))
					return err == nil
				})
			}
		}
		p.until("aborted", "/run/long")
		for _, task := range []string{"long", "bad", "none", "queued"} {
			answers = append(answers, task+": "+flags(task))
		}
		p.ask("--alter=change", "variable", "ECF_KILL_CMD", "kill -15 %ECF_RID%", "/run/bad", "/run/none")
		p.ask("--kill", "/run/bad", "/run/none") // one of the suite would let /run/long try again
		p.until("aborted", "/run/bad", "/run/none")
		e := p.ending()
		e.output["answers"] = strings.Join(answers, "\n")
		delete(e.output, "/run/deaf.1")
		for _, task := range []string{"long.1", "bad.1", "none.1"} {
			e.output["/run/"+task] = "" // bash tells of its children now and then
		}
		return e
	})
	same(t, original, ours, "/run", "/")
}

// refusal is what the server said, of what the client prints.
func refusal(text string) string {
	_, reply, _ := strings.Cut(text, "Server reply: ")
	return strings.TrimSpace(reply)
}

func TestRepeatsAndLimits(t *testing.T) {
	original, ours := both(t, func(p *place) ending {
		p.script("t", `ecflow_client --event=e`)
		p.play("suite run\n" + preamble + `limit two 2
family f
 repeat integer I 1 3
 family g
 inlimit /run:two
 family a; task t; event e; endfamily
 family b; task t; event e; trigger ../a/t:e; endfamily
 family c; task t; event e; endfamily
 family d; task t; event e; endfamily
 endfamily
endfamily
family done
 trigger f == complete
 task t
  event e
endfamily
endsuite
`)
		p.until("complete", "/run")
		return p.ending()
	})
	same(t, original, ours, "/run", "/", "/run/f", "/run/f/g")
}
