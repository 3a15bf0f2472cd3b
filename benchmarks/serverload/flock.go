package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// flock is many clients in one thread, which turns to whoever has an answer: a thread each, and the changes from one to
// the next, would take more of the machine than the server does that is to be measured.
type flock struct {
	s       *server
	l       load
	next    *atomic.Int64
	poll    int
	clients map[int32]*bird
	counted
}

// bird is a client of a flock, with one connection.
type bird struct {
	caller *caller
	done   int // bytes
	asked  time.Time
}

// flocks reports whether a load is made by a flock.
func (l load) flocks(s *server) bool {
	return l.work != nil && l.clients > 1 && l.rate == 0 && l.pause == 0 && l.each == 0 && s.key == "" && !s.http
}

// flock puts the load on a server with a flock for each processor.
func (l load) flock(s *server, until time.Time, next *atomic.Int64) []counted {
	parts := make([]counted, min(runtime.NumCPU(), l.clients))
	var all sync.WaitGroup
	for i := range parts {
		f := &flock{s: s, l: l, next: next, clients: map[int32]*bird{}}
		f.l.clients = (l.clients + i) / len(parts)
		all.Go(func() {
			f.fail(f.run(until))
			parts[i] = f.counted
		})
	}
	all.Wait()
	return parts
}

func (f *flock) run(until time.Time) (err error) {
	if f.poll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC); err != nil {
		return os.NewSyscallError("epoll_create1", err)
	}
	defer syscall.Close(f.poll)
	for range f.l.clients {
		if err := f.ask(&bird{caller: newCaller(f.s)}); err != nil {
			return err
		}
	}
	events := make([]syscall.EpollEvent, f.l.clients)
	for len(f.clients) > 0 {
		n, err := syscall.EpollWait(f.poll, events, int(patience.Milliseconds()))
		switch {
		case err == syscall.EINTR:
			continue
		case err != nil:
			return os.NewSyscallError("epoll_wait", err)
		case n == 0:
			return fmt.Errorf("%d requests have no answer after %s", len(f.clients), patience)
		}
		for _, event := range events[:n] {
			if err := f.hear(event.Fd, until); err != nil {
				return err
			}
		}
	}
	return nil
}

// ask sends the next request.
func (f *flock) ask(b *bird) error {
	frame, err := frameOf(f.l.work(int(f.next.Add(1) - 1)))
	if err != nil {
		return err
	}
	b.done, b.asked = 0, time.Now()
	conn, err := dial(&b.caller.to)
	if err != nil {
		return err
	}
	if _, err = conn.Write(frame); err == nil {
		err = syscall.EpollCtl(f.poll, syscall.EPOLL_CTL_ADD, int(conn), &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(conn)})
	}
	if err != nil {
		conn.Close()
		return err
	}
	f.clients[int32(conn)] = b
	return nil
}

// hear takes what has come of an answer, and asks again once it is complete.
func (f *flock) hear(fd int32, until time.Time) error {
	b, conn := f.clients[fd], socket(fd)
	n, err := conn.Read(b.caller.room[b.done:])
	b.done += n
	complete, bad := b.caller.complete(b.done)
	switch {
	case bad != nil:
		err = bad
	case complete:
		err = nil
	case n == 0:
		err = firstOf(err, io.ErrUnexpectedEOF)
	default:
		return nil
	}
	delete(f.clients, fd)
	conn.Close()
	_ = f.add(time.Since(b.asked), b.caller.payload(b.done), err)
	if f.failed > tooMany || time.Now().After(until) {
		return nil
	}
	return f.ask(b)
}
