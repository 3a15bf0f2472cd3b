package model

import "github.com/ecflow-go/ecflow/defs"

// find is a member that finds something by name.
func find(name, result, doc string, f func(n *defs.Node, name string) any) Member {
	return Member{Name: name, Pure: true, Doc: doc,
		Forms: one("(name: str, /) -> "+result, func(n *defs.Node, a *Args) (any, error) { return f(n, a.Str(0)), nil })}
}

// nodeFinding are the members that find.
//
// source: libs/node NodeFind.cpp.
func nodeFinding() []Member {
	variable := func(value string, ok bool, name string) any {
		if !ok {
			return defs.Variable{}
		}
		return defs.Variable{Name: name, Value: value}
	}
	const empty = "; an empty one, see empty(), when there is none."
	return []Member{
		find("find_variable", "Variable", "The user's variable of this node alone"+empty+"\n\n"+
			">>> t = ecflow.Task('t', A=1)\n>>> t.find_variable('A').value(), t.find_variable('B').empty()\n('1', True)",
			func(n *defs.Node, name string) any {
				value, ok := n.Variable(name)
				return variable(value, ok, name)
			}),
		find("find_gen_variable", "Variable", "The variable that the node makes by itself, ECF_NAME and the like"+empty, func(n *defs.Node, name string) any {
			value, ok := n.GeneratedVariable(name)
			return variable(value, ok, name)
		}),
		find("find_parent_variable", "Variable", "The user's variable of this node or the nearest above that has one, at last that of the definition"+empty,
			func(n *defs.Node, name string) any {
				value, ok := upVariable(n, name)
				return variable(value, ok, name)
			}),
		find("find_parent_variable_sub_value", "str", "The value that find_parent_variable() finds, with values in place of the variables in it; '' when there is none.\n\n"+
			"Variables of the definition are substituted as the definition sees them: only by its own.\n\n"+
			">>> f = ecflow.Family('f', ecflow.Task('t'), DIR='/tmp/%TASK%')\n>>> f.t.find_parent_variable_sub_value('DIR')\n'/tmp/t'", substituted),
		find("find_event", "Event", "The event of that name, or of that number given as text"+empty, func(n *defs.Node, name string) any {
			e, ok := n.Event(name)
			if !ok {
				e.Number = defs.NoNumber
			}
			return &e
		}),
		find("find_meter", "Meter", "The meter of that name"+empty, func(n *defs.Node, name string) any {
			m, _ := n.Meter(name)
			return &m
		}),
		find("find_label", "Label", "The label of that name"+empty, func(n *defs.Node, name string) any {
			l, _ := n.Label(name)
			return &l
		}),
		find("find_limit", "Optional[Limit]", "The limit of that name: the node's own, not a copy. None when there is none.",
			func(n *defs.Node, name string) any { return n.Limit(name) }),
		find("find_queue", "Queue", "The queue of that name"+empty, func(n *defs.Node, name string) any {
			q := defs.QueueAttr{}
			if have := n.Queue(name); have != nil {
				q = have.Clone()
			}
			return &q
		}),
		find("find_generic", "Generic", "The generic attribute of that name"+empty, func(n *defs.Node, name string) any {
			g, _ := n.Generic(name)
			return &g
		}),
		find("find_node_up_the_tree", "Optional[Node]", "A node of that name: directly below this one or one above it, or one of these themselves; the nearest. None when there is none.",
			func(n *defs.Node, name string) any { return n.FindUp(name) }),
	}
}

// upVariable finds a user's variable of the node or above, at last one of the definition, which may be empty.
func upVariable(n *defs.Node, name string) (string, bool) {
	for at := n; at != nil; at = at.Parent() {
		if value, ok := at.Variable(name); ok {
			return value, true
		}
	}
	if d := n.Defs(); d != nil {
		return d.Variable(name)
	}
	return "", false
}

func substituted(n *defs.Node, name string) any {
	for at := n; at != nil; at = at.Parent() {
		if value, ok := at.Variable(name); ok {
			text, _ := n.Substitute(value, nil, n.Micro())
			return text
		}
	}
	d := n.Defs()
	if d == nil {
		return ""
	}
	value, _ := d.Variable(name)
	return d.Substitute(value)
}
