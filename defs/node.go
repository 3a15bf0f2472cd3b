package defs

import (
	"iter"
	"strings"
	"time"
)

// Kind is what a node is.
type Kind uint8

// The kinds of nodes.
const (
	KindSuite Kind = iota
	KindFamily
	KindTask
	KindAlias
)

var kindNames = [...]string{"suite", "family", "task", "alias"}

// String is the kind's keyword in definition text.
func (k Kind) String() string { return nameAt(kindNames[:], int(k)) }

// Node is a suite, family, task or alias. Suites and families hold families and
// tasks, tasks hold aliases.
//
// Slices that its methods return belong to the node and must not be changed.
type Node struct {
	name     string
	parent   *Node
	children []*Node
	index    map[string]*Node // of children, once there are many
	vars     []Variable
	attrs    *attributes
	suite    *suiteData // suites only
	run      *runData   // tasks and aliases that have run
	since    time.Duration
	ran      time.Duration // in the state before this one
	mark     uint64        // its holder's
	edits    uint32        // of the tree below, where the node is a root without Defs
	log      uint32        // its place in a tracker
	flag     Flag
	kind     Kind
	state    NState
	dstate   DState
	suspend  bool
}

// attributes are those that not every node has.
type attributes struct {
	meters            []Meter
	events            []Event
	labels            []Label
	inlimits          []InLimit
	limits            []*Limit
	trigger, complete *Expression
	repeat            Repeat
	more              *moreAttributes
}

// moreAttributes are those that few nodes have.
type moreAttributes struct {
	times    []TimeAttr
	todays   []TodayAttr
	dates    []DateAttr
	days     []DayAttr
	crons    []CronAttr
	late     *LateAttr
	zombies  []ZombieAttr
	verifies []VerifyAttr
	queues   []QueueAttr
	generics []GenericAttr
	avisos   []AvisoAttr
	mirrors  []MirrorAttr
	cancel   *AutoCancel
	archive  *AutoArchive
	restore  *AutoRestore
	misc     bool // there has been a zombie, verify, queue or generic attribute: the original tells nodes apart by that
}

// suiteData is what only suites have.
type suiteData struct {
	defs            *Defs
	begun           bool
	dated           bool // it has begun once: the variables of its date stay, as in the original
	clock, endClock *ClockAttr
	calendar        Calendar
	nos             suiteNos
	idle            idle
}

// trial is what was in place of generated variables when a job was made to see whether it can be, see SetTrial.
type trial struct{ dir, password string }

// runData is what a task knows of its job.
type runData struct {
	password, processID, abortReason string
	tryNo, aliasNo                   int
	trial                            trial
}

// noAttributes stands for the attributes of nodes that have none; never written.
var (
	noAttributes     attributes
	noMoreAttributes moreAttributes
)

// New nodes: each has no parent, and is added to a tree by [Node.AddChild] or [Defs.Add].

// NewSuite makes a suite.
func NewSuite(name string) (*Node, error) { return newNode(KindSuite, name) }

// NewFamily makes a family.
func NewFamily(name string) (*Node, error) { return newNode(KindFamily, name) }

// NewTask makes a task.
func NewTask(name string) (*Node, error) { return newNode(KindTask, name) }

// NewNode makes a node of any kind.
func NewNode(kind Kind, name string) (*Node, error) { return newNode(kind, name) }

func newNode(kind Kind, name string) (*Node, error) {
	if err := checkName("Invalid node name : ", name); err != nil {
		return nil, err
	}
	n := &Node{name: name, kind: kind, dstate: DQueued}
	if kind == KindSuite {
		n.suite = &suiteData{}
	}
	return n, nil
}

// Name is the node's own name.
func (n *Node) Name() string { return n.name }

// Kind is what the node is.
func (n *Node) Kind() Kind { return n.kind }

// Parent is the node above, nil for a suite and for a node of no tree.
func (n *Node) Parent() *Node { return n.parent }

// Children are the nodes directly below, in order; for a task its aliases.
func (n *Node) Children() []*Node { return n.children }

// IsContainer reports whether the node is a suite or a family.
func (n *Node) IsContainer() bool { return n.kind <= KindFamily }

// IsSubmittable reports whether the node is a task or an alias.
func (n *Node) IsSubmittable() bool { return n.kind >= KindTask }

// Root is the topmost node above, perhaps the node itself.
func (n *Node) Root() *Node {
	for n.parent != nil {
		n = n.parent
	}
	return n
}

// Suite is the suite that the node belongs to, or nil.
func (n *Node) Suite() *Node {
	if r := n.Root(); r.kind == KindSuite {
		return r
	}
	return nil
}

// Defs is the definition that the node belongs to, or nil.
func (n *Node) Defs() *Defs {
	if r := n.Root(); r.suite != nil {
		return r.suite.defs
	}
	return nil
}

// Path is the absolute path. That of a node of no suite starts at its topmost node.
func (n *Node) Path() string { return string(n.AppendPath(nil)) }

// AppendPath appends the absolute path.
func (n *Node) AppendPath(b []byte) []byte {
	if n.parent != nil {
		b = n.parent.AppendPath(b)
	}
	return append(append(b, '/'), n.name...)
}

// PathLen is the length of the path.
func (n *Node) PathLen() int {
	size := 0
	for ; n != nil; n = n.parent {
		size += len(n.name) + 1
	}
	return size
}

// debugPath is how messages name the node: kind in capitals, colon, path.
func (n *Node) debugPath() string { return strings.ToUpper(n.kind.String()) + ":" + n.Path() }

// All goes through the node and all below it, depth first.
func (n *Node) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) { n.each(yield) }
}

func (n *Node) each(yield func(*Node) bool) bool {
	if !yield(n) {
		return false
	}
	for _, c := range n.children {
		if !c.each(yield) {
			return false
		}
	}
	return true
}

// Mark is a number that whoever holds the tree may keep with the node, 0 at first.
func (n *Node) Mark() uint64 { return n.mark }

// SetMark sets that number. It is no change of the node.
func (n *Node) SetMark(mark uint64) { n.mark = mark }

// Revision is a number that changes with every change of the tree that the node belongs to.
func (n *Node) Revision() uint64 {
	r := n.Root()
	if r.suite != nil && r.suite.defs != nil {
		return r.suite.defs.revision
	}
	return uint64(r.edits)
}

// touch notes that the node has been changed in what clients are not told of, or what has been noted already.
func (n *Node) touch() {
	r := n.Root()
	if r.suite != nil && r.suite.defs != nil {
		r.suite.defs.revision++
		return
	}
	r.edits++
}

// have gives the attributes for writing.
func (n *Node) have() *attributes {
	if n.attrs == nil {
		n.attrs = &attributes{}
	}
	return n.attrs
}

// haveMore gives the rarer attributes for writing.
func (n *Node) haveMore() *moreAttributes {
	a := n.have()
	if a.more == nil {
		a.more = &moreAttributes{}
	}
	return a.more
}

// some gives the attributes for reading.
func (n *Node) some() *attributes {
	if n.attrs == nil {
		return &noAttributes
	}
	return n.attrs
}

// rare gives the rarer attributes for reading.
func (n *Node) rare() *moreAttributes {
	if a := n.some(); a.more != nil {
		return a.more
	}
	return &noMoreAttributes
}
