package main

/*
#include "ecflow.h"
*/
import "C"

import (
	"sync"

	"github.com/ecflow-go/ecflow/capi/carry"
	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/model"
)

func init() {
	carry.Register((*defs.Node)(nil), (*defs.Defs)(nil))
	for _, c := range model.Classes() {
		if c.Type != nil {
			carry.Register(c.Type)
		}
	}
	for _, r := range defs.RepeatTypes() {
		carry.Register(r)
	}
}

// carried is what one handle stands for.
type carried struct {
	Index             int
	Generation, Count uint32
	Object            any
}

// baggage is everything that goes along.
type baggage struct {
	Objects []carried
	Trees   map[uint64]*client.TreeState // of clients, by their handles
}

// arrived are the trees of clients that have not been made again yet.
var arrived = struct {
	sync.Mutex
	trees map[uint64]*client.TreeState
}{}

// collect gives a client its tree back.
func collect(of uint64, c *client.Client) {
	arrived.Lock()
	defer arrived.Unlock()
	c.SetTreeState(arrived.trees[of])
	delete(arrived.trees, of)
}

//export ecf_objects_save
func ecf_objects_save(saved *C.ecf_value, out *C.ecf_error) C.int32_t {
	return fail(guard(func() error {
		if saved == nil {
			return nowhere("objects")
		}
		if !trees.TryLock() {
			return fault.New(fault.Busy, "another thread is working on a definition tree")
		}
		defer trees.Unlock()
		bytes, err := pack()
		if err != nil {
			return &fault.Error{Kind: fault.Internal, Op: "save objects", Err: err}
		}
		return toC(bytes, saved)
	}), out)
}

func pack() ([]byte, error) {
	b := baggage{Trees: map[uint64]*client.TreeState{}}
	handles.each(clientHandle, func(h handle, object any) {
		if t := object.(*session).client.TreeState(); t != nil {
			b.Trees[uint64(h)] = t
		}
	})
	objects.mu.Lock()
	defer objects.mu.Unlock()
	for i, s := range objects.slots {
		if s.count > 0 {
			b.Objects = append(b.Objects, carried{i, s.generation, s.count, s.object})
		}
	}
	return carry.Save(&b)
}

//export ecf_objects_restore
func ecf_objects_restore(saved *C.ecf_value, out *C.ecf_error) C.int32_t {
	return fail(guard(func() error {
		if saved == nil {
			return nowhere("objects")
		}
		var b baggage
		if err := carry.Restore(string(bytesOf(saved)), &b); err != nil {
			return &fault.Error{Kind: fault.Argument, Op: "restore objects", Err: err}
		}
		arrived.Lock()
		arrived.trees = b.Trees
		arrived.Unlock()
		return objects.restore(b.Objects)
	}), out)
}

func (t *objectTable) restore(list []carried) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.slots) > 0 {
		return fault.New(fault.Argument, "objects can be restored into a fresh library only")
	}
	for _, c := range list {
		for len(t.slots) < c.Index {
			t.free = append(t.free, len(t.slots))
			t.slots = append(t.slots, objectSlot{})
		}
		t.slots = append(t.slots, objectSlot{c.Generation, c.Count, model.ClassOf(c.Object), c.Object})
		if m, ok := c.Object.(marked); ok {
			m.SetMark(uint64(makeHandle(objectHandle, c.Generation, c.Index)))
		}
	}
	return nil
}
