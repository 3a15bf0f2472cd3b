package top

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ecflow-go/ecflow/defs"
)

// line is a copy of what a row shows, which can be drawn without the lock.
type line struct {
	server *server
	row    row
	path   string // of the node
	node   nodeLine
	attr   attribute
}

// nodeLine is what is shown of a node.
type nodeLine struct {
	name      string
	kind      defs.Kind
	seen      defs.DState
	state     defs.NState
	flag      defs.Flag
	open      bool
	inside    bool // there is something below
	tally     tally
	tryNo     int
	reason    string
	suspended bool
}

// retried asks to refresh once more what was locked.
type retried struct{}

const retryPause = 15 * time.Millisecond

// refresh brings rows and lines up to date with the trees, as far as these are not locked, and keeps
// the cursor on its row. It is called after every message.
func (m *Model) refresh() tea.Cmd {
	var commands []tea.Cmd
	m.stale = false
	for _, s := range m.servers {
		if s.held = s.lock.TryLock(); s.held {
			if c := s.fresh(m); c != nil {
				commands = append(commands, c)
			}
		} else {
			m.stale = true
			if len(s.rows) == 0 {
				s.rows = append(s.rows, row{kind: rowServer})
			}
		}
	}
	m.follow()
	m.scroll()
	m.copyLines()
	for _, s := range m.servers {
		if s.held {
			s.held = false
			s.lock.Unlock()
		}
	}
	if m.stale && !m.again {
		m.again = true
		commands = append(commands, tea.Tick(retryPause, func(time.Time) tea.Msg { return retried{} }))
	}
	if c := m.panelFollows(); c != nil {
		commands = append(commands, c)
	}
	m.layPanel()
	return tea.Batch(commands...)
}

// follow puts the cursor back on the row that was selected, wherever that is now.
func (m *Model) follow() {
	was := m.selected
	if was.server == nil {
		return
	}
	if s, r, ok := m.rowAt(m.cursor); ok && s == was.server && sameRow(r, was.row) {
		return
	}
	place := m.placeOf(was.server, was.row)
	if place < 0 && was.line.path != "" {
		place = m.placeOfPath(was.server, was.line.path)
	}
	if place < 0 {
		place = m.placeOf(was.server, row{kind: rowServer})
	}
	if place < 0 {
		place = m.cursor
	}
	if !m.centre {
		m.top += place - m.cursor
	}
	m.cursor = place
}

func sameRow(a, b row) bool { return a.node == b.node && a.kind == b.kind && a.index == b.index }

// placeOfPath finds the row of the node at a path, or of the nearest one above it that is shown; -1 if there is none.
func (m *Model) placeOfPath(s *server, path string) int {
	d := s.of.defs
	if d == nil || !s.held {
		return -1
	}
	for path != "" {
		if n := d.Find(path); n != nil {
			if place := m.placeOf(s, row{node: n, kind: rowNode}); place >= 0 {
				return place
			}
		}
		path = parentPath(path)
	}
	return -1
}

// move puts the cursor on a row.
func (m *Model) move(place int) {
	m.cursor = place
	m.selected = selection{}
}

// scroll keeps the cursor within the rows, and the rows in sight around it.
func (m *Model) scroll() {
	count, height := m.rowCount(), m.treeHeight()
	m.cursor = max(0, min(m.cursor, count-1))
	if m.centre && (m.cursor < m.top || m.cursor >= m.top+height) {
		m.top = m.cursor - height/2
	}
	m.centre = false
	if m.cursor < m.top {
		m.top = m.cursor
	}
	if m.cursor >= m.top+height {
		m.top = m.cursor - height + 1
	}
	m.top = max(0, min(m.top, count-height))
}

// copyLines copies what the rows in sight show. Of a locked tree what was copied before stays.
func (m *Model) copyLines() {
	old := m.lines
	lines := make([]line, 0, m.treeHeight())
	index, before := 0, 0
	for place := m.top; place < m.top+m.treeHeight(); place++ {
		for index < len(m.servers) && place-before >= len(m.servers[index].rows) {
			before += len(m.servers[index].rows)
			index++
		}
		if index == len(m.servers) {
			break
		}
		s := m.servers[index]
		r := s.rows[place-before]
		switch {
		case s.held || r.node == nil:
			lines = append(lines, copyLine(s, r))
		default:
			lines = append(lines, oldLine(old, s, r))
		}
	}
	m.lines = lines
	m.selected = selection{}
	if at := m.cursor - m.top; at >= 0 && at < len(lines) {
		m.selected = selection{lines[at].server, lines[at].row, lines[at]}
	}
}

func oldLine(old []line, s *server, r row) line {
	for _, l := range old {
		if l.server == s && sameRow(l.row, r) {
			return l
		}
	}
	return line{server: s, row: r, node: nodeLine{name: "..."}}
}

// copyLine copies what a row shows. The lock is held.
func copyLine(s *server, r row) line {
	l := line{server: s, row: r}
	n := r.node
	if n == nil {
		return l
	}
	l.path = n.Path()
	l.node = nodeLine{name: plain(n.Name()), kind: n.Kind(), seen: n.DState(), state: n.State(), flag: n.Flag(),
		open: n.Mark()&markOpen != 0, inside: len(n.Children()) > 0, tally: tallyOf(n.Mark()),
		tryNo: n.TryNo(), suspended: n.Suspended()}
	if n.State() == defs.Aborted {
		l.node.reason = plain(n.AbortReason())
	}
	if r.kind >= rowAttribute {
		l.attr = attributeAt(n, r.kind, int(r.index))
		l.attr.text = plain(l.attr.text)
	}
	return l
}

// parentPath is the path above, "" above a suite.
func parentPath(path string) string {
	for i := len(path) - 1; i > 0; i-- {
		if path[i] == '/' {
			return path[:i]
		}
	}
	return ""
}
