package stats

import (
	"bytes"
	"os"
	"strconv"
)

// memory is what the kernel tells: the machine's memory and this process's, in bytes, and its threads.
func memory() (total, virtual, resident, threads uint64, ok bool) {
	machine, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0, 0, 0, 0, false
	}
	process, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0, 0, 0, false
	}
	return number(machine, "MemTotal:") << 10, number(process, "VmSize:") << 10, number(process, "VmRSS:") << 10, number(process, "Threads:"), true
}

// number is the one behind a word that begins a line; 0 if there is none.
func number(text []byte, word string) uint64 {
	for line := range bytes.Lines(text) {
		if rest, found := bytes.CutPrefix(line, []byte(word)); found {
			if fields := bytes.Fields(rest); len(fields) > 0 {
				n, _ := strconv.ParseUint(string(fields[0]), 10, 64)
				return n
			}
		}
	}
	return 0
}
