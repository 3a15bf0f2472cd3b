package defs

import "slices"

// Look is a look for the tasks that nothing holds, see [Defs.Resolve]. It may stop, so that others have the definition for a
// while, and goes on where it stopped: tasks are submitted in the order of the tree, and what has become free in front of
// that place waits for the next look, as if the look had not stopped. The zero value has not begun.
type Look struct {
	rest    []place // where it stopped: the task that was submitted last, and all that it is in
	part    *Node   // what is looked through, nil: all
	seen    version // of the definition when it stopped
	changed bool    // the definition has changed since
	submit  func(task *Node) (more bool)
}

// place is a node and its position among its siblings.
type place struct {
	node *Node
	at   int
}

// version tells whether a definition has changed: one that is tracked in what clients are told of, and in its calendars.
type version struct {
	revision               uint64
	state, modify, updates int
}

func (d *Defs) version() version {
	if d.track == nil {
		return version{revision: d.revision}
	}
	return version{state: d.stateChangeNo, modify: d.modifyChange, updates: d.calCount}
}

// Stopped reports whether the look has begun and is not over.
func (l *Look) Stopped() bool { return len(l.rest) > 0 }

// Outdated reports whether the definition has changed since the look stopped.
func (l *Look) Outdated(d *Defs) bool { return d.version() != l.seen }

// Ignore lets the definition be changed in what no task waits for: a look that stopped is not outdated by that.
func (l *Look) Ignore(d *Defs, change func()) {
	outdated := l.Outdated(d)
	if change(); !outdated {
		l.seen = d.version()
	}
}

// Again lets a look that stopped go on with the task that was to be submitted last, not behind it.
func (l *Look) Again() {
	if l.Stopped() {
		l.rest[0].node = nil
	}
}

// Resolve begins to look through the definition, or goes on with it. What the look is in when it goes on has to let it:
// nodes that have come to be held meanwhile are passed over. If the place is gone, it is the one where its next sibling is
// now; a definition that has changed so much that nodes are passed over needs another look, see [Look.Outdated].
//
// source: libs/node Jobs.cpp, Suite.cpp, NodeContainer.cpp, Task.cpp, Node.cpp (resolveDependencies).
func (l *Look) Resolve(d *Defs, submit func(task *Node) (more bool)) (done bool) {
	if d.server.state != Running {
		*l = Look{}
		return true
	}
	l.submit, l.changed = submit, l.Outdated(d)
	switch {
	case !l.Stopped():
		l.part = nil
		done = l.all(d)
	case l.part == nil:
		done = l.all(d)
	case l.part.Defs() == d && !l.part.heldAbove():
		done = l.below()
	default:
		l.skip()
		done = true
	}
	d.revision++
	l.leave(d)
	return done
}

// ResolveBelow begins to look through a node and all below it, whatever the state of the server. [Look.Resolve] goes on.
func (l *Look) ResolveBelow(n *Node, submit func(task *Node) (more bool)) (done bool) {
	d := n.Defs()
	if d == nil || n.kind == KindAlias || n.heldAbove() {
		return true
	}
	*l = Look{part: n, submit: submit}
	done = l.below()
	d.revision++
	l.leave(d)
	return done
}

// heldAbove reports whether a node above is suspended, which holds a part that is looked through by itself.
//
// source: libs/node Node.cpp, isParentSuspended.
func (n *Node) heldAbove() bool {
	for up := n.parent; up != nil; up = up.parent {
		if up.suspend {
			return true
		}
	}
	return false
}

// leave is where the look is over, or has stopped.
func (l *Look) leave(d *Defs) {
	l.seen, l.submit = d.version(), nil
	if !l.Stopped() {
		*l = Look{}
	}
}

func (l *Look) below() bool {
	s := l.part.Root().suite
	if !s.begun {
		l.skip()
		return true
	}
	if l.part.kind == KindSuite && !l.Stopped() {
		s.followTime()
	}
	return l.part.resolve(l, s) || !l.Stopped() // a task alone
}

// all goes through the suites. Of one that was looked through in parts it is not noted what has changed since: the next
// look does not pass over it.
func (l *Look) all(d *Defs) bool {
	for i := l.from(d.suites); i < len(d.suites); i++ {
		n, goesOn := d.suites[i], l.Stopped()
		s := n.suite
		switch {
		case !s.begun:
			l.skip()
			continue
		case !goesOn:
			s.followTime()
			if d.unchanged(n) {
				continue
			}
			s.idle.noisy = false
		}
		before := d.stateChangeNo
		if !n.resolve(l, s) {
			l.stop(n, i)
			return false
		}
		if !goesOn {
			d.looked(n, before)
		}
	}
	return true
}

// stop notes a node in which the look stops: first the task, then what it is in.
func (l *Look) stop(n *Node, at int) { l.rest = append(l.rest, place{n, at}) }

// skip forgets where in a node the look stopped: the node is passed over.
func (l *Look) skip() { l.rest = l.rest[:0] }

// from tells from which of some nodes on to look: from the one in which the look stopped, if it did in one of them.
func (l *Look) from(nodes []*Node) int {
	last := len(l.rest) - 1
	if last < 0 {
		return 0
	}
	p := l.rest[last]
	l.rest = l.rest[:last]
	at := p.at
	if at >= len(nodes) || nodes[at] != p.node {
		at = slices.Index(nodes, p.node)
	}
	switch {
	case at < 0: // it is gone, and what was behind it is in its place
		l.skip()
		return min(p.at, len(nodes))
	case last == 0: // the task
		return at + 1
	}
	return at
}
