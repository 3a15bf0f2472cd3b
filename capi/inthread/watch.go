package inthread

import (
	"context"
	"runtime"
	"syscall"
	"time"
	"unsafe"
)

// DefaultTick is how often a waiting thread looks up when no signal wakes it.
const DefaultTick = 250 * time.Millisecond

// Watch is what a waiting thread looks at.
type Watch struct {
	// Interrupted reports whether the caller wants its call to end. It is asked in
	// the calling thread only: when a signal has arrived, and at every tick.
	Interrupted func() bool
	// Tick is the longest time between two questions; 0: DefaultTick.
	Tick time.Duration
	// Cancel cancels the context that the Watch travels in.
	Cancel context.CancelFunc

	ctx context.Context // the call's, which outlives that of a Dial
}

func (w *Watch) tick() time.Duration {
	if w.Tick > 0 {
		return w.Tick
	}
	return DefaultTick
}

// ask lets the caller decide; a wish to end cancels the context.
func (w *Watch) ask() {
	if w.Interrupted != nil && w.Interrupted() && w.Cancel != nil {
		w.Cancel()
	}
}

type watchKey struct{}

// WithWatch returns a context whose waits happen in the calling thread. A Watch
// serves one call.
func WithWatch(ctx context.Context, w *Watch) context.Context {
	w.ctx = ctx
	return context.WithValue(ctx, watchKey{}, w)
}

func watchOf(ctx context.Context) *Watch {
	w, _ := ctx.Value(watchKey{}).(*Watch)
	return w
}

// Sleep waits for d, or until ctx ends, whose error it returns then.
func Sleep(ctx context.Context, d time.Duration) error {
	w := watchOf(ctx)
	if w == nil {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			return nil
		}
	}
	for end := time.Now().Add(d); ; {
		left := time.Until(end)
		if left <= 0 || ctx.Err() != nil {
			return ctx.Err()
		}
		w.nap(nil, left)
	}
}

// Wait runs work in a goroutine of its own and waits for it in the calling
// thread. When ctx ends first its error is returned, and work, which is given
// the same context, is left to end by itself.
func Wait[T any](ctx context.Context, work func(context.Context) (T, error)) (T, error) {
	w := watchOf(ctx)
	if w == nil {
		return work(ctx)
	}
	var out struct {
		value T
		err   error
	}
	var pipe [2]int
	if err := syscall.Pipe2(pipe[:], syscall.O_CLOEXEC|syscall.O_NONBLOCK); err != nil {
		return out.value, err
	}
	done := make(chan struct{})
	go func() {
		out.value, out.err = work(ctx)
		close(done)
		_ = syscall.Close(pipe[1]) // wakes the poll
	}()
	defer syscall.Close(pipe[0])
	for {
		select {
		case <-done:
			return out.value, out.err
		default:
		}
		if err := ctx.Err(); err != nil {
			var none T
			return none, err
		}
		w.nap(&pollFD{fd: int32(pipe[0]), events: pollIn}, w.tick())
	}
}

// nap polls fd, or nothing, for at most limit and at most a tick, and asks the
// caller when nothing came of it. It reports whether fd is ready.
func (w *Watch) nap(fd *pollFD, limit time.Duration) bool {
	if t := w.tick(); limit > t {
		limit = t
	}
	n, errno := poll(fd, limit)
	if n > 0 {
		return true
	}
	if n == 0 || errno == syscall.EINTR {
		w.ask()
	}
	return false
}

const (
	pollIn  = 0x1
	pollOut = 0x4
)

type pollFD struct {
	fd      int32
	events  int16
	revents int16
}

// poll waits for at least a millisecond, so that rounding never makes it spin.
func poll(fd *pollFD, limit time.Duration) (int, syscall.Errno) {
	ts := syscall.NsecToTimespec(int64(max(limit, time.Millisecond)))
	count := uintptr(0)
	if fd != nil {
		count = 1
	}
	n, _, errno := syscall.Syscall6(syscall.SYS_PPOLL, uintptr(unsafe.Pointer(fd)), count, uintptr(unsafe.Pointer(&ts)), 0, 0, 0)
	runtime.KeepAlive(fd)
	return int(int64(n)), errno
}
