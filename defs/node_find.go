package defs

import "slices"

func (n *Node) meterAt(name string) int {
	return slices.IndexFunc(n.some().meters, func(m Meter) bool { return m.Name == name })
}

func (n *Node) labelAt(name string) int {
	return slices.IndexFunc(n.some().labels, func(l Label) bool { return l.Name == name })
}

// eventAt finds an event by name, or else by number.
func (n *Node) eventAt(name string) int {
	events := n.some().events
	if i := slices.IndexFunc(events, func(e Event) bool { return e.Name == name }); i >= 0 {
		return i
	}
	if name == "" || name[0] < '0' || name[0] > '9' {
		return -1
	}
	number, ok := parseInt(name)
	if !ok {
		return -1
	}
	return slices.IndexFunc(events, func(e Event) bool { return e.Number == number })
}

// Variable finds a user variable of this node.
func (n *Node) Variable(name string) (string, bool) { return lookup(n.vars, name) }

// Meter finds a meter of this node.
func (n *Node) Meter(name string) (Meter, bool) { return at(n.some().meters, n.meterAt(name)) }

// Event finds an event of this node by its name, or by its number as text.
func (n *Node) Event(name string) (Event, bool) { return at(n.some().events, n.eventAt(name)) }

// Label finds a label of this node.
func (n *Node) Label(name string) (Label, bool) { return at(n.some().labels, n.labelAt(name)) }

func at[T any](items []T, i int) (item T, ok bool) {
	if i < 0 {
		return item, false
	}
	return items[i], true
}

// Limit finds a limit of this node, or nil.
func (n *Node) Limit(name string) *Limit {
	for _, l := range n.some().limits {
		if l.Name == name {
			return l
		}
	}
	return nil
}

// LimitUp finds a limit of this node or of the nearest node above that has one of that name, or nil.
func (n *Node) LimitUp(name string) *Limit {
	for ; n != nil; n = n.parent {
		if l := n.Limit(name); l != nil {
			return l
		}
	}
	return nil
}

// Queue finds a queue of this node, or nil. It is changed through the node only.
func (n *Node) Queue(name string) *QueueAttr {
	queues := n.rare().queues
	for i := range queues {
		if queues[i].Name == name {
			return &queues[i]
		}
	}
	return nil
}

// Generic finds a generic attribute of this node.
func (n *Node) Generic(name string) (GenericAttr, bool) {
	generics := n.rare().generics
	return at(generics, slices.IndexFunc(generics, func(g GenericAttr) bool { return g.Name == name }))
}
