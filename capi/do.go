package main

/*
#include "ecflow.h"
*/
import "C"

import (
	"context"
	"fmt"
	"sync"
	"time"
	"unsafe"

	"github.com/ecflow-go/ecflow/capi/inthread"
	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/model"
)

// members are the operations of ecf_do(), by number.
var members = model.Operations()

// memberForms are the overloads of each, the setter of a property last.
var memberForms = func() [][]model.Form {
	out := make([][]model.Form, len(members))
	for i, op := range members {
		out[i] = op.Member.AllForms()
	}
	return out
}()

var memberNumbers = func() map[string]int {
	out := make(map[string]int, len(members))
	for i, op := range members {
		out[op.Class.Name+"."+op.Member.Name] = i
	}
	return out
}()

//export ecf_member_number_of
func ecf_member_number_of(name *C.char) C.int32_t {
	if name == nil {
		return -1
	}
	if n, ok := memberNumbers[C.GoString(name)]; ok {
		return C.int32_t(n)
	}
	return -1
}

// usual is how many arguments a call has at most, usually.
const usual = 8

type argumentSpace struct {
	args   model.Args
	values [usual]model.Value
}

// noArguments is never written.
var noArguments model.Args

var argumentSpaces = sync.Pool{New: func() any { return new(argumentSpace) }}

func (s *argumentSpace) giveBack() {
	clear(s.args.V)
	s.args = model.Args{}
	argumentSpaces.Put(s)
}

//export ecf_do
func ecf_do(member, form C.int32_t, self C.ecf_handle, args *C.ecf_value, nargs C.int32_t, watch *C.ecf_watch, ret *C.ecf_value, out *C.ecf_error) (status C.int32_t) {
	if said := poison.Load(); said != nil {
		return fail(poisoned(*said), out)
	}
	// As guard does, without its closures: this is the way of every small getter.
	d := doing{ret: ret, out: out}
	defer d.end(&status)
	d.err = d.run(member, form, self, args, nargs, watch)
	return 0
}

// doing is a call of ecf_do().
type doing struct {
	ret    *C.ecf_value
	out    *C.ecf_error
	err    error
	space  *argumentSpace
	cancel context.CancelFunc
	locked bool
}

func (d *doing) end(status *C.int32_t) {
	if p := recover(); p != nil {
		d.err = poisoned(notePanic(p))
	}
	if d.locked {
		trees.Unlock()
	}
	if d.cancel != nil {
		d.cancel()
	}
	if d.space != nil {
		d.space.giveBack()
	}
	if d.err != nil {
		if d.ret != nil {
			*d.ret = C.ecf_value{}
		}
		*status = fail(d.err, d.out)
	}
}

func (d *doing) run(member, form C.int32_t, self C.ecf_handle, args *C.ecf_value, nargs C.int32_t, watch *C.ecf_watch) error {
	if member < 0 || int(member) >= len(members) || form < 0 || int(form) >= len(memberForms[member]) {
		return fault.New(fault.Argument, "unknown member number")
	}
	m := members[member].Member
	var object any
	class := -1
	if self != 0 {
		var ok bool
		if object, class, ok = objects.get(handle(self)); !ok {
			return staleHandle("object")
		}
	}
	if !model.Fits(int(member), class) {
		return fault.New(fault.Argument, fmt.Sprintf("%s.%s: the object is of another class", members[member].Class.Name, m.Name))
	}
	a := &noArguments
	if nargs > 0 && args != nil || m.Long {
		d.space = argumentSpaces.Get().(*argumentSpace)
		a = &d.space.args
		if err := d.read(unsafe.Slice(args, int(nargs))); err != nil {
			return err
		}
	}
	if m.Long {
		d.prepare(watch)
	}
	if !m.Apart {
		if watch == nil || watch.nowait == 0 {
			trees.Lock()
		} else if !trees.TryLock() {
			return fault.New(fault.Busy, "another thread is working on a definition tree")
		}
		d.locked = true
	}
	result, err := memberForms[member][form].Call(object, a)
	if err != nil || d.ret == nil {
		return err
	}
	switch r := result.(type) { // what needs no memory
	case nil:
		*d.ret = C.ecf_value{}
		return nil
	case bool:
		scalar(d.ret, C.ECF_BOOL, 0)
		if r {
			scalar(d.ret, C.ECF_BOOL, 1)
		}
		return nil
	case int:
		scalar(d.ret, C.ECF_INT, int64(r))
		return nil
	}
	offered := space(result, d.ret)
	*d.ret = C.ecf_value{}
	return toSpace(result, d.ret, offered)
}

