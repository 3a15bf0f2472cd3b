package terminal

import (
	"os"
	"os/signal"
	"syscall"
)

// BrokenPipe makes writing to a pipe that nobody reads any more an error (syscall.EPIPE), until done is called,
// where it would end the process: for programs that have to tidy up first.
func BrokenPipe() (done func()) {
	ignored := make(chan os.Signal, 1)
	signal.Notify(ignored, syscall.SIGPIPE)
	return func() { signal.Stop(ignored) }
}
