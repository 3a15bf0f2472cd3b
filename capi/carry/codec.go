package carry

import (
	"fmt"
	"reflect"
	"sync"
	"time"
	"unsafe"
)

// A codec writes and reads values of one type, at an address.
type codec struct {
	write func(w *writer, p unsafe.Pointer)
	read  func(r *reader, p unsafe.Pointer)
}

var codecs sync.Map // reflect.Type to *codec

// codecOf finds the codec of a type, or makes it. A codec in the making is
// found by types that contain themselves.
func codecOf(t reflect.Type) *codec {
	if c, ok := codecs.Load(t); ok {
		return c.(*codec)
	}
	making.Lock()
	defer making.Unlock()
	return build(t)
}

var making sync.Mutex

func build(t reflect.Type) *codec {
	if c, ok := codecs.Load(t); ok {
		return c.(*codec)
	}
	c := &codec{}
	if !plain(t) {
		codecs.Store(t, c) // in front of its parts
	}
	switch {
	case t == reflect.TypeFor[time.Time]():
		*c = codec{writeTime, readTime}
	case plain(t):
		*c = plainCodec(t.Size())
	case t.Kind() == reflect.String:
		*c = codec{
			func(w *writer, p unsafe.Pointer) { w.text(*(*string)(p)) },
			func(r *reader, p unsafe.Pointer) { *(*string)(p) = r.text() },
		}
	case t.Kind() == reflect.Slice:
		*c = sliceCodec(t)
	case t.Kind() == reflect.Pointer:
		*c = pointerCodec(t)
	case t.Kind() == reflect.Map:
		*c = mapCodec(t)
	case t.Kind() == reflect.Interface:
		*c = interfaceCodec(t)
	case t.Kind() == reflect.Struct:
		*c = structCodec(t)
	default:
		*c = codec{
			func(w *writer, _ unsafe.Pointer) { w.refuse(t) },
			func(r *reader, _ unsafe.Pointer) { r.broken() },
		}
	}
	codecs.Store(t, c)
	return c
}

// plain types hold no pointers: they can be copied as they lie.
func plain(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Array:
		return plain(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.Tag.Get("carry") == "-" || !plain(f.Type) {
				return false
			}
		}
		return true
	default:
		return t.Kind() >= reflect.Bool && t.Kind() <= reflect.Complex128 && t.Kind() != reflect.Uintptr
	}
}

func plainCodec(size uintptr) codec {
	return codec{
		func(w *writer, p unsafe.Pointer) { w.out = append(w.out, unsafe.Slice((*byte)(p), size)...) },
		func(r *reader, p unsafe.Pointer) { copy(unsafe.Slice((*byte)(p), size), r.bytes(int(size))) },
	}
}

func writeTime(w *writer, p unsafe.Pointer) {
	b, err := (*time.Time)(p).MarshalBinary()
	if err != nil && w.err == nil {
		w.err = fmt.Errorf("carry: %w", err)
	}
	w.text(string(b))
}

func readTime(r *reader, p unsafe.Pointer) {
	if (*time.Time)(p).UnmarshalBinary([]byte(r.text())) != nil {
		r.broken()
	}
}

func structCodec(t reflect.Type) codec {
	type part struct {
		offset uintptr
		codec  *codec
	}
	var parts []part
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("carry") != "-" && f.Type.Size() > 0 {
			parts = append(parts, part{f.Offset, build(f.Type)})
		}
	}
	return codec{
		func(w *writer, p unsafe.Pointer) {
			for i := range parts {
				parts[i].codec.write(w, unsafe.Add(p, parts[i].offset))
			}
		},
		func(r *reader, p unsafe.Pointer) {
			for i := range parts {
				parts[i].codec.read(r, unsafe.Add(p, parts[i].offset))
			}
		},
	}
}

type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

