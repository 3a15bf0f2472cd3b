package jobs

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// endMarked ends all processes that have an entry in the environment they began with, whoever their parent is by now and
// whatever their session. Processes of others cannot be looked at.
func endMarked(entry string) {
	for range 100 { // one may have started another meanwhile
		if !killMarked([]byte(entry)) {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// killMarked kills what there is, and reports whether there was anything.
func killMarked(entry []byte) (any bool) {
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, name := range files {
		environment, err := os.ReadFile(name)
		if err != nil || !has(environment, entry) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(name)))
		if err == nil && pid != os.Getpid() {
			any = syscall.Kill(pid, syscall.SIGKILL) == nil || any
		}
	}
	return any
}

// has reports whether an environment, as Linux shows it, has an entry.
func has(environment, entry []byte) bool {
	return bytes.HasPrefix(environment, entry) || bytes.Contains(environment, append([]byte{0}, entry...))
}
