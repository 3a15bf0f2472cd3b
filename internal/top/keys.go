package top

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// binding is a key of the screen. The help and the documentation list them.
type binding struct {
	keys  []string
	group string
	help  string
	do    func(m *Model) tea.Cmd
}

// quiet makes an action of one that needs no command.
func quiet(f func(m *Model)) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		f(m)
		return nil
	}
}

func moving(by func(m *Model) int) func(*Model) tea.Cmd {
	return quiet(func(m *Model) { m.move(max(0, m.cursor+by(m))) })
}

func showing(t tab) func(*Model) tea.Cmd { return quiet(func(m *Model) { m.panelShow(t) }) }

// bindings are the keys of the tree, which hold everywhere unless a panel or a dialog takes them first.
func bindings() []binding {
	return []binding{
		{[]string{"up", "k"}, "Tree", "one row up", moving(func(*Model) int { return -1 })},
		{[]string{"down", "j"}, "Tree", "one row down", moving(func(*Model) int { return 1 })},
		{[]string{"pgup", "ctrl+b"}, "Tree", "one screen up", moving(func(m *Model) int { return 1 - m.treeHeight() })},
		{[]string{"pgdown", "ctrl+f"}, "Tree", "one screen down", moving(func(m *Model) int { return m.treeHeight() - 1 })},
		{[]string{"home", "g"}, "Tree", "first row", moving(func(m *Model) int { return -m.cursor })},
		{[]string{"end", "G"}, "Tree", "last row", moving(func(m *Model) int { return m.rowCount() })},
		{[]string{"right", "l"}, "Tree", "unfold, or go to the first row below", quiet((*Model).inwards)},
		{[]string{"left", "h"}, "Tree", "fold, or go to the row above", quiet((*Model).outwards)},
		{[]string{"enter"}, "Tree", "fold or unfold", quiet((*Model).toggle)},
		{[]string{"*"}, "Tree", "unfold all below", quiet(func(m *Model) { m.foldBelow(true) })},
		{[]string{"-"}, "Tree", "fold all below", quiet(func(m *Model) { m.foldBelow(false) })},
		{[]string{"a"}, "Tree", "attributes of the node", quiet((*Model).toggleAttributes)},
		{[]string{"A"}, "Tree", "attributes of all nodes shown", quiet((*Model).toggleAllAttributes)},
		{[]string{"s"}, "Tree", "sort: as defined, by name, by state", quiet((*Model).nextOrder)},
		{[]string{"n"}, "Find", "next aborted task", func(m *Model) tea.Cmd { return m.seekAborted(true) }},
		{[]string{"N"}, "Find", "aborted task before", func(m *Model) tea.Cmd { return m.seekAborted(false) }},
		{[]string{"/"}, "Find", "search names; with a slash, paths", quiet((*Model).askFind)},
		{[]string{">"}, "Find", "next that was searched for", func(m *Model) tea.Cmd { return m.seekText(true) }},
		{[]string{"<"}, "Find", "the one before", func(m *Model) tea.Cmd { return m.seekText(false) }},
		{[]string{"f"}, "Find", "filter: states, +flags, words of names", quiet((*Model).askFilter)},
		{[]string{"i", "1"}, "Panels", "info", showing(tabInfo)},
		{[]string{"w", "2"}, "Panels", "why it does not run", showing(tabWhy)},
		{[]string{"3"}, "Panels", "script", showing(tabScript)},
		{[]string{"4"}, "Panels", "job", showing(tabJob)},
		{[]string{"o", "5"}, "Panels", "output", showing(tabOutput)},
		{[]string{"m", "6"}, "Panels", "manual", showing(tabManual)},
		{[]string{"7"}, "Panels", "history: what users did to the node", showing(tabHistory)},
		{[]string{"8"}, "Panels", "log of the server", showing(tabLog)},
		{[]string{"9"}, "Panels", "messages of this session", showing(tabMessages)},
		{[]string{"tab"}, "Panels", "from the tree to the panel and back", quiet((*Model).switchFocus)},
		{[]string{"z"}, "Panels", "panel as large as the screen", quiet((*Model).zoomPanel)},
		{[]string{"esc"}, "Panels", "close the panel, drop the marks, clear the filter", quiet((*Model).back)},
		{[]string{"space"}, "Do", "mark the node: commands are for all marked ones", quiet((*Model).mark)},
		{[]string{"x"}, "Do", "commands for the marked nodes, the node or the server", quiet((*Model).askAction)},
		{[]string{"+", "ctrl+n"}, "Do", "add a server", quiet(func(m *Model) { m.dialog = newServerForm() })},
		{[]string{"ctrl+r", "f5"}, "Do", "sync now, and read the panel again", quiet((*Model).syncNow)},
		{[]string{"?", "f1"}, "Do", "this help", quiet(func(m *Model) { m.dialog = &helpDialog{} })},
		{[]string{"ctrl+z"}, "Do", "back to the shell; fg returns", func(*Model) tea.Cmd { return tea.Suspend }},
		{[]string{"q", "ctrl+c"}, "Do", "leave", func(*Model) tea.Cmd { return tea.Quit }},
	}
}