func sliceCodec(t reflect.Type) codec {
	item, size := build(t.Elem()), t.Elem().Size()
	return codec{
		func(w *writer, p unsafe.Pointer) {
			s := (*sliceHeader)(p)
			if s.data == nil {
				w.number(0)
				return
			}
			w.number(uint64(s.len) + 1)
			for i := range s.len {
				item.write(w, unsafe.Add(s.data, uintptr(i)*size))
			}
		},
		func(r *reader, p unsafe.Pointer) {
			n := r.count()
			if n < 0 {
				return
			}
			made := reflect.MakeSlice(t, n, n)
			reflect.NewAt(t, p).Elem().Set(made)
			data := (*sliceHeader)(p).data
			for i := range n {
				item.read(r, unsafe.Add(data, uintptr(i)*size))
			}
		},
	}
}

func pointerCodec(t reflect.Type) codec {
	c := &codec{}
	item, elem := build(t.Elem()), t.Elem()
	c.write = func(w *writer, p unsafe.Pointer) {
		to := *(*unsafe.Pointer)(p)
		if to == nil {
			w.number(0)
			return
		}
		key := target{to, item}
		if n, ok := w.seen[key]; ok {
			w.number(n)
			return
		}
		n := uint64(len(w.seen)) + 1
		w.seen[key] = n
		w.number(n)
		item.write(w, to)
	}
	c.read = func(r *reader, p unsafe.Pointer) {
		n := r.number()
		switch {
		case n == 0:
		case n <= uint64(len(r.seen)):
			*(*unsafe.Pointer)(p) = r.seen[n-1]
		case n == uint64(len(r.seen))+1:
			to := reflect.New(elem).UnsafePointer()
			r.seen = append(r.seen, to)
			*(*unsafe.Pointer)(p) = to
			item.read(r, to)
		default:
			r.broken()
		}
	}
	return *c
}

func mapCodec(t reflect.Type) codec {
	key, value := build(t.Key()), build(t.Elem())
	return codec{
		func(w *writer, p unsafe.Pointer) {
			m := reflect.NewAt(t, p).Elem()
			if m.IsNil() {
				w.number(0)
				return
			}
			w.number(uint64(m.Len()) + 1)
			k, v := reflect.New(t.Key()), reflect.New(t.Elem())
			for it := m.MapRange(); it.Next(); {
				k.Elem().SetIterKey(it)
				v.Elem().SetIterValue(it)
				key.write(w, k.UnsafePointer())
				value.write(w, v.UnsafePointer())
			}
		},
		func(r *reader, p unsafe.Pointer) {
			n := r.count()
			if n < 0 {
				return
			}
			m := reflect.MakeMapWithSize(t, n)
			reflect.NewAt(t, p).Elem().Set(m)
			for range n {
				k, v := reflect.New(t.Key()), reflect.New(t.Elem())
				key.read(r, k.UnsafePointer())
				value.read(r, v.UnsafePointer())
				m.SetMapIndex(k.Elem(), v.Elem())
			}
		},
	}
}

func interfaceCodec(t reflect.Type) codec {
	return codec{
		func(w *writer, p unsafe.Pointer) {
			v := reflect.NewAt(t, p).Elem()
			if v.IsNil() {
				w.number(0)
				return
			}
			held := v.Elem()
			n, ok := numbers[held.Type()]
			if !ok {
				w.refuse(held.Type())
				return
			}
			w.number(n)
			place := reflect.New(held.Type())
			place.Elem().Set(held)
			codecOf(held.Type()).write(w, place.UnsafePointer())
		},
		func(r *reader, p unsafe.Pointer) {
			n := r.number()
			if n == 0 {
				return
			}
			if n > uint64(len(registered)) || !registered[n-1].AssignableTo(t) {
				r.broken()
			}
			place := reflect.New(registered[n-1])
			codecOf(registered[n-1]).read(r, place.UnsafePointer())
			reflect.NewAt(t, p).Elem().Set(place.Elem())
		},
	}
}
