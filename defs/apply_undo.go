package defs

import "slices"

// Undo remembers what a definition was, so that changes of several nodes
// happen all or not at all. It is for adding no suite and removing none.
type Undo struct {
	d     *Defs
	was   Defs
	nodes map[*Node]*keptNode
	room  []keptNode // for the next ones
}

type keptNode struct {
	was        Node
	vars, deep bool // what of it has been copied
}

// Keep begins remembering: what belongs to the definition itself at once, nodes, of which there will be
// about so many, when [Undo.Node] names them.
func (d *Defs) Keep(nodes int) *Undo {
	const most = 64
	u := &Undo{d: d, was: *d, nodes: make(map[*Node]*keptNode, nodes), room: make([]keptNode, 0, min(nodes, most))}
	d.suites = slices.Clone(d.suites)
	d.server.user = slices.Clone(d.server.user)
	return u
}

// Node remembers a node that is about to change: its states, flags and job
// alone, or when deep also its attributes and which children it has in which
// order.
func (u *Undo) Node(n *Node, deep bool) {
	k := u.keep(n)
	if deep && !k.deep {
		u.variables(n, k)
		k.deep = true
		n.attrs = n.attrs.clone()
		n.children = slices.Clone(n.children)
	}
}

// Variables remembers a node of which the variables are about to change and, at most, what [Undo.Node]
// remembers when it is not deep.
func (u *Undo) Variables(n *Node) { u.variables(n, u.keep(n)) }

func (u *Undo) variables(n *Node, k *keptNode) {
	if !k.vars {
		k.vars = true
		n.vars = slices.Clone(n.vars)
	}
}

func (u *Undo) keep(n *Node) *keptNode {
	k := u.nodes[n]
	if k == nil {
		if len(u.room) == cap(u.room) {
			u.room = make([]keptNode, 0, max(cap(u.room), 1))
		}
		u.room = append(u.room, keptNode{was: *n})
		k = &u.room[len(u.room)-1]
		u.nodes[n] = k
		n.suite = clonePointer(n.suite)
	}
	return k
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
