package simulate_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/simulate"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

func parse(t *testing.T, s string) *defs.Defs {
	t.Helper()
	d, err := text.ParseString(s, text.Options{})
	require.NoError(t, err)
	return d
}

const deadlock = `suite s
  family f
    task t1
      trigger t2 == complete
    task t2
      trigger t1 == complete
  endfamily
endsuite
`

func TestDefault_namesAreTheOriginals(t *testing.T) {
	require.Equal(t, simulate.Options{Name: "pyext.def", Log: "pyext.def.log", Flat: "defs.flat", Depth: "defs.depth"},
		simulate.Default(defs.New()))
	require.Equal(t, "s.def.log", simulate.Default(parse(t, deadlock)).Log)
}

func TestRun_withoutFilesWritesNone(t *testing.T) {
	t.Chdir(t.TempDir())
	result, err := simulate.Run(context.Background(), parse(t, deadlock), simulate.Options{Name: "x"})
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(result, "\nDefs file x\n  suite '/s' has not completed\nPlease see files .flat and .depth for analysis\n#5.19.0\n"), result)
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	require.Empty(t, entries)
}

func TestRun_nothingToSimulate(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	require.NoError(t, os.WriteFile(log, []byte("old"), 0o600))
	result, err := simulate.Run(context.Background(), defs.New(), simulate.Options{Log: log, Now: func() time.Time { return time.Unix(0, 0).UTC() }})
	require.NoError(t, err)
	require.Empty(t, result)
	content, err := os.ReadFile(log)
	require.NoError(t, err)
	require.Equal(t, "MSG:[00:00:00 01.01.1970]  time dependency(0) max_simulation_period(24:00:00) calendarIncrement(01:00:00)\n", string(content))
}

func TestRun_expressionsAreCheckedFirst(t *testing.T) {
	d := defs.New()
	s, err := d.AddSuite("s")
	require.NoError(t, err)
	task, err := s.AddTask("t")
	require.NoError(t, err)
	require.NoError(t, task.AddTrigger("nowhere == complete"))
	log := filepath.Join(t.TempDir(), "log")
	result, err := simulate.Run(context.Background(), d, simulate.Options{Log: log})
	require.NoError(t, err)
	require.Equal(t, "Error: Expression node tree references failed for 'trigger nowhere == complete' at TASK:/s/t\n"+
		" Could not find node 'nowhere' from node /s/t . Expected 'nowhere' to be a sibling.\n", result)
	require.NoFileExists(t, log)
	require.False(t, s.Begun())
}

func TestRun_cancelled(t *testing.T) {
	d := parse(t, "suite s\n clock real 1.1.2020\n task t\n  meter m 0 1000000 1000000\n task u\n  trigger t:m == 1000000\nendsuite\n")
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	result, err := simulate.Run(ctx, d, simulate.Options{})
	require.ErrorIs(t, err, fault.Cancelled)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Empty(t, result)
}

func TestRun_filesThatCannotBeWritten(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "no", "where")
	result, err := simulate.Run(context.Background(), parse(t, deadlock), simulate.Options{Log: nowhere})
	require.ErrorIs(t, err, fault.Config)
	require.Contains(t, result, "suite '/s' has not completed", "a log is no condition")
	result, err = simulate.Run(context.Background(), parse(t, deadlock), simulate.Options{Flat: nowhere})
	require.ErrorIs(t, err, fault.NotFound)
	require.ErrorContains(t, err, `Analyser::run: Failed to open file "`+nowhere+`"`)
	require.Empty(t, result)
}

func TestRun_leavesNoHostBehind(t *testing.T) {
	d := parse(t, "suite s\n task t\nendsuite\n")
	log := filepath.Join(t.TempDir(), "log")
	_, err := simulate.Run(context.Background(), d, simulate.Options{Log: log})
	require.NoError(t, err)
	before, err := os.ReadFile(log)
	require.NoError(t, err)
	require.NoError(t, d.Suites()[0].Requeue())
	after, err := os.ReadFile(log)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

// A year in minutes, of suites that wait most of the time.
func BenchmarkRun_aYearInMinutes(b *testing.B) {
	const source = `suite s
  clock real 1.1.2020
  family f
    task a
      cron -w 1 09:30
    task b
      trigger a == complete
      late -a 10:00
    task c
      time 10:15
      day monday
  endfamily
endsuite
`
	for b.Loop() {
		d, err := text.ParseString(source, text.Options{})
		require.NoError(b, err)
		_, err = simulate.Run(context.Background(), d, simulate.Options{})
		require.NoError(b, err)
	}
}
