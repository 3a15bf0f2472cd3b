package defs

import (
	"slices"
	"strings"
)

// idle is what lets Resolve pass over a suite in a tracked definition: when it was last looked through, and what tasks of
// the suite wait for in other suites. What nothing has changed since holds as it did.
type idle struct {
	known   bool     // it was looked through
	number  int      // the state change number then
	modify  int      // the modify change number
	updates int      // the calendar count
	shape   uint32   // of the suite when others were found, see suiteNos
	found   bool     // others were found
	others  []string // the suites that expressions and inlimits name
	wide    bool     // an expression may refer to anything
	noisy   bool     // something was logged that is to be logged each time
}

// unchanged reports whether nothing that the tasks of a suite wait for has changed since the suite was last looked through.
func (d *Defs) unchanged(n *Node) bool {
	i := &n.suite.idle
	if d.track == nil || !i.known || i.wide || i.noisy || i.modify != d.modifyChange || i.updates != d.calCount {
		return false
	}
	if d.newest(n) > i.number {
		return false
	}
	for _, c := range d.track.own {
		if int(c.No) > i.number && c.Aspect() != AspectState && c.Aspect() != AspectFlag {
			return false
		}
	}
	for _, name := range i.others {
		if other := d.Suite(name); other == nil || d.newest(other) > i.number {
			return false
		}
	}
	return true
}

// newest is the number of the last change of a suite.
func (d *Defs) newest(n *Node) int {
	l := d.track.known(n)
	if l == nil {
		return d.stateChangeNo
	}
	return int(l.newest)
}

// looked notes that a suite was looked through; number is the state change number before: what the looking itself has
// changed may concern tasks that it had passed already.
func (d *Defs) looked(n *Node, number int) {
	s := n.suite
	if d.track == nil {
		return
	}
	i := &s.idle
	if !i.found || i.shape != s.nos.shape || i.modify != d.modifyChange {
		i.others, i.wide = n.otherSuites()
		i.found, i.shape = true, s.nos.shape
	}
	i.known, i.number, i.modify, i.updates = true, number, d.modifyChange, d.calCount
}

// otherSuites names the suites that expressions and inlimits of the suite refer to; wide tells that it may be any.
func (n *Node) otherSuites() (names []string, wide bool) {
	note := func(from *Node, path string) {
		if path == "" {
			return
		}
		if path[0] != '/' {
			wide = wide || strings.Count(path, "..") >= from.depth()
			return
		}
		name, _, _ := strings.Cut(path[1:], "/")
		switch {
		case name == "":
			wide = true
		case name != n.name && !slices.Contains(names, name):
			names = append(names, name)
		}
	}
	for m := range n.All() {
		for _, e := range [...]*Expression{m.Trigger(), m.Complete()} {
			if parsed := e.readable(); parsed != nil {
				for _, r := range parsed.Refs() {
					note(m, r.Path)
				}
			}
		}
		for _, l := range m.InLimits() {
			note(m, l.Path)
		}
	}
	return names, wide
}

// depth is how many nodes are above the node.
func (n *Node) depth() int {
	depth := 0
	for n = n.parent; n != nil; n = n.parent {
		depth++
	}
	return depth
}
