package expr

// Env is what an expression is evaluated against: the tree as seen from the
// node that has the expression. What cannot be found has the values named
// below; that is no error. The methods of an Env may keep what they found under
// [Ref.Index], and should not allocate.
type Env interface {
	// State is the display state of the node that a NodeRef refers to, Unknown if there is none.
	State(r *Ref) State
	// Value is the value of what a VariableRef or ParentRef refers to, 0 if there is none: 1 or 0 for an event,
	// the value of a meter or limit, [Number] of a variable's text, the last valid value of a repeat (a date as yyyymmdd,
	// a point in time as seconds since 1970, for strings the index), the index of a queue.
	Value(r *Ref) int32
	// Plus is Value plus n, where a repeat over dates counts n in days, see [AddDays]. Without a value it is n.
	Plus(r *Ref, n int32) int32
	// Flag reports whether a flag is set.
	Flag(r *Ref) bool
}

// Eval reports whether the expression holds.
func (e *Expr) Eval(env Env) bool { return holds(e.root, env) }

// holds is the truth of a node.
func holds(n Node, env Env) bool {
	switch n := n.(type) {
	case *Binary:
		switch n.Op {
		case And:
			return holds(n.Left, env) && holds(n.Right, env)
		case Or:
			return holds(n.Left, env) || holds(n.Right, env)
		}
		if n.Op.arithmetic() {
			return true
		}
		return compare(n.Op, value(n.Left, env), value(n.Right, env))
	case *Not:
		return !holds(n.Operand, env)
	case *StateValue, *EventValue:
		return false
	}
	return value(n, env) != 0
}

func compare(op Op, left, right int32) bool {
	switch op {
	case Equal:
		return left == right
	case NotEqual:
		return left != right
	case GreaterEqual:
		return left >= right
	case LessEqual:
		return left <= right
	case Less:
		return left < right
	}
	return left > right
}

// value is the number that a node stands for. Numbers have 32 bits and wrap around.
func value(n Node, env Env) int32 {
	switch n := n.(type) {
	case *Ref:
		switch n.Kind {
		case NodeRef:
			return int32(env.State(n))
		case FlagRef:
			if env.Flag(n) {
				return 1
			}
			return 0
		}
		return env.Value(n)
	case *Integer:
		return n.Value
	case *StateValue:
		return int32(n.State)
	case *EventValue:
		if n.Set {
			return 1
		}
	case *Instant:
		return n.Seconds
	case *Binary:
		return calculate(n, env)
	case *Not:
		if value(n.Operand, env) == 0 {
			return 1
		}
	case *Function:
		return n.call(value(n.Argument, env))
	}
	return 0
}

// calculate is the number that an operator makes; comparisons, and, or make 0. So does a division by zero.
func calculate(n *Binary, env Env) int32 {
	if !n.Op.arithmetic() {
		return 0
	}
	right := value(n.Right, env)
	if n.Op == Plus || n.Op == Minus {
		if n.Op == Minus {
			right = -right
		}
		if r, ok := n.Left.(*Ref); ok && (r.Kind == VariableRef || r.Kind == ParentRef) {
			return env.Plus(r, right)
		}
		return value(n.Left, env) + right
	}
	if n.Op == Multiply {
		return value(n.Left, env) * right
	}
	if right == 0 {
		return 0
	}
	if n.Op == Divide {
		return value(n.Left, env) / right
	}
	return value(n.Left, env) % right
}
