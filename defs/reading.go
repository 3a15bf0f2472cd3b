package defs

import "time"

// What readers of definition text need beside what everyone uses.

// NewNodeUnchecked makes a node of any name, as texts between client and server are taken on trust.
func NewNodeUnchecked(kind Kind, name string) *Node {
	n := &Node{name: name, kind: kind, dstate: DQueued}
	if kind == KindSuite {
		n.suite = &suiteData{}
	}
	return n
}

// ValidDate reports whether yyyymmdd is a day of the years that the original knows, 1400 to 9999.
func ValidDate(yyyymmdd int) bool { return validDate(yyyymmdd) }

// Runtime is how long the node ran before it changed its state, as servers from 5.13 tell.
func (n *Node) Runtime() time.Duration { return n.ran }

// SetRuntime sets what Runtime gives.
func (n *Node) SetRuntime(d time.Duration) {
	n.ran = d
	n.touch()
}

// HasRare reports whether the node has any attribute beside variables, meters,
// events, labels, limits, inlimits, expressions and repeat: a quick no for printers.
func (n *Node) HasRare() bool { return n.attrs != nil && n.attrs.more != nil }

// slab hands out single places of larger allocations.
type slab[T any] struct {
	free []T
	size int // of the next allocation: they grow, so that small trees stay small
}

const largestSlab = 512

func (s *slab[T]) fill() {
	if len(s.free) == 0 {
		s.size = min(max(2*s.size, 2), largestSlab)
		s.free = make([]T, s.size)
	}
}

func (s *slab[T]) take() *T {
	s.fill()
	place := &s.free[0]
	s.free = s.free[1:]
	return place
}

// one is an empty slice with room for one.
func (s *slab[T]) one() []T {
	s.fill()
	place := s.free[0:0:1]
	s.free = s.free[1:]
	return place
}

// Builder makes room for nodes and their attributes in large pieces, for those
// who make many at once. What it makes is as any other; a piece is freed when
// nothing in it is in use. It is for trees that nobody else has seen: their
// revision does not change.
type Builder struct {
	nodes       slab[Node]
	attrs       slab[attributes]
	vars        slab[Variable]
	meters      slab[Meter]
	events      slab[Event]
	labels      slab[Label]
	inlimits    slab[InLimit]
	expressions slab[Expression]
	parts       slab[PartExpression]
}

// Node makes a node of any name, as [NewNodeUnchecked].
func (b *Builder) Node(kind Kind, name string) *Node {
	n := b.nodes.take()
	n.name, n.kind, n.dstate = name, kind, DQueued
	if kind == KindSuite {
		n.suite = &suiteData{}
	}
	return n
}

// AddChild is [Node.AddChild], last.
func (b *Builder) AddChild(n, c *Node) error { return n.addChild(c, -1) }

func (b *Builder) have(n *Node) *attributes {
	if n.attrs == nil {
		n.attrs = b.attrs.take()
	}
	return n.attrs
}

// AddVariable is [Node.AddVariable].
func (b *Builder) AddVariable(n *Node, v Variable) {
	if n.vars == nil {
		n.vars = b.vars.one()
	}
	n.vars = setVariable(n.vars, v)
}

// AddMeter is [Node.AddMeter].
func (b *Builder) AddMeter(n *Node, m Meter) error {
	if a := b.have(n); a.meters == nil {
		a.meters = b.meters.one()
	}
	return n.addMeter(m)
}

// AddEvent is [Node.AddEvent].
func (b *Builder) AddEvent(n *Node, e Event) error {
	if a := b.have(n); a.events == nil {
		a.events = b.events.one()
	}
	return n.addEvent(e)
}

// AddLabel is [Node.AddLabel].
func (b *Builder) AddLabel(n *Node, l Label) error {
	if a := b.have(n); a.labels == nil {
		a.labels = b.labels.one()
	}
	return n.addLabel(l)
}

// AddInLimit is [Node.AddInLimit].
func (b *Builder) AddInLimit(n *Node, l InLimit) error {
	if a := b.have(n); a.inlimits == nil {
		a.inlimits = b.inlimits.one()
	}
	return n.addInLimit(l)
}

// AddPartTrigger is [Node.AddPartTrigger].
func (b *Builder) AddPartTrigger(n *Node, p PartExpression) error {
	if n.kind == KindSuite || p.Type != PartFirst || b.have(n).trigger != nil {
		return n.AddPartTrigger(p)
	}
	e := b.expressions.take()
	e.Parts = append(b.parts.one(), p)
	n.attrs.trigger = e
	return nil
}
