//go:build !linux

package transport

import "syscall"

// Only Linux has MSG_NOSIGNAL in Go's syscall package. Elsewhere Go's runtime
// ignores the signal as long as nobody puts its default action back.
const noSignal = false

func sendNoSignal(int, []byte) (int, error) { return 0, syscall.ENOSYS }
