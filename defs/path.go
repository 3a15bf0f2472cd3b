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

// below follows names from n, or gives nil.
func (n *Node) below(path []string) *Node {
	for _, name := range path {
		if n = n.Child(name); n == nil {
			return nil
		}
	}
	return n
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

// Referenced finds the node that an expression of n, or an inlimit, means by a
// path: absolute, "./x" and "x" beside n, "../x" one above, and so on. It gives
// nil and no error when the path, or object at it, is an extern. Without a
// definition it gives nil.
//
// source: libs/node NodeFind.cpp.
func (n *Node) Referenced(path, object string) (*Node, error) {
	d := n.Defs()
	if d == nil {
		return nil, nil
	}
	if strings.HasPrefix(path, "/") {
		if found := d.Find(path); found != nil || d.FindExtern(path, object) {
			return found, nil
		}
		return nil, missingf(": Could not find referenced node, using absolute path '%s", path)
	}
	var parts []string
	for name := range names(path) {
		parts = append(parts, name)
	}
	switch {
	case len(parts) == 0:
		return nil, missingf(": Could not find referenced node '%s' from node %s", path, n.Path())
	case len(parts) == 1:
		found, err := n.beside(parts)
		if found == nil && d.FindExtern(path, object) {
			return nil, nil
		}
		return found, err
	case parts[0] == ".":
		return n.beside(parts[1:])
	case parts[0] != "..":
		if d.FindExtern(path, object) {
			return nil, nil
		}
		return n.beside(parts)
	}
	above := n.parent
	for len(parts) > 0 && above != nil && parts[0] == ".." {
		parts, above = parts[1:], above.parent
	}
	var found *Node
	if above != nil {
		found = above.below(parts)
		if found == above {
			found = nil
		}
	} else {
		found = d.Find(strings.Join(parts, "/"))
	}
	if found == nil {
		return nil, missingf("Unrecognised path %s for Node %s", path, n.Path())
	}
	return found, nil
}

// beside finds a relative path from the nodes beside n; n itself counts.
func (n *Node) beside(parts []string) (*Node, error) {
	if len(parts) == 1 && parts[0] == n.name {
		return n, nil
	}
	if n.parent == nil {
		return nil, missingf("Parent empty. Could not find referenced node")
	}
	if found := n.parent.below(parts); found != nil {
		return found, nil
	}
	if len(parts) == 1 {
		return nil, missingf("Could not find node '%s' from node %s . Expected '%s' to be a sibling.", parts[0], n.Path(), parts[0])
	}
	if found := n.below(parts); found != nil {
		return found, nil
	}
	return nil, missingf("Could not find node '%s/' from node %s", strings.Join(parts, "/"), n.Path())
}
