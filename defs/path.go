package defs

import (
	"iter"
	"strings"
)

// names goes through the parts of a path, empty ones left out.
func names(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for path != "" {
			var name string
			name, path, _ = strings.Cut(path, "/")
			if name != "" && !yield(name) {
				return
			}
		}
	}
}

// Find finds the node at an absolute path, or nil.
func (d *Defs) Find(path string) *Node {
	var n *Node
	for name := range names(path) {
		if n == nil {
			n = d.Suite(name)
		} else {
			n = n.Child(name)
		}
		if n == nil {
			return nil
		}
	}
	return n
}

// FindKind finds the node at an absolute path if it is of a kind, or nil.
func (d *Defs) FindKind(kind Kind, path string) *Node {
	if n := d.Find(path); n != nil && n.kind == kind {
		return n
	}
	return nil
}

// PathOf is the path of the first node of a kind and name, depth first; empty when there is none.
func (d *Defs) PathOf(kind Kind, name string) string {
	for n := range d.All() {
		if n.kind == kind && n.name == name {
			return n.Path()
		}
	}
	return ""
}

// FindUp finds a node of that name: below this one or a node above it, or one of those itself; or nil.
func (n *Node) FindUp(name string) *Node {
	for ; n != nil; n = n.parent {
		if n.IsContainer() && n.name == name {
			return n
		}
		if c := n.Child(name); c != nil {
			return c
		}
	}
	return nil
}
