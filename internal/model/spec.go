package model

import "slices"

// Class is one class.
type Class struct {
	Name    string
	Base    string // name of its base class, "" for none
	Doc     string // first line is the summary
	Type    any    // a value of the Go type behind its objects, (*defs.Meter)(nil); nil: see objectClass
	Members []Member
	Ours    bool // not in the original
	Virtual bool // has no constructor: Node, Alias, ...
}

// MemberKind is how a member is reached.
type MemberKind uint8

// The kinds. A constructor is the method __init__, which gives the new object.
const (
	Method MemberKind = iota
	Property
	Static
)

// Member is one member of a class.
type Member struct {
	Name  string
	Kind  MemberKind
	Forms []Form // overloads; the first that fits is meant
	Doc   string // first line is the summary
	Pure  bool   // changes nothing that could be read through another member
	Long  bool   // may take longer than some microseconds: other threads go on meanwhile
	Apart bool   // touches no tree that anybody else may hold: needs no lock (reading a file into a new definition)
	Ours  bool   // not in the original
	Cache Cache  // the result is kept by the caller's object
	Set   *Form  // the setter of a property

	// Overrides says that the signature does not fit that of a base class, for type checkers.
	Overrides bool
}

// AllForms are the overloads, by their numbers: the setter of a property is the last.
func (m *Member) AllForms() []Form {
	if m.Set == nil {
		return m.Forms
	}
	return append(slices.Clone(m.Forms), *m.Set)
}

// Cache says which answers a caller may keep.
type Cache uint8

// NameCache is for ever, the others until anything has changed.
const (
	NoCache Cache = iota
	NameCache
	StateCache
	PathCache
)

// Form is one overload.
type Form struct {
	// Signature is written as in Python, without self: "(name: str, value: int = 0, /) -> Self".
	//
	// Types: str, int, bool, float, object (anything), list (any sequence of anything),
	// dict, the names of classes and enumerations, Variable, Client, Optional[class],
	// ignored (anything, and nobody looks), and for results also None, Self (the object itself),
	// List[x], Iterator[x], Set[x], Extends[x] (items that are appended to the first argument) and
	// the names of collections (NodeVec, ...).
	// "*args: object" and "**kwargs: object" take the rest. Names in front of "/" are no keywords.
	Signature string
	Call      Func
}

// Func does what a member does: self is the object (nil for constructors and
// static members), a the arguments by position in the signature.
//
// Results are nil, bool, int, int64, float64, string, []byte, []string, []any of these,
// a [Record], nodes, definitions, [defs.Variable] values, and pointers to the Go types of classes.
// A pointer is handed over: it must not be the tree's own unless the class says so.
// Enumerations are ints; the signature names which.
type Func func(self any, a *Args) (any, error)

// Record is an ordered set of named values: a dict.
type Record []Field

// Field is one entry of a Record.
type Field struct {
	Name  string
	Value any
}

// on adapts a function over a class's Go type.
func on[T any](f func(self T, a *Args) (any, error)) Func {
	return func(self any, a *Args) (any, error) { return f(self.(T), a) }
}

// get makes a getter without arguments.
func get[T any](signature string, f func(self T) any) []Form {
	return []Form{{signature, func(self any, _ *Args) (any, error) { return f(self.(T)), nil }}}
}

// one is a single overload.
func one[T any](signature string, f func(self T, a *Args) (any, error)) []Form {
	return []Form{{signature, on(f)}}
}

// create is a constructor's overload.
func create(signature string, f func(a *Args) (any, error)) Form {
	return Form{signature, func(_ any, a *Args) (any, error) { return f(a) }}
}
