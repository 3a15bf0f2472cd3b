package checkpoint

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/logfile"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Tree is the definition that is kept, as who owns it shows it. All may be called by any goroutine,
// at any time but within a call of the saver's that the owner makes while it holds its lock.
type Tree interface {
	// View calls read with the definition, which nobody changes until it returns.
	View(read func(d *defs.Defs))

	// Checkpoint is View for a check point, and Saved tells that the last one that was read is on disk.
	Checkpoint(read func(d *defs.Defs))
	Saved()

	// Report sets a mark on the definition and, if variable has a name, that variable of the
	// server to text.
	Report(mark defs.FlagType, variable, text string)
}

// Mode says when the definition is saved.
type Mode = wire.CheckPtMode

// Settings say where the definition is kept, and when. Paths are absolute.
type Settings struct {
	Path, Old string        // ECF_CHECK, ECF_CHECKOLD
	Mode      Mode          // ECF_CHECKMODE
	Interval  time.Duration // ECF_CHECKINTERVAL, between saves of mode on_time
	Alarm     time.Duration // a save that takes longer is late

	Host, Port string // of the server, as the definition and the log name it
}

// What the original does unless it is told otherwise.
const (
	defaultInterval = 120 * time.Second
	defaultAlarm    = 20 * time.Second
)

// Saver keeps a definition on disk. It may be used by many goroutines at once.
//
// source: libs/server CheckPtSaver.cpp.
type Saver struct {
	path, old  string
	host, port string
	tree       Tree
	log        *logfile.File
	disk       disk
	now        func() time.Time

	mode            atomic.Int32
	interval, alarm atomic.Int64 // seconds
	running         atomic.Bool
	retimed         chan struct{} // the interval or what runs has changed

	saving sync.Mutex // held by who writes a check point; taken first
	commit commit

	writing sync.Mutex // held by who writes to the journal, or puts files in place
	journal *journal   // nil: none follows the check point
	saved   numbers    // of the definition as it is on disk, check point and journal together
	carry   []byte     // records since the definition was read for the check point being written
	carried bool       // such a one is being written
	lost    bool       // a record since then came neither to the journal nor to carry
	latest  id         // of the check point at path, if this saver wrote or read it
	limit   int64      // a longer journal makes a check point
}

// numbers are those of changes, and how many entries the edit history ever had.
type numbers struct {
	delta.Numbers
	edits int
}

func numbersOf(d *defs.Defs) numbers {
	_, edits, _ := d.EditsSince(0)
	return numbers{delta.Of(d), edits}
}

// New is the saver of a tree. The mode's "undefined" is on_time.
func New(tree Tree, log *logfile.File, s Settings) *Saver {
	n := &Saver{
		path: s.Path, old: s.Old, host: s.Host, port: s.Port, tree: tree, log: log, disk: system{}, now: time.Now,
		retimed: make(chan struct{}, 1), saved: numbers{edits: -1},
	}
	n.commit.init()
	n.Set(wire.CheckPtOnTime, defaultInterval, defaultAlarm)
	n.Set(s.Mode, s.Interval, s.Alarm)
	return n
}

// Set changes what is given: an undefined mode, and times that are 0, leave things as they are.
//
// source: libs/server BaseServer.cpp, checkPtDefs.
func (s *Saver) Set(mode Mode, interval, alarm time.Duration) {
	if mode != wire.CheckPtUndefined {
		s.mode.Store(int32(mode))
	}
	if interval > 0 {
		s.interval.Store(int64(interval / time.Second))
	}
	if alarm > 0 {
		s.alarm.Store(int64(alarm / time.Second))
	}
	s.retime()
}

// Mode is when the definition is saved.
func (s *Saver) Mode() Mode { return Mode(s.mode.Load()) }

// Interval is the time between saves of mode on_time.
func (s *Saver) Interval() time.Duration { return time.Duration(s.interval.Load()) * time.Second }

// Alarm is how long a save may take.
func (s *Saver) Alarm() time.Duration { return time.Duration(s.alarm.Load()) * time.Second }

// SetRunning tells whether the server runs or is shut down, as against halted: a halted server saves
// nothing by itself, so that a copy of its check point stays what it was.
//
// source: libs/server BaseServer.cpp, halted.
func (s *Saver) SetRunning(running bool) {
	s.running.Store(running)
	s.retime()
}

func (s *Saver) retime() {
	select {
	case s.retimed <- struct{}{}:
	default:
	}
}

