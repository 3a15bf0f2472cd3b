package model

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// What attributes have in common: they are values with a text, equality, often
// an order and copies. Their objects hold a pointer to the Go type; results and
// what nodes take are copies. Only Limit and Repeat may be a node's own.

// traits are the operations behind the special methods of a class. Hashes are of the object itself, as the
// original has them: what makes the objects sees to that.
type traits[T any] struct {
	text  func(*T) string
	equal func(a, b *T) bool
	less  func(a, b *T) bool // nil: no order
	clone func(*T) *T        // nil: no copies, as in the original
}

// members makes the special methods that the class has.
func (t traits[T]) members(class string) []Member {
	out := []Member{
		{Name: "__str__", Pure: true, Doc: "The text, as a definition has it.", Forms: get("() -> str", func(v *T) any { return t.text(v) })},
		{Name: "__repr__", Pure: true, Ours: true, Doc: "The class and the text.", Forms: get("() -> str", func(v *T) any {
			return "<" + strings.TrimSpace("ecflow."+class+" "+strings.TrimSpace(t.text(v))) + ">"
		})},
	}
	other := "(other: " + class + ", /) -> bool"
	if t.equal != nil {
		out = append(out, Member{Name: "__eq__", Pure: true, Doc: "Equal in everything, current values included.",
			Forms: one(other, func(v *T, a *Args) (any, error) { o := value[T](a, 0); return t.equal(v, &o), nil })})
	}
	if t.less != nil {
		out = append(out, Member{Name: "__lt__", Pure: true, Doc: "The order of sorted attributes.",
			Forms: one(other, func(v *T, a *Args) (any, error) { o := value[T](a, 0); return t.less(v, &o), nil })})
	}
	if t.clone != nil {
		out = append(out, Member{Name: "__copy__", Pure: true, Doc: "An independent copy.",
			Forms: get("() -> "+class, func(v *T) any { return t.clone(v) })})
	}
	return out
}

// same compares by Go's equality.
func same[T comparable](a, b *T) bool { return *a == *b }

// copied is a copy of a value without pointers.
func copied[T any](v *T) *T { c := *v; return &c }

// texted is the text of what has a String method by value.
func texted[T fmt.Stringer](v *T) string { return (*v).String() }

// with puts the special methods behind the others.
func with(members, special []Member) []Member { return append(members, special...) }

// getter is a method without arguments that changes nothing.
func getter[T any](name, result, doc string, f func(self T) any) Member {
	return Member{Name: name, Pure: true, Doc: doc, Forms: get("() -> "+result, f)}
}

// property is a getter that is read without parentheses.
func property[T any](name, result, doc string, f func(self T) any) Member {
	m := getter(name, result, doc, f)
	m.Kind = Property
	return m
}

// strict finishes forms: numbers must fit the original's int of 32 bits, and
// errors about ranges are of the kind [fault.Index], as the original raises
// IndexError for them. Making an attribute changes nothing else.
func strict(classes []Class) []Class {
	for _, c := range classes {
		for i := range c.Members {
			m := &c.Members[i]
			m.Pure = m.Pure || m.Name == "__init__"
			for j := range m.Forms {
				m.Forms[j].Call = strictCall(m.Forms[j])
			}
		}
	}
	return classes
}

func strictCall(f Form) Func {
	call := f.Call
	if !strings.Contains(f.Signature, ": int") { // most: taking all signatures apart would cost at every start
		return func(self any, a *Args) (any, error) {
			result, err := call(self, a)
			if err != nil {
				return nil, indexed(err)
			}
			return result, nil
		}
	}
	var ints []int
	params := ParseSignature(f.Signature).Params
	for i, p := range params {
		if p.Type == "int" {
			ints = append(ints, i)
		}
	}
	return func(self any, a *Args) (any, error) {
		for _, i := range ints {
			if n := a.At(i).I; n != int64(int32(n)) {
				return nil, wrongf("%s: %d is not within %d and %d", params[i].Name, n, math.MinInt32, math.MaxInt32)
			}
		}
		result, err := call(self, a)
		if err != nil {
			return nil, indexed(err)
		}
		return result, nil
	}
}

// indexed gives errors about ranges the kind that is an IndexError.
func indexed(err error) error {
	var e *fault.Error
	if errors.Is(err, defs.ErrOutOfRange) && errors.As(err, &e) && e.Kind == fault.Argument {
		c := *e
		c.Kind = fault.Index
		return &c
	}
	return err
}

// wrongf is an error about an argument of a wrong type.
func wrongf(format string, args ...any) error {
	return fault.New(fault.WrongType, fmt.Sprintf(format, args...))
}

// argf is an error about an argument that cannot be used.
func argf(format string, args ...any) error {
	return fault.New(fault.Argument, fmt.Sprintf(format, args...))
}

// indexf is an error about a number out of its range.
func indexf(format string, args ...any) error {
	return fault.New(fault.Index, fmt.Sprintf(format, args...))
}

// value is an argument that is an object of a class, by its Go type; the zero value when absent.
func value[T any](a *Args, i int) (v T) {
	if p := arg[*T](a, i); p != nil {
		v = *p
	}
	return v
}

// strs is a list of texts; other items are refused.
func (a *Args) strs(i int) ([]string, error) {
	items := a.List(i)
	out := make([]string, len(items))
	for j := range items {
		if items[j].Kind != String {
			return nil, wrongf("a list of str is needed, but item %d is %s", j, items[j].typeName())
		}
		out[j] = items[j].S
	}
	return out, nil
}

// ints is a list of numbers of 32 bits; other items are refused.
func (v *Value) ints() ([]int, error) {
	out := make([]int, len(v.L))
	for j := range v.L {
		n := v.L[j].I
		if k := v.L[j].Kind; k != Int && k != Bool || n != int64(int32(n)) {
			return nil, wrongf("a list of int is needed, but item %d is %s", j, v.L[j].typeName())
		}
		out[j] = int(n)
	}
	return out, nil
}

// typeName says what a value is, for messages.
func (v *Value) typeName() string {
	switch v.Kind {
	case Bool:
		return "a bool"
	case Int:
		return fmt.Sprintf("the int %d", v.I)
	case Float:
		return "a float"
	case String:
		return "a str"
	case Bytes:
		return "bytes"
	case List:
		return "a list"
	case Dict:
		return "a dict"
	case Object:
		if _, ok := v.O.(*defs.Node); ok {
			return "a node"
		}
		return "an object"
	case Pair:
		return "a Variable"
	case Opaque:
		return "of type " + v.S
	case Absent, Nil:
	}
	return "None"
}

// numbers makes the result for a list of numbers or enumeration values.
func numbers[T ~int | ~int8 | ~uint8](items []T) []any {
	out := make([]any, len(items))
	for i, n := range items {
		out[i] = int(n)
	}
	return out
}
