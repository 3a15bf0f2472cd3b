package main

/*
#include "ecflow.h"
*/
import "C"

import (
	"fmt"
	"unsafe"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/model"
)

// Results that only members of the definition tree have.

// measureObject counts values and text of a result of a member.
func measureObject(v any) (values, text int, ok bool) {
	switch v := v.(type) {
	case defs.Variable:
		return 2, len(v.Name) + len(v.Value) + 2, true
	case []defs.Variable:
		for i := range v {
			text += len(v[i].Name) + len(v[i].Value) + 2
		}
		return max(3*len(v), 1), text, true
	case []*defs.Node:
		for _, n := range v {
			text += n.PathLen() + 1
		}
		return max(2*len(v), 1), text, true
	case model.Record:
		values = max(2*len(v), 1)
		for _, f := range v {
			n, t, err := measure(f.Value)
			if err != nil {
				return 0, 0, false
			}
			values, text = values+n, text+t+len(f.Name)+1
		}
		return values, text, true
	case *defs.Node:
		return 0, 0, true
	}
	return 0, 0, model.ClassOf(v) >= 0
}

func (w *writer) putObject(v any, out *C.ecf_value) error {
	switch v := v.(type) {
	case defs.Variable:
		w.putVariable(&v, out)
	case []defs.Variable:
		items := w.take(len(v), len(v), C.ECF_LIST, out)
		for i := range v {
			w.putVariable(&v[i], &items[i])
		}
	case []*defs.Node:
		items := w.take(2*len(v), len(v), C.ECF_NODES, out)
		objects.handNodes(v, func(i int, h handle) {
			scalar(&items[2*i], C.ECF_OBJECT, int64(h))
			items[2*i].reserved = nodeState(v[i])
			items[2*i].size = C.int64_t(len(v[i].Name()))
			w.putPath(v[i], &items[2*i+1])
		})
	case model.Record:
		items := w.take(2*len(v), len(v), C.ECF_RECORD, out)
		for i, f := range v {
			w.putString(f.Name, &items[2*i])
			if err := w.put(f.Value, &items[2*i+1]); err != nil {
				return err
			}
		}
	case *defs.Node:
		if v == nil {
			*out = C.ecf_value{}
			return nil
		}
		scalar(out, C.ECF_OBJECT, int64(objects.hand(v)))
		out.reserved = nodeState(v)
	default:
		class := model.ClassOf(v)
		if class < 0 {
			return fault.New(fault.Internal, fmt.Sprintf("a result of type %T has no form in C", v))
		}
		if model.IsNil(v) {
			*out = C.ecf_value{}
			return nil
		}
		scalar(out, C.ECF_OBJECT, int64(objects.hand(v)))
		out.reserved = C.int32_t(class)
	}
	return nil
}

func (w *writer) putString(s string, out *C.ecf_value) {
	w.putText(unsafe.Slice(unsafe.StringData(s), len(s)), C.ECF_STRING, out)
}

// putPath writes a path in place.
func (w *writer) putPath(node *defs.Node, out *C.ecf_value) {
	n := len(node.AppendPath(w.text[:0]))
	w.text[n] = 0
	*out = C.ecf_value{_type: C.ECF_STRING, size: C.int64_t(n)}
	*(**byte)(unsafe.Pointer(&out.as)) = &w.text[0]
	w.text = w.text[n+1:]
}

func (w *writer) putVariable(v *defs.Variable, out *C.ecf_value) {
	items := w.take(2, 2, C.ECF_PAIR, out)
	w.putString(v.Name, &items[0])
	w.putString(v.Value, &items[1])
}
