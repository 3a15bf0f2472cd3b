package main

/*
#include <stdlib.h>
#include "ecflow.h"
*/
import "C"

import (
	"fmt"
	"unsafe"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// record is an ordered set of named values on its way to C.
type record []field

type field struct {
	name  string
	value any
}

// ---- in

// fromC copies a C value into Go: nil, bool, int64, float64, string, []byte,
// []any, or record.
func fromC(v *C.ecf_value) (any, error) {
	switch v._type {
	case C.ECF_NIL:
		return nil, nil
	case C.ECF_BOOL:
		return integer(v) != 0, nil
	case C.ECF_INT:
		return integer(v), nil
	case C.ECF_FLOAT:
		return *(*float64)(unsafe.Pointer(&v.as)), nil
	case C.ECF_STRING:
		return string(bytesOf(v)), nil
	case C.ECF_BYTES:
		return append([]byte{}, bytesOf(v)...), nil
	case C.ECF_LIST:
		items := itemsOf(v, 1)
		out := make([]any, len(items))
		for i := range items {
			item, err := fromC(&items[i])
			if err != nil {
				return nil, err
			}
			out[i] = item
		}
		return out, nil
	case C.ECF_RECORD:
		items := itemsOf(v, 2)
		out := make(record, len(items)/2)
		for i := range out {
			value, err := fromC(&items[2*i+1])
			if err != nil {
				return nil, err
			}
			out[i] = field{string(bytesOf(&items[2*i])), value}
		}
		return out, nil
	case C.ECF_OBJECT:
		object, _, ok := objects.get(handle(integer(v)))
		if !ok {
			return nil, staleHandle("object")
		}
		return object, nil
	}
	return nil, fault.New(fault.Argument, fmt.Sprintf("value of unknown type %d", v._type))
}

func integer(v *C.ecf_value) int64 { return *(*int64)(unsafe.Pointer(&v.as)) }

func bytesOf(v *C.ecf_value) []byte {
	p := *(**byte)(unsafe.Pointer(&v.as))
	if p == nil || v.size <= 0 {
		return nil
	}
	return unsafe.Slice(p, int(v.size))
}

func itemsOf(v *C.ecf_value, each int) []C.ecf_value {
	p := *(**C.ecf_value)(unsafe.Pointer(&v.as))
	if p == nil || v.size <= 0 {
		return nil
	}
	return unsafe.Slice(p, int(v.size)*each)
}

// ---- out

// toC writes a result into out as one block of C memory: the values first,
// their text behind them.
func toC(result any, out *C.ecf_value) error {
	*out = C.ecf_value{}
	return toSpace(result, out, nil)
}

// toSpace does so into memory that the caller has, if the result fits.
func toSpace(result any, out *C.ecf_value, offered []byte) error {
	values, text, err := measure(result)
	if err != nil {
		return err
	}
	if values+text == 0 {
		// One scalar: it has its place in out.
		var w writer
		return w.put(result, out)
	}
	bytes := values*C.sizeof_ecf_value + text
	if len(offered) >= bytes {
		w := writer{
			values: unsafe.Slice((*C.ecf_value)(unsafe.Pointer(unsafe.SliceData(offered))), values),
			text:   offered[values*C.sizeof_ecf_value : bytes],
		}
		return w.put(result, out)
	}
	block := C.malloc(C.size_t(values)*C.sizeof_ecf_value + C.size_t(text))
	w := writer{
		values: unsafe.Slice((*C.ecf_value)(block), values),
		text:   unsafe.Slice((*byte)(unsafe.Add(block, values*C.sizeof_ecf_value)), text),
	}
	if err := w.put(result, out); err != nil {
		C.free(block)
		*out = C.ecf_value{}
		return err
	}
	return nil
}

// space is the memory that the caller of ecf_do() offers for a small result.
// Nodes have their own, which callers keep.
func space(result any, out *C.ecf_value) []byte {
	if _, isNodes := result.([]*defs.Node); isNodes || out._type != C.ECF_BYTES {
		return nil
	}
	return bytesOf(out)
}

// measure counts the values below v and the bytes of all its text.
func measure(v any) (values, text int, err error) {
	switch v := v.(type) {
	case nil, bool, int, int64, float64:
		return 0, 0, nil
	case string:
		return 0, len(v) + 1, nil
	case []byte:
		return 0, len(v) + 1, nil
	case []string:
		for _, s := range v {
			text += len(s) + 1
		}
		return max(len(v), 1), text, nil
	case []any:
		values = max(len(v), 1)
		for _, item := range v {
			n, t, err := measure(item)
			if err != nil {
				return 0, 0, err
			}
			values, text = values+n, text+t
		}
		return values, text, nil
	case record:
		values = max(2*len(v), 1)
		for _, f := range v {
			n, t, err := measure(f.value)
			if err != nil {
				return 0, 0, err
			}
			values, text = values+n, text+t+len(f.name)+1
		}
		return values, text, nil
	}
	if values, text, ok := measureObject(v); ok {
		return values, text, nil
	}
	return 0, 0, fault.New(fault.Internal, fmt.Sprintf("a result of type %T has no form in C", v))
}

// writer hands out pieces of the block.
type writer struct {
	values []C.ecf_value
	text   []byte
}

func (w *writer) put(v any, out *C.ecf_value) error {
	switch v := v.(type) {
	case nil:
		*out = C.ecf_value{}
	case bool:
		n := int64(0)
		if v {
			n = 1
		}
		scalar(out, C.ECF_BOOL, n)
	case int:
		scalar(out, C.ECF_INT, int64(v))
	case int64:
		scalar(out, C.ECF_INT, v)
	case float64:
		*out = C.ecf_value{_type: C.ECF_FLOAT}
		*(*float64)(unsafe.Pointer(&out.as)) = v
	case string:
		w.putText(unsafe.Slice(unsafe.StringData(v), len(v)), C.ECF_STRING, out)
	case []byte:
		w.putText(v, C.ECF_BYTES, out)
	case []string:
		items := w.take(len(v), len(v), C.ECF_LIST, out)
		for i, s := range v {
			w.putText(unsafe.Slice(unsafe.StringData(s), len(s)), C.ECF_STRING, &items[i])
		}
	case []any:
		items := w.take(len(v), len(v), C.ECF_LIST, out)
		for i, item := range v {
			if err := w.put(item, &items[i]); err != nil {
				return err
			}
		}
	case record:
		items := w.take(2*len(v), len(v), C.ECF_RECORD, out)
		for i, f := range v {
			w.putText([]byte(f.name), C.ECF_STRING, &items[2*i])
			if err := w.put(f.value, &items[2*i+1]); err != nil {
				return err
			}
		}
	default:
		return w.putObject(v, out)
	}
	return nil
}

func scalar(out *C.ecf_value, typ int32, n int64) {
	*out = C.ecf_value{_type: C.int32_t(typ)}
	*(*int64)(unsafe.Pointer(&out.as)) = n
}

func (w *writer) putText(s []byte, typ int32, out *C.ecf_value) {
	n := copy(w.text, s)
	w.text[n] = 0
	*out = C.ecf_value{_type: C.int32_t(typ), size: C.int64_t(n)}
	*(**byte)(unsafe.Pointer(&out.as)) = &w.text[0]
	w.text = w.text[n+1:]
}

// take cuts n values off the block; an empty container keeps one, so that the
// block, which starts with it, can be released.
func (w *writer) take(n, size int, typ int32, out *C.ecf_value) []C.ecf_value {
	items := w.values[:n]
	*out = C.ecf_value{_type: C.int32_t(typ), size: C.int64_t(size)}
	*(**C.ecf_value)(unsafe.Pointer(&out.as)) = &w.values[0]
	w.values = w.values[max(n, 1):]
	return items
}
