package top

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

var errNotConnected error = fault.New(fault.Connect, "the server has not been reached yet")

// server is what the screen knows of one.
type server struct {
	*worker
	stop   context.CancelFunc
	ctx    context.Context
	status status

	open  bool
	folds map[string]uint8 // by path: what is unfolded; marks say the same of the nodes that there are

	rows    []row
	of      listing    // what rows were made of
	changes int        // of folds
	folded  *defs.Node // below which alone folds have changed since; nil: there may be others
	listing bool       // by a command, which is under way
	held    bool       // the lock, by refresh
}

// status is how a server is reached, as the screen shows it.
type status struct {
	syncing bool
	err     error
	next    time.Time // the next attempt, after an error
	updated time.Time // the last sync that worked
	totals  totals
	state   defs.SState
	known   bool // state is
}

// listing is what a list of rows depends on.
type listing struct {
	defs       *defs.Defs
	revision   uint64
	generation int // of the screen's settings: filter, order, attributes
	changes    int
	open       bool
	failed     bool
}

// listed tells the rows that a command has listed.
type listed struct {
	id   int
	of   listing
	rows []row
}

// definition is the server's tree, nil before the first sync.
func (s *server) definition() *defs.Defs {
	if service := s.serviceNow(); service != nil {
		return service.Defs()
	}
	return nil
}

// fresh lists the rows anew if they are old, or gives a command that does, where the whole
// tree has to be looked at. The lock is held.
func (s *server) fresh(m *Model) tea.Cmd {
	d := s.definition()
	now := listing{defs: d, generation: m.generation, changes: s.changes, open: s.open, failed: s.status.err != nil}
	if d != nil {
		now.revision = d.Revision()
		s.status.state, s.status.known = d.ServerState(), true
	}
	if s.of == now && len(s.rows) > 0 {
		return nil
	}
	if d != nil && (d != s.of.defs || now.revision != s.of.revision) {
		s.remark(d)
	}
	l := lister{attributes: m.attributes, order: m.order, filter: m.filter}
	folded := s.folded
	s.folded = nil
	if was := s.of; folded != nil && m.filter == nil {
		if was.changes = now.changes; was == now && s.splice(folded, &l) {
			s.of = now
			return nil
		}
	}
	if m.filter != nil && d != nil && s.open {
		if len(s.rows) == 0 {
			s.rows = []row{{kind: rowServer}}
		}
		if s.listing {
			return nil
		}
		s.listing = true
		return func() tea.Msg {
			defer s.hold()()
			now.revision = d.Revision()
			l.server(now)
			return listed{s.id, now, l.rows}
		}
	}
	l.rows = s.rows[:0]
	l.server(now)
	s.of, s.rows = now, l.rows
	return nil
}

// splice lists the rows of a node and those below it anew, and reports whether it had any.
func (s *server) splice(n *defs.Node, l *lister) bool {
	first := slices.IndexFunc(s.rows, func(r row) bool { return r.node == n && r.kind == rowNode })
	if first < 0 {
		return false
	}
	depth, end := s.rows[first].depth, first+1
	for end < len(s.rows) && s.rows[end].depth > depth {
		end++
	}
	l.node(n, depth)
	s.rows = slices.Replace(s.rows, first, end, l.rows...)
	return true
}

// server lists a server's line, what is below, and a note where there is nothing or the server does not answer.
func (l *lister) server(of listing) {
	l.rows = append(l.rows, row{kind: rowServer})
	if !of.open {
		return
	}
	if of.failed || of.defs == nil || len(of.defs.Suites()) == 0 {
		l.rows = append(l.rows, row{kind: rowNote, depth: 1})
	}
	if of.defs != nil {
		before := len(l.rows)
		for _, s := range l.sorted(of.defs.Suites()) {
			l.node(s, 1)
		}
		if len(l.rows) == before && l.filter != nil && before == 1 {
			l.rows = append(l.rows, row{kind: rowNote, depth: 1, index: noteFiltered})
		}
	}
}

// noteFiltered is the index of the note that nothing fits the filter.
const noteFiltered = 1

// remark carries over to the nodes of a changed tree what is unfolded.
func (s *server) remark(d *defs.Defs) {
	for path, fold := range s.folds {
		if n := d.Find(path); n != nil && n.Mark()&markFolds != uint64(fold) {
			setFold(n, fold)
		}
	}
}

// fold sets what is unfolded of a node. The lock is held.
func (s *server) fold(n *defs.Node, fold uint8) {
	if n.Mark()&markFolds == uint64(fold) {
		return
	}
	setFold(n, fold)
	if fold == 0 {
		delete(s.folds, n.Path())
	} else {
		s.folds[n.Path()] = fold
	}
	s.foldedBelow(n)
}

// foldedBelow notes that folds have changed at and below a node.
func (s *server) foldedBelow(n *defs.Node) {
	s.folded = nil
	if s.changes == s.of.changes {
		s.folded = n
	}
	s.changes++
}

// reveal unfolds what is above the node at a path. The lock is held.
func (s *server) reveal(n *defs.Node) {
	s.open = true
	for p := n.Parent(); p != nil; p = p.Parent() {
		s.fold(p, uint8(p.Mark()&markFolds)|markOpen)
	}
}

// foldAll folds or unfolds a node and all below. The lock is held.
func (s *server) foldAll(n *defs.Node, open bool) {
	path := n.AppendPath(nil)
	s.foldEach(n, path, open)
	s.foldedBelow(n)
}

func (s *server) foldEach(n *defs.Node, path []byte, open bool) {
	if len(n.Children()) == 0 {
		return
	}
	fold := uint8(n.Mark()&markFolds) &^ markOpen
	if open {
		fold |= markOpen
	}
	if n.Mark()&markFolds != uint64(fold) {
		setFold(n, fold)
		if fold == 0 {
			delete(s.folds, string(path))
		} else {
			s.folds[string(path)] = fold
		}
	}
	for _, c := range n.Children() {
		s.foldEach(c, append(append(path, '/'), c.Name()...), open)
	}
}
