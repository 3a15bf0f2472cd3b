package delta

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Numbers are a server's counts of changes, as it has them or as a client was told them.
type Numbers struct{ State, Modify int }

// Of are the numbers of a definition.
func Of(d *defs.Defs) Numbers { return Numbers{State: d.StateChangeNo(), Modify: d.ModifyChangeNo()} }

// Since are the changes of a tracked definition, and of some of its suites, that a client does not know which was told
// the numbers client; server are the numbers that it knows then. With clock it is told of calendars that have moved
// though nothing else of their suites has changed. ok is false when changes are no help: the client has to get
// everything. Nothing is changed, so many may call it at once.
//
// source: libs/base SSyncCmd.cpp; libs/node Defs.cpp, Suite.cpp, NodeContainer.cpp, Task.cpp, collateChanges.
func Since(d *defs.Defs, suites []*defs.Node, client, server Numbers, clock bool) (changes *wire.DefsDelta, ok bool) {
	if client.Modify != server.Modify || client.State > server.State {
		return nil, false
	}
	p := producer{d: d, known: client.State}
	p.changes.ServerStateChangeNo, p.changes.ServerModifyChangeNo = uint32(server.State), uint32(server.Modify)
	p.definition()
	for _, s := range suites {
		nos := d.SuiteNos(s)
		if nos.Known > p.known {
			return nil, false
		}
		before := len(p.changes.CompoundMementos)
		p.node(s)
		if nos.Calendar > p.known && (clock || len(p.changes.CompoundMementos) > before) {
			c := s.Calendar()
			p.add(&wire.CompoundMemento{AbsNodePath: s.Path(), Vec: []wire.Memento{&wire.SuiteCalendarMemento{Calendar: wireCalendar(&c)}}})
		}
	}
	return &p.changes, true
}

// producer collects what has changed since a state change number.
type producer struct {
	d       *defs.Defs
	known   int
	changes wire.DefsDelta
}

func (p *producer) add(c *wire.CompoundMemento) {
	p.changes.CompoundMementos = append(p.changes.CompoundMementos, c)
}

// definition tells what has changed of the definition itself.
func (p *producer) definition() {
	var state, order, flag, server, variables wire.Memento
	for _, c := range p.d.OwnChanges() {
		if int(c.No) <= p.known {
			continue
		}
		switch c.Aspect() {
		case defs.AspectState:
			state = &wire.StateMemento{State: wire.NState(p.d.State())}
		case defs.AspectOrder:
			order = &wire.OrderMemento{Order: names(p.d.Suites())}
		case defs.AspectFlag:
			flag = &wire.FlagMemento{Flag: wire.Flag{Mask: uint32(p.d.Flag())}}
		case defs.AspectServerState:
			server = &wire.ServerStateMemento{State: wire.ServerState(p.d.ServerState())}
		case defs.AspectUserVariables:
			variables = &wire.ServerVariableMemento{Variables: wireVariables(p.d.UserVariables())}
		}
	}
	var vec []wire.Memento
	for _, m := range [...]wire.Memento{state, order, flag, server, variables} {
		if m != nil {
			vec = append(vec, m)
		}
	}
	if vec != nil {
		p.add(&wire.CompoundMemento{AbsNodePath: "/", Vec: vec})
	}
}

func names(nodes []*defs.Node) []string {
	list := make([]string, len(nodes))
	for i, n := range nodes {
		list[i] = n.Name()
	}
	return list
}

// node tells what has changed of a node, and below it unless its children are told as a whole. What has not changed
// is not looked into.
func (p *producer) node(n *defs.Node) {
	newest, own := p.d.NodeChanges(n)
	if newest <= p.known {
		return
	}
	c := telling{n: n}
	for _, change := range own {
		if int(change.No) > p.known {
			c.tell(change)
		}
	}
	if c.vec != nil || c.clear {
		p.add(&wire.CompoundMemento{AbsNodePath: n.Path(), ClearAttributes: c.clear, Vec: c.vec})
	}
	if c.children && n.IsContainer() {
		return
	}
	for _, child := range n.Children() {
		p.node(child)
	}
}
