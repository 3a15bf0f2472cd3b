// Package parallel runs independent pieces of work side by side within one
// call. It keeps nothing running afterwards.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Workers is how many pieces of work [Do] runs at a time at most: no more than there are processors, even if more
// threads may run Go.
func Workers() int { return max(1, Processors()-int(spared.Load())) }

// Processors is how many pieces of work [All] runs at a time at most.
func Processors() int { return min(runtime.GOMAXPROCS(0), runtime.NumCPU()) }

var spared atomic.Int32

// Spare leaves that many processors to others from now on, if there are so many. It is for who owns the process: a server
// has requests to answer whatever else it does.
func Spare(processors int) { spared.Store(int32(processors)) }

// Do calls work with 0 to n-1, in no order, on as many goroutines as there are
// [Workers], the caller's among them, and waits for all. A panic in any of
// them is a panic of the caller.
func Do(n int, work func(i int)) { do(Workers(), n, work) }

// All is [Do] on the spared processors too, for what others wait for.
func All(n int, work func(i int)) { do(Processors(), n, work) }

func do(workers, n int, work func(i int)) {
	var next atomic.Int64
	var failed atomic.Pointer[any]
	run := func() {
		defer func() {
			if p := recover(); p != nil {
				failed.CompareAndSwap(nil, &p)
			}
		}()
		for i := next.Add(1) - 1; int(i) < n && failed.Load() == nil; i = next.Add(1) - 1 {
			work(int(i))
		}
	}
	var others sync.WaitGroup
	for range min(workers, n) - 1 {
		others.Go(run)
	}
	run()
	others.Wait()
	if p := failed.Load(); p != nil {
		panic(*p)
	}
}
