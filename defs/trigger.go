package defs

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs/expr"
	"github.com/ecflow-go/ecflow/fault"
)

// Parsed is the expression as package expr reads it. With an error in a part
// comes what the parts before it make, nil if there are none, and the number of
// that part: the original evaluates what it could read.
func (e *Expression) Parsed() (*expr.Expr, int, error) {
	if known := e.remembered(); known != nil {
		return known, 0, nil
	}
	parsed, at, err := e.parse()
	if err == nil {
		e.remember(parsed)
	}
	return parsed, at, err
}

func (e *Expression) parse() (*expr.Expr, int, error) {
	if len(e.Parts) == 1 {
		parsed, err := expr.Parse(e.Parts[0].Text)
		return parsed, 0, err
	}
	parts := make([]expr.Part, 0, 4)
	for _, p := range e.Parts {
		parts = append(parts, expr.Part{Text: p.Text, Or: p.Type == PartOr})
	}
	return expr.ParseParts(parts)
}

// EvaluateTrigger reports whether the node's trigger holds now, even if the
// user set it free. It is false without a trigger, or with one that cannot be read.
func (n *Node) EvaluateTrigger() bool { return n.evaluate(n.Trigger()) }

// EvaluateComplete is the same for the complete expression.
func (n *Node) EvaluateComplete() bool { return n.evaluate(n.Complete()) }

func (n *Node) evaluate(e *Expression) bool {
	parsed := e.readable()
	return parsed != nil && parsed.Eval(viewpoint{n})
}

// readable is what can be read of the expression, nil for nothing.
func (e *Expression) readable() *expr.Expr {
	if e == nil {
		return nil
	}
	parsed, _, _ := e.Parsed()
	return parsed
}

// ExplainTrigger tells part by part why the trigger holds or does not; nil if there is none that can be read.
func (n *Node) ExplainTrigger() *expr.Reason {
	if e := n.Trigger(); e != nil {
		if parsed, _, _ := e.Parsed(); parsed != nil {
			return parsed.Explain(viewpoint{n})
		}
	}
	return nil
}

// WhyTrigger says in the original's words why the trigger does not hold, see
// [expr.Expr.WhyText]; empty if it holds, is set free, or cannot be read.
func (n *Node) WhyTrigger(html bool) string {
	if e := n.Trigger(); e != nil && !e.Free {
		if parsed, _, _ := e.Parsed(); parsed != nil {
			return parsed.WhyText(viewpoint{n}, html)
		}
	}
	return ""
}

// CheckExpressions is what the original's check says about complete expression and trigger; empty if all is well.
//
// source: libs/node Node.cpp, Expression.cpp.
func (n *Node) CheckExpressions() string {
	t := wholeTree{n.Defs()}
	return n.checkExpression("complete", n.Complete(), t) + n.checkExpression("trigger", n.Trigger(), t)
}

func (n *Node) checkExpression(kind string, e *Expression, t wholeTree) string {
	if e == nil {
		return ""
	}
	var problem string
	parsed, at, err := e.Parsed()
	if err == nil && e.waitsBeside(n, parsed) {
		return ""
	}
	if err != nil && at < len(e.Parts) {
		joint := [...]string{PartFirst: " ", PartAnd: " -a ", PartOr: " -o "}[e.Parts[at].Type]
		reason := err.Error()
		if bad, ok := err.(*expr.Error); ok { //nolint:errorlint // Parsed gives no other
			reason = bad.Reason
		}
		problem = "Failed to parse " + kind + joint + e.Parts[at].Text + "\n at " + n.label() + " because " + reason + "\n\n"
	}
	if parsed != nil {
		unresolved := expr.Check(parsed, kind, t, n, viewpoint{n})
		if problem += unresolved; problem == "" {
			e.foundAll(n, parsed)
		}
	}
	return problem
}

// Holds evaluates an expression, as a trigger of the node. Messages begin with context.
//
// source: libs/node Node.cpp, parse_and_check_expressions.
func (n *Node) Holds(context, text string) (bool, error) {
	if err := n.readable("trigger", context, text); err != nil {
		return false, err
	}
	e := NewExpression(text)
	return n.evaluate(&e), nil
}

// readable refuses a text that is no expression, or that refers to what is not there.
func (n *Node) readable(kind, context, text string) error {
	parsed, err := expr.Parse(text)
	if err != nil {
		reason := err.Error()
		if bad, ok := err.(*expr.Error); ok { //nolint:errorlint // Parse gives no other
			reason = "Failed to parse expression '" + text + "'.  " + bad.Reason
		}
		return &fault.Error{Kind: fault.Parse, Msg: context + " " + reason, Err: err}
	}
	if problem := expr.Check(parsed, kind, wholeTree{n.Defs()}, n, viewpoint{n}); problem != "" {
		return fault.New(fault.Check, context+" "+problem)
	}
	return nil
}

