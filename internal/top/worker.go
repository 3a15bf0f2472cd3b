package top

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
)

// Service is what the screen asks of a server; *client.Client is one.
type Service interface {
	Sync(ctx context.Context, syncSuiteClock bool) error
	Defs() *defs.Defs

	File(ctx context.Context, task, kind, maxLines string) (string, error)
	EditHistory(ctx context.Context, paths ...string) ([]string, error)
	Log(ctx context.Context, lines int) (string, error)

	Suspend(ctx context.Context, paths ...string) error
	Resume(ctx context.Context, paths ...string) error
	Requeue(ctx context.Context, option string, paths ...string) error
	Run(ctx context.Context, force bool, paths ...string) error
	ForceState(ctx context.Context, state client.State, paths ...string) error
	ForceStateRecursive(ctx context.Context, state client.State, paths ...string) error
	Kill(ctx context.Context, paths ...string) error
	Status(ctx context.Context, paths ...string) error
	BeginSuite(ctx context.Context, suite string, force bool) error
	Delete(ctx context.Context, force bool, paths ...string) error
	RestartServer(ctx context.Context) error
	ShutdownServer(ctx context.Context) error
	HaltServer(ctx context.Context) error
}

// Connect makes the service of a server, without asking it anything. lock guards the tree:
// it is to be held while that is read or changed (client.Options.LockTree).
type Connect func(s Server, lock func() (unlock func())) (Service, error)

// queued is how many commands may wait for a server.
const queued = 64

// worker speaks to one server. Its goroutines end with its context.
type worker struct {
	id       int
	server   Server
	connect  Connect
	interval time.Duration
	now      func() time.Time
	post     func(context.Context, any) // tells the screen

	lock    sync.Mutex // of the tree
	service atomic.Value
	wake    chan struct{}
	jobs    chan job

	counted struct { // what totals were made of; the syncing goroutine's
		defs     *defs.Defs
		revision uint64
		totals   totals
	}
}

// job is a command for the server.
type job struct {
	what string // as the screen tells it, with the path
	do   func(context.Context, Service) error
}

// What a worker tells. id is the server's.
type (
	syncing struct{ id int }
	synced  struct {
		id     int
		err    error
		at     time.Time
		next   time.Time // when it is tried again, after an error
		totals totals
	}
	done struct {
		id   int
		what string
		err  error
		at   time.Time
	}
)

// serviceBox gives all services one type, which atomic.Value demands.
type serviceBox struct{ Service }

// serviceNow is the server's service, nil until there is one.
func (w *worker) serviceNow() Service {
	box, _ := w.service.Load().(serviceBox)
	return box.Service
}

func (w *worker) hold() (release func()) {
	w.lock.Lock()
	return w.lock.Unlock
}

// soon makes the worker sync now. It never waits.
func (w *worker) soon() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// give hands over a command, and reports whether there was room. It never waits.
func (w *worker) give(j job) bool {
	select {
	case w.jobs <- j:
		return true
	default:
		return false
	}
}

// longestPause is the most between two attempts to reach a server.
const longestPause = time.Minute

// syncs brings the tree up to date, again and again.
func (w *worker) syncs(ctx context.Context) {
	failures := 0
	for {
		w.post(ctx, syncing{w.id})
		told, pause := w.once(ctx, &failures)
		if ctx.Err() != nil {
			return
		}
		w.post(ctx, told)
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
		case <-w.wake:
		case <-timer.C:
		}
		timer.Stop()
		if ctx.Err() != nil {
			return
		}
	}
}

// once syncs, and says how long to wait until the next time: longer after each failure.
func (w *worker) once(ctx context.Context, failures *int) (told synced, pause time.Duration) {
	err := w.sync(ctx)
	told, pause = synced{id: w.id, err: err, at: w.now()}, w.interval
	if err != nil {
		pause = min(w.interval<<min(*failures, 10), max(longestPause, w.interval))
		*failures++
		told.next = told.at.Add(pause)
		return told, pause
	}
	*failures = 0
	told.totals = w.count()
	return told, pause
}

func (w *worker) sync(ctx context.Context) error {
	s := w.serviceNow()
	if s == nil {
		made, err := w.connect(w.server, w.hold)
		if err != nil {
			return err
		}
		s = made
		w.service.Store(serviceBox{s})
	}
	return s.Sync(ctx, true)
}

// count counts the tasks of the tree, if it has changed.
func (w *worker) count() totals {
	defer w.hold()()
	c := &w.counted
	if d := w.serviceNow().Defs(); d != nil && (d != c.defs || d.Revision() != c.revision) {
		c.defs, c.revision, c.totals = d, d.Revision(), countTasks(d)
	}
	return c.totals
}

// commands carries out commands one after the other, in the order given.
func (w *worker) commands(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-w.jobs:
			told := w.carryOut(ctx, j)
			if ctx.Err() != nil {
				return
			}
			w.post(ctx, told)
			w.soon()
		}
	}
}

func (w *worker) carryOut(ctx context.Context, j job) done {
	err := errNotConnected
	if s := w.serviceNow(); s != nil {
		err = j.do(ctx, s)
	}
	return done{w.id, j.what, err, w.now()}
}
