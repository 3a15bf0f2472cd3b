package model

import (
	"context"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
)

// ValueKind is the sort of a [Value].
type ValueKind uint8

// The sorts. Absent is an argument that was not given.
const (
	Absent ValueKind = iota
	Nil              // None
	Bool
	Int
	Float
	String
	Bytes
	List
	Dict   // names and values in turn
	Object // of a class of this package, or a client
	Pair   // a Variable: name and value
	Opaque // something else; S is the name of its type
)

// Value is one argument.
type Value struct {
	Kind ValueKind
	I    int64
	F    float64
	S    string
	O    any
	L    []Value
}

// Args are the arguments of a call, by position in the signature.
type Args struct {
	V       []Value
	Context context.Context        // of calls that may take long; nil: background
	Print   func(text string)      // what the original prints on standard output; nil: nowhere
	Lock    func() (unlock func()) // keeps others from all trees, for members that are Apart; nil: nobody else is there

	// Reach makes a client of the environment; host and port say otherwise, and host alone
	// may be host:port. For replace_on_server().
	Reach func(host, port *string) (*client.Client, error)
}

// At is the argument at a position; Absent when there is none.
func (a *Args) At(i int) *Value {
	if i < len(a.V) {
		return &a.V[i]
	}
	return &absent
}

var absent Value

// Has reports whether the argument was given, and not as None.
func (a *Args) Has(i int) bool { return a.At(i).Kind > Nil }

// Str is a text.
func (a *Args) Str(i int) string { return a.At(i).S }

// StrOr is a text, or what it is when absent.
func (a *Args) StrOr(i int, or string) string {
	if !a.Has(i) {
		return or
	}
	return a.At(i).S
}

// Int is a number.
func (a *Args) Int(i int) int { return int(a.At(i).I) }

// IntOr is a number, or what it is when absent.
func (a *Args) IntOr(i, or int) int {
	if !a.Has(i) {
		return or
	}
	return int(a.At(i).I)
}

// Bool is a truth; false when absent.
func (a *Args) Bool(i int) bool { return a.At(i).I != 0 }

// BoolOr is a truth, or what it is when absent.
func (a *Args) BoolOr(i int, or bool) bool {
	if !a.Has(i) {
		return or
	}
	return a.At(i).I != 0
}

// List is the items of a sequence, or of the rest (*args).
func (a *Args) List(i int) []Value { return a.At(i).L }

// Node is a node, nil when absent.
func (a *Args) Node(i int) *defs.Node { return arg[*defs.Node](a, i) }

// arg is an argument that is an object of a class, by its Go type; the zero value when absent.
func arg[T any](a *Args, i int) T {
	v, _ := a.At(i).O.(T)
	return v
}

// Variable is the name and value of a Variable.
func (v *Value) Variable() (name, value string) { return v.L[0].S, v.L[1].S }
