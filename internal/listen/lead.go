package listen

import (
	"sync/atomic"
	"time"
)

// lead is the turn of one goroutine at the door. It waits for a connection and serves it itself: most requests are answered
// in less time than it takes to wake another goroutine for them. Before it has to wait for anything else it hands the door
// over to the next lead, and leaves when its connection is done with.
type lead struct {
	l      *Listener
	over   atomic.Bool   // another is at the door
	served atomic.Uint64 // odd: a connection is being served
}

// follow puts a new lead at the door.
func (l *Listener) follow() {
	d := &lead{l: l}
	l.leader.Store(d)
	l.working.Go(d.run)
}

// handOver puts the next lead at the door, once.
func (d *lead) handOver() {
	if !d.over.Load() && d.over.CompareAndSwap(false, true) {
		d.l.follow()
	}
}

func (d *lead) run() {
	for !d.over.Load() {
		visitor, err := d.l.door.accept()
		if err != nil {
			if !d.l.recover(err) {
				return
			}
			continue
		}
		d.served.Add(1)
		if !d.l.watched.Load() && d.l.watched.CompareAndSwap(false, true) {
			d.l.stir <- struct{}{}
		}
		d.serve(visitor)
		d.served.Add(1)
	}
}

const (
	// patience is how long a lead may be busy with one connection before another is put at the door.
	patience = 10 * time.Millisecond
	// So many times in a row nothing must have happened before nobody looks any more.
	calm = 4
)

// watch looks after the lead while there are connections: should it be held up by something nobody has thought of, a disk
// that does not answer for instance, the door is not left alone.
func (l *Listener) watch() {
	tick := time.NewTimer(0)
	defer tick.Stop()
	for {
		select {
		case <-l.ended:
			return
		case <-l.stir:
		}
		var last *lead
		var seen uint64
		for quiet := 0; quiet < calm; quiet++ {
			now := l.leader.Load()
			switch served := now.served.Load(); {
			case now != last || served != seen:
				last, seen, quiet = now, served, -1
			case served%2 == 1:
				now.handOver()
			}
			tick.Reset(patience)
			select {
			case <-l.ended:
				return
			case <-tick.C:
			}
		}
		l.watched.Store(false)
	}
}
