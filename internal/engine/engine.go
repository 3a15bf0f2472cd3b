package engine

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/handles"
	"github.com/ecflow-go/ecflow/internal/jobs"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/internal/zombie"
)

// Options are what an engine works with. All parts but Log may be missing: then everybody may do everything, nothing is
// kept, and no job is started.
type Options struct {
	Log    Log
	Guard  Guard
	Keeper func(Snapshot) Keeper                  // makes the keeper of the definition
	Jobs   func(failed func([]jobs.Failure)) Jobs // makes what starts jobs, and calls failed when they end badly
	Files  job.System                             // of scripts and jobs; nil: those of this computer
	Clock  Clock                                  // nil: time.Now

	Host, Port       string          // as messages name the server
	Variables        []defs.Variable // the server's own
	Interval         time.Duration   // between two updates of the calendars; 0: a minute
	SlowJob          time.Duration   // making a job may take so long before users are told; 0: 4 s
	NoJobs           bool            // tasks are not submitted (--dis_job_gen)
	Protocol         string          // PLAIN, SSL or HTTP, for the statistics
	Home, Check, SSL string          // for the statistics
	Running          bool            // begin as RUNNING, not HALTED
	HistoryDays      int             // edits older than that are forgotten when a check point is read; 0: none

	// Ease, if there is one, is called before a definition is read, and what it gives when that is there: the
	// collection of garbage may wait so long.
	Ease func() (restore func())

	// Send sends a request to another server, for nodes that are moved there; it fails if that is refused.
	Send func(ctx context.Context, host, port string, request wire.Request) error
}

// Engine is a server. All its methods may be called by many at once.
type Engine struct {
	log    Log
	guard  Guard
	keeper Keeper
	jobs   Jobs // nil: none are started
	clock  Clock
	opts   Options
	begun  time.Time

	mu       sync.RWMutex // the definition and all that follows
	tree     *defs.Defs
	host     defs.Host
	lockedBy string // the user who has locked the server
	zombies  *zombie.List

	poll    poll
	looking defs.Look       // the look for freed tasks that has stopped
	wrong   strings.Builder // what went wrong in it
	slice   time.Duration   // how long jobs are made before it stops
	answers *answers        // of file systems, that jobs wait for
	files   *patient        // for jobs of tasks that nothing holds

	spent    spent
	archives int   // counts their changes, so that who has given the lock back knows
	ahead    ahead // set only while the request whose it is has the lock
	handles  handles.Registry
	whole    delta.Cache // the reply that holds all of the definition

	anew  atomic.Bool   // something may have become free: a look from the front is wanted, see wake
	asked atomic.Uint32 // there is something to look for, see rouse
	freed chan struct{} // wakes the clock's goroutine; empty unless asked has just become so

	debug  atomic.Bool
	counts counts
}

// New makes an engine, with an empty definition, or what the keeper has.
//
// Errors: those of Keeper.Restore.
func New(o Options) (*Engine, error) {
	e := &Engine{log: o.Log, guard: o.Guard, clock: o.Clock, opts: o, freed: make(chan struct{}, 1), slice: slice}
	if e.clock == nil {
		e.clock = time.Now
	}
	if o.Interval <= 0 {
		e.opts.Interval = time.Minute
	}
	if o.Files == nil {
		e.opts.Files = job.OS{}
	}
	e.answers = newAnswers(e.rouse)
	e.files = newPatient(e.opts.Files, e.answers)
	e.begun = e.clock()
	e.host = defs.Host{Log: e.write, Now: func() time.Time { return second(e.clock()) }, Archive: e.archive, Restore: e.restore}
	e.zombies = zombie.New(zombie.Host{Now: e.host.Now, Log: e.write, Kill: e.kill})
	if o.Jobs != nil {
		e.jobs = o.Jobs(e.died)
	}
	e.tree = defs.New()
	e.tree.SetServerState(defs.Halted)
	e.log.Write(defs.LogMsg, "Server initial state is HALTED")
	restored := false
	if o.Keeper != nil {
		e.keeper = o.Keeper(snapshot{e})
		kept, err := e.keeper.Restore()
		if err != nil {
			return nil, err
		}
		if kept != nil {
			e.tree = kept
			restored = true
		}
	}
	e.adopt()
	if restored {
		e.revive(second(e.begun))
	}
	if o.Running {
		e.setState(defs.Running)
		if e.keeper != nil {
			e.keeper.Go()
		}
	}
	return e, nil
}

// adopt makes the definition the server's own: its variables, its state, its clock.
//
// source: BaseServer.cpp, update_defs_server_state.
func (e *Engine) adopt() {
	for _, v := range e.opts.Variables {
		e.tree.SetServerVariable(v)
	}
	e.tree.SetHost(&e.host)
	if !e.tree.Tracked() { // else it counts on: clients have its numbers
		e.tree.Track()
	}
	e.tree.SetServerState(defs.Halted) // the first change that is counted, as in the original
}

// revive brings a definition that was read from a check point up to date.
//
// source: BaseServer.cpp, restore_from_checkpt.
func (e *Engine) revive(now time.Time) {
	var since time.Time
	if e.opts.HistoryDays > 0 {
		since = now.AddDate(0, 0, -e.opts.HistoryDays)
	}
	e.tree.DateDays()
	e.tree.PruneHistory(since)
	e.catchUp(now)
}

// write is what the definition has to say.
func (e *Engine) write(kind defs.LogKind, text string) { e.log.Write(kind, text) }

// Look calls f with the definition, which it may read only while f runs.
func (e *Engine) Look(f func(*defs.Defs)) {
	e.mu.RLock()
	defer e.mu.RUnlock()
	f(e.tree)
}

// Mark sets a mark on the definition.
func (e *Engine) Mark(flag defs.FlagType) { snapshot{e}.Report(flag, "", "") }

// Close ends what the engine has running; jobs go on.
func (e *Engine) Close(context.Context) error {
	if e.jobs != nil {
		e.jobs.Close()
	}
	e.log.Flush()
	return nil
}
