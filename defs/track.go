package defs

import "slices"

// Aspect is what of a node, or of the definition, a server tells its clients when it has changed. The order of aspects
// is that in which it tells them.
type Aspect uint8

// The aspects. Those from AspectEvent to AspectQueue have one change for each attribute of their kind.
const (
	AspectClock Aspect = iota // of a suite
	AspectBegun
	AspectChildren // added or removed
	AspectOrder    // of children, or of suites
	AspectAliasNo
	AspectJob // of a task: password, process id, reason of abort, try number
	AspectState
	AspectDefStatus
	AspectSuspended
	AspectAttributes // added, deleted or replaced: clients get all of the node anew
	AspectEvent
	AspectMeter
	AspectLabel
	AspectAviso
	AspectMirror
	AspectToday
	AspectTime
	AspectDay
	AspectDate
	AspectCron
	AspectQueue
	AspectVerify
	AspectTrigger
	AspectComplete
	AspectRepeat
	AspectLimit
	AspectVariables
	AspectLate
	AspectFlag
	AspectServerState // of the definition
	AspectUserVariables
)

// Change is an aspect that has changed, and when. An aspect has its last change only.
type Change struct {
	No   uint32 // what the state change number was made then
	what uint32 // aspect and index, so that changes are sorted by it
}

const indexBits = 24

// Aspect is what has changed.
func (c Change) Aspect() Aspect { return Aspect(c.what >> indexBits) }

// Index tells which of several attributes has changed.
func (c Change) Index() int { return int(c.what & (1<<indexBits - 1)) }

// tracker remembers what has changed in a definition, see [Defs.Track]. Nodes know their place in logs.
type tracker struct {
	logs []nodeLog // the first is of no node
	free []uint32  // places in logs
	own  []Change  // of the definition itself
}

type nodeLog struct {
	node   *Node
	newest uint32 // number of the last change of the node or of one below it
	list   []Change
}

// suiteNos are the numbers of a suite in a tracked definition.
type suiteNos struct {
	modify   uint32 // when the suite last changed as a whole
	since    uint32 // changes of nodes are known from this number on
	calendar uint32 // one more than the number when the calendar last moved, as in the original
	whole    bool   // it is changing as a whole
	shape    uint32 // when nodes, expressions or inlimits last came or went
}

// Track lets the definition count its changes, from 0, and remember what has changed, as servers do. Changes of text
// that no change number tells are those of externs, history, the server's own variables and the tokens that inlimits have.
func (d *Defs) Track() {
	d.stateChangeNo, d.modifyChange = 0, 0
	d.track = &tracker{logs: make([]nodeLog, 1)}
	for _, s := range d.suites {
		s.suite.nos = suiteNos{}
	}
	d.revision++
}

// Tracked reports whether the definition counts its changes.
func (d *Defs) Tracked() bool { return d.track != nil }

// log is what is known of the node, for changing.
func (t *tracker) log(n *Node) *nodeLog {
	if at := int(n.log); at < len(t.logs) && t.logs[at].node == n {
		return &t.logs[at]
	}
	if last := len(t.free) - 1; last >= 0 {
		n.log = t.free[last]
		t.free = t.free[:last]
	} else {
		n.log = uint32(len(t.logs))
		t.logs = append(t.logs, nodeLog{})
	}
	l := &t.logs[n.log]
	l.node = n
	return l
}

// known is what is known of the node, or nil.
func (t *tracker) known(n *Node) *nodeLog {
	if at := int(n.log); at < len(t.logs) && t.logs[at].node == n {
		return &t.logs[at]
	}
	return nil
}

// forget drops what is known of the node and all below it.
func (t *tracker) forget(n *Node) {
	if len(t.logs)-len(t.free) == 1 {
		return // nothing is known
	}
	for m := range n.All() {
		if l := t.known(m); l != nil {
			*l = nodeLog{}
			t.free = append(t.free, m.log)
		}
		m.log = 0
	}
}

