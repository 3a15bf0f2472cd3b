package engine

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// inSlices is a yard in which a look for free tasks stops after each job.
func inSlices(t *testing.T) *yard {
	y := newYard(t)
	y.slice = 0
	return y
}

// submitted are the tasks whose jobs were started since it was called last.
func (y *yard) submitted() string {
	var paths []string
	for _, c := range y.jobs.commands {
		paths = append(paths, c.Path)
	}
	y.jobs.commands = nil
	return strings.Join(paths, " ")
}

// stop is a look that stops after its first job, as one that others interrupt.
func (y *yard) stop() {
	y.t.Helper()
	y.mu.Lock()
	defer y.mu.Unlock()
	require.False(y.t, y.Engine.lookNow())
}

const five = "task a\ntrigger d == submitted\ntask b\ntask c\ntask d\ntask e"

func TestSlices_oneLookWhateverItSetsFree(t *testing.T) {
	for _, y := range []*yard{newYard(t), inSlices(t)} {
		y.load(five)
		require.Equal(t, "/s/b /s/c /s/d /s/e", y.submitted(), "the answer waits")
		for y.asked.Load() == asked { // by restarting the server, and by looks that stopped
			y.Engine.look()
		}
		require.Empty(t, y.submitted())
		y.must(&wire.FreeDepCmd{UserCmd: fred})
		require.Equal(t, "/s/a", y.submitted())
	}
}

func TestSlices_whatComesBetween(t *testing.T) {
	y := inSlices(t)
	y.load("task a\ntrigger c == active\ntask c\ntask d\ntask e\n")
	queued := func() {
		for _, path := range []string{"/s/d", "/s/e"} {
			y.node(path).Become(defs.Queued)
		}
		y.submitted()
		y.stop()
		require.Equal(t, "/s/d", y.submitted())
	}
	queued()
	y.start("/s/c", "1")
	y.look()
	require.Equal(t, "/s/e /s/a", y.submitted(), "a became free meanwhile")

	queued()
	y.must(&wire.PathsCmd{UserCmd: fred, API: wire.PathsSuspend, Paths: []string{"/s/e"}})
	y.look()
	require.Empty(t, y.submitted())
}

// As in the original, a look ends when the calendars are to move, and the next one begins.
func TestSlices_theCalendarsMove(t *testing.T) {
	y := inSlices(t)
	y.load("clock real\ntask a\ntime 12:01\ntask b\ntask c\ntask d\ntask e")
	for _, path := range []string{"/s/b", "/s/c", "/s/d"} {
		y.node(path).Become(defs.Queued)
	}
	y.submitted()
	y.stop()
	require.Equal(t, "/s/b", y.submitted())
	y.tick()
	y.look()
	require.Equal(t, "/s/a /s/c /s/d", y.submitted())
}

func TestSlices_whatGoesWrongIsToldAtTheEnd(t *testing.T) {
	var logs []string
	for _, y := range []*yard{newYard(t), inSlices(t)} {
		y.load("task b\nedit ECF_JOB_CMD '%NONE%'\ntask c\ntask d\nedit ECF_JOB_CMD '%NONE%'\ntask e")
		log := strings.ReplaceAll(y.log.all(), y.home, "")
		require.Equal(t, 1, strings.Count(log, "ERR:"), log)
		logs = append(logs, log)
	}
	require.Equal(t, logs[0], logs[1])
}

func TestSlices_aPart(t *testing.T) {
	y := inSlices(t)
	y.load("edit ECF_NO_SCRIPT 1\nfamily f\ndefstatus complete\ntask a\ntask b\nendfamily\nfamily g\ntask c\ntask d\ntask e\nendfamily\nfamily h\ntask f\nendfamily")
	y.submitted()
	for n := range y.node("/s").All() {
		if n.IsSubmittable() {
			n.Become(defs.Queued)
		}
	}
	y.must(&wire.CtsNodeCmd{UserCmd: fred, API: wire.CtsNodeJobGen, AbsNodePath: "/s/g"})
	require.Equal(t, "/s/g/c /s/g/d /s/g/e", y.submitted())
	y.look()
	require.Empty(t, y.submitted())

	y.stop()
	y.must(&wire.CtsNodeCmd{UserCmd: fred, API: wire.CtsNodeJobGen, AbsNodePath: "/s/h"})
	require.Equal(t, "/s/f/a /s/f/b /s/h/f", y.submitted(), "the look that stopped comes first")
}

// What goes wrong below a node alone is told by states, as in the original.
func TestJobGen_logsNoErrors(t *testing.T) {
	b := newBench(t)
	b.load("suite s\nedit ECF_FILES '/nosuch'\nfamily f\ntrigger 1 == 0\ntask t\nendfamily\nendsuite\n")
	b.must(&wire.CtsNodeCmd{UserCmd: fred, API: wire.CtsNodeJobGen, AbsNodePath: "/s/f/t"})
	require.Equal(t, defs.Aborted, b.node("/s/f/t").State())
	b.lookNow()
	require.NotContains(t, b.log.all(), "ERR:")
}
