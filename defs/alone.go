package defs

import "slices"

// Alone is a copy of the node without what is below it, and of the nodes above it without what else is below them, in a
// definition with the same variables of the server: all that scripts and commands of the node are made of.
func (n *Node) Alone() *Node {
	c := n.bare()
	top := c
	for up := n.parent; up != nil; up = up.parent {
		above := up.bare()
		above.children = []*Node{top}
		top.parent = above
		top = above
	}
	if d := n.Defs(); d != nil && top.suite != nil {
		own := &Defs{server: serverData{state: d.server.state, user: slices.Clone(d.server.user), internal: slices.Clone(d.server.internal)}}
		own.suites = []*Node{top}
		top.suite.defs = own
		top.suite.dated = n.Root().suite.dated
	}
	return c
}

// bare is a copy without children.
func (n *Node) bare() *Node {
	m := *n
	m.children, m.index, m.parent = nil, nil, nil
	return m.clone()
}
