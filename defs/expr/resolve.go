package expr

import "strings"

// Tree is what [Resolve] walks over. N is a handle of a node, such as a pointer; its zero value stands for no node.
type Tree[N comparable] interface {
	Parent(n N) N                  // none for a suite
	Child(n N, name string) N      // of a suite or family; tasks have none here
	Suite(name string) N           //
	Name(n N) string               //
	Path(n N) string               // "/s/f/t"
	Label(n N) string              // what the original calls it in messages: "TASK:/s/f/t"
	Has(n N, name string) bool     // whether an event, meter, variable, repeat, generated variable, limit or queue has the name
	Extern(path, name string) bool // whether path, or path:name, is declared as an extern; name may be empty
	Whole() bool                   // whether the definition is there: without it no path leads anywhere, and any may be right
}

// Resolve finds the node that a path means when it is written at a node: an
// absolute path from the suites, a name at the node itself or beside it, x/y beside
// it or below it, ../x one level up for each "..".
//
// When there is none, problem is the original's sentence about it, which is
// empty for paths declared as externs, together with name if it is not empty.
//
// source: libs/node NodeFind.cpp.
func Resolve[N comparable](t Tree[N], from N, path, name string) (found N, problem string) {
	var none N
	if !t.Whole() {
		return none, ""
	}
	if strings.IndexByte(path, '/') < 0 && path != "" && path[0] != '.' { // what most references are
		if t.Name(from) == path {
			return from, ""
		}
		if parent := t.Parent(from); parent != none {
			if n := t.Child(parent, path); n != none {
				return n, ""
			}
		}
	}
	if strings.HasPrefix(path, "/") {
		if n := Find(t, path); n != none {
			return n, ""
		}
		if t.Extern(path, name) {
			return none, ""
		}
		return none, ": Could not find referenced node, using absolute path '" + path + "\n"
	}
	first, rest := step(path)
	switch {
	case first == "":
		return none, ": Could not find referenced node '" + path + "' from node " + t.Path(from) + "\n"
	case rest == "":
		n, problem := beside(t, from, path)
		if n == none && t.Extern(path, name) {
			return none, ""
		}
		return n, problem
	case first == ".":
		return beside(t, from, rest)
	case first != "..":
		if t.Extern(path, name) {
			return none, ""
		}
		return beside(t, from, path)
	}
	// The first ".." is the node's parent; from there each goes up one, and past a suite come the suites.
	at, rest := t.Parent(from), path
	for at != none {
		first, behind := step(rest)
		if first != ".." {
			break
		}
		at, rest = t.Parent(at), behind
	}
	if at != none {
		if n := below(t, at, rest); n != none {
			return n, ""
		}
	} else if n := Find(t, rest); n != none {
		return n, ""
	}
	return none, "Unrecognised path " + path + " for Node " + t.Path(from) + "\n"
}

// Find finds a node by its absolute path, none if there is none.
func Find[N comparable](t Tree[N], path string) N {
	var none N
	first, rest := step(path)
	if first == "" {
		return none
	}
	n := t.Suite(first)
	if n == none || rest == "" {
		return n
	}
	return below(t, n, rest)
}

// below follows a path downwards.
func below[N comparable](t Tree[N], n N, path string) N {
	var none N
	first, rest := step(path)
	if first == "" {
		return none
	}
	for first != "" && n != none {
		n = t.Child(n, first)
		first, rest = step(rest)
	}
	return n
}

// beside finds a name at a node or its siblings, or a path from its parent or from itself downwards.
func beside[N comparable](t Tree[N], from N, path string) (N, string) {
	var none N
	first, rest := step(path)
	single := rest == ""
	if single && t.Name(from) == first {
		return from, ""
	}
	parent := t.Parent(from)
	if parent == none {
		return none, "Parent empty. Could not find referenced node\n"
	}
	if n := below(t, parent, path); n != none {
		return n, ""
	}
	if single {
		return none, "Could not find node '" + first + "' from node " + t.Path(from) + " . Expected '" + first + "' to be a sibling.\n"
	}
	if n := below(t, from, path); n != none {
		return n, ""
	}
	var names strings.Builder
	for first, rest := step(path); first != ""; first, rest = step(rest) {
		names.WriteString(first + "/")
	}
	return none, "Could not find node '" + names.String() + "' from node " + t.Path(from) + "\n"
}

// step splits a path at its first name; slashes in excess are passed over.
func step(path string) (first, rest string) {
	from := 0
	for from < len(path) && path[from] == '/' {
		from++
	}
	to := from
	for to < len(path) && path[to] != '/' {
		to++
	}
	next := to
	for next < len(path) && path[next] == '/' {
		next++
	}
	return path[from:to], path[next:]
}
