package defs

import (
	"slices"
	"strings"
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
	ast   any  `carry:"-"` // what package expr made of the text; nil until asked for
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
	e.ast = nil
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

// Cached is what SetCached was given since the text last changed.
func (e *Expression) Cached() any { return e.ast }

// SetCached keeps the parsed form of the text; it must be safe to share, as copies do.
func (e *Expression) SetCached(ast any) { e.ast = ast }

// Clone is an independent copy.
func (e *Expression) Clone() *Expression {
	c := *e
	c.Parts = slices.Clone(e.Parts)
	return &c
}

// Equal compares parts and free flag, as the original.
func (e *Expression) Equal(o *Expression) bool {
	return e.Free == o.Free && slices.Equal(e.Parts, o.Parts)
}
