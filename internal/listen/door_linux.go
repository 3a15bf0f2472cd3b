package listen

import (
	"net"
	"os"
	"syscall"
	"unsafe"
)

// linuxDoor takes bare sockets. A connection comes to Go's poller only when there is something to wait for: that, and
// what package net sets and asks of each connection, costs more than a small request.
//
// The calls here are raw ones, which Go's scheduler does not hear of, since none of them waits: sockets that may not wait
// are all they are for.
type linuxDoor struct {
	file *os.File // the open port
	raw  syscall.RawConn
}

// deferSeconds is how long the system keeps a connection to itself that has not
// sent anything yet.
const deferSeconds = 1

// quickDoor takes over an open port.
func quickDoor(l *net.TCPListener) (door, error) {
	defer l.Close()
	file, err := l.File()
	if err != nil {
		return nil, err
	}
	d := &linuxDoor{file: file}
	if d.raw, err = file.SyscallConn(); err == nil {
		// Without it whoever takes a connection nearly always has to wait once more.
		err = d.raw.Control(func(fd uintptr) {
			_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_DEFER_ACCEPT, deferSeconds)
		})
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return d, nil
}

func (d *linuxDoor) place() func() (visitor, error) {
	var fd int
	var err error
	take := func(door uintptr) (there bool) {
		fd, err = acceptNow(door)
		return err != syscall.EAGAIN
	}
	return func() (visitor, error) {
		if closed := d.raw.Read(take); closed != nil {
			return visitor{}, closed
		}
		return visitor{fd: fd}, err
	}
}

// acceptNow takes a connection. The error is EAGAIN if there is none.
func acceptNow(door uintptr) (int, error) {
	for {
		fd, _, errno := syscall.RawSyscall6(syscall.SYS_ACCEPT4, door, 0, 0, syscall.SOCK_CLOEXEC|syscall.SOCK_NONBLOCK, 0, 0)
		switch errno {
		case 0:
			return int(fd), nil
		case syscall.EINTR:
		default:
			return 0, errno
		}
	}
}

// close refuses new connections and waits until the port is free.
func (d *linuxDoor) close() error { return d.file.Close() }

// fileSocket is a bare socket that has come to the poller.
type fileSocket struct{ *os.File }

func newSocket(fd int) socket { return fileSocket{os.NewFile(uintptr(fd), "peer")} }

// CloseWrite tells the peer that nothing more will come.
func (f fileSocket) CloseWrite() error {
	raw, err := f.SyscallConn()
	if err != nil {
		return err
	}
	controlErr := raw.Control(func(fd uintptr) { err = os.NewSyscallError("shutdown", syscall.Shutdown(int(fd), syscall.SHUT_WR)) })
	return firstOf(controlErr, err)
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// receiveNow reads what is there. The error is EAGAIN if that is nothing.
func receiveNow(fd int, p []byte) (int, error) {
	for {
		n, _, errno := syscall.RawSyscall(syscall.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)))
		switch errno {
		case 0:
			return int(n), nil
		case syscall.EINTR:
		default:
			return 0, errno
		}
	}
}

// sendNow sends as much as there is room for. The last bytes stay here until the
// connection is closed, and leave together with the news of it: one packet.
func sendNow(fd int, p []byte) (int, error) {
	const flags = syscall.MSG_NOSIGNAL | msgMore
	for {
		n, _, errno := syscall.RawSyscall6(syscall.SYS_SENDTO, uintptr(fd), uintptr(unsafe.Pointer(unsafe.SliceData(p))), uintptr(len(p)), flags, 0, 0)
		switch errno {
		case 0:
			return int(n), nil
		case syscall.EINTR:
		default:
			return 0, errno
		}
	}
}

const msgMore = 0x8000 // MSG_MORE, which package syscall does not have

func closeNow(fd int) error {
	if _, _, errno := syscall.RawSyscall(syscall.SYS_CLOSE, uintptr(fd), 0, 0); errno != 0 {
		return errno
	}
	return nil
}
