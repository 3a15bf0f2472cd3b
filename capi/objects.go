package main

import (
	"sync"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/model"
)

// objectTable holds what C refers to by handles of definition trees: nodes,
// definitions, attributes. A node or a definition has one handle for as long as
// anybody holds it, which is how callers recognise it; every time it is handed
// out counts, and so does every release.
type objectTable struct {
	mu    sync.Mutex
	slots []objectSlot
	free  []int
	gone  *defs.Defs // the definition that was released last, for dropped
}

type objectSlot struct {
	generation uint32
	count      uint32 // 0: free
	class      int
	object     any
}

var objects objectTable

// trees is held while a tree is read or changed: everything that a handle may
// lead to is one shared world, since nodes move between trees.
var trees sync.Mutex

func lockTrees() (unlock func()) {
	trees.Lock()
	return trees.Unlock
}

// marked are the objects that have one handle.
type marked interface {
	Mark() uint64
	SetMark(mark uint64)
}

// hand gives the handle of an object, to be released once.
func (t *objectTable) hand(object any) handle {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.handLocked(object)
}

func (t *objectTable) handLocked(object any) handle {
	m, isMarked := object.(marked)
	if isMarked && m.Mark() != 0 {
		h := handle(m.Mark())
		t.slots[h.index()].count++
		return h
	}
	var at int
	if n := len(t.free); n > 0 {
		at = t.free[n-1]
		t.free = t.free[:n-1]
	} else {
		at = len(t.slots)
		t.slots = append(t.slots, objectSlot{})
	}
	s := &t.slots[at]
	s.object, s.count, s.class = object, 1, model.ClassOf(object)
	h := makeHandle(objectHandle, s.generation, at)
	if isMarked {
		m.SetMark(uint64(h))
	}
	return h
}

// handNodes gives the handles of many nodes.
func (t *objectTable) handNodes(nodes []*defs.Node, give func(i int, h handle)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, n := range nodes {
		give(i, t.handLocked(n))
	}
}

// get finds an object, and the number of its class.
func (t *objectTable) get(h handle) (object any, class int, ok bool) {
	i := h.index()
	t.mu.Lock()
	if h.kind() == objectHandle && i >= 0 && i < len(t.slots) {
		if s := &t.slots[i]; s.count > 0 && s.generation == h.generation() {
			object, class, ok = s.object, s.class, true
		}
	}
	t.mu.Unlock()
	if !ok {
		class = -1
	}
	return object, class, ok
}

// release takes back what was handed out once.
func (t *objectTable) release(h handle) {
	i := h.index()
	if i < 0 || i >= len(t.slots) {
		return
	}
	s := &t.slots[i]
	if s.count == 0 || s.generation != h.generation() {
		return
	}
	if s.count--; s.count > 0 {
		return
	}
	if m, ok := s.object.(marked); ok {
		m.SetMark(0)
	}
	if d, ok := s.object.(*defs.Defs); ok {
		t.gone = d
	}
	*s = objectSlot{generation: (s.generation + 1) & generationMask}
	t.free = append(t.free, i)
}

// releaseAll takes back what is an object's, and gives the rest to other.
func (t *objectTable) releaseAll(list []handle, other func(handle)) {
	t.mu.Lock()
	for _, h := range list {
		if h.kind() == objectHandle {
			t.release(h)
		}
	}
	gone := t.gone
	t.gone = nil
	t.mu.Unlock()
	dropped(gone)
	for _, h := range list {
		if h.kind() != objectHandle {
			other(h)
		}
	}
}

func (t *objectTable) count() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return int64(len(t.slots) - len(t.free))
}
