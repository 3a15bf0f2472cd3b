package expr

import "strconv"

// Describer is an [Env] that also says in words what a reference is now.
type Describer interface {
	Env
	// Describe appends what the original's evaluation tree says of a reference, after "# ".
	Describe(b []byte, r *Ref) []byte
}

// treeNames is how the original's evaluation tree names operators.
var treeNames = [...]string{
	Or: "OR", And: "AND", Equal: "EQUAL", NotEqual: "NOT_EQUAL", GreaterEqual: "GREATER_EQUAL", LessEqual: "LESS_EQUAL",
	Less: "LESS_THAN", Greater: "GREATER_THAN", Plus: "PLUS", Minus: "MINUS", Divide: "DIVIDE", Multiply: "MULTIPLY",
	Modulo: "Modulo",
}

// AppendTree appends the evaluation tree that definitions in style STATE show:
// a line for each part, with its value.
//
// source: libs/node/formatter DefsWriter.hpp.
func (e *Expr) AppendTree(b []byte, env Describer) []byte {
	b = append(b, "# Trigger Evaluation Tree\n"...)
	return appendTree(b, e.root, env, flat)
}

// AppendIndented appends the same with parts further in than what they are parts of, as the reports of simulations have it.
func (e *Expr) AppendIndented(b []byte, env Describer) []byte {
	b = append(b, "  # Trigger Evaluation Tree\n"...)
	return appendTree(b, e.root, env, 2)
}

// flat is the level of a tree that is not indented.
const flat = -1

func appendTree(b []byte, n Node, env Describer, level int) []byte {
	below := level
	if level != flat {
		below++
	}
	for range level {
		b = append(b, "  "...)
	}
	b = append(b, "# "...)
	switch n := n.(type) {
	case *Binary:
		b = append(b, treeNames[n.Op]...)
		if n.Op.arithmetic() {
			b = append(b, " value("...)
			b = strconv.AppendInt(b, int64(value(n, env)), 10)
		} else {
			b = append(b, " ("...)
			b = strconv.AppendBool(b, holds(n, env))
		}
		b = append(b, ")\n"...)
		return appendTree(appendTree(b, n.Left, env, below), n.Right, env, below)
	case *Not:
		b = append(b, "NOT ("...)
		b = strconv.AppendBool(b, holds(n, env))
		b = append(b, ")\n"...)
		return appendTree(b, n.Operand, env, below)
	case *Integer:
		b = strconv.AppendInt(append(b, "INTEGER "...), int64(n.Value), 10)
	case *Instant:
		b = strconv.AppendInt(append(b, "Instant "...), int64(n.Seconds), 10)
	case *EventValue:
		b = strconv.AppendInt(append(b, "EVENT_STATE "...), int64(value(n, env)), 10)
	case *StateValue:
		b = append(append(append(b, "NODE_STATE "...), n.State.String()...), '(')
		b = append(strconv.AppendInt(b, int64(n.State), 10), ')')
	case *Function:
		name := "DATE_TO_JULIAN "
		if n.ToDate {
			name = "JULIAN_TO_DATE "
		}
		b = strconv.AppendInt(append(b, name...), int64(value(n, env)), 10)
	case *Ref:
		b = env.Describe(b, n)
	}
	return append(b, '\n')
}