// label is what the original calls the node in messages: "TASK:/s/f/t".
func (n *Node) label() string { return strings.ToUpper(n.kind.String()) + ":" + n.Path() }

// wholeTree shows a definition to package expr. Without a definition nothing is found.
type wholeTree struct{ d *Defs }

func (wholeTree) Parent(n *Node) *Node             { return n.parent }
func (wholeTree) Child(n *Node, name string) *Node { return n.Child(name) }
func (wholeTree) Name(n *Node) string              { return n.name }
func (wholeTree) Path(n *Node) string              { return n.Path() }
func (wholeTree) Label(n *Node) string             { return n.label() }

func (t wholeTree) Suite(name string) *Node {
	if t.d == nil {
		return nil
	}
	return t.d.Suite(name)
}

func (wholeTree) Has(n *Node, name string) bool {
	_, kind := n.expressionValue(name)
	return kind != ""
}

func (t wholeTree) Extern(path, name string) bool { return t.d != nil && t.d.FindExtern(path, name) }

func (t wholeTree) Whole() bool { return t.d != nil }

// resolve finds the node that n means by a path, nil if there is none.
func (t wholeTree) resolve(n *Node, path, name string) *Node {
	if t.d == nil {
		return nil
	}
	found, _ := expr.Resolve(t, n, path, name)
	return found
}

// viewpoint is the tree as the expressions of a node see it.
type viewpoint struct{ n *Node }

// Viewpoint is the tree as expressions see it that are written at the node, for asking one that is not in the definition.
func (n *Node) Viewpoint() expr.Explainer { return viewpoint{n} }

func (v viewpoint) node(r *expr.Ref) *Node {
	d := v.n.Defs()
	switch {
	case r.Kind == expr.ParentRef:
		return expr.FindUp(wholeTree{d}, v.n, r.Name)
	case d == nil || r.Path == "/":
		return nil
	}
	found, _ := expr.Resolve(wholeTree{d}, v.n, r.Path, r.Name)
	return found
}

func (v viewpoint) State(r *expr.Ref) expr.State {
	if n := v.node(r); n != nil {
		return expr.State(n.DState())
	}
	return expr.Unknown
}

func (v viewpoint) Value(r *expr.Ref) int32 {
	n := v.node(r)
	if n == nil {
		return 0
	}
	value, _ := n.expressionValue(r.Name)
	return value
}

func (v viewpoint) Plus(r *expr.Ref, days int32) int32 {
	n := v.node(r)
	if n == nil {
		return days
	}
	value, kind := n.expressionValue(r.Name)
	if kind == "repeat" {
		return int32(n.Repeat().LastValidPlus(int64(days)))
	}
	return value + days
}

func (v viewpoint) Flag(r *expr.Ref) bool {
	flag, ok := ParseFlagType(r.Name)
	if !ok {
		return false
	}
	if n := v.node(r); n != nil {
		return n.flag.Has(flag)
	}
	d := v.n.Defs()
	return r.Path == "/" && d != nil && d.Flag().Has(flag)
}

func (v viewpoint) Target(r *expr.Ref) expr.Target {
	n := v.node(r)
	if n == nil {
		return expr.Target{}
	}
	_, kind := n.expressionValue(r.Name)
	return expr.Target{Found: true, Path: n.Path(), Kind: kind}
}

// expressionValue is the value that a name has at this node in expressions, and what has it: the first in the
// original's order. kind is empty if there is none.
func (n *Node) expressionValue(name string) (value int32, kind string) {
	if e, ok := n.Event(name); ok {
		if e.Value {
			return 1, "event"
		}
		return 0, "event"
	}
	if m, ok := n.Meter(name); ok {
		return int32(m.Value), "meter"
	}
	if text, ok := n.Variable(name); ok {
		return expr.Number(text), "user-variable"
	}
	if r := n.Repeat(); r != nil && r.Name() == name {
		return int32(r.LastValid()), "repeat"
	}
	if text, ok := n.GeneratedVariable(name); ok {
		return expr.Number(text), "gen-variable"
	}
	if l := n.Limit(name); l != nil {
		return int32(l.Value), "limit"
	}
	if q := n.Queue(name); q != nil {
		return int32(q.IndexOrValue()), "queue"
	}
	return 0, ""
}

// Evaluate tells whether an expression holds as if it were the node's trigger. It is refused, context first, when it cannot be
// read or refers to what is not there.
func (n *Node) Evaluate(text, context string) (bool, error) {
	if err := n.readable("trigger", context, text); err != nil {
		return false, err
	}
	e := NewExpression(text)
	return n.evaluate(&e), nil
}
