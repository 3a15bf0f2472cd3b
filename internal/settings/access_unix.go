//go:build unix

package settings

import "syscall"

// accessible reports whether this process may enter a directory, and if whole is set also list and write it.
func accessible(dir string, whole bool) bool {
	const read, write, search = 4, 2, 1
	mode := uint32(search)
	if whole {
		mode |= read | write
	}
	return syscall.Access(dir, mode) == nil
}
