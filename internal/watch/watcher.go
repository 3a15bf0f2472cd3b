package watch

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/expr"
	"github.com/ecflow-go/ecflow/fault"
)

// Source is where a [Watcher] gets the definition from: a *client.Client, which belongs to the watcher until
// it is closed. Each of its requests should be tried once only; the watcher sees to trying again.
type Source interface {
	Sync(ctx context.Context, suiteClock bool) error
	Defs() *defs.Defs
	ChangedNodePaths() []string
	RegisterHandle(ctx context.Context, autoAdd bool, suites ...string) (int, error)
	HandleSuites(ctx context.Context) (string, error)
	DropHandle(ctx context.Context, handle int) error
	Handle() int
	Reset()
}

// Options say what is watched, and how often.
type Options struct {
	// Paths of nodes, which are watched with all below them; none, or "/": everything. They need not be there.
	Paths []string
	// Expr is an expression about to be asked as seen from Paths, or from nowhere if there are none: then the nodes it
	// names are watched. nil: none.
	Expr *expr.Expr
	// Interval is the pause between looks; 0: DefaultInterval. It grows while nothing happens, see [Watcher.Run].
	Interval time.Duration

	// Replacements for tests.
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration) error
}

// DefaultInterval is the pause between looks.
const DefaultInterval = 2 * time.Second

// Look is what was seen at one time.
type Look struct {
	Time     time.Time
	Defs     *defs.Defs // as it is now; the next look changes it. nil while there has been no connection
	Changes  []Change
	Progress Progress
	Lost     error // why there is no connection now; what else is here is from before
}

// Watcher follows nodes. It must not be used by several goroutines at once.
type Watcher struct {
	source Source
	o      Options
	paths  []string // that are looked at
	suites []string // that are asked for; nil: all

	picture *picture
	seen    *defs.Defs // that the picture shows
	handle  int        // ours in the server, 0 for none
	doubt   bool       // the server may have been restarted, so the handle may be somebody else's
	lost    time.Time  // since when there is no connection, zero if there is
}

// New makes a watcher; it contacts nobody.
//
// Errors: fault.Argument for what is no absolute path, and for an expression that can only be asked as seen from a node.
func New(source Source, o Options) (*Watcher, error) {
	if o.Interval <= 0 {
		o.Interval = DefaultInterval
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	paths, suites, err := scope(o.Paths, o.Expr)
	if err != nil {
		return nil, err
	}
	return &Watcher{source: source, o: o, paths: paths, suites: suites, picture: newPicture(paths)}, nil
}

// Look looks once. The first look brings the whole definition, those after it what has changed since.
//
// Errors: those of the requests. After an error the next look finds out what is left of the connection.
func (w *Watcher) Look(ctx context.Context) (*Look, error) {
	if err := w.refresh(ctx); err != nil {
		w.doubt = w.doubt || ctx.Err() == nil
		return nil, err
	}
	look := &Look{Time: w.o.Now(), Defs: w.source.Defs()}
	changed := w.source.ChangedNodePaths()
	if whole := look.Defs != w.seen; whole || len(changed) > 0 || w.picture.first {
		look.Changes = w.picture.update(look.Defs, changed, whole, look.Time)
	}
	w.seen = look.Defs
	look.Progress = w.picture.progress()
	return look, nil
}

// refresh brings the definition up to date, with a handle of ours.
func (w *Watcher) refresh(ctx context.Context) error {
	if w.handle != 0 && w.doubt {
		if err := w.confirm(ctx); err != nil {
			return err
		}
	}
	w.doubt = false
	if err := w.register(ctx); err != nil {
		return err
	}
	before := w.source.Defs()
	err := w.source.Sync(ctx, false)
	if w.handle == 0 || (err == nil && (before == nil || before == w.source.Defs())) || (err != nil && fault.KindOf(err) != fault.Refused) {
		return err
	}
	// A server that was restarted does not know the handle, or has given it to somebody else.
	had := w.handle
	if failed := w.confirm(ctx); failed != nil {
		return failed
	}
	if w.handle == had {
		return err
	}
	if err := w.register(ctx); err != nil {
		return err
	}
	return w.source.Sync(ctx, false)
}

// register gets a handle for the suites concerned, if not all are. An interrupt waits a moment for the answer, since
// nobody would know the number of a handle whose answer did not arrive.
func (w *Watcher) register(ctx context.Context) error {
	if w.suites == nil || w.handle != 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return &fault.Error{Kind: fault.Cancelled, Err: err}
	}
	ctx, done := linger(ctx, lingering)
	defer done()
	handle, err := w.source.RegisterHandle(ctx, false, w.suites...)
	if err == nil {
		w.handle = handle
	}
	return err
}

const lingering = 2 * time.Second

// linger is a context that ends some time after ctx.
func linger(ctx context.Context, d time.Duration) (context.Context, func()) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	timer := time.AfterFunc(d, cancel)
	timer.Stop()
	stop := context.AfterFunc(ctx, func() { timer.Reset(d) })
	return longer, func() {
		stop()
		timer.Stop()
		cancel()
	}
}

// confirm asks whether the handle is still ours, and forgets it if not.
func (w *Watcher) confirm(ctx context.Context) error {
	table, err := w.source.HandleSuites(ctx)
	if err != nil {
		return err
	}
	if !isOurs(table, w.handle, w.suites) {
		w.source.Reset()
		w.handle = 0
	}
	return nil
}

// isOurs finds a handle with exactly these suites in the table that a server prints: handle and suites, in the
// first line of each user behind his name.
//
// source: libs/node ClientSuiteMgr.cpp, and seen in 5.9.2.
func isOurs(table string, handle int, suites []string) bool {
	wanted := slices.Clone(suites)
	slices.Sort(wanted)
	for line := range strings.Lines(table) {
		words := strings.Fields(line)
		for i := range min(2, len(words)) {
			if words[i] != itoa(handle) {
				continue
			}
			found := slices.Clone(words[i+1:])
			slices.Sort(found)
			if slices.Equal(found, wanted) {
				return true
			}
		}
	}
	return false
}

// Close drops the handle. It takes a few seconds at most even if ctx has ended, as after an interrupt.
func (w *Watcher) Close(ctx context.Context) error {
	if w.handle == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	if w.doubt {
		if err := w.confirm(ctx); err != nil || w.handle == 0 {
			return err
		}
	}
	err := w.source.DropHandle(ctx, w.handle)
	w.handle = 0
	return err
}