// Run saves in mode on_time, and when a journal has grown too long, until ctx ends.
func (s *Saver) Run(ctx context.Context) {
	last := s.now()
	var took time.Duration
	timer := time.NewTimer(s.pause(took))
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.retimed:
		case <-timer.C:
		}
		if s.tooLong() {
			_ = s.Save(true) // told of in log and tree
		}
		if s.now().Sub(last) >= s.pause(took) {
			last = s.now()
			if s.Mode() == wire.CheckPtOnTime && s.running.Load() && s.differs() {
				_ = s.Save(true)
				took = s.now().Sub(last)
			}
		}
		timer.Reset(max(s.pause(took)-s.now().Sub(last), time.Millisecond))
	}
}

// pause is the time from the beginning of a save to that of the next one. What is saved last before a crash is to be no older than the
// interval, so the next one has to be on disk by then: it begins earlier by twice the time that the last one took, and at
// least by a second or a tenth of the interval, for a machine that is busy.
func (s *Saver) pause(took time.Duration) time.Duration {
	interval := s.Interval()
	return max(interval-max(min(interval/10, time.Second), 2*took), interval/2)
}

// differs reports whether the definition is another than that on disk.
func (s *Saver) differs() bool {
	var now numbers
	s.tree.View(func(d *defs.Defs) { now = numbersOf(d) })
	s.writing.Lock()
	defer s.writing.Unlock()
	return now != s.saved
}

func (s *Saver) tooLong() bool {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.journal != nil && s.journal.size > s.limit
}

// Changed tells that the tree may have changed, by a request or as time passed. In mode always it returns when all
// changes made before the call are on disk, or cannot be brought there, which log and tree then tell. The caller
// must not hold the tree's lock.
func (s *Saver) Changed() {
	if s.Mode() == wire.CheckPtAlways {
		s.commit.do(s.bringToDisk)
	}
}

// bringToDisk writes a record, or a check point if it must.
func (s *Saver) bringToDisk() {
	if s.record() {
		if s.tooLong() {
			s.retime()
		}
		return
	}
	_ = s.Save(true) // told of in log and tree
}

// record brings the changes since the last record into the journal. !done: a check point has to be written.
func (s *Saver) record() (done bool) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.journal == nil {
		return false
	}
	var r *record
	var now numbers
	fits := false
	s.tree.View(func(d *defs.Defs) { r, now, fits = s.since(d) })
	return fits && s.add(r, now)
}

// since is what happened to the definition since what is on disk; nil: nothing.
func (s *Saver) since(d *defs.Defs) (r *record, now numbers, ok bool) {
	if now = numbersOf(d); now == s.saved {
		return nil, now, true
	}
	r = &record{calendars: d.CalendarCount()}
	if r.edits, _, ok = d.EditsSince(s.saved.edits); !ok {
		return nil, now, false
	}
	r.changes, ok = delta.Since(d, d.Suites(), s.saved.Numbers, now.Numbers, true)
	return r, now, ok && unmistakable(d, r.changes)
}

// unmistakable reports whether it is clear which attributes changes mean. Clients sync in full if it is not.
func unmistakable(d *defs.Defs, changes *wire.DefsDelta) bool {
	for _, c := range changes.CompoundMementos {
		if c.ClearAttributes {
			continue
		}
		for _, m := range c.Vec {
			switch m.(type) {
			case *wire.NodeTimeMemento, *wire.NodeTodayMemento, *wire.NodeDateMemento, *wire.NodeDayMemento, *wire.NodeCronMemento:
				if n := d.Find(c.AbsNodePath); n != nil && n.HasAlike() {
					return false
				}
			}
		}
	}
	return true
}

// add writes a record to the journal. If it cannot, nothing follows it there: what may stand at its end is garbage.
func (s *Saver) add(r *record, now numbers) bool {
	if r == nil {
		return true
	}
	b, err := r.append(nil)
	if err == nil {
		err = s.journal.add(b)
	}
	if err != nil {
		s.leave()
		s.lost = true
		return false
	}
	s.saved = now
	if s.carried {
		s.carry = append(s.carry, b...)
	}
	return true
}

// leave writes no more to the journal.
func (s *Saver) leave() {
	if s.journal != nil {
		_ = s.journal.file.Close() // its last record was brought to the disk, or given up
		s.journal = nil
	}
}

// commit lets many who need something done share the doing: who comes while it is being done waits for the next.
type commit struct {
	mu         sync.Mutex
	over       *sync.Cond
	begun, all int // how many times it was begun, and ended
	under      bool
}

func (c *commit) init() { c.over = sync.NewCond(&c.mu) }

// do returns when work has been done that began after the call.
func (c *commit) do(work func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	mine := c.begun + 1
	for c.all < mine {
		if c.under {
			c.over.Wait()
			continue
		}
		c.begun++
		c.under = true
		c.mu.Unlock()
		work()
		c.mu.Lock()
		c.under = false
		c.all = c.begun
		c.over.Broadcast()
	}
}
