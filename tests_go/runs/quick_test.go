package runs

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// jobs are the jobs of many tasks: ECF_JOB_CMD hands the name of the job's file to this process, which does what a script
// and its clients would.
type jobs struct {
	*place
	command string
	count   atomic.Int64
}

func newJobs(p *place) *jobs {
	pipe := filepath.Join(p.home, "pipe")
	require.NoError(p.t, syscall.Mkfifo(pipe, 0o600))
	j := &jobs{place: p, command: "echo %ECF_JOB% > " + pipe}
	file, err := os.OpenFile(pipe, os.O_RDWR, 0) // for writing as well: it never ends
	require.NoError(p.t, err)
	p.t.Cleanup(func() { _ = file.Close() })
	go func() {
		for lines := bufio.NewScanner(file); lines.Scan(); {
			go j.run(lines.Text())
		}
	}()
	return j
}

func (j *jobs) done() int64 { return j.count.Load() }

func (j *jobs) run(path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		j.t.Error(err)
		return
	}
	words := strings.Fields(string(text))
	c := wire.TaskCmd{Path: words[0], JobsPassword: words[1], RemoteID: "1", TryNo: int(words[2][0] - '0')}
	c.ClHost = "desk"
	last := wire.Request(&wire.CompleteCmd{TaskCmd: c})
	if strings.HasSuffix(c.Path, "3/t4") && c.TryNo == 1 {
		last = &wire.AbortCmd{TaskCmd: c, Reason: "first try"}
	}
	for _, r := range []wire.Request{
		&wire.InitCmd{TaskCmd: c}, &wire.MeterCmd{TaskCmd: c, Name: "m", Value: 5}, &wire.LabelCmd{TaskCmd: c, Name: "l", Label: "working"},
		&wire.EventCmd{TaskCmd: c, Name: "e", Value: true}, &wire.MeterCmd{TaskCmd: c, Name: "m", Value: 10}, last,
	} {
		if reply := j.send(r); shown(reply) != "api 0" {
			j.t.Errorf("%s of %s: %s", wire.TypeName(r), c.Path, shown(reply))
		}
	}
	j.count.Add(1)
}
