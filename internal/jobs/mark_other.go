//go:build !linux

package jobs

// endMarked does nothing: systems other than Linux do not let everybody see a process's environment.
func endMarked(string) {}
