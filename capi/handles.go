package main

import "sync"

// kindOfHandle is the sort of object behind a handle.
type kindOfHandle uint8

const (
	clientHandle kindOfHandle = 1
	callHandle   kindOfHandle = 2
	objectHandle kindOfHandle = 3 // see objectTable
)

// handle is, from the top: 8 bits of kind, 24 of generation, 32 of index plus
// one. A slot's generation grows when it is freed, so a stale handle never
// reaches the slot's next owner (before 16 million of them).
type handle uint64

func makeHandle(kind kindOfHandle, generation uint32, index int) handle {
	return handle(kind)<<56 | handle(generation&generationMask)<<32 | handle(index+1)
}

const generationMask = 1<<24 - 1

func (h handle) kind() kindOfHandle { return kindOfHandle(h >> 56) }
func (h handle) generation() uint32 { return uint32(h>>32) & generationMask }
func (h handle) index() int         { return int(uint32(h)) - 1 }

// table maps handles to objects. Objects are reached through it alone: C never
// holds a Go pointer.
type table struct {
	mu    sync.RWMutex
	slots []slot
	free  []int
	open  int64
}

type slot struct {
	generation uint32
	object     any // nil: free
}

func (t *table) add(kind kindOfHandle, object any) handle {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.open++
	if n := len(t.free); n > 0 {
		i := t.free[n-1]
		t.free = t.free[:n-1]
		t.slots[i].object = object
		return makeHandle(kind, t.slots[i].generation, i)
	}
	t.slots = append(t.slots, slot{object: object})
	return makeHandle(kind, 0, len(t.slots)-1)
}

func (t *table) get(h handle) (any, bool) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	i := h.index()
	if i < 0 || i >= len(t.slots) || t.slots[i].object == nil || t.slots[i].generation != h.generation() {
		return nil, false
	}
	return t.slots[i].object, true
}

// remove frees a handle and gives back what was behind it.
func (t *table) remove(h handle) (any, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := h.index()
	if i < 0 || i >= len(t.slots) || t.slots[i].object == nil || t.slots[i].generation != h.generation() {
		return nil, false
	}
	object := t.slots[i].object
	t.slots[i] = slot{generation: (h.generation() + 1) & generationMask}
	t.free = append(t.free, i)
	t.open--
	return object, true
}

// each goes through the objects of one kind.
func (t *table) each(kind kindOfHandle, f func(h handle, object any)) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for i, s := range t.slots {
		if s.object == nil {
			continue
		}
		if _, isClient := s.object.(*session); isClient == (kind == clientHandle) {
			f(makeHandle(kind, s.generation, i), s.object)
		}
	}
}

func (t *table) count() int64 {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.open
}

// lookup finds an object of one Go type behind a handle of its kind.
func lookup[T any](t *table, kind kindOfHandle, h handle) (T, bool) {
	var none T
	if h.kind() != kind {
		return none, false
	}
	object, ok := t.get(h)
	if !ok {
		return none, false
	}
	v, ok := object.(T)
	return v, ok
}
