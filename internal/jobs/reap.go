package jobs

import (
	"slices"
	"strconv"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// pause is the least time between two looks at all that runs; it grows with the time that a look takes.
const (
	pause     = 2 * time.Millisecond
	pauseLook = 4
)

// reap sees to it that somebody waits for what runs, and looks at once: what has just been started may have ended
// already. The lock is held.
func (r *Runner) reap() {
	if r.reaping {
		select {
		case r.look <- struct{}{}:
		default:
		}
		return
	}
	r.reaping = true
	r.done.Add(1)
	go r.reapAll()
}

// reapAll waits for what runs until nothing does.
func (r *Runner) reapAll() {
	defer r.done.Done()
	died, stop := childrenDied()
	defer stop()
	for {
		began := time.Now()
		r.tell(r.collect())
		took := time.Since(began)
		r.mu.Lock()
		if len(r.running) == 0 {
			r.reaping = false
			r.mu.Unlock()
			return
		}
		r.mu.Unlock()
		select {
		case <-died:
		case <-r.look:
		case <-r.stop:
			return
		}
		select {
		case <-time.After(max(pause, pauseLook*took)):
		case <-r.stop:
			return
		}
	}
}

// collect takes out what has ended, and gives what has not ended well.
func (r *Runner) collect() (failed []Failure) {
	r.mu.Lock()
	pids := make([]int, 0, len(r.running))
	for pid := range r.running {
		pids = append(pids, pid)
	}
	r.mu.Unlock()
	for _, pid := range pids {
		status, ok := take(pid)
		if !ok {
			continue
		}
		r.mu.Lock()
		c := r.running[pid]
		delete(r.running, pid)
		if r.mark != "" && isGroup(pid) {
			r.left = append(r.left, pid)
		}
		r.mu.Unlock()
		if reason, ok := ended(c, pid, status); !ok {
			failed = append(failed, Failure{c, reason})
		}
	}
	r.mu.Lock()
	r.left = slices.DeleteFunc(r.left, func(group int) bool { return !isGroup(group) })
	r.mu.Unlock()
	return failed
}

func (r *Runner) tell(failed []Failure) {
	if len(failed) == 0 {
		return
	}
	r.telling.Lock()
	defer r.telling.Unlock()
	r.failed(failed)
}
