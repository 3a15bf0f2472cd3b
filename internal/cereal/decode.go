package cereal

import (
	"reflect"
	"strconv"
	"sync"
)

// Decode reads the first member of the document, whatever its name, into the
// struct that v points to, which must be zero. It keeps no part of data.
// Errors are fault.Protocol, or fault.TooLarge for input beyond reason.
func (r *Registry) Decode(data []byte, v any) error {
	p, rv, err := r.planOf(v)
	if err != nil {
		return err
	}
	if r.read(data, p, rv) {
		return nil
	}
	rv.SetZero()
	return r.decode(data, p, rv)
}

func (r *Registry) decode(data []byte, p *plan, rv reflect.Value) error {
	d, _ := decoders.Get().(*decoder)
	if d == nil {
		d = &decoder{names: map[uint32]*plan{}}
	}
	d.registry = r
	err := d.tape.parse(data)
	if err == nil {
		err = d.root(p, rv)
	}
	d.reset()
	decoders.Put(d)
	return err
}

var decoders sync.Pool

type decoder struct {
	tape
	registry *Registry
	types    []typeState // by plan id
	names    map[uint32]*plan
	shared   sharedObjects
}

type sharedObject struct {
	pointer reflect.Value
	object  *plan
}

// sharedObjects are the objects that were read, by their numbers: those count from 1
// as they begin, though a reader takes any.
type sharedObjects struct {
	list []sharedObject
	far  map[uint32]sharedObject // of numbers beyond reason
}

func (s *sharedObjects) get(id uint32) sharedObject {
	if int(id) < len(s.list) {
		return s.list[id]
	}
	return s.far[id]
}

// put keeps an object of a document that holds so many values.
func (s *sharedObjects) put(id uint32, o sharedObject, values int) {
	switch {
	case int(id) < len(s.list):
		s.list[id] = o
	case int(id) <= values && s.far == nil:
		s.list = append(s.list, make([]sharedObject, int(id)+1-len(s.list))...)
		s.list[id] = o
	default:
		if s.far == nil {
			s.far = map[uint32]sharedObject{}
		}
		s.far[id] = o
	}
}

func (d *decoder) reset() {
	if cap(d.values) > 1<<16 || len(d.shared.list) > 1000 { // not kept for small documents
		d.values, d.shared.list = nil, nil
	}
	clear(d.types)
	clear(d.names)
	clear(d.shared.list)
	d.shared = sharedObjects{list: d.shared.list[:0]}
	d.registry, d.data = nil, nil
}

// root reads the only thing of which the original does not check the name, nor
// whether it is the member of an object or the element of an array.
func (d *decoder) root(p *plan, v reflect.Value) error {
	at := uint32(1)
	if d.values[0].kind == kindObject {
		at = 2
	}
	if k := d.values[0].kind; k != kindObject && k != kindArray || d.values[0].next <= at {
		return d.bad(0, "is no message")
	}
	return p.decode(d, at, v)
}

// bad gives an error that points to a value.
func (d *decoder) bad(at uint32, msg string) error {
	return malformed("value at byte " + strconv.Itoa(int(d.values[at].start)) + " " + msg)
}

// A cursor walks an object's members as the original's reader does: it looks
// at the next one first, then searches all, and goes on behind what it found.
type cursor struct{ first, next, end uint32 }

func (d *decoder) enter(at uint32) (cursor, error) {
	v := &d.values[at]
	if v.kind != kindObject {
		return cursor{}, d.bad(at, "should be an object")
	}
	return cursor{at + 1, at + 1, v.next}, nil
}

func (d *decoder) isNamed(key uint32, name string) bool {
	if d.values[key].escaped {
		return unescape(d.raw(key)) == name
	}
	return string(d.raw(key)) == name
}

// optional gives the value at the cursor if it has that name.
func (d *decoder) optional(c *cursor, name string) (uint32, bool) {
	if c.next >= c.end || !d.isNamed(c.next, name) {
		return 0, false
	}
	at := c.next + 1
	c.next = d.values[at].next
	return at, true
}

func (d *decoder) named(c *cursor, name string) (uint32, error) {
	if at, ok := d.optional(c, name); ok {
		return at, nil
	}
	for key := c.first; key < c.end; key = d.values[key+1].next {
		if d.isNamed(key, name) {
			c.next = d.values[key+1].next
			return key + 1, nil
		}
	}
	return 0, d.bad(c.first-1, "lacks "+name)
}

