package expr

import (
	"slices"
	"strconv"
	"strings"
)

// Reason says of a part of an expression whether it holds, and what it depends on.
type Reason struct {
	Holds bool
	Text  string    // the part as printed, see [Expr.String]
	Must  string    // for an "and", "or" or "not": what is asked of Parts
	Facts []string  // for others: what the references in it are now ("b is aborted")
	Parts []*Reason // of an "and", "or" or "not"
}

// Explain tells, part by part, what holds and what does not, and why. It is our
// own; [Expr.WhyText] is the original's sentence.
func (e *Expr) Explain(x Explainer) *Reason { return explain(e.root, x) }

// String is the explanation as an indented tree, one part a line:
//
//	no: all of these must hold
//	  no: b == complete (b is aborted)
//	  yes: c == active (c is active)
func (r *Reason) String() string {
	var b strings.Builder
	r.write(&b, "")
	return strings.TrimSuffix(b.String(), "\n")
}

func (r *Reason) write(b *strings.Builder, indent string) {
	b.WriteString(indent)
	if r.Holds {
		b.WriteString("yes: ")
	} else {
		b.WriteString("no: ")
	}
	if r.Must != "" {
		b.WriteString(r.Must)
	} else {
		b.WriteString(r.Text)
	}
	if len(r.Facts) > 0 {
		b.WriteString(" (" + strings.Join(r.Facts, "; ") + ")")
	}
	b.WriteByte('\n')
	for _, p := range r.Parts {
		p.write(b, indent+"  ")
	}
}

func explain(n Node, x Explainer) *Reason {
	r := &Reason{Holds: holds(n, x), Text: string(appendNode(nil, n, true))}
	switch n := n.(type) {
	case *Binary:
		if n.Op == And || n.Op == Or {
			r.Must = operators[n.Op].phrase
			for _, part := range operands(n, n.Op, nil) {
				r.Parts = append(r.Parts, explain(part, x))
			}
			return r
		}
		if n.Op.arithmetic() {
			r.Facts = append(r.Facts, "a sum by itself always holds")
		}
	case *Not:
		r.Must = "this must not hold"
		r.Parts = append(r.Parts, explain(n.Operand, x))
		return r
	}
	r.Facts = facts(n, x, r.Facts)
	return r
}

// operands lists what is joined by an operator, however it is nested.
func operands(n Node, op Op, all []Node) []Node {
	if b, ok := n.(*Binary); ok && b.Op == op {
		return operands(b.Right, op, operands(b.Left, op, all))
	}
	return append(all, n)
}

// facts describes the references below a node, each once.
func facts(n Node, x Explainer, all []string) []string {
	switch n := n.(type) {
	case *Binary:
		return facts(n.Right, x, facts(n.Left, x, all))
	case *Not:
		return facts(n.Operand, x, all)
	case *Function:
		return facts(n.Argument, x, all)
	case *Ref:
		if f := fact(n, x); !slices.Contains(all, f) {
			return append(all, f)
		}
	}
	return all
}

func fact(r *Ref, x Explainer) string {
	t := x.Target(r)
	switch {
	case r.Kind == FlagRef && x.Flag(r):
		return r.String() + " is set"
	case r.Kind == FlagRef && (t.Found || r.Path == "/"):
		return r.String() + " is not set"
	case r.Kind == ParentRef && !t.Found:
		return "no node from here upwards has " + r.Name + ", which counts as 0"
	case !t.Found && r.Kind == NodeRef:
		return "there is no node " + r.Path + ", which counts as unknown"
	case !t.Found:
		return "there is no node " + r.Path + ", which counts as 0"
	case r.Kind == NodeRef:
		return r.Path + " is " + x.State(r).String()
	case t.Kind == "":
		return r.Path + " has no " + r.Name + ", which counts as 0"
	case t.Kind == "event" && x.Value(r) != 0:
		return "event " + r.String() + " is set"
	case t.Kind == "event":
		return "event " + r.String() + " is clear"
	}
	kind := strings.TrimPrefix(strings.TrimPrefix(t.Kind, "user-"), "gen-")
	return kind + " " + r.String() + " is " + strconv.Itoa(int(x.Value(r)))
}
