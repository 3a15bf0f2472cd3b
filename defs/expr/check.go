package expr

// Check looks for what is wrong with the expression at a node: references to
// what is neither in the tree nor declared as an extern, and divisions by what is zero
// now. It gives the original's text for the first problem, empty if there is none.
//
// kind is "trigger" or "complete".
//
// source: libs/node ExprAstVisitor.cpp, Node.cpp.
func Check[N comparable](e *Expr, kind string, t Tree[N], at N, env Env) string {
	if problem := firstUnresolved(e.root, t, at); problem != "" {
		return "Error: Expression node tree references failed for '" + kind + " " + e.source + "' at " + t.Label(at) + "\n " + problem
	}
	if !e.divides {
		return ""
	}
	if problem := zeroDivisor(e.root, env); problem != "" {
		return problem + " Error: Expression checking failed for '" + kind + " " + e.source + "' at " + t.Label(at)
	}
	return ""
}

// firstUnresolved looks at all references but those inside calendar functions, which the original passes over.
func firstUnresolved[N comparable](n Node, t Tree[N], at N) string {
	switch n := n.(type) {
	case *Binary:
		if problem := firstUnresolved(n.Left, t, at); problem != "" {
			return problem
		}
		return firstUnresolved(n.Right, t, at)
	case *Not:
		return firstUnresolved(n.Operand, t, at)
	case *Ref:
		return unresolved(n, t, at)
	}
	return ""
}

func unresolved[N comparable](r *Ref, t Tree[N], at N) string {
	var none N
	switch r.Kind {
	case ParentRef:
		if FindUp(t, at, r.Name) == none && !t.Extern(t.Path(at), r.Name) {
			return " Could not find variable " + r.Name + " on node " + t.Label(at) + " OR any of its parent nodes"
		}
		return ""
	case FlagRef:
		if r.Path == "/" {
			return ""
		}
		_, problem := Resolve(t, at, r.Path, r.Name)
		return problem
	}
	n, problem := Resolve(t, at, r.Path, r.Name)
	if r.Kind == NodeRef || n == none || t.Has(n, r.Name) || t.Extern(r.Path, r.Name) || t.Extern(t.Path(n), r.Name) {
		return problem
	}
	return "From expression Variable " + r.String() + " the referenced node is " + t.Label(n) + "\n" +
		"Could not find event, meter, variable, repeat, generated variable, limit or queue of name('" + r.Name + "') on node " +
		t.Label(n) + "\n"
}

// FindUp finds the nearest node that has an attribute of the name, from a node upwards.
func FindUp[N comparable](t Tree[N], at N, name string) N {
	var none N
	for ; at != none; at = t.Parent(at) {
		if t.Has(at, name) {
			return at
		}
	}
	return none
}

// zeroDivisor looks for a division by zero. What is inside a calculation is not looked at, as in the original,
// except for the divisor of its last division.
func zeroDivisor(n Node, env Env) string {
	switch n := n.(type) {
	case *Binary:
		if n.Op == Divide || n.Op == Modulo {
			if value(n.Right, env) != 0 {
				return ""
			}
			if n.Op == Divide {
				return " Error: Divide by zero in trigger expression"
			}
			return " Error: Modulo by zero in trigger expression"
		}
		if problem := zeroDivisor(n.Left, env); problem != "" {
			return problem
		}
		return zeroDivisor(n.Right, env)
	case *Not:
		return zeroDivisor(n.Operand, env)
	}
	return ""
}
