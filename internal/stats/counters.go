package stats

import (
	"reflect"
	"strconv"
	"sync"
	"sync/atomic"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// longest is how many spans between looks at the time are remembered: an hour of minutes.
const longest = 60

// Counters count requests. The zero value is ready; many goroutines may use it at once.
//
// source: libs/base Stats.cpp.
type Counters struct {
	Requests wire.RequestCounts // for Add alone; Counts reads them
	Restored uint32             // --restore_from_checkpt, which is shown but never sent; for Add alone

	sum   atomic.Int64 // since the last span ended
	mu    sync.Mutex
	spans []span // the newest last
}

// span is how many requests came in how many seconds.
type span struct{ requests, seconds float64 }

// Add counts a request, whose counter is a field of c.
func (c *Counters) Add(counter *uint32) {
	atomic.AddUint32(counter, 1)
	c.sum.Add(1)
}

// Seen counts a request of no kind, for the rates alone.
func (c *Counters) Seen() { c.sum.Add(1) }

// Counts gives the counters as they are sent.
func (c *Counters) Counts() wire.RequestCounts {
	var counts wire.RequestCounts
	from, to := reflect.ValueOf(&c.Requests).Elem(), reflect.ValueOf(&counts).Elem()
	for i := range from.NumField() {
		to.Field(i).SetUint(uint64(atomic.LoadUint32(from.Field(i).Addr().Interface().(*uint32))))
	}
	return counts
}

// Restores is the counter that is never sent.
func (c *Counters) Restores() uint32 { return atomic.LoadUint32(&c.Restored) }

// Reset sets the counters to 0. Rates stay; the request for it counts among them.
func (c *Counters) Reset() {
	fields := reflect.ValueOf(&c.Requests).Elem()
	for i := range fields.NumField() {
		atomic.StoreUint32(fields.Field(i).Addr().Interface().(*uint32), 0)
	}
	atomic.StoreUint32(&c.Restored, 0)
	c.Seen()
}

// EndSpan ends a span of so many seconds, that between two walks over the tree; rates are
// told over the last 1, 5, 15, 30 and 60.
func (c *Counters) EndSpan(seconds int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.spans = append(c.spans, span{float64(c.sum.Swap(0)), float64(seconds)})
	if len(c.spans) > longest {
		c.spans = append(c.spans[:0], c.spans[1:]...)
	}
}

// Rates tells requests per second, as "0.52 0.40"; "" before the first span has ended.
func (c *Counters) Rates() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var text []byte
	var requests, seconds float64
	for i := range c.spans {
		s := c.spans[len(c.spans)-1-i]
		requests, seconds = requests+s.requests, seconds+s.seconds
		switch i + 1 {
		case 5, 15, 30, 60:
			text = append(text, ' ')
			fallthrough
		case 1:
			text = strconv.AppendFloat(text, rate(requests, seconds), 'f', 2, 64)
		}
	}
	return string(text)
}

func rate(requests, seconds float64) float64 {
	if seconds == 0 {
		return 0 // where the original says inf, or nan
	}
	return requests / seconds
}
