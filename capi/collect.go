package main

import (
	"runtime"
	"sync/atomic"

	"github.com/ecflow-go/ecflow/defs"
)

// large is the number of nodes from which on a tree that nobody holds any more
// is collected at once. The collector's own pace would let the next tree grow
// beside it, where C++ had freed it.
const large = 20_000

var collecting atomic.Bool

// dropped is told of a tree that lost a holder.
func dropped(d *defs.Defs) {
	if d == nil || !isLarge(d) || !collecting.CompareAndSwap(false, true) {
		return
	}
	go func() {
		runtime.GC()
		collecting.Store(false)
	}()
}

func isLarge(d *defs.Defs) bool {
	count := 0
	for range d.All() {
		if count++; count == large {
			return true
		}
	}
	return false
}
