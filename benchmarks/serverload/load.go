package main

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// work gives the n-th request.
type work func(n int) wire.Request

// load is what is asked of a server, and for how long.
type load struct {
	work    work // nil: each client follows the changes of the tree
	clients int
	rate    float64 // requests a second of all clients; 0: as fast as they are answered
	seconds float64
	pause   time.Duration // of each client between its requests
	each    int           // requests of each client; 0: as many as there is time for
}

// counted is what came of a load.
type counted struct {
	took      time.Duration
	latencies []time.Duration
	failed    int
	bytes     int64
	err       error // the first
}

// tooMany failures end a load.
const tooMany = 1000

// add counts an answer, or why there is none, and gives the error, which a refusal is as well.
func (c *counted) add(latency time.Duration, reply []byte, err error) error {
	c.latencies = append(c.latencies, latency)
	c.bytes += int64(len(reply))
	if err == nil && refused(reply) {
		err = refusal(reply)
	}
	c.fail(err)
	return err
}

// fail counts an error, if there is one.
func (c *counted) fail(err error) {
	if err != nil {
		c.failed++
		c.err = firstOf(c.err, err)
	}
}

// run puts the load on a server.
func (l load) run(s *server) counted {
	var tree follower
	if l.work == nil {
		if err := tree.begin(newCaller(s)); err != nil {
			return counted{err: err}
		}
	}
	begun := time.Now()
	until := begun.Add(time.Duration(l.seconds * float64(time.Second)))
	var next atomic.Int64
	var parts []counted
	if l.flocks(s) {
		parts = l.flock(s, until, &next)
	} else {
		parts = make([]counted, l.clients)
		var all sync.WaitGroup
		for i := range parts {
			all.Go(func() {
				time.Sleep(l.pause * time.Duration(i) / time.Duration(l.clients)) // real ones do not ask all at once
				parts[i] = l.one(s, tree, begun, until, &next)
			})
		}
		all.Wait()
	}
	total := counted{took: time.Since(begun)}
	for _, part := range parts {
		total.latencies = append(total.latencies, part.latencies...)
		total.failed += part.failed
		total.bytes += part.bytes
		total.err = firstOf(total.err, part.err)
	}
	slices.Sort(total.latencies)
	return total
}

// one is one client. With a rate, latency counts from when a request was due, so that
// a server that holds up its clients does not look better for it.
func (l load) one(s *server, tree follower, begun, until time.Time, next *atomic.Int64) (c counted) {
	who := newCaller(s)
	for done := 0; l.each == 0 || done < l.each; done++ {
		n := next.Add(1) - 1
		due := time.Now()
		if l.rate > 0 {
			due = begun.Add(time.Duration(float64(n) / l.rate * float64(time.Second)))
			time.Sleep(time.Until(due))
		}
		if l.each == 0 && time.Now().After(until) {
			return c
		}
		var request wire.Request
		if l.work == nil {
			request = tree.next()
		} else {
			request = l.work(int(n))
		}
		frame, err := frameOf(request)
		if err == nil {
			if l.rate == 0 {
				due = time.Now() // making the request is ours
			}
			var reply []byte
			reply, err = who.call(frame)
			if err = c.add(time.Since(due), reply, err); err == nil && l.work == nil {
				tree.seen(reply)
			}
		} else {
			c.fail(err)
		}
		if c.failed > tooMany {
			return c
		}
		time.Sleep(l.pause)
	}
	return c
}

type refusal []byte

func (r refusal) Error() string { return "refused: " + string(r[:min(len(r), 400)]) }
