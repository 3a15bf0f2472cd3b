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
	waits  bool    // for what was asked

	of    subject // what is shown
	lines []string
	err   error

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
			p.of, p.wanted, p.lines, p.err, p.waits = wanted, wanted, nil, nil, false
			p.top, p.left = 1<<30, 0
		}
		p.lines = m.messages()
		p.top = max(0, min(p.top, len(p.lines)-m.panelHeight()))
		return nil
	}
	if wanted == p.wanted && !p.old {
		return nil
	}
	moved := wanted != p.wanted
	p.wanted, p.old, p.waits = wanted, false, true
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
	of := m.panel.wanted
	return func() tea.Msg {
		lines, err := s.read(of)
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
		if c.of.tab == tabLog {
			p.top = len(c.lines)
		}
	}
	p.of, p.lines, p.err, p.waits = c.of, c.lines, c.err, false
	p.top = max(0, min(p.top, len(p.lines)-m.panelHeight()))
}

func (p *panel) scroll(by, height int) { p.top = max(0, min(p.top+by, len(p.lines)-height)) }

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
		p.scroll(len(p.lines), height)
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
	for i := range len(p.lines) {
		at := ((from+i*step)%len(p.lines) + len(p.lines)) % len(p.lines)
		if containsFold(p.lines[at], text) {
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