// read takes the arguments over.
func (d *doing) read(given []C.ecf_value) error {
	a := &d.space.args
	a.V = d.space.values[:0]
	for i := range given {
		a.V = append(a.V, model.Value{})
		if err := argument(&given[i], &a.V[i], 0); err != nil {
			return err
		}
	}
	return nil
}

// prepare gives a long call what it takes to be watched.
func (d *doing) prepare(watch *C.ecf_watch) {
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	w := watcher(watch, cancel)
	ctx = withNotices(inthread.WithWatch(ctx, w), teller(watch, cancel))
	d.space.args.Context = &polled{Context: ctx, watch: w}
	d.space.args.Print = func(text string) { tell(ctx, noticePrint, text) }
	d.space.args.Lock, d.space.args.Reach = lockTrees, reach
}

// reach makes a client for a member.
func reach(host, port *string) (*client.Client, error) {
	s, err := newSession(host, port)
	if err != nil {
		return nil, err
	}
	return s.client, nil
}

// polled is a context that asks its caller now and then whether to go on: work
// that never waits for a socket looks at Err between its steps.
type polled struct {
	context.Context
	watch *inthread.Watch
	last  time.Time
}

const pollEvery = 20 * time.Millisecond

func (p *polled) Err() error {
	if p.watch != nil && p.watch.Interrupted != nil {
		if now := time.Now(); now.Sub(p.last) >= pollEvery {
			p.last = now
			if p.watch.Interrupted() {
				p.watch.Cancel()
			}
		}
	}
	return p.Context.Err()
}

// deepest is how far lists may be nested in an argument.
const deepest = 100

// argument reads an argument of ecf_do().
func argument(v *C.ecf_value, out *model.Value, depth int) error {
	if depth > deepest {
		return fault.New(fault.Argument, "an argument is nested too deeply")
	}
	switch v._type {
	case C.ECF_ABSENT:
	case C.ECF_NIL:
		out.Kind = model.Nil
	case C.ECF_BOOL:
		out.Kind, out.I = model.Bool, integer(v)
	case C.ECF_INT:
		out.Kind, out.I = model.Int, integer(v)
	case C.ECF_FLOAT:
		out.Kind, out.F = model.Float, *(*float64)(unsafe.Pointer(&v.as))
	case C.ECF_STRING:
		out.Kind, out.S = model.String, string(bytesOf(v))
	case C.ECF_BYTES:
		out.Kind, out.S = model.Bytes, string(bytesOf(v))
	case C.ECF_OPAQUE:
		out.Kind, out.S = model.Opaque, string(bytesOf(v))
	case C.ECF_OBJECT:
		return argumentObject(handle(integer(v)), out)
	case C.ECF_LIST:
		return arguments(itemsOf(v, 1), model.List, out, depth)
	case C.ECF_RECORD:
		return arguments(itemsOf(v, 2), model.Dict, out, depth)
	case C.ECF_PAIR:
		return arguments(itemsOf(v, 1), model.Pair, out, depth)
	default:
		return fault.New(fault.Argument, fmt.Sprintf("value of unknown type %d", v._type))
	}
	return nil
}

func arguments(items []C.ecf_value, kind model.ValueKind, out *model.Value, depth int) error {
	out.Kind, out.L = kind, make([]model.Value, len(items))
	for i := range items {
		if err := argument(&items[i], &out.L[i], depth+1); err != nil {
			return err
		}
	}
	return nil
}

func argumentObject(h handle, out *model.Value) error {
	out.Kind = model.Object
	if h.kind() == clientHandle {
		s, ok := lookup[*session](&handles, clientHandle, h)
		if !ok {
			return staleHandle("client")
		}
		out.O = s.client
		return nil
	}
	object, _, ok := objects.get(h)
	if !ok {
		return staleHandle("object")
	}
	out.O = object
	return nil
}

// nodeState packs what callers are told of a node beside its handle.
func nodeState(n *defs.Node) C.int32_t {
	return C.int32_t(model.ClassOf(n)) | C.int32_t(n.State())<<16
}
