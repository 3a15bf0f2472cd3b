package cereal

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
	"unsafe"
)

// A plan is what is known of a struct type once and for all. Its fields are looked
// at when they are first needed: go through [plan.ready].
type plan struct {
	registry  *Registry
	id        int // index into the per-document tables
	name      string
	typ       reflect.Type
	filled    atomic.Bool // what follows is known
	versioned bool
	version   int // index of the field that keeps the class version, -1 if none
	versionAt uintptr
	fields    []field
}

type field struct {
	name     string // "" if unnamed
	key      string // as written, with quotes, colon and blank
	next     string // key behind a comma
	index    []int
	offset   uintptr // within the struct
	optional bool
	fallback reflect.Value // default of an optional field; not valid: the zero value
	since    uint32
	codec    codec
}

// A codec writes and reads the values of one type.
type codec interface {
	encode(e *encoder, v reflect.Value)
	decode(d *decoder, at uint32, v reflect.Value) error
	// read is decode for a [reader]; to is where the value, which is zero, lies.
	read(r *reader, to unsafe.Pointer) bool
}

// of gives the field's value within the struct v.
func (f *field) of(v reflect.Value) reflect.Value {
	if len(f.index) == 1 {
		return v.Field(f.index[0])
	}
	return v.FieldByIndex(f.index)
}

// absent reports whether v is what an optional field is when left out.
func (f *field) absent(v reflect.Value) bool {
	if f.fallback.IsValid() {
		return v.Equal(f.fallback)
	}
	return v.Kind() == reflect.Slice && v.Len() == 0 || v.IsZero()
}

// tag is a parsed struct tag.
type tag struct {
	name                             string
	value, optional, version, inline bool
	shared, unique, polymorphic      bool
	since                            uint32
	fallback                         string
}

func parseTag(text string) tag {
	words := strings.Split(text, ",")
	t := tag{name: words[0]}
	for _, word := range words[1:] {
		key, arg, _ := strings.Cut(word, "=")
		switch key {
		case "value":
			t.value = true
		case "optional":
			t.optional = true
		case "default":
			t.fallback = arg
		case "since":
			n, err := strconv.ParseUint(arg, 10, 32)
			if err != nil {
				panic("cereal: bad tag " + strconv.Quote(text))
			}
			t.since = uint32(n)
		case "shared":
			t.shared = true
		case "unique":
			t.unique = true
		case "polymorphic":
			t.polymorphic = true
		case "version":
			t.version = true
		case "inline":
			t.inline = true
		default:
			panic("cereal: unknown option in tag " + strconv.Quote(text))
		}
	}
	return t
}

var versionedType = reflect.TypeFor[Versioned]()

// plan makes, or finds, the plan of struct type t, without its fields.
func (r *Registry) plan(t reflect.Type) *plan {
	if p := r.plans[t]; p != nil {
		return p
	}
	var p *plan
	if len(r.room) < cap(r.room) {
		r.room = r.room[:len(r.room)+1]
		p = &r.room[len(r.room)-1]
	} else {
		p = &plan{}
	}
	p.registry, p.id, p.name, p.typ, p.version = r, len(r.plans), t.Name(), t, -1
	r.plans[t] = p
	return p
}

// ready is the plan with its fields.
func (p *plan) ready() *plan {
	if !p.filled.Load() {
		p.fill()
	}
	return p
}

func (p *plan) fill() {
	p.registry.filling.Lock()
	defer p.registry.filling.Unlock()
	if p.filled.Load() {
		return
	}
	unnamed := 0
	p.registry.addFields(p, p.typ, nil, 0, &unnamed)
	p.filled.Store(true)
}

// entry is one of a per-document table. Types and strings get their numbers as they
// are met, so that a table may have to grow.
func entry[T any](table *[]T, number int) *T {
	if number >= len(*table) {
		lengthen(table, number)
	}
	return &(*table)[number]
}

func lengthen[T any](table *[]T, number int) {
	*table = append(*table, make([]T, number+1-len(*table))...)
}

func (r *Registry) addFields(p *plan, t reflect.Type, outer []int, base uintptr, unnamed *int) {
	for i := range t.NumField() {
		sf := t.Field(i)
		index := append(append([]int(nil), outer...), i)
		if sf.Type == versionedType {
			p.versioned = true
			continue
		}
		tg := parseTag(sf.Tag.Get("cereal"))
		switch {
		case tg.version:
			p.versioned, p.version, p.versionAt = true, i, base+sf.Offset
			continue
		case tg.inline:
			r.addFields(p, sf.Type, index, base+sf.Offset, unnamed)
			continue
		case sf.Anonymous:
			tg.value = true
		case tg.value == (tg.name != ""):
			panic(fmt.Sprintf("cereal: field %s.%s needs either a name or the option value", t.Name(), sf.Name))
		}
		f := field{name: tg.name, index: index, offset: base + sf.Offset, optional: tg.optional, since: tg.since, codec: r.codec(sf.Type, tg)}
		if tg.value {
			f.key = `"value` + strconv.Itoa(*unnamed) + `": `
			*unnamed++
		} else {
			f.key = `"` + tg.name + `": `
		}
		f.next = ",\n" + f.key
		if tg.fallback != "" {
			f.fallback = parseDefault(sf.Type, tg.fallback)
		}
		p.fields = append(p.fields, f)
	}
}

func parseDefault(t reflect.Type, text string) reflect.Value {
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.Bool:
		v.SetBool(text == "true")
	case reflect.Int:
		n, err := strconv.Atoi(text)
		if err != nil {
			panic("cereal: bad default " + text)
		}
		v.SetInt(int64(n))
	default:
		panic("cereal: default for a " + t.String())
	}
	return v
}

// codec chooses the codec for a field, or for the elements of a list, of type
// t tagged tg.
func (r *Registry) codec(t reflect.Type, tg tag) codec {
	switch t.Kind() {
	case reflect.String:
		if t == reflect.TypeFor[Scalar]() {
			return scalarCodec{}
		}
		r.strings++
		return stringCodec{r.strings - 1}
	case reflect.Bool:
		return boolCodec{}
	case reflect.Int:
		if t == reflect.TypeFor[int]() {
			return intCodec{min: -1 << 31, max: 1<<31 - 1}
		}
		return intCodec{min: 0, max: 1<<31 - 1} // an enumeration
	case reflect.Int64:
		return intCodec{min: -1 << 63, max: 1<<63 - 1, wide: true}
	case reflect.Uint32:
		return uintCodec{max: 1<<32 - 1, wraps: true}
	case reflect.Uint64:
		return uintCodec{max: 1<<64 - 1}
	case reflect.Struct:
		return r.plan(t)
	case reflect.Slice:
		return sliceCodec{r.codec(t.Elem(), tg), t}
	case reflect.Interface:
		return &interfaceCodec{registry: r, typ: t, unique: tg.unique, known: make([]atomic.Uint32, len(r.named))}
	case reflect.Pointer:
		elem := r.codec(t.Elem(), tag{})
		object, _ := elem.(*plan)
		switch {
		case tg.shared:
			return sharedCodec{object}
		case tg.polymorphic:
			return declaredCodec{object}
		case tg.unique:
			return uniqueCodec{object}
		case tg.optional:
			return presenceCodec{elem, t.Elem()}
		}
	}
	panic("cereal: no codec for " + t.String())
}
