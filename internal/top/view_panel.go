package top

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/ecflow-go/ecflow/client"
)

// drawPanel draws the tabs and the text below.
func (m *Model) drawPanel(width int) []string {
	p := &m.panel
	lines := make([]string, 0, m.bodyHeight())
	lines = append(lines, m.drawTabs(width))
	head := plain(p.wanted.path)
	if head == "" && p.tab != tabMessages && m.selected.server != nil {
		head = m.selected.server.worker.server.Title()
	}
	place := ""
	if len(p.text) > m.panelHeight() {
		place = fmt.Sprintf(" %d-%d of %d", p.top+1, min(len(p.text), p.top+m.panelHeight()), len(p.text))
	}
	lines = append(lines, bold.draw(fit(" "+head, max(0, width-len(place))))+dim.draw(fit(place, min(width, len(place)))))
	text := p.text
	switch {
	case p.of != p.wanted:
		text = nil
		lines = append(lines, fit(dim.draw(" ..."), width))
	case p.err != nil:
		text = nil
		for _, l := range wrap(strings.ReplaceAll(client.Text(p.err), "\n", " "), width-2) {
			lines = append(lines, fit(" "+red.draw(l), width))
		}
	case len(text) == 0:
		lines = append(lines, fit(dim.draw(" (empty)"), width))
	}
	for i := p.top; i < len(text) && len(lines) < m.bodyHeight(); i++ {
		lines = append(lines, fit(" "+p.mark(sideways(text[i], p.left)), width))
	}
	for len(lines) < m.bodyHeight() {
		lines = append(lines, spaces(width))
	}
	return lines[:m.bodyHeight()]
}

func sideways(text string, left int) string {
	if left == 0 {
		return text
	}
	return ansi.TruncateLeft(text, left, "")
}

// mark makes what was searched for stand out.
func (p *panel) mark(text string) string {
	if p.hits == "" {
		return text
	}
	part := lowered(p.hits)
	for i := 0; i+len(part) <= len(text); i++ {
		if lowered(text[i:i+len(part)]) == part {
			return text[:i] + hit.draw(text[i:i+len(part)]) + p.mark(text[i+len(part):])
		}
	}
	return text
}

func (m *Model) drawTabs(width int) string {
	draw := func(space string) string {
		var b strings.Builder
		for t := range tabs {
			number := strconv.Itoa(int(t) + 1)
			if t == m.panel.tab {
				b.WriteString(tabOn.draw(space + number + space + tabNames[t] + space))
			} else {
				b.WriteString(space + dim.draw(number) + space + tabNames[t] + space)
			}
			if space == "" {
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	text := draw(" ")
	if ansi.StringWidth(text) > width {
		text = draw("")
	}
	return fit(text, width)
}
