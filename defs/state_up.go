package defs

// states tells which states there are among nodes.
type states [Active + 1]bool

// foremost is the most significant of them.
//
// source: libs/node NodeState.hpp.
func (have *states) foremost() NState {
	for _, s := range [...]NState{Aborted, Active, Submitted, Queued, Complete} {
		if have[s] {
			return s
		}
	}
	return Unknown
}

// computed is the most significant state among nodes.
func computed(nodes []*Node) NState {
	var have states
	for _, n := range nodes {
		have[n.state] = true
	}
	return have.foremost()
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
	var have states
	for _, c := range n.children {
		have[c.ComputedStateDeep()] = true
	}
	return have.foremost()
}

// UpdateState computes the definition's state from its suites.
func (d *Defs) UpdateState() {
	s := computed(d.suites)
	if s == d.state {
		return
	}
	d.SetState(s)
	if d.host != nil && d.host.Log != nil {
		d.host.Log(LogState, " "+s.String()+": /")
	}
}

// updateDefs computes the state of the suite's definition, if it is in one.
func (s *suiteData) updateDefs() {
	if s.defs != nil {
		s.defs.UpdateState()
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
	s := n.Root().suite
	if s == nil {
		s = &suiteData{}
	}
	n.updateStateUp(s)
	n.touch()
}

func (n *Node) updateStateUp(s *suiteData) {
	for ; n != nil; n = n.parent {
		if n.IsContainer() {
			n.enter(n.ComputedState(), s)
		}
	}
	s.updateDefs()
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
