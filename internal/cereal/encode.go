package cereal

import (
	"bytes"
	"reflect"
	"strconv"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/ecflow-go/ecflow/fault"
)

// Encode writes the document {"key": v}; v points to a struct of a type that
// is registered, or that a registered one contains. Errors are fault.Argument:
// the values cannot be told in this dialect.
func (r *Registry) Encode(key string, v any) ([]byte, error) {
	p, rv, err := r.planOf(v)
	if err != nil {
		return nil, err
	}
	e, _ := encoders.Get().(*encoder)
	if e == nil {
		e = &encoder{shared: map[sharedKey]sharedState{}}
	}
	e.registry = r
	e.out = append(appendString(append(e.out, "{\n"...), key), ": "...)
	p.encode(e, rv)
	e.out = append(e.out, "\n}"...)
	out, err := e.take(), e.err
	e.reset()
	encoders.Put(e)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// take gives what has been written. The encoder keeps its room for the next document, unless that is large.
func (e *encoder) take() []byte {
	if len(e.out) > roomKept {
		out := e.out
		e.out = nil
		return out
	}
	return bytes.Clone(e.out)
}

const roomKept = 64 << 10

var encoders sync.Pool

type encoder struct {
	registry *Registry
	out      []byte
	types    []typeState // by plan id
	names    uint32      // type names given out
	shared   map[sharedKey]sharedState
	depth    int
	err      error // the first one
}

// typeState is what the document has said of a type so far.
type typeState struct {
	seen    bool   // its class version has been told
	version uint32 // which it was
	name    uint32 // number of its polymorphic name, 0 if not told
}

// Objects are told apart by address and type, for a struct and its first field
// have the same address.
type sharedKey struct {
	at unsafe.Pointer
	p  *plan
}

type sharedState struct {
	id   uint32
	open bool // still being written
}

func (e *encoder) reset() {
	clear(e.types)
	if len(e.shared) > 1000 {
		e.shared = map[sharedKey]sharedState{}
	}
	clear(e.shared)
	e.registry, e.out, e.names, e.depth, e.err = nil, e.out[:0], 0, 0, nil
}

func (e *encoder) fail(msg string) {
	if e.err == nil {
		e.err = fault.New(fault.Argument, msg)
	}
}

func (e *encoder) member(key string, n uint32) {
	e.out = append(e.out, key...)
	e.out = strconv.AppendUint(e.out, uint64(n), 10)
}

func (p *plan) encode(e *encoder, v reflect.Value) {
	if e.depth++; e.depth > maxDepth {
		e.fail("message is nested too deeply")
	}
	if e.err != nil {
		return
	}
	e.out = append(e.out, '{')
	separator := "\n"
	p.ready()
	state := entry(&e.types, p.id)
	if p.versioned && !state.seen {
		state.seen = true
		if p.version >= 0 {
			state.version = uint32(v.Field(p.version).Uint())
		}
		e.member("\n\"cereal_class_version\": ", state.version)
		separator = ",\n"
	}
	for i := range p.fields {
		f := &p.fields[i]
		fv := f.of(v)
		if f.optional && f.absent(fv) || f.since > state.version {
			continue
		}
		e.out = append(append(e.out, separator...), f.key...)
		f.codec.encode(e, fv)
		separator = ",\n"
	}
	if separator != "\n" {
		e.out = append(e.out, '\n')
	}
	e.out = append(e.out, '}')
	e.depth--
}

// stringCodec; id tells it from others.
type stringCodec struct{ id int }

func (stringCodec) encode(e *encoder, v reflect.Value) { e.out = appendString(e.out, v.String()) }

type boolCodec struct{}

func (boolCodec) encode(e *encoder, v reflect.Value) { e.out = strconv.AppendBool(e.out, v.Bool()) }

// intCodec; wide says that it is for an int64.
type intCodec struct {
	min, max int64
	wide     bool
}

func (c intCodec) encode(e *encoder, v reflect.Value) {
	n := v.Int()
	if n < c.min || n > c.max {
		e.fail("number " + strconv.FormatInt(n, 10) + " is out of range")
	}
	e.out = strconv.AppendInt(e.out, n, 10)
}

// uintCodec; wraps says that negative numbers are read as C++ converts them.
type uintCodec struct {
	max   uint64
	wraps bool
}

func (uintCodec) encode(e *encoder, v reflect.Value) { e.out = strconv.AppendUint(e.out, v.Uint(), 10) }

type scalarCodec struct{}

func (scalarCodec) encode(e *encoder, v reflect.Value) {
	text := v.String()
	var t tape
	if t.parse([]byte(text)) != nil || len(t.values) != 1 || t.values[0].kind == kindObject || t.values[0].kind == kindArray {
		e.fail("no JSON scalar: " + strconv.Quote(text))
	}
	e.out = append(e.out, text...)
}

type sliceCodec struct {
	elem codec
	typ  reflect.Type // of the slice
}

func (c sliceCodec) encode(e *encoder, v reflect.Value) {
	n := v.Len()
	if n == 0 {
		e.out = append(e.out, "[]"...)
		return
	}
	separator := "[\n"
	for i := range n {
		e.out = append(e.out, separator...)
		c.elem.encode(e, v.Index(i))
		separator = ",\n"
	}
	e.out = append(e.out, "\n]"...)
}

// presenceCodec: a pointer only because the value may be absent.
type presenceCodec struct {
	elem codec
	typ  reflect.Type // of what it points to
}

func (c presenceCodec) encode(e *encoder, v reflect.Value) { c.elem.encode(e, v.Elem()) }

type uniqueCodec struct{ object *plan }

func (c uniqueCodec) encode(e *encoder, v reflect.Value) {
	e.out = append(e.out, "{\n\"ptr_wrapper\": "...)
	encodeUnique(e, c.object, v)
	e.out = append(e.out, "\n}"...)
}

func encodeUnique(e *encoder, p *plan, v reflect.Value) {
	if v.IsNil() {
		e.out = append(e.out, "{\n\"valid\": 0\n}"...)
		return
	}
	e.out = append(e.out, "{\n\"valid\": 1,\n\"data\": "...)
	p.encode(e, v.Elem())
	e.out = append(e.out, "\n}"...)
}

type sharedCodec struct{ object *plan }

func (c sharedCodec) encode(e *encoder, v reflect.Value) {
	e.out = append(e.out, "{\n\"ptr_wrapper\": "...)
	encodeShared(e, c.object, v)
	e.out = append(e.out, "\n}"...)
}

// encodeShared writes the object v points to, or, when it has been written
// before, its id.
func encodeShared(e *encoder, p *plan, v reflect.Value) {
	if v.IsNil() {
		e.fail("nothing where there must be a " + p.name)
		return
	}
	key := sharedKey{v.UnsafePointer(), p}
	state, known := e.shared[key]
	if known {
		if state.open {
			e.fail(p.name + " contains itself")
		}
		e.member("{\n\"id\": ", state.id)
		e.out = append(e.out, "\n}"...)
		return
	}
	state = sharedState{id: uint32(len(e.shared)) + 1, open: true}
	e.shared[key] = state
	e.member("{\n\"id\": ", state.id|idFirst)
	e.out = append(e.out, ",\n\"data\": "...)
	p.encode(e, v.Elem())
	e.out = append(e.out, "\n}"...)
	state.open = false
	e.shared[key] = state
}

// declaredCodec: a polymorphic pointer whose object is of the declared type.
type declaredCodec struct{ object *plan }

func (c declaredCodec) encode(e *encoder, v reflect.Value) {
	e.member("{\n\"polymorphic_id\": ", idDeclared)
	e.out = append(e.out, ",\n\"ptr_wrapper\": "...)
	encodeShared(e, c.object, v)
	e.out = append(e.out, "\n}"...)
}

// interfaceCodec: a polymorphic pointer to an abstract base.
type interfaceCodec struct {
	registry *Registry
	typ      reflect.Type
	unique   bool
	known    []atomic.Uint32 // what it may hold, by the plan's number: accepted, refused, or not yet asked
}

const (
	accepted = iota + 1
	refused
)

// accepts reports whether it may hold a pointer to the type of p, which has a name on the wire.
func (c *interfaceCodec) accepts(p *plan) bool {
	known := &c.known[p.id]
	if answer := known.Load(); answer != 0 {
		return answer == accepted
	}
	answer := uint32(refused)
	if reflect.PointerTo(p.typ).Implements(c.typ) {
		answer = accepted
	}
	known.Store(answer)
	return answer == accepted
}

func (c *interfaceCodec) encode(e *encoder, v reflect.Value) {
	if v.IsNil() {
		if !c.unique {
			e.fail("nothing where there must be a " + c.typ.Name())
		}
		e.member("{\n\"polymorphic_id\": ", 0)
		e.out = append(e.out, "\n}"...)
		return
	}
	v = v.Elem()
	var p *plan
	if v.Kind() == reflect.Pointer {
		p = c.registry.registered[v.Type().Elem()]
	}
	if p == nil || p.id >= len(c.known) { // has no name on the wire
		e.fail("a " + v.Type().String() + " cannot be sent as " + c.typ.Name())
		return
	}
	if state := entry(&e.types, p.id); state.name == 0 {
		e.names++
		state.name = e.names
		e.member("{\n\"polymorphic_id\": ", state.name|idFirst)
		e.out = append(append(append(e.out, ",\n\"polymorphic_name\": \""...), p.name...), '"')
	} else {
		e.member("{\n\"polymorphic_id\": ", state.name)
	}
	e.out = append(e.out, ",\n\"ptr_wrapper\": "...)
	if c.unique {
		encodeUnique(e, p, v)
	} else {
		encodeShared(e, p, v)
	}
	e.out = append(e.out, "\n}"...)
}
