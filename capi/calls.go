package main

/*
#include "ecflow.h"

static inline int32_t ecf_ask(const ecf_watch *w) { return w->interrupted(w->data); }
static inline int32_t ecf_tell(const ecf_watch *w, int32_t level, const char *text, size_t size)
{
	return w->notice(w->data, level, text, size);
}
static inline int ecf_asks(const ecf_watch *w) { return w != NULL && w->interrupted != NULL; }
static inline int ecf_tells(const ecf_watch *w) { return w != NULL && w->notice != NULL; }
*/
import "C"

import (
	"context"
	"os"
	"syscall"
	"time"
	"unsafe"

	"github.com/ecflow-go/ecflow/capi/inthread"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
)

// request is one operation with everything it needs, read from C.
type request struct {
	session *session
	op      *operation
	args    command.Args
}

func readRequest(op C.int32_t, client C.ecf_handle, args *C.ecf_arg, nargs C.int32_t) (request, error) {
	s, ok := lookup[*session](&handles, clientHandle, handle(client))
	if !ok {
		return request{}, staleHandle("client")
	}
	o := operationByNumber(int(op))
	if o == nil {
		return request{}, fault.New(fault.Argument, "unknown operation number")
	}
	r := request{session: s, op: o}
	if nargs > 0 && args != nil {
		r.args = make(command.Args, nargs)
		list := unsafe.Slice(args, int(nargs))
		for i := range list {
			value, err := fromC(&list[i].value)
			if err != nil {
				return request{}, err
			}
			if err := o.accept(r.args, C.GoString(list[i].name), value); err != nil {
				return request{}, err
			}
		}
	}
	return r, nil
}

func staleHandle(what string) error {
	return fault.New(fault.Argument, "this "+what+" handle is not, or no longer, one of this library's")
}

func (r request) run(ctx context.Context) (any, error) {
	result, err := r.session.do(ctx, r.op, r.args)
	if err != nil {
		return nil, err
	}
	return plain(result)
}

//export ecf_call
func ecf_call(op C.int32_t, client C.ecf_handle, args *C.ecf_arg, nargs C.int32_t, watch *C.ecf_watch, ret *C.ecf_value, out *C.ecf_error) C.int32_t {
	return fail(guard(func() error {
		r, err := readRequest(op, client, args, nargs)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		ctx = inthread.WithWatch(ctx, watcher(watch, cancel))
		ctx = withNotices(ctx, teller(watch, cancel))
		result, err := r.run(ctx)
		if err != nil {
			return err
		}
		if ret == nil {
			return nil
		}
		return toC(result, ret)
	}), out)
}

func watcher(watch *C.ecf_watch, cancel context.CancelFunc) *inthread.Watch {
	w := &inthread.Watch{Cancel: cancel}
	if C.ecf_asks(watch) != 0 {
		w.Interrupted = func() bool { return C.ecf_ask(watch) != 0 }
		w.Tick = time.Duration(watch.tick_ms) * time.Millisecond
	}
	return w
}

// teller passes notices on to C in the calling thread, which is where the
// client makes them.
func teller(watch *C.ecf_watch, cancel context.CancelFunc) notices {
	if C.ecf_tells(watch) == 0 {
		return nil
	}
	return func(level int, text string) {
		b := append([]byte(text), 0)
		if C.ecf_tell(watch, C.int32_t(level), (*C.char)(unsafe.Pointer(&b[0])), C.size_t(len(text))) != 0 {
			cancel()
		}
	}
}

// call is an operation that runs beside its caller.
type call struct {
	cancel context.CancelFunc
	done   chan struct{}
	r, w   int // a pipe; the write end is closed when the call is done
	result any
	err    error
}

//export ecf_start
func ecf_start(op C.int32_t, client C.ecf_handle, args *C.ecf_arg, nargs C.int32_t, callOut *C.ecf_handle, out *C.ecf_error) C.int32_t {
	return fail(guard(func() error {
		if callOut == nil {
			return nowhere("call")
		}
		r, err := readRequest(op, client, args, nargs)
		if err != nil {
			return err
		}
		var pipe [2]int
		if err := syscall.Pipe2(pipe[:], syscall.O_CLOEXEC|syscall.O_NONBLOCK); err != nil {
			return &fault.Error{Kind: fault.Internal, Msg: "no descriptor for the call", Err: os.NewSyscallError("pipe2", err)}
		}
		ctx, cancel := context.WithCancel(context.Background())
		c := &call{cancel: cancel, done: make(chan struct{}), r: pipe[0], w: pipe[1]}
		*callOut = C.ecf_handle(handles.add(callHandle, c))
		go c.run(ctx, r)
		return nil
	}), out)
}

func (c *call) run(ctx context.Context, r request) {
	defer func() {
		c.cancel()
		close(c.done)
		_ = syscall.Close(c.w)
	}()
	c.err = guard(func() (err error) {
		c.result, err = r.run(ctx)
		return err
	})
}

// drop ends a call that nobody will wait for.
func (c *call) drop() {
	c.cancel()
	<-c.done
	_ = syscall.Close(c.r)
}

//export ecf_call_fd
func ecf_call_fd(h C.ecf_handle) C.int32_t {
	if c, ok := lookup[*call](&handles, callHandle, handle(h)); ok {
		return C.int32_t(c.r)
	}
	return -1
}

//export ecf_wait
func ecf_wait(h C.ecf_handle, timeoutMS C.int32_t, finished *C.int32_t, ret *C.ecf_value, out *C.ecf_error) C.int32_t {
	if finished != nil {
		*finished = 0
	}
	return fail(guard(func() error {
		c, ok := lookup[*call](&handles, callHandle, handle(h))
		if !ok {
			return staleHandle("call")
		}
		if !c.await(int(timeoutMS)) {
			return fault.New(fault.Timeout, "the call is still under way")
		}
		if _, ok := handles.remove(handle(h)); !ok {
			return staleHandle("call") // another thread fetched it meanwhile
		}
		_ = syscall.Close(c.r)
		if finished != nil {
			*finished = 1
		}
		if c.err != nil || ret == nil {
			return c.err
		}
		return toC(c.result, ret)
	}), out)
}

func (c *call) await(timeoutMS int) bool {
	if timeoutMS < 0 {
		<-c.done
		return true
	}
	select {
	case <-c.done:
		return true // even when there is no time
	default:
	}
	timer := time.NewTimer(time.Duration(timeoutMS) * time.Millisecond)
	defer timer.Stop()
	select {
	case <-c.done:
		return true
	case <-timer.C:
		return false
	}
}

//export ecf_cancel
func ecf_cancel(h C.ecf_handle, out *C.ecf_error) C.int32_t {
	return fail(guard(func() error {
		c, ok := lookup[*call](&handles, callHandle, handle(h))
		if !ok {
			return staleHandle("call")
		}
		c.cancel()
		return nil
	}), out)
}
