package cereal

import (
	"reflect"
	"unsafe"
)

// A slab is room for objects of one type. They are made several at a time, ever
// more, for a document that holds one of a type often holds thousands.
type slab struct {
	at         unsafe.Pointer // the next object
	left, made int
}

// largestSlab bounds, in bytes, what one object that is kept may keep in memory.
const largestSlab = 4096

func (r *reader) object(p *plan) unsafe.Pointer {
	s := entry(&r.slabs, p.id)
	if s.left == 0 {
		size := int(p.typ.Size())
		s.left = min(2*s.made, largestSlab/max(size, 1))
		if s.made++; s.left <= 1 {
			s.left = 0
			return reflect.New(p.typ).UnsafePointer()
		}
		s.at = reflect.MakeSlice(reflect.SliceOf(p.typ), s.left, s.left).UnsafePointer()
		s.made += s.left
	}
	made := s.at
	if s.left--; s.left > 0 { // never behind the last one
		s.at = unsafe.Add(s.at, p.typ.Size())
	}
	return made
}

func (c uniqueCodec) read(r *reader, to unsafe.Pointer) bool {
	if !r.word("{\n\"ptr_wrapper\": ") {
		return false
	}
	at, ok := r.unique(c.object)
	*(*unsafe.Pointer)(to) = at
	return ok && r.word("\n}")
}

// unique reads what decodeUnique does; nil where nothing is.
func (r *reader) unique(p *plan) (unsafe.Pointer, bool) {
	valid, ok := r.number("{\n\"valid\": ")
	if !ok || valid == 0 {
		return nil, ok && r.word("\n}")
	}
	if !r.word(",\n\"data\": ") {
		return nil, false
	}
	at := r.object(p)
	return at, p.read(r, at) && r.word("\n}")
}

func (c sharedCodec) read(r *reader, to unsafe.Pointer) bool {
	if !r.word("{\n\"ptr_wrapper\": ") {
		return false
	}
	at, ok := r.sharedObject(c.object)
	*(*unsafe.Pointer)(to) = at
	return ok && r.word("\n}")
}

// sharedObject reads what decodeShared does.
func (r *reader) sharedObject(p *plan) (unsafe.Pointer, bool) {
	id, ok := r.number("{\n\"id\": ")
	if !ok || id == 0 {
		return nil, false
	}
	if id&idFirst == 0 {
		if int(id) >= len(r.shared) || r.shared[id].object != p {
			return nil, false
		}
		return r.shared[id].at, r.word("\n}")
	}
	// Numbers count the objects, each of which takes more bytes than this.
	const smallest = 8
	id &^= idFirst
	if int(id) > len(r.data)/smallest || !r.word(",\n\"data\": ") {
		return nil, false
	}
	at := r.object(p)
	if !p.read(r, at) {
		return nil, false
	}
	for int(id) >= len(r.shared) {
		r.shared = append(r.shared, readObject{})
	}
	r.shared[id] = readObject{at, p}
	return at, r.word("\n}")
}

func (c declaredCodec) read(r *reader, to unsafe.Pointer) bool {
	id, ok := r.number("{\n\"polymorphic_id\": ")
	if !ok || id&idDeclared == 0 || !r.word(",\n\"ptr_wrapper\": ") {
		return false
	}
	at, ok := r.sharedObject(c.object)
	*(*unsafe.Pointer)(to) = at
	return ok && r.word("\n}")
}

func (c *interfaceCodec) read(r *reader, to unsafe.Pointer) bool {
	id, ok := r.number("{\n\"polymorphic_id\": ")
	if !ok {
		return false
	}
	if id == 0 {
		return c.unique && r.word("\n}")
	}
	p := r.objectType(id)
	if p == nil || !c.accepts(p) || !r.word(",\n\"ptr_wrapper\": ") {
		return false
	}
	var at unsafe.Pointer
	if c.unique {
		at, ok = r.unique(p)
	} else {
		at, ok = r.sharedObject(p)
	}
	if at != nil {
		reflect.NewAt(c.typ, to).Elem().Set(reflect.NewAt(p.typ, at))
	}
	return ok && r.word("\n}")
}

// objectType gives the type that a number stands for, or that is named now; nil to decline.
func (r *reader) objectType(id uint32) *plan {
	const most = 1000 // far more than there are types
	number := int(id &^ idFirst)
	switch {
	case id&idDeclared != 0, number > most:
		return nil
	case id&idFirst == 0:
		if number < len(r.names) {
			return r.names[number]
		}
		return nil
	case !r.word(",\n\"polymorphic_name\": "):
		return nil
	}
	name, ok := r.plain()
	if !ok {
		return nil
	}
	p := r.registry.named[string(name)]
	for number >= len(r.names) {
		r.names = append(r.names, nil)
	}
	if r.names[number] == nil {
		r.names[number] = p
	}
	return p
}
