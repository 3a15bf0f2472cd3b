//go:build !linux

package stats

// memory is not told here.
func memory() (total, virtual, resident, threads uint64, ok bool) { return 0, 0, 0, 0, false }
