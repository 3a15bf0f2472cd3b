package defs

import (
	"slices"
	"strings"
	"sync/atomic"
	"unsafe"

	"github.com/ecflow-go/ecflow/defs/expr"
)

// PartType says how a part of an expression is joined to those before it.
type PartType uint8

// The ways of joining, with the numbers of the wire.
const (
	PartFirst PartType = iota
	PartAnd
	PartOr
)

// PartExpression is a piece of a trigger or complete expression.
type PartExpression struct {
	Text string
	Type PartType
}

// Expression is a trigger or complete expression, as text in parts.
type Expression struct {
	Parts []PartExpression
	Free  bool // the user set it free

	known  *expr.Expr `carry:"-"` // what package expr made of the text, once asked for and without a mistake; see remembered
	beside *Node      `carry:"-"` // see waitsBeside
}

// NewExpression is an expression of a single part.
func NewExpression(text string) Expression {
	return Expression{Parts: []PartExpression{{Text: text}}}
}

// Add appends a part. The first must be PartFirst, the others must not.
//
// source: libs/node Expression.cpp.
func (e *Expression) Add(part PartExpression) error {
	if len(e.Parts) == 0 && part.Type != PartFirst {
		return argf("Expression::add: expression %s failed: The first expression should not have AND or OR set", part.Text)
	}
	if len(e.Parts) > 0 && part.Type == PartFirst {
		return argf("Expression::add: expression %s failed: Subsequent expression must have AND or OR set", part.Text)
	}
	e.Parts = append(e.Parts, part)
	e.known, e.beside = nil, nil
	return nil
}

// String is the whole expression on one line.
func (e *Expression) String() string {
	if len(e.Parts) == 1 {
		return e.Parts[0].Text
	}
	var b strings.Builder
	for _, p := range e.Parts {
		switch p.Type {
		case PartAnd:
			b.WriteString(" AND ")
		case PartOr:
			b.WriteString(" OR ")
		case PartFirst:
		}
		b.WriteString(p.Text)
	}
	return b.String()
}

// remembered is the parsed text, nil if nobody has asked for it yet. Readers of a tree may be many at once.
func (e *Expression) remembered() *expr.Expr { return load(&e.known) }

func (e *Expression) remember(parsed *expr.Expr) { store(&e.known, parsed) }

// waitsBeside reports whether all that the expression of n refers to is a node beside n which was found before and is
// still there. What most expressions say is checked by that at once.
func (e *Expression) waitsBeside(n *Node, parsed *expr.Expr) bool {
	node := load(&e.beside)
	return node != nil && node.parent == n.parent && node.name == parsed.Refs()[0].Path
}

// foundAll notes that everything the expression of n refers to is there.
func (e *Expression) foundAll(n *Node, parsed *expr.Expr) {
	if refs := parsed.Refs(); len(refs) == 1 && refs[0].Kind == expr.NodeRef && !parsed.Divides() && n.parent != nil {
		if node := n.parent.Child(refs[0].Path); node != nil {
			store(&e.beside, node)
		}
	}
}

func load[T any](place **T) *T {
	return (*T)(atomic.LoadPointer((*unsafe.Pointer)(unsafe.Pointer(place))))
}

func store[T any](place **T, p *T) {
	atomic.StorePointer((*unsafe.Pointer)(unsafe.Pointer(place)), unsafe.Pointer(p))
}

// Clone is an independent copy.
func (e *Expression) Clone() *Expression {
	return &Expression{Parts: slices.Clone(e.Parts), Free: e.Free, known: e.remembered()}
}

// Equal compares parts and free flag, as the original.
func (e *Expression) Equal(o *Expression) bool {
	return e.Free == o.Free && slices.Equal(e.Parts, o.Parts)
}
