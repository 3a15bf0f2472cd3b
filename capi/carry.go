package main

/*
#include "ecflow.h"
*/
import "C"

import (
	"github.com/ecflow-go/ecflow/capi/carry"
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
		bytes, err := objects.save()
		if err != nil {
			return &fault.Error{Kind: fault.Internal, Op: "save objects", Err: err}
		}
		return toC(bytes, saved)
	}), out)
}

func (t *objectTable) save() ([]byte, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var list []carried
	for i, s := range t.slots {
		if s.count > 0 {
			list = append(list, carried{i, s.generation, s.count, s.object})
		}
	}
	return carry.Save(&list)
}

//export ecf_objects_restore
func ecf_objects_restore(saved *C.ecf_value, out *C.ecf_error) C.int32_t {
	return fail(guard(func() error {
		if saved == nil {
			return nowhere("objects")
		}
		var list []carried
		if err := carry.Restore(string(bytesOf(saved)), &list); err != nil {
			return &fault.Error{Kind: fault.Argument, Op: "restore objects", Err: err}
		}
		return objects.restore(list)
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
