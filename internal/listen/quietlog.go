package listen

import (
	"fmt"
	"sync"
	"time"
)

// quietLog passes on so many lines a second: strangers must not fill the disk
// that the log is on.
type quietLog struct {
	out func(string)
	now func() time.Time

	mu      sync.Mutex
	since   time.Time
	lines   int
	omitted int
}

func newQuietLog(out func(string)) *quietLog { return &quietLog{out: out, now: time.Now} }

func (q *quietLog) line(text string) {
	omitted, ok := q.admit()
	if omitted > 0 {
		q.out(fmt.Sprintf("%d more lines about connections were left out", omitted))
	}
	if ok {
		q.out(text)
	}
}

func (q *quietLog) admit() (omitted int, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if now := q.now(); now.Sub(q.since) >= time.Second {
		omitted, q.omitted = q.omitted, 0
		q.since, q.lines = now, 0
	}
	if q.lines++; q.lines > LogRate {
		q.omitted++
		return omitted, false
	}
	return omitted, true
}
