//go:build unix

package parent

import (
	"os"
	"syscall"
)

// inherited is a file by its number, which no child gets.
func inherited(fd int, name string) *os.File {
	syscall.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), name)
}
