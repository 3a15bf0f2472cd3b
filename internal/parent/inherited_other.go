//go:build !unix

package parent

import "os"

func inherited(fd int, name string) *os.File { return os.NewFile(uintptr(fd), name) }
