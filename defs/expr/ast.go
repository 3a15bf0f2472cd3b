package expr

import (
	"strconv"
	"strings"
)

// Node is a part of an expression: one of the types below. Nodes are read only.
type Node interface{ isNode() }

// Binary is an operator between two operands.
type Binary struct {
	Op          Op
	Left, Right Node
}

// Not is the opposite of its operand.
type Not struct {
	Spelling string // "not ", "!" or "~"
	Operand  Node
}

// Integer is a number.
type Integer struct {
	Value int32
	wide  bool // above what the original's integers hold; such an expression is refused
}

// Instant is a point in time, yyyymmddTHHMMSS.
type Instant struct {
	Text    string
	Seconds int32 // since 1970, the lower 32 bits as in the original
	before  string
}

// StateValue is the name of a node state.
type StateValue struct{ State State }

// EventValue is "set" or "clear".
type EventValue struct{ Set bool }

// Function is one of the calendar functions.
type Function struct {
	ToDate   bool // julian_to_date rather than date_to_julian
	Argument Node // a *Ref or an *Integer
}

// RefKind is what a reference refers to.
type RefKind uint8

// The kinds of references.
const (
	NodeRef     RefKind = iota // path: the state of a node
	VariableRef                // path:name: an event, meter, variable, repeat, limit or queue of a node
	ParentRef                  // :name: the same, of the nearest node that has one, from the expression's node upwards
	FlagRef                    // path<flag>name: a flag of a node, or of the whole definition when the path is "/"
)

// Ref is a reference to something in the tree. Equal references within one
// expression are one Ref.
type Ref struct {
	Kind  RefKind
	Path  string // as written: "/s/f", "../x", "./x", "x", "x/y"; empty for a ParentRef
	Name  string // of the attribute, or of the flag (late, zombie, archived)
	Index int    // its place in Expr.Refs, for an Env that remembers what it found
}

// String is the reference as written.
func (r *Ref) String() string {
	switch r.Kind {
	case VariableRef:
		return r.Path + ":" + r.Name
	case ParentRef:
		return ":" + r.Name
	case FlagRef:
		return r.Path + "<flag>" + r.Name
	}
	return r.Path
}

func (*Binary) isNode()     {}
func (*Not) isNode()        {}
func (*Integer) isNode()    {}
func (*Instant) isNode()    {}
func (*StateValue) isNode() {}
func (*EventValue) isNode() {}
func (*Function) isNode()   {}
func (*Ref) isNode()        {}

// Expr is a parsed expression. It never changes.
type Expr struct {
	root    Node
	refs    []*Ref
	source  string
	divides bool // there is a division somewhere
}

// Root is the topmost part.
func (e *Expr) Root() Node { return e.root }

// Refs lists what the expression refers to, each once, in the order of first appearance. It is not to be changed.
func (e *Expr) Refs() []*Ref { return e.refs }

// Divides reports whether there is a division anywhere in it, which may be one by zero.
func (e *Expr) Divides() bool { return e.divides }

// Source is the text that was parsed.
func (e *Expr) Source() string { return e.source }

// String prints the expression with all brackets, so that it parses to the same again.
// Chains of comparisons (1 == 1 == 1), which the language cannot bracket, are the exception.
func (e *Expr) String() string { return string(appendNode(nil, e.root, true)) }

func appendNode(b []byte, n Node, top bool) []byte {
	switch n := n.(type) {
	case *Binary:
		if !top {
			b = append(b, '(')
		}
		b = appendNode(b, n.Left, false)
		b = append(b, operators[n.Op].print...)
		if r, ok := n.Right.(*Ref); ok && n.Op <= And && strings.HasPrefix(r.Path, operators[n.Op].spell[2]) {
			b = append(append(append(b, '('), r.String()...), ')') // "and AND" would be read as one word
		} else {
			b = appendNode(b, n.Right, false)
		}
		if !top {
			b = append(b, ')')
		}
	case *Not:
		b = append(b, n.Spelling...)
		if _, twice := n.Operand.(*Not); twice {
			return append(appendNode(append(b, '('), n.Operand, true), ')')
		}
		b = appendNode(b, n.Operand, false)
	case *Integer:
		b = strconv.AppendInt(b, int64(n.Value), 10)
	case *Instant:
		b = append(b, n.Text...)
	case *StateValue:
		b = append(b, n.State.String()...)
	case *EventValue:
		b = append(b, n.String()...)
	case *Function:
		b = append(append(b, n.name()...), '(')
		b = append(appendNode(b, n.Argument, false), ')')
	case *Ref:
		b = append(b, n.String()...)
	}
	return b
}

// String is "set" or "clear".
func (v *EventValue) String() string {
	if v.Set {
		return "set"
	}
	return "clear"
}

func (f *Function) name() string {
	if f.ToDate {
		return "cal::julian_to_date"
	}
	return "cal::date_to_julian"
}
