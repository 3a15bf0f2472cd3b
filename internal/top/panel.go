package top

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// tab is what a panel shows.
type tab uint8

const (
	tabInfo tab = iota
	tabWhy
	tabScript
	tabJob
	tabOutput
	tabManual
	tabHistory
	tabLog
	tabMessages
	tabs
)

var tabNames = [...]string{"info", "why", "script", "job", "output", "manual", "history", "log", "messages"}

// kind is what the server calls the file of a tab, "" for what is no file.
func (t tab) kind() string {
	switch t {
	case tabScript, tabJob, tabManual:
		return tabNames[t]
	case tabOutput:
		return "jobout"
	}
	return ""
}

// local reports whether the tab shows the tree, which each sync may change.
func (t tab) local() bool { return t == tabInfo || t == tabWhy }

// grows reports whether the text of an active task is read again with each sync, and followed at its end.
func (t tab) grows() bool { return t == tabOutput }

// subject is what a panel is about.
type subject struct {
	server int
	path   string // "" for the server
	tab    tab
}

// panel shows a text that belongs to the selected node.
type panel struct {
	shown, focused, full bool
	tab                  tab

	wanted subject // what is to be shown, which may be under way
	asked  int     // counts requests
	old    bool    // it is to be read again

	of    subject // what is shown
	lines []string
	err   error

	text []string // lines, broken to fit where they are sentences
	laid layout   // what text was made of

	top, left int
	find      input
	finding   bool
	hits      string // what was searched for
}

// content tells the text of a panel.
type content struct {
	asked int
	of    subject
	lines []string
	err   error
}

// panelDue comes a little after the selection has moved: who scrolls through the tree does not
// ask the server for the files of every node on the way.
type panelDue struct{ asked int }

const panelPause = 150 * time.Millisecond

// panelShow opens a tab, or closes the panel if it shows that.
func (m *Model) panelShow(t tab) {
	p := &m.panel
	if p.shown && p.tab == t && !p.focused {
		p.shown, p.full = false, false
		return
	}
	p.shown, p.tab = true, t
}

// layout is what the text of a panel depends on beside its subject.
type layout struct {
	of    subject
	asked int
	lines int
	width int
}

// wraps reports whether lines are broken rather than cut: those of files are what they are.
func (t tab) wraps() bool { return t.kind() == "" }

// layPanel makes the text that the panel shows, and keeps its place within it. It is called after every message.
func (m *Model) layPanel() {
	p := &m.panel
	if !p.shown {
		return
	}
	if now := (layout{p.of, p.asked, len(p.lines), m.panelWidth()}); now != p.laid || p.tab == tabMessages {
		p.laid, p.text = now, p.lines
		if p.of.tab.wraps() {
			p.text = breakLines(p.lines, now.width-2)
		}
	}
	p.top = max(0, min(p.top, len(p.text)-m.panelHeight()))
}

// breakLines breaks lines that are too long.
func breakLines(lines []string, width int) []string {
	broken := make([]string, 0, len(lines))
	for _, l := range lines {
		if len(l) <= width {
			broken = append(broken, l)
			continue
		}
		for i, part := range wrap(l, width-2) {
			if i > 0 {
				part = "  " + part
			}
			broken = append(broken, part)
		}
	}
	return broken
}

// panelFollows asks for the text of the selected node if the panel shows something else. It is
// called after every message.
func (m *Model) panelFollows() tea.Cmd {
	p := &m.panel
	sel := m.selected
	if !p.shown || sel.server == nil {
		return nil
	}
	if sel.line.path == "" && sel.row.node != nil {
		return nil // the tree is locked: later
	}
	wanted := subject{sel.server.id, sel.line.path, p.tab}
	switch p.tab {
	case tabLog:
		wanted.path = ""
	case tabMessages:
		wanted = subject{tab: tabMessages}
		if p.of != wanted {
			p.of, p.wanted, p.lines, p.err = wanted, wanted, nil, nil
			p.top, p.left = 1<<30, 0
		}
		p.lines = m.messages()
		return nil
	}
	if wanted == p.wanted && !p.old {
		return nil
	}
	moved := wanted != p.wanted
	p.wanted, p.old = wanted, false
	p.asked++
	asked := p.asked
	if !moved || wanted.tab.local() {
		return func() tea.Msg { return panelDue{asked} }
	}
	return tea.Tick(panelPause, func(time.Time) tea.Msg { return panelDue{asked} })
}

// panelLoad begins to read what is wanted.
func (m *Model) panelLoad(due panelDue) tea.Cmd {
	if due.asked != m.panel.asked {
		return nil
	}
	s := m.serverOf(m.panel.wanted.server)
	if s == nil {
		return nil
	}
	of, failure := m.panel.wanted, s.status.err
	return func() tea.Msg {
		lines, err := s.read(of, failure)
		return content{due.asked, of, lines, err}
	}
}

func (m *Model) panelTake(c content) {
	p := &m.panel
	if c.asked != p.asked {
		return
	}
	if c.of != p.of {
		p.top, p.left = 0, 0
	}
	if c.of.tab == tabLog && c.of != p.of || c.of == p.of && c.of.tab.grows() && len(p.text) > m.panelHeight() && p.top == len(p.text)-m.panelHeight() {
		p.top = 1 << 30 // the end
	}
	p.of, p.lines, p.err = c.of, c.lines, c.err
	p.laid = layout{}
}

func (p *panel) scroll(by, height int) { p.top = max(0, min(p.top+by, len(p.text)-height)) }

// panelKey takes a key for the panel that has the focus.
func (m *Model) panelKey(k tea.KeyPressMsg) (tea.Cmd, bool) {
	p, height := &m.panel, m.panelHeight()
	if p.finding {
		switch k.String() {
		case "enter":
			p.finding, p.hits = false, p.find.String()
			p.seek(1, p.top)
		case "esc":
			p.finding = false
		default:
			p.find.key(k)
		}
		return nil, true
	}
	switch k.String() {
	case "up", "k":
		p.scroll(-1, height)
	case "down", "j", "enter":
		p.scroll(1, height)
	case "pgup", "ctrl+b", "b":
		p.scroll(1-height, height)
	case "pgdown", "ctrl+f", "space":
		p.scroll(height-1, height)
	case "home", "g":
		p.top = 0
	case "end", "G":
		p.scroll(len(p.text), height)
	case "left", "h":
		p.left = max(0, p.left-8)
	case "right", "l":
		p.left += 8
	case "/":
		p.finding, p.find = true, input{}
	case "n", ">":
		p.seek(1, p.top+1)
	case "N", "<":
		p.seek(-1, p.top-1)
	default:
		return nil, false
	}
	return nil, true
}

// seek puts the next line that has what was searched for on top.
func (p *panel) seek(step, from int) {
	if p.hits == "" {
		return
	}
	text := lowered(p.hits)
	for i := range len(p.text) {
		at := ((from+i*step)%len(p.text) + len(p.text)) % len(p.text)
		if containsFold(p.text[at], text) {
			p.top = at
			return
		}
	}
}

// messages are those of the session, as lines.
func (m *Model) messages() []string {
	lines := make([]string, 0, len(m.history))
	for _, s := range m.history {
		sign := "  "
		if s.failed {
			sign = "! "
		}
		where := ""
		if s.server != "" {
			where = s.server + ": "
		}
		lines = append(lines, strings.TrimRight(fmt.Sprint(sign, s.at.Format("15:04:05"), "  ", where, s.text), " "))
	}
	return lines
}