func put1(list []Change, c Change) []Change {
	at, found := slices.BinarySearchFunc(list, c.what, func(have Change, what uint32) int {
		return int(int64(have.what) - int64(what))
	})
	if found {
		list[at].No = c.No
		return list
	}
	return slices.Insert(list, at, c)
}

// changed notes that an aspect of a node of the suite has changed; at tells which attribute of several.
func (s *suiteData) changed(n *Node, a Aspect, at int) {
	if s.defs != nil && s.defs.track != nil {
		s.defs.note(&s.nos, n, a, at)
	}
}

func (d *Defs) note(nos *suiteNos, n *Node, a Aspect, at int) {
	if a == AspectRepeat {
		if _, ok := n.Repeat().(*RepeatDay); ok {
			return // it stands nowhere
		}
	}
	d.stateChangeNo++
	if nos.whole {
		return
	}
	no, t := uint32(d.stateChangeNo), d.track
	if a == AspectAttributes || a == AspectChildren {
		nos.shape = no
	}
	l := t.log(n)
	if a == AspectAttributes || at >= 1<<indexBits {
		a, at = AspectAttributes, 0
		l.list = slices.DeleteFunc(l.list, func(c Change) bool { return c.Aspect() > AspectAttributes }) // all told by this one
	}
	l.newest, l.list = no, put1(l.list, Change{no, uint32(a)<<indexBits | uint32(at)})
	for up := n.parent; up != nil; up = up.parent {
		t.log(up).newest = no
	}
}

// note notes a change of an aspect of the node.
func (n *Node) note(a Aspect) { n.noteAt(a, 0) }

// noteAt notes a change of one attribute.
func (n *Node) noteAt(a Aspect, at int) {
	r := n.Root()
	if r.suite == nil || r.suite.defs == nil {
		r.edits++
		return
	}
	r.suite.defs.revision++
	r.suite.changed(n, a, at)
}

// note notes a change of the definition itself.
func (d *Defs) noteOwn(a Aspect) {
	d.revision++
	if t := d.track; t != nil {
		d.stateChangeNo++
		t.own = put1(t.own, Change{uint32(d.stateChangeNo), uint32(a) << indexBits})
	}
}

// wholly lets change do something with all of a suite: clients get it anew, so what changes is counted but not remembered.
func (n *Node) wholly(change func()) {
	s := n.suite
	if s == nil || s.defs == nil || s.defs.track == nil || s.nos.whole {
		change()
		return
	}
	d := s.defs
	d.modifyChange++
	s.nos.whole = true
	change()
	s.nos.whole = false
	d.stateChangeNo++
	no := uint32(d.stateChangeNo)
	d.track.anew(n, no)
	s.nos.modify, s.nos.since = uint32(d.modifyChange), no
	d.track.log(n).newest = no
}

// anew forgets what was known of a suite. That a suite is new is no change of the suite itself, as in the original: clients
// with handles get it because their handles have changed.
func (t *tracker) anew(suite *Node, no uint32) {
	t.forget(suite)
	suite.suite.nos = suiteNos{shape: no}
	t.log(suite).newest = 0
}

// structure notes that suites were added or removed; suite is the new one, or nil.
func (d *Defs) structure(suite *Node) {
	d.revision++
	if d.track == nil {
		return
	}
	d.modifyChange++
	if suite != nil {
		d.track.anew(suite, uint32(d.stateChangeNo))
	}
}

// CountReading counts a change of state and one of structure in a tracked definition. The original's counters are those
// of the whole program, and count while it reads a definition that was sent, whatever becomes of it.
func (d *Defs) CountReading() {
	if d.track != nil {
		d.stateChangeNo++
		d.modifyChange++
	}
}

// CountState counts a change of state of which nothing is told.
func (d *Defs) CountState() {
	if d.track != nil {
		d.stateChangeNo++
	}
}

// CountChange counts a change of the node's attributes where the original does though nothing has changed.
func (n *Node) CountChange() { n.note(AspectAttributes) }

// left drops what is known of a node that is no longer in the tree.
func (n *Node) left(d *Defs) {
	if d != nil && d.track != nil {
		d.track.forget(n)
	}
}
