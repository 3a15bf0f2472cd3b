package defs

import "slices"

// Undo remembers what a definition was, so that changes of several nodes
// happen all or not at all. It is for adding no suite and removing none.
type Undo struct {
	d     *Defs
	was   Defs
	nodes map[*Node]*keptNode
}

type keptNode struct {
	was  Node
	deep bool
}

// Keep begins remembering: what belongs to the definition itself at once, nodes when [Undo.Node] names them.
func (d *Defs) Keep() *Undo {
	u := &Undo{d: d, was: *d, nodes: map[*Node]*keptNode{}}
	d.suites = slices.Clone(d.suites)
	d.server.user = slices.Clone(d.server.user)
	return u
}

// Node remembers a node that is about to change: its states, flags and job
// alone, or when deep also its attributes and which children it has in which
// order.
func (u *Undo) Node(n *Node, deep bool) {
	k := u.nodes[n]
	if k == nil {
		k = &keptNode{was: *n}
		u.nodes[n] = k
		n.suite = clonePointer(n.suite)
	}
	if deep && !k.deep {
		k.deep = true
		n.vars = slices.Clone(n.vars)
		n.attrs = n.attrs.clone()
		n.children = slices.Clone(n.children)
	}
}

// Back makes everything what it was.
func (u *Undo) Back() {
	for n, k := range u.nodes {
		for _, c := range n.children {
			c.parent = nil
		}
		*n = k.was
	}
	// Only now that every node has its children again do they get their parents:
	// what was put in place of them may have been kept too.
	for n := range u.nodes {
		for _, c := range n.children {
			c.parent = n
		}
	}
	*u.d = u.was
}