// unnamed gives the value at the cursor, whatever its name.
func (d *decoder) unnamed(c *cursor) (uint32, bool) {
	if c.next >= c.end {
		return 0, false
	}
	at := c.next + 1
	c.next = d.values[at].next
	return at, true
}

// number reads the member of that name as an unsigned 32 bit number.
func (d *decoder) number(c *cursor, name string) (uint32, error) {
	at, err := d.named(c, name)
	if err != nil {
		return 0, err
	}
	n, ok := d.uint(at, 1<<32-1)
	if !ok {
		return 0, d.bad(at, "should be an unsigned number")
	}
	return uint32(n), nil
}

func (p *plan) decode(d *decoder, at uint32, v reflect.Value) error {
	c, err := d.enter(at)
	if err != nil {
		return err
	}
	p.ready()
	state := entry(&d.types, p.id)
	if p.versioned && !state.seen {
		if state.version, err = d.number(&c, "cereal_class_version"); err != nil {
			return err
		}
		state.seen = true
	}
	if p.version >= 0 {
		v.Field(p.version).SetUint(uint64(state.version))
	}
	for i := range p.fields {
		if err := p.fields[i].decode(d, &c, at, state.version, v); err != nil {
			return err
		}
	}
	return nil
}

func (f *field) decode(d *decoder, c *cursor, object, version uint32, v reflect.Value) error {
	if f.since > version {
		return nil
	}
	fv := f.of(v)
	var at uint32
	var found bool
	switch {
	case f.name == "":
		if at, found = d.unnamed(c); !found && !f.optional {
			return d.bad(object, "has too few values")
		}
	case f.optional:
		if at, found = d.optional(c, f.name); !found && f.fallback.IsValid() {
			fv.Set(f.fallback)
		}
	default:
		var err error
		if at, err = d.named(c, f.name); err != nil {
			return err
		}
		found = true
	}
	if !found {
		return nil
	}
	return f.codec.decode(d, at, fv)
}

func (stringCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	if d.values[at].kind != kindString {
		return d.bad(at, "should be a string")
	}
	if d.values[at].escaped {
		v.SetString(unescape(d.raw(at)))
	} else {
		v.SetString(string(d.raw(at)))
	}
	return nil
}

func (boolCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	k := d.values[at].kind
	if k != kindTrue && k != kindFalse {
		return d.bad(at, "should be true or false")
	}
	v.SetBool(k == kindTrue)
	return nil
}

func (c intCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	n, ok := d.int(at, c.min, c.max)
	if !ok {
		return d.bad(at, "should be a whole number in range")
	}
	v.SetInt(n)
	return nil
}

func (c uintCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	n, ok := d.uint(at, c.max)
	if !ok && c.wraps {
		var i int64
		i, ok = d.int(at, -1<<31, -1)
		n = uint64(uint32(i))
	}
	if !ok {
		return d.bad(at, "should be an unsigned number in range")
	}
	v.SetUint(n)
	return nil
}

func (scalarCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	switch d.values[at].kind {
	case kindObject, kindArray:
		return d.bad(at, "should be a scalar")
	}
	v.SetString(Item{&d.tape, at}.Raw())
	return nil
}

// firstElements is how many elements a list gets room for before any has been
// read, so that an absurd list fails before it takes absurd memory.
const firstElements = 16

func (c sliceCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	if d.values[at].kind != kindArray {
		return d.bad(at, "should be an array")
	}
	end, n := d.values[at].next, 0
	for item := at + 1; item < end; item = d.values[item].next {
		n++
	}
	i := 0
	for item := at + 1; item < end; item = d.values[item].next {
		if i == v.Cap() {
			v.Grow(min(n-i, max(i, firstElements)))
		}
		v.SetLen(i + 1)
		if err := c.elem.decode(d, item, v.Index(i)); err != nil {
			return err
		}
		i++
	}
	return nil
}

func (c presenceCodec) decode(d *decoder, at uint32, v reflect.Value) error {
	v.Set(reflect.New(v.Type().Elem()))
	return c.elem.decode(d, at, v.Elem())
}
