package top

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/ecflow-go/ecflow/defs"
)

// Update takes a message. It never waits: for the network there are workers and commands, and a
// tree that is locked is looked at later.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := m.take(msg)
	return m, tea.Batch(cmd, m.refresh())
}

func (m *Model) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case tea.KeyPressMsg:
		return m.press(msg)
	case tea.PasteMsg:
		m.paste(msg.Content)
	case tea.MouseWheelMsg:
		m.wheel(msg.Mouse())
	case tea.MouseClickMsg:
		m.click(msg.Mouse())
	case ticked:
		return tick()
	case retried:
		m.again = false
	case told:
		m.hear(msg.event)
		if m.ring {
			m.ring = false
			return tea.Batch(m.listen, tea.Raw("\a"))
		}
		return m.listen
	case listed:
		if s := m.serverOf(msg.id); s != nil {
			s.listing = false
			if msg.of.generation == m.generation {
				s.rows, s.of = msg.rows, msg.of
			}
		}
	case found:
		m.foundNode(msg)
	case panelDue:
		return m.panelLoad(msg)
	case content:
		m.panelTake(msg)
	}
	return nil
}

// hear takes what a worker tells.
func (m *Model) hear(event any) {
	switch e := event.(type) {
	case syncing:
		if s := m.serverOf(e.id); s != nil {
			s.status.syncing = true
		}
	case synced:
		if s := m.serverOf(e.id); s != nil {
			m.heardSync(s, e)
		}
	case done:
		s := m.serverOf(e.id)
		if e.err != nil {
			m.sayDone(s, e.what, short(e.err), true)
		} else {
			m.sayDone(s, e.what, "done", false)
		}
		m.panel.old = true
	}
}

func (m *Model) heardSync(s *server, e synced) {
	failed := s.status.err != nil
	s.status.syncing, s.status.err, s.status.next = false, e.err, e.next
	if e.err != nil {
		if !failed {
			m.say(s, short(e.err), true)
		}
		return
	}
	if failed {
		m.say(s, "connected again", false)
	}
	if more := e.totals[defs.DAborted] - s.status.totals[defs.DAborted]; more > 0 && !s.status.updated.IsZero() {
		m.say(s, fmt.Sprintf("%d more aborted: n goes there", more), true)
		m.ring = m.options.Bell
	}
	s.status.updated, s.status.totals = e.at, e.totals
	if m.panel.tab.local() || (m.panel.tab.grows() && s == m.selected.server && m.selected.line.node.state == defs.Active) {
		m.panel.old = true
	}
}

// press takes a key: what is open on top takes it first.
func (m *Model) press(k tea.KeyPressMsg) tea.Cmd {
	if k.String() == "ctrl+c" {
		return tea.Quit
	}
	switch {
	case m.dialog != nil:
		return m.dialog.press(m, k)
	case m.prompt != nil:
		return m.promptKey(k)
	}
	m.said.text = "" // it has been read
	if m.panel.shown && m.panel.focused {
		if cmd, ok := m.panelKey(k); ok {
			return cmd
		}
	}
	for _, b := range m.bindings {
		if slices.Contains(b.keys, k.String()) {
			return b.do(m)
		}
	}
	return nil
}

func (m *Model) paste(text string) {
	switch {
	case m.dialog != nil:
		if f, ok := m.dialog.(interface{ paste(string) }); ok {
			f.paste(text)
		}
	case m.prompt != nil:
		m.prompt.insert(text)
	}
}

func (m *Model) wheel(mouse tea.Mouse) {
	step := 3
	if mouse.Button == tea.MouseWheelUp {
		step = -3
	}
	if m.dialog != nil || (mouse.Button != tea.MouseWheelUp && mouse.Button != tea.MouseWheelDown) {
		return
	}
	if m.panel.shown && mouse.X >= m.treeWidth() {
		m.panel.scroll(step, m.panelHeight())
		return
	}
	m.move(m.cursor + step)
}

func (m *Model) click(mouse tea.Mouse) {
	if m.dialog != nil || mouse.Button != tea.MouseLeft {
		return
	}
	m.panel.focused = m.panel.shown && mouse.X >= m.treeWidth()
	line := mouse.Y - headerHeight
	if m.panel.focused || line < 0 || line >= len(m.lines) {
		return
	}
	if m.top+line == m.cursor {
		m.toggle()
		return
	}
	m.move(m.top + line)
}