// held runs f under the lock of the selected server, if nobody else has it.
func (m *Model) held(f func(s *server)) {
	s := m.selected.server
	if s == nil {
		return
	}
	if !s.lock.TryLock() {
		m.say(nil, "the tree is being brought up to date; press the key once more", true)
		return
	}
	defer s.lock.Unlock()
	f(s)
}

// toggle folds or unfolds the selected row.
func (m *Model) toggle() {
	m.held(func(s *server) {
		n := m.selected.row.node
		switch {
		case m.selected.row.kind == rowServer:
			s.open = !s.open
		case m.selected.row.kind == rowNode && len(n.Children()) > 0:
			s.fold(n, uint8(n.Mark()&markFolds)^markOpen)
		case m.selected.row.kind == rowNode:
			s.fold(n, uint8(n.Mark()&markFolds)^markAttributes)
		}
	})
}

// inwards unfolds, or goes to the row below.
func (m *Model) inwards() {
	sel := m.selected
	switch {
	case sel.row.kind == rowServer && sel.server != nil && !sel.server.open, sel.row.kind == rowNode && sel.line.node.inside && !sel.line.node.open && m.filter == nil:
		m.toggle()
	default:
		if _, r, ok := m.rowAt(m.cursor + 1); ok && r.depth > sel.row.depth {
			m.move(m.cursor + 1)
		}
	}
}

// outwards folds, or goes to the row above.
func (m *Model) outwards() {
	sel := m.selected
	if sel.server == nil {
		return
	}
	switch {
	case sel.row.kind == rowServer:
		sel.server.open = false
		return
	case sel.row.kind == rowNode && sel.line.node.open && sel.line.node.inside && m.filter == nil:
		m.toggle()
		return
	case sel.row.kind == rowNode:
		closed := false
		m.held(func(s *server) {
			if mark := sel.row.node.Mark(); mark&markAttributes != 0 {
				s.fold(sel.row.node, uint8(mark&markFolds)&^markAttributes)
				closed = true
			}
		})
		if closed {
			return
		}
	}
	for place := m.cursor - 1; place >= 0; place-- {
		if s, r, ok := m.rowAt(place); ok && s == sel.server && r.depth < sel.row.depth {
			m.move(place)
			return
		}
	}
}

// foldBelow unfolds or folds the selected row and all below.
func (m *Model) foldBelow(open bool) {
	m.held(func(s *server) {
		if n := m.selected.row.node; n != nil {
			s.foldAll(n, open)
			return
		}
		s.open = s.open || open
		if d := s.definition(); d != nil {
			for _, suite := range d.Suites() {
				s.foldAll(suite, open)
			}
		}
	})
}

func (m *Model) toggleAttributes() {
	m.held(func(s *server) {
		if n := m.selected.row.node; n != nil {
			s.fold(n, uint8(n.Mark()&markFolds)^markAttributes)
		}
	})
}

func (m *Model) toggleAllAttributes() {
	m.attributes = !m.attributes
	m.generation++
}

func (m *Model) nextOrder() {
	m.order = (m.order + 1) % orders
	m.generation++
	m.say(nil, "sorted "+m.order.String(), false)
}

func (m *Model) switchFocus() {
	switch {
	case !m.panel.shown:
		m.panelShow(m.panel.tab)
	default:
		m.panel.focused = !m.panel.focused
	}
}

func (m *Model) zoomPanel() {
	if !m.panel.shown {
		m.panelShow(m.panel.tab)
	}
	m.panel.full = !m.panel.full
	m.panel.focused = m.panel.full
}

// back closes what is open, the last first.
func (m *Model) back() {
	switch {
	case m.panel.shown:
		m.panel.shown, m.panel.focused, m.panel.full = false, false, false
	case len(m.marks) > 0:
		m.marks = nil
	case m.filter != nil:
		m.setFilter("")
	}
}

func (m *Model) syncNow() {
	for _, s := range m.servers {
		s.soon()
	}
	m.panel.old = true
}

// KeyTable are the keys as rows of the documentation's table.
func KeyTable() []string {
	var rows []string
	for _, b := range bindings() {
		rows = append(rows, "| `"+strings.Join(b.keys, "` `")+"` | "+b.help+" |")
	}
	return rows
}
