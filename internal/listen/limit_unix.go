//go:build unix

package listen

import "syscall"

// defaultConnections leaves a quarter of the files this process may open to
// others: logs, check points, jobs.
func defaultConnections() int {
	var limit syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit) != nil {
		return DefaultMaxConnections
	}
	return max(1, int(min(uint64(limit.Cur)/4*3, DefaultMaxConnections)))
}
