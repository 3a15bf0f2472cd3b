// Package cereal reads and writes the JSON dialect in which ecFlow's messages
// travel: what the C++ library cereal 1.3 makes of class hierarchies, pointers
// and versions. It knows no message; package wire declares them as structs with
// tags:
//
//	type Label struct {
//		Name     string `cereal:"n_"`
//		NewValue string `cereal:"new_v_,optional"`
//	}
//	registry := cereal.NewRegistry([]any{Label{}})
//	payload, err := registry.Encode("5Label", &Label{Name: "info"})
//
// A tag holds the member's name and then options:
//
//	(no name),value   stored without a name: written value0, value1, ... and read by position
//	optional          left out when it is the default; read only where it stands in its place
//	default=X         the default of an optional field, when it is not the zero value
//	since=N           present when the object's class version is at least N
//	shared            pointer with identity: equal pointers are written once and come back equal
//	unique            pointer without identity; nil is written as not valid
//	polymorphic       shared pointer to a concrete type that has derived types in C++
//	version           the class version itself (uint32)
//	inline            a struct whose fields stand in the surrounding object
//
// A pointer without an option is an optional value: nil when absent. An
// embedded struct is a base class. A field of interface type is a polymorphic
// pointer, shared unless tagged unique; it may hold pointers to registered
// types.
//
// Output equals that of the original byte for byte. Input is accepted exactly
// as freely as the original does, with two exceptions for safety's sake: a
// shared pointer that is null, or that refers to an object which contains it,
// is refused. Strings are bytes and are not checked to be UTF-8.
package cereal

import "github.com/ecflow-go/ecflow/fault"

// Versioned marks a struct whose class version (0) travels with the first
// object of its type. Place it first, as a blank field: `_ cereal.Versioned`.
type Versioned struct{}

// Scalar is a JSON number, string or literal, kept as it was written.
type Scalar string

// Limits on what is read, so that a hostile document can take neither all
// memory nor the stack. Real documents stay far below.
const (
	maxDepth  = 10_000
	maxValues = 1 << 26
	maxBytes  = 1<<32 - 1
)

// The original marks the first use of an id, and a pointer whose type is
// exactly the declared one, by the two top bits.
const (
	idFirst    = 0x80000000
	idDeclared = 0x40000000
)

func malformed(msg string) error { return fault.New(fault.Protocol, "malformed message: "+msg) }
