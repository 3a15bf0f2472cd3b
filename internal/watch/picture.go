package watch

import (
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// picture is what was last seen of the nodes that are watched, small enough to be kept beside a large definition.
// Nodes are found by their address: a sync changes most of them in place.
type picture struct {
	roots   []*root
	records map[*defs.Node]*record
	server  defs.SState
	counts  [defs.Active + 1]int // tasks, by state
	held    int                  // nodes that are suspended

	now     time.Time
	first   bool // nothing was seen before, so nothing has changed
	changes []Change
}

// root is a path that is watched, and what was there, if anything.
type root struct {
	path string // "/": the whole definition
	seen *record
}

// record is what was last seen of a node.
type record struct {
	node      *defs.Node // nil for the whole definition
	name      string
	parent    *record
	state     defs.NState
	suspended bool
	flag      defs.Flag
	values    []value
	children  []*record
}

func newPicture(paths []string) *picture {
	p := &picture{records: map[*defs.Node]*record{}, first: true}
	for _, path := range paths {
		p.roots = append(p.roots, &root{path: path})
	}
	return p
}

func (p *picture) progress() Progress {
	c := &p.counts
	all := 0
	for _, n := range c {
		all += n
	}
	return Progress{Tasks: all, Complete: c[defs.Complete], Active: c[defs.Active], Submitted: c[defs.Submitted],
		Queued: c[defs.Queued], Aborted: c[defs.Aborted], Unknown: c[defs.Unknown], Suspended: p.held}
}

// update looks at a definition anew, and gives what has changed. changed are the paths of the nodes that may
// have; with whole it may be any.
func (p *picture) update(d *defs.Defs, changed []string, whole bool, now time.Time) []Change {
	p.now, p.changes = now, nil
	if s := d.ServerState(); s != p.server || p.first {
		p.note("/", Server, "", p.server.String(), s.String(), "")
		p.server = s
	}
	if whole {
		changed = nil
	}
	for _, r := range p.roots {
		p.updateRoot(r, d, whole)
	}
	for _, path := range changed {
		if path == "/" {
			continue
		}
		if n := d.Find(path); n != nil {
			if r := p.records[n]; r != nil {
				p.compare(r, n)
			}
		}
	}
	p.first = false
	return p.changes
}

// updateRoot sees to a root that came, went, or was replaced.
func (p *picture) updateRoot(r *root, d *defs.Defs, whole bool) {
	if r.path == "/" {
		if r.seen == nil {
			r.seen = &record{}
		}
		p.compareChildren(r.seen, d.Suites())
		return
	}
	n := d.Find(r.path)
	switch {
	case n == nil && r.seen == nil:
	case n == nil:
		p.remove(r.seen)
		r.seen = nil
	case r.seen == nil:
		r.seen = p.add(n, nil)
	case r.seen.node.Kind() != n.Kind():
		p.remove(r.seen)
		r.seen = p.add(n, nil)
	case whole || n != r.seen.node:
		p.compare(r.seen, n)
	}
}

func (p *picture) note(path string, kind Kind, name, before, after, reason string) {
	if !p.first {
		p.changes = append(p.changes, Change{Time: p.now, Path: path, Kind: kind, Name: name, Old: before, New: after, Reason: reason})
	}
}

// compare looks at a node that was seen before, perhaps at another address.
func (p *picture) compare(r *record, n *defs.Node) {
	if r.node != n {
		p.forget(r)
		r.node = n
		p.records[n] = r
	}
	if s := n.State(); s != r.state {
		reason := ""
		if s == defs.Aborted {
			reason = n.AbortReason()
		}
		p.note(n.Path(), State, "", r.state.String(), s.String(), reason)
		p.count(r, -1)
		r.state = s
		p.count(r, +1)
	}
	if on := n.Suspended(); on != r.suspended {
		p.note(n.Path(), Suspended, "", yesNo(r.suspended), yesNo(on), "")
		p.count(r, -1)
		r.suspended = on
		p.count(r, +1)
	}
	if f := n.Flag() & attention; f != r.flag {
		p.compareFlags(n, r.flag, f)
		r.flag = f
	}
	p.compareValues(r, n)
	p.compareChildren(r, n.Children())
}

func (p *picture) compareChildren(r *record, now []*defs.Node) {
	if sameNodes(r.children, now) {
		return
	}
	var old map[string]*record
	if len(r.children) > 0 {
		old = make(map[string]*record, len(r.children))
		for _, c := range r.children {
			old[c.name] = c
		}
	}
	children := make([]*record, 0, len(now))
	for _, n := range now {
		c := old[n.Name()]
		switch {
		case c == nil, c.node.Kind() != n.Kind():
			children = append(children, p.add(n, r))
			continue
		case c.node != n:
			p.compare(c, n)
		}
		delete(old, n.Name())
		children = append(children, c)
	}
	for _, c := range r.children {
		if old[c.name] == c {
			p.remove(c)
		}
	}
	r.children = children
}

func sameNodes(old []*record, now []*defs.Node) bool {
	if len(old) != len(now) {
		return false
	}
	for i, n := range now {
		if old[i].node != n {
			return false
		}
	}
	return true
}

func (p *picture) add(n *defs.Node, parent *record) *record {
	p.note(n.Path(), Added, "", "", n.State().String(), "")
	return p.see(n, parent)
}

// see notes a node with all below it.
func (p *picture) see(n *defs.Node, parent *record) *record {
	r := &record{node: n, name: n.Name(), parent: parent, state: n.State(), suspended: n.Suspended(), flag: n.Flag() & attention}
	r.values = appendValues(nil, n)
	p.records[n] = r
	p.count(r, +1)
	if children := n.Children(); len(children) > 0 {
		r.children = make([]*record, len(children))
		for i, c := range children {
			r.children[i] = p.see(c, r)
		}
	}
	return r
}

func (p *picture) remove(r *record) {
	p.note(r.path(p), Removed, "", r.state.String(), "", "")
	p.drop(r)
}

func (p *picture) drop(r *record) {
	p.count(r, -1)
	p.forget(r)
	for _, c := range r.children {
		p.drop(c)
	}
}

func (p *picture) forget(r *record) {
	if p.records[r.node] == r {
		delete(p.records, r.node)
	}
}

func (p *picture) count(r *record, by int) {
	if r.node.Kind() == defs.KindTask {
		p.counts[r.state] += by
	}
	if r.suspended {
		p.held += by
	}
}

// path is where the node was; its own parent may have been replaced since.
func (r *record) path(p *picture) string {
	for _, root := range p.roots {
		if root.seen == r {
			return root.path
		}
	}
	above := ""
	if r.parent != nil && r.parent.node != nil {
		above = r.parent.path(p)
	}
	return above + "/" + r.name
}

func yesNo(on bool) string {
	if on {
		return "true"
	}
	return "false"
}
