//go:build !linux

package listen

import (
	"net"
	"syscall"
)

func quickDoor(l *net.TCPListener) (door, error) { return netDoor{l}, nil }

// There are no bare sockets here.

func newSocket(int) socket                { return nil }
func receiveNow(int, []byte) (int, error) { return 0, syscall.ENOTSUP }
func sendNow(int, []byte) (int, error)    { return 0, syscall.ENOTSUP }
func closeNow(int) error                  { return nil }
