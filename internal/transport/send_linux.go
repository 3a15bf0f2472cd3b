package transport

import "syscall"

const noSignal = true

// sendNoSignal writes to a socket without ever raising SIGPIPE. Unlike Sendto,
// SendmsgN tells how much was taken.
func sendNoSignal(fd int, p []byte) (int, error) {
	return syscall.SendmsgN(fd, p, nil, nil, syscall.MSG_NOSIGNAL)
}
