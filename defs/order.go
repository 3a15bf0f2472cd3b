package defs

import (
	"cmp"
	"slices"
	"time"
)

// Order is a way of ordering nodes among those beside them.
type Order uint8

// The ways. OrderOrder is the alphabet backwards.
const (
	OrderTop Order = iota
	OrderBottom
	OrderAlpha
	OrderOrder
	OrderUp
	OrderDown
	OrderRuntime
)

var orderNames = [...]string{"top", "bottom", "alpha", "order", "up", "down", "runtime"}

// String is the name of the way.
func (o Order) String() string { return nameAt(orderNames[:], int(o)) }

// ParseOrder finds the way called name.
func ParseOrder(name string) (Order, bool) {
	i := slices.Index(orderNames[:], name)
	return Order(max(i, 0)), i >= 0
}

// Order moves the node, or orders all nodes beside it.
//
// source: libs/node NodeContainer.cpp, Defs.cpp.
func (n *Node) Order(o Order) error {
	switch {
	case n.parent != nil:
		if changed, err := order(n.parent.children, n, o); err != nil || !changed {
			return err
		}
		n.parent.note(AspectOrder)
	case n.Defs() != nil:
		if changed, err := order(n.Defs().suites, n, o); err != nil || !changed {
			return err
		}
		n.Defs().noteOwn(AspectOrder)
	default:
		n.touch()
	}
	return nil
}

// order reports whether it did anything: what is first goes no further up, what is last no further down.
func order(nodes []*Node, n *Node, o Order) (changed bool, err error) {
	at := slices.Index(nodes, n)
	move := func(to int) {
		to = min(max(to, 0), len(nodes)-1)
		if to < at {
			copy(nodes[to+1:at+1], nodes[to:at])
		} else {
			copy(nodes[at:to], nodes[at+1:to+1])
		}
		nodes[to] = n
	}
	switch o {
	case OrderTop:
		move(0)
	case OrderBottom:
		move(len(nodes) - 1)
	case OrderUp:
		if at == 0 {
			return false, nil
		}
		move(at - 1)
	case OrderDown:
		if at == len(nodes)-1 {
			return false, nil
		}
		move(at + 1)
	case OrderAlpha:
		slices.SortStableFunc(nodes, func(a, b *Node) int {
			x, isX := parseInt(a.name)
			y, isY := parseInt(b.name)
			if isX && isY {
				return cmp.Compare(x, y)
			}
			return compareFold(a.name, b.name)
		})
	case OrderOrder:
		slices.SortStableFunc(nodes, func(a, b *Node) int { return compareFold(b.name, a.name) })
	case OrderRuntime:
		for _, c := range nodes {
			if c.state != Complete {
				switch {
				case n.parent == nil:
					return false, argf("Defs::order: To order by RUNTIME All suites must be complete")
				case n.kind == KindAlias:
					return false, argf("Task::order: To order by RUNTIME All aliases must be complete")
				}
				return false, argf("NodeContainer::order: To order by RUNTIME All nodes must be complete")
			}
		}
		slices.SortStableFunc(nodes, func(a, b *Node) int { return cmp.Compare(b.runtime(), a.runtime()) })
	}
	return true, nil
}

// runtime is how long the tasks below took together.
//
// source: libs/node NodeContainer.cpp, sum_runtime.
func (n *Node) runtime() time.Duration {
	if !n.IsContainer() {
		return n.ran
	}
	var sum time.Duration
	for _, c := range n.children {
		sum += c.runtime()
	}
	n.ran = sum
	return sum
}

// ReorderChildren puts the children into the order of names, if names are theirs exactly; otherwise nothing happens.
func (n *Node) ReorderChildren(names []string) {
	if reorder(n.children, names) {
		n.note(AspectOrder)
	}
}

// Reorder puts the suites into the order of names, as ReorderChildren.
func (d *Defs) Reorder(names []string) {
	if reorder(d.suites, names) {
		d.noteOwn(AspectOrder)
	}
}

func reorder(nodes []*Node, names []string) bool {
	if len(nodes) != len(names) {
		return false
	}
	byName := make(map[string]*Node, len(nodes))
	for _, n := range nodes {
		byName[n.name] = n
	}
	sorted := make([]*Node, 0, len(nodes))
	for _, name := range names {
		n := byName[name]
		if n == nil {
			return false
		}
		delete(byName, name)
		sorted = append(sorted, n)
	}
	copy(nodes, sorted)
	return true
}

// AttrKind is a kind of attributes that can be sorted.
type AttrKind uint8

// The kinds.
const (
	AttrUnknown AttrKind = iota
	AttrEvent
	AttrMeter
	AttrLabel
	AttrLimit
	AttrVariable
	AttrAll
)

var attrKindNames = [...]string{"", "event", "meter", "label", "limit", "variable", "all"}

// ParseAttrKind finds the kind called name.
func ParseAttrKind(name string) (AttrKind, bool) {
	i := slices.Index(attrKindNames[1:], name) + 1
	return AttrKind(i), i > 0
}

// SortAttributes sorts attributes of a kind by name, case not counting: of the
// node, and when recursive of all below but those whose paths are in except.
//
// source: libs/node Node.cpp.
func (n *Node) SortAttributes(kind AttrKind, recursive bool, except []string) {
	n.sortAttributes(kind, recursive, except)
}

func (n *Node) sortAttributes(kind AttrKind, recursive bool, except []string) {
	if !recursive || len(except) == 0 || !slices.Contains(except, n.Path()) {
		n.sortOwnAttributes(kind)
		n.note(AspectAttributes)
	}
	if recursive {
		for _, c := range n.children {
			c.sortAttributes(kind, recursive, except)
		}
	}
}

func (n *Node) sortOwnAttributes(kind AttrKind) {
	a := n.some()
	if kind == AttrVariable || kind == AttrAll {
		sortVariables(n.vars)
	}
	if kind == AttrEvent || kind == AttrAll {
		slices.SortStableFunc(a.events, func(a, b Event) int { return compareFold(a.NameOrNumber(), b.NameOrNumber()) })
	}
	if kind == AttrMeter || kind == AttrAll {
		slices.SortStableFunc(a.meters, func(a, b Meter) int { return compareFold(a.Name, b.Name) })
	}
	if kind == AttrLabel || kind == AttrAll {
		slices.SortStableFunc(a.labels, func(a, b Label) int { return compareFold(a.Name, b.Name) })
	}
	if kind == AttrLimit || kind == AttrAll {
		slices.SortStableFunc(a.limits, func(a, b *Limit) int { return compareFold(a.Name, b.Name) })
	}
}

func sortVariables(vars []Variable) {
	slices.SortStableFunc(vars, func(a, b Variable) int { return compareFold(a.Name, b.Name) })
}

// SortAttributes sorts the definition's variables, and when recursive the attributes of all nodes.
func (d *Defs) SortAttributes(kind AttrKind, recursive bool, except []string) {
	if kind == AttrVariable || kind == AttrAll {
		sortVariables(d.server.user)
		sortVariables(d.server.internal)
		d.noteOwn(AspectUserVariables)
	}
	if recursive {
		for _, s := range d.suites {
			s.sortAttributes(kind, recursive, except)
		}
	}
	d.revision++
}
