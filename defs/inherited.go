package defs

// UserVariable finds a user variable of the node or of the nearest above that
// has one of that name, and at last a variable of the definition.
//
// source: libs/node NodeFind.cpp.
func (n *Node) UserVariable(name string) (string, bool) {
	top := n
	for ; n != nil; n = n.parent {
		if value, ok := lookup(n.vars, name); ok {
			return value, true
		}
		top = n
	}
	return top.serverVariable(name)
}

// serverVariable finds a variable of the definition of a root; empty ones do not count.
func (n *Node) serverVariable(name string) (string, bool) {
	if n.suite == nil || n.suite.defs == nil {
		return "", false
	}
	value, _ := n.suite.defs.Variable(name)
	return value, value != ""
}

// InheritedVariable finds the value that a script sees: on the node and then on
// each above it a user variable, the repeat, a generated variable; at last a variable of the definition.
func (n *Node) InheritedVariable(name string) (string, bool) {
	top := n
	for ; n != nil; n = n.parent {
		if value, ok := lookup(n.vars, name); ok {
			return value, true
		}
		if r := n.Repeat(); r != nil && r.Name() == name {
			return r.ValueString(), true
		}
		if value, ok := n.GeneratedVariable(name); ok {
			return value, true
		}
		top = n
	}
	return top.serverVariable(name)
}

// inheritedGenerated finds a generated variable of the node or those above, and at last one of the definition.
func (n *Node) inheritedGenerated(name string) (string, bool) {
	top := n
	for ; n != nil; n = n.parent {
		if value, ok := n.GeneratedVariable(name); ok {
			return value, true
		}
		top = n
	}
	return top.serverVariable(name)
}

// Micro is the character that marks variables in scripts of the node, '%' unless ECF_MICRO says otherwise.
func (n *Node) Micro() byte {
	if m, _ := n.UserVariable("ECF_MICRO"); len(m) == 1 {
		return m[0]
	}
	return '%'
}
