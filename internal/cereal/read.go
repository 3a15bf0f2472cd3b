package cereal

import (
	"reflect"
	"sync"
	"unsafe"
)

// A reader reads documents that are laid out exactly as the original writes them, in one
// pass and straight into memory. What is laid out otherwise, is wrong, or is merely rare, it
// declines by returning false; the [decoder], which knows all that the original accepts and
// finds the words for errors, then begins from the start. What a reader takes, a
// decoder reads the same.
type reader struct {
	data     []byte
	at       int
	depth    int // of objects
	elements int // of lists
	registry *Registry
	types    []typeState // by plan id
	slabs    []slab      // by plan id
	last     []string    // by the string codec's id: what it read last
	names    []*plan     // type names by their numbers
	shared   []readObject
}

// Between the objects that depth counts, no more than these containers are nested.
const containersPerObject = 8

// What is kept of a reader for the next document is small.
const keptObjects = 1000

type readObject struct {
	at     unsafe.Pointer
	object *plan
}

var readers sync.Pool

// read reads as Decode does; false if it declines, and then v holds something or nothing.
func (r *Registry) read(data []byte, p *plan, v reflect.Value) bool {
	in, _ := readers.Get().(*reader)
	if in == nil {
		in = &reader{}
	}
	in.registry, in.data = r, data
	ok := in.document(p, v)
	in.reset()
	readers.Put(in)
	return ok
}

func (r *reader) document(p *plan, v reflect.Value) bool {
	if !r.word("{\n") {
		return false
	}
	if _, ok := r.plain(); !ok { // the name does not matter
		return false
	}
	return r.word(": ") && p.read(r, v.Addr().UnsafePointer()) && r.word("\n}") && r.at == len(r.data)
}

func (r *reader) reset() {
	clear(r.types)
	clear(r.slabs)
	clear(r.last)
	clear(r.names)
	clear(r.shared)
	if cap(r.shared) > keptObjects {
		r.shared = nil
	}
	r.registry, r.data, r.at, r.depth, r.elements = nil, nil, 0, 0, 0
	r.names, r.shared = r.names[:0], r.shared[:0]
}

// word steps over a text, if it is there.
func (r *reader) word(text string) bool {
	if end := r.at + len(text); end <= len(r.data) && string(r.data[r.at:end]) == text {
		r.at = end
		return true
	}
	return false
}

// uint reads a whole number that is not negative, of up to nineteen digits, which an uint64 holds.
func (r *reader) uint() (uint64, bool) {
	const digits = 19
	n, i := uint64(0), r.at
	for ; i < len(r.data) && r.data[i]-'0' <= 9; i++ {
		n = n*10 + uint64(r.data[i]-'0')
	}
	length := i - r.at
	if length == 0 || length > digits || length > 1 && r.data[r.at] == '0' {
		return 0, false
	}
	r.at = i
	return n, true
}

func (r *reader) uint32() (uint32, bool) {
	n, ok := r.uint()
	return uint32(n), ok && n <= 1<<32-1
}

// number reads the name, with all around it, and the number that follows.
func (r *reader) number(name string) (uint32, bool) {
	if !r.word(name) {
		return 0, false
	}
	return r.uint32()
}

// plain reads a string without escapes; it stays where it is.
func (r *reader) plain() ([]byte, bool) {
	if r.at >= len(r.data) || r.data[r.at] != '"' {
		return nil, false
	}
	from := r.at + 1
	end := plain(r.data, from)
	if end >= len(r.data) || r.data[end] != '"' {
		return nil, false
	}
	r.at = end + 1
	return r.data[from:end], true
}

func (p *plan) read(r *reader, to unsafe.Pointer) bool {
	if r.depth++; r.depth > maxDepth/containersPerObject || !r.word("{") {
		return false
	}
	p.ready()
	state := entry(&r.types, p.id)
	first := true
	if p.versioned && !state.seen {
		version, ok := r.number("\n\"cereal_class_version\": ")
		if !ok {
			return false
		}
		state.seen, state.version, first = true, version, false
	}
	if p.version >= 0 {
		*(*uint32)(unsafe.Add(to, p.versionAt)) = state.version
	}
	for i := range p.fields {
		f := &p.fields[i]
		if f.since > state.version {
			continue
		}
		key := f.next
		if first {
			key = key[len(","):]
		}
		switch {
		case r.word(key):
			if !f.codec.read(r, unsafe.Add(to, f.offset)) {
				return false
			}
			first = false
		case !f.optional || f.name == "": // those without a name go by their places
			return false
		case f.fallback.IsValid():
			reflect.NewAt(f.fallback.Type(), unsafe.Add(to, f.offset)).Elem().Set(f.fallback)
		}
	}
	r.depth--
	if first {
		return r.word("}")
	}
	return r.word("\n}")
}

func (c stringCodec) read(r *reader, to unsafe.Pointer) bool {
	from := r.at
	if text, ok := r.plain(); ok {
		last := entry(&r.last, c.id)
		if string(text) != *last {
			*last = string(text)
		}
		*(*string)(to) = *last
		return true
	}
	if from >= len(r.data) || r.data[from] != '"' {
		return false
	}
	end := stringEnd(r.data, from+1)
	if end < 0 {
		return false
	}
	text, ok := unescapeUsual(r.data[from+1 : end])
	*(*string)(to), r.at = text, end+1
	return ok
}

func (boolCodec) read(r *reader, to unsafe.Pointer) bool {
	on := r.word("true")
	*(*bool)(to) = on
	return on || r.word("false")
}

func (c intCodec) read(r *reader, to unsafe.Pointer) bool {
	negative := r.word("-")
	u, ok := r.uint()
	n := int64(u)
	ok = ok && n >= 0
	if negative {
		n = -n
	}
	if !ok || negative && n == 0 || n < c.min || n > c.max {
		return false
	}
	if c.wide {
		*(*int64)(to) = n
	} else {
		*(*int)(to) = int(n)
	}
	return true
}

func (c uintCodec) read(r *reader, to unsafe.Pointer) bool {
	n, ok := r.uint()
	if !ok || n > c.max {
		return false
	}
	if c.wraps {
		*(*uint32)(to) = uint32(n)
	} else {
		*(*uint64)(to) = n
	}
	return true
}

func (scalarCodec) read(r *reader, to unsafe.Pointer) bool {
	from := r.at
	_, ok := r.plain()
	if !ok {
		_, ok = r.uint()
	}
	*(*string)(to) = string(r.data[from:r.at])
	return ok
}

func (c sliceCodec) read(r *reader, to unsafe.Pointer) bool {
	if r.word("[]") {
		return true
	}
	if !r.word("[\n") {
		return false
	}
	list := reflect.NewAt(c.typ, to).Elem()
	size := c.typ.Elem().Size()
	for i := 0; ; i++ {
		if i == list.Cap() {
			list.Grow(1)
		}
		list.SetLen(i + 1)
		if r.elements++; r.elements > maxValues || !c.elem.read(r, unsafe.Add(list.UnsafePointer(), uintptr(i)*size)) {
			return false
		}
		if !r.word(",\n") {
			return r.word("\n]")
		}
	}
}

func (c presenceCodec) read(r *reader, to unsafe.Pointer) bool {
	value := reflect.New(c.typ)
	*(*unsafe.Pointer)(to) = value.UnsafePointer()
	return c.elem.read(r, value.UnsafePointer())
}
