package listen

import (
	"net"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// linuxDoor takes bare sockets. A connection comes to Go's poller only when there is something to wait for: that, and
// what package net sets and asks of each connection, costs more than a small request.
//
// The port is not known to the poller either, which would wake a second thread for each connection. Who waits for
// connections does so in the system.
//
// The raw calls here are those that Go's scheduler does not hear of, since none of them waits for long.
type linuxDoor struct {
	fd     int
	inside sync.RWMutex // held while fd is used
	closed bool
	brief  atomic.Bool // accept has been seen to give up after a moment
}

const (
	// deferSeconds is how long the system keeps a connection to itself that has not
	// sent anything yet.
	deferSeconds = 1
	// moment is how long accept waits: where one connection has come, another is likely to. It is a tick of the system's
	// clock, of 1 to 10 ms, since one of the places where Go runs is taken meanwhile.
	moment = time.Millisecond
)

// quickDoor takes over an open port.
func quickDoor(l *net.TCPListener) (door, error) {
	raw, err := l.SyscallConn()
	if err != nil {
		return nil, err
	}
	d := &linuxDoor{fd: -1}
	controlErr := raw.Control(func(port uintptr) {
		if protocol, unknown := unix.GetsockoptInt(int(port), unix.SOL_SOCKET, unix.SO_PROTOCOL); unknown == nil && protocol == unix.IPPROTO_TCP {
			err = d.open(port)
		}
	})
	if err = firstOf(controlErr, err); err == nil && d.fd < 0 {
		return netDoor{l}, nil // multipath TCP knows no moment, for one
	}
	return d, firstOf(err, l.Close())
}

// open makes the port one that waits by itself.
func (d *linuxDoor) open(port uintptr) (err error) {
	if d.fd, err = unix.FcntlInt(port, unix.F_DUPFD_CLOEXEC, 0); err != nil {
		return err
	}
	// Without it whoever takes a connection nearly always has to wait once more.
	err = unix.SetsockoptInt(d.fd, unix.IPPROTO_TCP, unix.TCP_DEFER_ACCEPT, deferSeconds)
	if runtime.GOMAXPROCS(0) > 1 { // else nobody can do anything during a moment
		timeout := unix.NsecToTimeval(moment.Nanoseconds())
		err = firstOf(err, unix.SetsockoptTimeval(d.fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &timeout))
	}
	if err = firstOf(err, unix.SetNonblock(d.fd, false)); err != nil {
		_ = unix.Close(d.fd)
	}
	return err
}

func (d *linuxDoor) accept() (v visitor, err error) {
	d.inside.RLock()
	defer d.inside.RUnlock()
	if d.closed {
		return visitor{}, net.ErrClosed
	}
	for {
		if d.brief.Load() {
			v.fd, err = acceptNow(d.fd)
		} else if v.fd, _, err = unix.Accept4(d.fd, acceptFlags); err == unix.EAGAIN {
			d.brief.Store(true)
		}
		switch err {
		case unix.EAGAIN, unix.EINTR: // nobody has come for a moment, or the scheduler wants to have the place back
			if _, err = unix.Poll([]unix.PollFd{{Fd: int32(d.fd), Events: unix.POLLIN}}, -1); err != nil && err != unix.EINTR {
				return v, err
			}
		default:
			return v, err
		}
	}
}

const acceptFlags = unix.SOCK_CLOEXEC | unix.SOCK_NONBLOCK

// acceptNow takes a connection. The error is EAGAIN if none has come for a moment.
func acceptNow(door int) (int, error) {
	fd, _, errno := unix.RawSyscall6(unix.SYS_ACCEPT4, uintptr(door), 0, 0, acceptFlags, 0, 0)
	if errno != 0 {
		return 0, errno
	}
	return int(fd), nil
}

// close refuses new connections and waits until the port is free.
func (d *linuxDoor) close() error {
	_ = unix.Shutdown(d.fd, unix.SHUT_RD) // who waits for a connection does no longer
	d.inside.Lock()
	defer d.inside.Unlock()
	d.closed = true
	return unix.Close(d.fd)
}

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
	const flags = unix.MSG_NOSIGNAL | unix.MSG_MORE
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

func closeNow(fd int) error {
	if _, _, errno := syscall.RawSyscall(syscall.SYS_CLOSE, uintptr(fd), 0, 0); errno != 0 {
		return errno
	}
	return nil
}
