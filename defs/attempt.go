package defs

// kept is what a node was, for [Node.Attempt].
type kept struct {
	was               Node
	attrs             attributes
	more              moreAttributes
	suite             suiteData
	trigger, complete Expression
}

func (n *Node) keep() *kept {
	k := &kept{was: *n}
	if len(n.vars) > 0 { // values change in place
		n.vars = append(make([]Variable, 0, len(n.vars)+4), n.vars...)
	}
	if n.attrs != nil {
		k.attrs = *n.attrs
		if n.attrs.more != nil {
			k.more = *n.attrs.more
		}
		if n.attrs.trigger != nil {
			k.trigger = *n.attrs.trigger
		}
		if n.attrs.complete != nil {
			k.complete = *n.attrs.complete
		}
	}
	if n.suite != nil {
		k.suite = *n.suite
	}
	return k
}

func (k *kept) back(n *Node) {
	for _, c := range n.children[len(k.was.children):] {
		c.parent = nil
		c.edits++
		c.left(n.Defs())
		delete(k.was.index, c.name)
	}
	edits, mark, log := n.edits, n.mark, n.log
	*n = k.was
	n.edits, n.mark, n.log = edits, mark, log
	if n.attrs != nil {
		*n.attrs = k.attrs
		if n.attrs.more != nil {
			*n.attrs.more = k.more
		}
		if n.attrs.trigger != nil {
			*n.attrs.trigger = k.trigger
		}
		if n.attrs.complete != nil {
			*n.attrs.complete = k.complete
		}
	}
	if n.suite != nil {
		nos := n.suite.nos
		*n.suite = k.suite
		n.suite.nos = nos
	}
	n.note(AspectAttributes)
	n.note(AspectChildren)
}

// Attempt lets f add attributes and children to the node. When f fails the node
// is as it was before, and children that it got have no parent again.
func (n *Node) Attempt(f func() error) error {
	k := n.keep()
	err := f()
	if err != nil {
		k.back(n)
	}
	return err
}

// Attempt lets f add suites and user variables to the definition, which is as it was before when f fails.
func (d *Defs) Attempt(f func() error) error {
	count, user := len(d.suites), d.server.user
	d.server.user = append(make([]Variable, 0, len(user)+4), user...)
	err := f()
	if err != nil {
		for i := len(d.suites) - 1; i >= count; i-- {
			_ = d.Remove(d.suites[i])
		}
		d.server.user = user
		d.noteOwn(AspectUserVariables)
	}
	return err
}

// HasTimes reports whether a task below the node has a time, today, date, day, cron or aviso attribute; those of
// suites and families do not count.
//
// source: libs/node NodeContainer.cpp, hasTimeDependencies.
func (n *Node) HasTimes() bool {
	if n.IsContainer() {
		for _, c := range n.children {
			if c.HasTimes() {
				return true
			}
		}
		return false
	}
	m := n.rare()
	return len(m.times)+len(m.todays)+len(m.dates)+len(m.days)+len(m.crons)+len(m.avisos) > 0
}

// StateMarks is the node's set of marks itself, which its holder may change.
func (n *Node) StateMarks() *Flag { return &n.flag }
