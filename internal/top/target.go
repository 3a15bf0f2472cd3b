package top

import (
	"fmt"
	"slices"
	"strings"
)

// target is what a command is for.
type target struct {
	server *server
	path   string // "" for the server itself
	line   nodeLine
	marked []target // several nodes, in place of the above
}

func (t target) String() string {
	switch {
	case len(t.marked) > 0:
		return fmt.Sprintf("%d nodes", len(t.marked))
	case t.path != "":
		return t.path
	}
	s := t.server.worker.server
	if s.Name == "" {
		return s.Address()
	}
	return s.Name + " (" + s.Address() + ")"
}

// mostNamed is how many nodes a question names.
const mostNamed = 8

// names are the target in full, for a question.
func (t target) names() string {
	if len(t.marked) == 0 {
		return t.String()
	}
	var names []string
	for _, one := range t.marked {
		names = append(names, one.path)
	}
	if len(names) > mostNamed {
		names = append(names[:mostNamed], fmt.Sprintf("and %d more", len(names)-mostNamed))
	}
	return strings.Join(names, ", ")
}

// fits reports whether all nodes fit.
func (t target) fits(fits func(nodeLine) bool) bool {
	if fits == nil {
		return true
	}
	if len(t.marked) == 0 {
		return fits(t.line)
	}
	return !slices.ContainsFunc(t.marked, func(one target) bool { return !fits(one.line) })
}

// mark marks the selected node for the next command, or takes the mark back, and goes on to the next row.
func (m *Model) mark() {
	sel := m.selected
	if sel.row.kind != rowNode || sel.line.path == "" {
		return
	}
	if at := m.markOf(sel.server, sel.line.path); at >= 0 {
		m.marks = slices.Delete(m.marks, at, at+1)
	} else {
		m.marks = append(m.marks, target{server: sel.server, path: sel.line.path, line: sel.line.node})
	}
	m.move(m.cursor + 1)
}

// markOf finds the mark of a node, or gives -1.
func (m *Model) markOf(s *server, path string) int {
	return slices.IndexFunc(m.marks, func(t target) bool { return t.server == s && t.path == path })
}

// targetNow is what a command is for now: the marked nodes, or what is selected.
func (m *Model) targetNow() target {
	if len(m.marks) > 0 {
		return target{marked: slices.Clone(m.marks)}
	}
	return target{server: m.selected.server, path: m.selected.line.path, line: m.selected.line.node}
}
