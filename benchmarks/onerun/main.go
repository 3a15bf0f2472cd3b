// Onerun runs a command and tells, as JSON, what it took: seconds from start to end, and the
// peak of its resident memory in bytes. A process begins with the peak of the one that
// started it; this one is small.
//
//	onerun PROGRAM ARGUMENT...
//
// Standard input and output of the command are /dev/null; what it says on standard error is seen.
package main

import (
	"encoding/json"
	"log"
	"os"
	"syscall"
	"time"
)

func main() {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		log.Fatal(err)
	}
	files := []*os.File{null, null, os.Stderr}
	started := time.Now()
	process, err := os.StartProcess(os.Args[1], os.Args[1:], &os.ProcAttr{Files: files})
	if err != nil {
		log.Fatal(err)
	}
	state, err := process.Wait()
	seconds := time.Since(started).Seconds()
	if err != nil {
		log.Fatal(err)
	}
	if !state.Success() {
		log.Fatal(os.Args[1:], ": ", state)
	}
	usage := state.SysUsage().(*syscall.Rusage)
	_ = json.NewEncoder(os.Stdout).Encode(map[string]any{"seconds": seconds, "peak": usage.Maxrss * 1024})
}
