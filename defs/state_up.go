package defs

// computed is the most significant state among nodes.
//
// source: libs/node NodeState.hpp.
func computed(nodes []*Node) NState {
	var have [Active + 1]bool
	for _, n := range nodes {
		have[n.state] = true
	}
	for _, s := range [...]NState{Aborted, Active, Submitted, Queued, Complete} {
		if have[s] {
			return s
		}
	}
	return Unknown
}

// ComputedState is the state that follows from the children; the node's own when it has none, and for tasks.
func (n *Node) ComputedState() NState {
	if !n.IsContainer() || len(n.children) == 0 {
		return n.state
	}
	return computed(n.children)
}

// ComputedStateDeep is the state that follows from the tasks below, whatever the families between say.
func (n *Node) ComputedStateDeep() NState {
	if !n.IsContainer() || len(n.children) == 0 {
		return n.state
	}
	leaves := make([]*Node, len(n.children))
	for i, c := range n.children {
		leaves[i] = &Node{state: c.ComputedStateDeep()}
	}
	return computed(leaves)
}

// UpdateState computes the definition's state from its suites.
func (d *Defs) UpdateState() {
	if s := computed(d.suites); s != d.state {
		d.SetState(s)
	}
}

// UpdateState computes the state of a suite or family from its children.
func (n *Node) UpdateState() {
	if n.IsContainer() {
		s := n.Root().suite
		if s == nil {
			s = &suiteData{}
		}
		n.enter(n.ComputedState(), s)
		n.touch()
	}
}

// UpdateStateUp computes the states of the node, unless it is a task, and of all above it, and the definition's.
func (n *Node) UpdateStateUp() {
	top := n.Root()
	s := top.suite
	if s == nil {
		s = &suiteData{}
	}
	for c := n; c != nil; c = c.parent {
		if c.IsContainer() {
			c.enter(c.ComputedState(), s)
		}
	}
	n.touch()
	if s.defs != nil {
		s.defs.UpdateState()
	}
}

// SetStateDeep sets the state of the node and of all below it, aliases excepted.
func (n *Node) SetStateDeep(state NState) {
	s := n.Root().suite
	if s == nil {
		s = &suiteData{}
	}
	n.enterDeep(state, s)
	n.touch()
}

// enterDeep enters a state with all below but aliases.
func (n *Node) enterDeep(state NState, s *suiteData) {
	n.enter(state, s)
	for _, c := range n.children {
		if c.kind != KindAlias {
			c.enterDeep(state, s)
		}
	}
}
