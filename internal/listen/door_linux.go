package listen

import (
	"net"
	"net/netip"
	"os"
	"sync"
	"syscall"
)

// linuxDoor takes connections in threads that wait in the system for it, and leaves
// Go's poller out: that costs half the time of a small request. A connection comes
// to the poller only when there is something to wait for.
type linuxDoor struct {
	fd int
	// open is held for reading by whoever is in accept.
	open   sync.RWMutex
	closed bool
}

// deferSeconds is how long the system keeps a connection to itself that has not
// sent anything yet.
const deferSeconds = 1

// quickDoor takes over an open port.
func quickDoor(l *net.TCPListener) (door, error) {
	defer l.Close()
	raw, err := l.SyscallConn()
	if err != nil {
		return nil, err
	}
	d := &linuxDoor{}
	controlErr := raw.Control(func(fd uintptr) {
		var number uintptr
		var errno syscall.Errno
		number, _, errno = syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_DUPFD_CLOEXEC, 0)
		if errno != 0 {
			err = os.NewSyscallError("fcntl", errno)
			return
		}
		d.fd = int(number)
	})
	if controlErr != nil || err != nil {
		return nil, firstOf(controlErr, err)
	}
	if err := syscall.SetNonblock(d.fd, false); err != nil {
		_ = syscall.Close(d.fd)
		return nil, os.NewSyscallError("fcntl", err)
	}
	// Without it the thread that takes a connection nearly always has to wait once more.
	_ = syscall.SetsockoptInt(d.fd, syscall.IPPROTO_TCP, syscall.TCP_DEFER_ACCEPT, deferSeconds)
	return d, nil
}

func (d *linuxDoor) accept() (visitor, error) {
	d.open.RLock()
	defer d.open.RUnlock()
	for {
		if d.closed {
			return visitor{}, net.ErrClosed
		}
		fd, from, err := syscall.Accept4(d.fd, syscall.SOCK_CLOEXEC|syscall.SOCK_NONBLOCK)
		switch err {
		case nil:
			return visitor{fd: fd, from: peerOf(from)}, nil
		case syscall.EINTR:
		default:
			return visitor{}, os.NewSyscallError("accept", err)
		}
	}
}

func peerOf(from syscall.Sockaddr) netip.AddrPort {
	switch a := from.(type) {
	case *syscall.SockaddrInet4:
		return netip.AddrPortFrom(netip.AddrFrom4(a.Addr), uint16(a.Port))
	case *syscall.SockaddrInet6:
		return netip.AddrPortFrom(netip.AddrFrom16(a.Addr).Unmap(), uint16(a.Port))
	}
	return netip.AddrPort{}
}

// close refuses new connections and wakes who waits for them; when all have left, the
// port is free.
func (d *linuxDoor) close() error {
	_ = syscall.Shutdown(d.fd, syscall.SHUT_RDWR)
	d.open.Lock()
	defer d.open.Unlock()
	d.closed = true
	return syscall.Close(d.fd)
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
		n, err := syscall.Read(fd, p)
		if err != syscall.EINTR {
			return max(n, 0), err
		}
	}
}

// sendNow sends as much as there is room for. The last bytes stay here until the
// connection is closed, and leave together with the news of it: one packet.
func sendNow(fd int, p []byte) (int, error) {
	for {
		n, err := syscall.SendmsgN(fd, p, nil, nil, syscall.MSG_NOSIGNAL|msgMore)
		if err != syscall.EINTR {
			return max(n, 0), err
		}
	}
}

const msgMore = 0x8000 // MSG_MORE, which package syscall does not have

func closeNow(fd int) error { return syscall.Close(fd) }
