package defs

import (
	"slices"
	"strconv"

	"github.com/ecflow-go/ecflow/defs/expr"
)

// AppendEvaluation appends how an expression of the node evaluates now, as
// style STATE shows it below the expression; of several parts those
// before the first that cannot be read.
//
// source: libs/node/formatter DefsWriter.hpp.
func (n *Node) AppendEvaluation(b []byte, e *Expression) []byte {
	parsed, _, _ := e.Parsed()
	if parsed == nil {
		return b
	}
	if n.Defs() == nil {
		b = append(b, "# Warning: Full/correct AST evaluation requires the definition\n"...)
	}
	return parsed.AppendTree(b, viewpoint{n})
}

// AppendIndentedEvaluation appends the same with parts further in than what they are parts of.
func (n *Node) AppendIndentedEvaluation(b []byte, e *Expression) []byte {
	if parsed := e.readable(); parsed != nil {
		b = parsed.AppendIndented(b, viewpoint{n})
	}
	return b
}

// ReferencedNodes are the nodes whose states an expression of the node asks for, in the order of first appearance, and the
// paths of those that are not there.
func (n *Node) ReferencedNodes(e *Expression) (nodes []*Node, missing []string) {
	parsed := e.readable()
	if parsed == nil {
		return nil, nil
	}
	for _, r := range parsed.Refs() {
		if r.Kind != expr.NodeRef {
			continue
		}
		to := viewpoint{n}.node(r)
		switch {
		case to == nil:
			missing = append(missing, r.Path)
		case !slices.Contains(nodes, to):
			nodes = append(nodes, to)
		}
	}
	return nodes, missing
}

// EachAttributeReference calls found for each attribute that an expression of the node asks for by name, and for the node
// that has it, if that is there.
func (n *Node) EachAttributeReference(e *Expression, found func(at *Node, name string)) {
	parsed := e.readable()
	if parsed == nil {
		return
	}
	for _, r := range parsed.Refs() {
		if r.Kind == expr.VariableRef || r.Kind == expr.ParentRef {
			if to := (viewpoint{n}).node(r); to != nil {
				found(to, r.Name)
			}
		}
	}
}

const notFound = " # check suite filter"

// Describe implements expr.Describer.
func (v viewpoint) Describe(b []byte, r *expr.Ref) []byte {
	n := v.node(r)
	switch r.Kind {
	case expr.NodeRef:
		if n == nil {
			return append(append(append(b, "NODE node(?not-found?) "...), r.Path...), " unknown(0)"+notFound...)
		}
		b = append(append(append(b, "NODE "...), r.Path...), ' ')
		b = append(append(b, n.DState().String()...), '(')
		return append(strconv.AppendInt(b, int64(n.DState()), 10), ')')
	case expr.FlagRef:
		if n == nil {
			return append(append(append(append(append(b, "FLAG_NODE node(?not-found?) "...), r.Path...), ' '), r.Name...), "(0)"+notFound...)
		}
		b = append(append(append(append(append(b, "FLAG_NODE "...), r.Path...), ' '), r.Name...), '(')
		if v.Flag(r) {
			return append(b, "1)"...)
		}
		return append(b, "0)"...)
	}
	b = append(append(append(b, r.Path...), ':'), r.Name...)
	if n == nil {
		b = append(b, " node(?not-found?) "...)
		if r.Kind == expr.VariableRef || r.Kind == expr.ParentRef {
			b = append(append(b, r.Path...), ' ')
		}
		return append(b, "value(0)"+notFound...)
	}
	b = append(append(append(b, " node("...), n.name...), ") "...)
	return n.describeValue(b, r.Name)
}

// describeValue appends what has a name at this node, and its value.
//
// source: libs/node NodeFind.cpp, findExprVariableAndPrint.
func (n *Node) describeValue(b []byte, name string) []byte {
	number, kind := n.expressionValue(name)
	text := strconv.Itoa(int(number))
	switch kind {
	case "":
		return b
	case "event":
		b = append(b, "EVENT"...)
	case "meter":
		b = append(b, "METER"...)
	case "user-variable":
		b = append(b, "USER-VARIABLE"...)
	case "repeat":
		text = itoa(n.Repeat().Value())
		b = append(b, "REPEAT"...)
	case "gen-variable":
		b = append(b, "GEN-VARIABLE"...)
	case "limit":
		b = append(b, n.Limit(name).String()...)
	case "queue":
		b = append(append(b, "QUEUE "...), name...)
	}
	return append(append(append(b, " value("...), text...), ')')
}
