package top

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/ecflow-go/ecflow/defs"
)

const (
	headerHeight = 1
	footerHeight = 2
	// wideEnough is the width from which on a panel stands beside the tree.
	wideEnough = 100
)

// View draws the screen from what was copied.
func (m *Model) View() tea.View {
	v := tea.NewView(m.Screen())
	v.AltScreen = true
	v.WindowTitle = "ecflow top"
	if n := m.totals()[defs.DAborted]; n > 0 {
		v.WindowTitle = fmt.Sprintf("ecflow top: %d aborted", n)
	}
	if m.options.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

func (m *Model) bodyHeight() int { return max(1, m.height-headerHeight-footerHeight) }

// split reports whether tree and panel stand side by side.
func (m *Model) split() bool { return m.panel.shown && !m.panel.full && m.width >= wideEnough }

func (m *Model) treeHeight() int { return m.bodyHeight() }

// treeWidth is 0 where the panel takes the tree's place.
func (m *Model) treeWidth() int {
	switch {
	case !m.panel.shown:
		return m.width
	case m.split():
		return m.width * 9 / 20
	}
	return 0
}

func (m *Model) panelWidth() int {
	if m.split() {
		return m.width - m.treeWidth() - 1
	}
	return m.width
}

// panelHeight is how many lines of its text the panel shows.
func (m *Model) panelHeight() int { return max(1, m.bodyHeight()-2) }

// Screen is the screen as text: lines of exactly the width, with colours.
func (m *Model) Screen() string {
	if m.width < 20 || m.height < 6 {
		return fit("too small", m.width)
	}
	body := make([]string, m.bodyHeight())
	tree := m.treeWidth()
	var panel []string
	if m.panel.shown {
		panel = m.drawPanel(m.panelWidth())
	}
	for i := range body {
		switch {
		case m.split():
			body[i] = m.drawLine(i, tree) + box.draw(m.signs.bar) + panel[i]
		case m.panel.shown:
			body[i] = panel[i]
		default:
			body[i] = m.drawLine(i, tree)
		}
	}
	if m.dialog != nil {
		m.overlay(body)
	}
	var b strings.Builder
	b.WriteString(m.header())
	for _, l := range body {
		b.WriteByte('\n')
		b.WriteString(l)
	}
	b.WriteByte('\n')
	b.WriteString(m.statusLine())
	b.WriteByte('\n')
	b.WriteString(m.keyLine())
	if m.options.ASCII {
		return strings.ReplaceAll(b.String(), "…", m.signs.more)
	}
	return b.String()
}

// totals are the tasks of all servers.
func (m *Model) totals() (sum totals) {
	for _, s := range m.servers {
		for state, n := range s.status.totals {
			sum[state] += n
		}
	}
	return sum
}

// header counts the tasks of all servers.
func (m *Model) header() string {
	sum := m.totals()
	clock := m.now().UTC().Format("15:04:05Z") + " "
	line, room := title.draw(" ecflow top "), m.width-len(clock)
	for _, state := range []defs.DState{defs.DAborted, defs.DActive, defs.DSubmitted, defs.DQueued, defs.DSuspended, defs.DUnknown, defs.DComplete} {
		if n := sum[state]; n > 0 {
			count := " " + states[state].draw(fmt.Sprintf(" %d %s ", n, state))
			if ansi.StringWidth(line+count) > room {
				break
			}
			line += count
		}
	}
	return fit(line, room) + dim.draw(clock)
}

// statusLine shows the last message, what is being typed, or where the cursor is.
func (m *Model) statusLine() string {
	switch {
	case m.prompt != nil && m.prompt.filter:
		return "filter: " + m.prompt.draw(m.width-8, true)
	case m.prompt != nil:
		return "search: " + m.prompt.draw(m.width-8, true)
	case m.panel.finding:
		return "search in the panel: " + m.panel.find.draw(m.width-21, true)
	case m.said.text != "":
		text := m.said.text
		if m.said.server != "" {
			text = m.said.server + ": " + text
		}
		style := green
		if m.said.failed {
			style = redBold
		}
		return style.draw(fit(" "+text, m.width))
	}
	at := fmt.Sprintf("%d/%d ", m.cursor+1, m.rowCount())
	what := " " + plain(m.selected.line.path)
	if m.order != orderDefined {
		at = "sorted " + m.order.String() + "   " + at
	}
	if len(m.marks) > 0 {
		at = yellow.draw(fmt.Sprintf("%d marked", len(m.marks))) + "   " + at
	}
	if m.filter != nil {
		at = yellow.draw("filter: "+m.filter.text) + "   " + at
	}
	room := max(0, m.width-ansi.StringWidth(at))
	return fit(what, room) + fit(at, m.width-room)
}

// keyLine reminds of the most useful keys, as many as there is room for.
func (m *Model) keyLine() string {
	keys := []string{"? help", "x commands", "n next aborted", "/ search", "f filter", "w why", "o output", "i info", "+ server", "q leave"}
	switch {
	case m.prompt != nil && m.prompt.filter:
		keys = []string{"enter keep", "esc drop", "words: states (aborted active ...)", "+flags (+late +zombie ...)", "parts of names"}
	case m.prompt != nil:
		keys = []string{"enter go", "esc cancel", "part of a name", "with a slash, of a path"}
	case m.panel.shown && m.panel.focused:
		keys = []string{"up down scroll", "/ search", "n next", "1-9 panels", "z full", "tab tree", "esc close"}
	case m.panel.shown && m.treeWidth() == 0:
		keys = []string{"tab scroll here", "up down other node", "1-9 panels", "esc close", "? help"}
	case m.panel.shown:
		keys = []string{"1-9 panels", "tab to the panel", "z full", "esc close", "x commands", "n next aborted", "? help", "q leave"}
	}
	line := ""
	for _, k := range keys {
		if ansi.StringWidth(line)+len(k)+2 > m.width {
			break
		}
		line += "  " + k
	}
	return dim.draw(fit(strings.TrimPrefix(line, " "), m.width))
}

// overlay draws the dialog over the body.
func (m *Model) overlay(body []string) {
	most := min(m.width-6, 76)
	name, lines, keys := m.dialog.draw(m, most)
	width := max(ansi.StringWidth(keys), ansi.StringWidth(name)+4, 30)
	for _, l := range lines {
		width = max(width, ansi.StringWidth(l))
	}
	width = min(width, most)
	s := m.signs
	name = ansi.Truncate(plain(name), width-2, s.more)
	drawn := []string{box.draw(s.corner[0]+s.across) + bold.draw(" "+name+" ") + box.draw(strings.Repeat(s.across, width-1-ansi.StringWidth(name))+s.corner[1])}
	side := box.draw(s.bar)
	for _, l := range lines {
		drawn = append(drawn, side+" "+fit(l, width)+" "+side)
	}
	drawn = append(drawn, side+" "+fit("", width)+" "+side, side+" "+dim.draw(fit(keys, width))+" "+side,
		box.draw(s.corner[2]+strings.Repeat(s.across, width+2)+s.corner[3]))
	top, left := max(0, (len(body)-len(drawn))/3), (m.width-width-4)/2
	for i, l := range drawn {
		if top+i < len(body) {
			under := body[top+i]
			body[top+i] = ansi.Truncate(under, left, "") + "\x1b[m" + l + ansi.TruncateLeft(under, left+width+4, "")
		}
	}
}
