// Package gcpace makes the garbage collector run less often for a while, for
// work that makes much and drops nothing, such as reading a definition.
//
// It sets what the whole process has in common, so it is for those who own the
// process's Go runtime: the C library does, a Go package does not.
package gcpace

import (
	"runtime"
	"runtime/debug"
	"sync"
)

// percent is by how much the heap may grow before it is collected. A tree that is read is all in
// use, so collecting earlier would find nothing; what was garbage before waits until Ease's end.
const percent = 800

var (
	mu    sync.Mutex
	users int
	usual int
)

// Ease makes collections rare until restore is called, once. Calls may overlap in any order: the usual pace is back
// after the last restore.
func Ease() (restore func()) {
	mu.Lock()
	defer mu.Unlock()
	if users++; users == 1 {
		if usual = debug.SetGCPercent(percent); usual < 0 || usual > percent {
			debug.SetGCPercent(usual) // off, or rarer than that already
		}
	}
	return sync.OnceFunc(func() {
		mu.Lock()
		defer mu.Unlock()
		if users--; users == 0 {
			debug.SetGCPercent(usual)
		}
	})
}

// EaseAndCollect is [Ease] for a process that has others waiting. When the usual pace comes back to a heap that has grown
// beyond it, everybody who needs memory is made to help with the collection before going on. So restore begins one at the
// rare pace, does not wait for it, and brings the usual pace back when it is done.
func EaseAndCollect() (restore func()) {
	done := Ease()
	return sync.OnceFunc(func() {
		go func() {
			defer done()
			runtime.GC()
		}()
	})
}
