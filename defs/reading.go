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
