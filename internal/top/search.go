package top

import (
	tea "charm.land/bubbletea/v2"

	"github.com/ecflow-go/ecflow/defs"
)

// found tells where a search ended.
type found struct {
	number int // of the search
	what   string
	id     int // of the server
	path   string
	ok     bool
}

// seek looks for a node in all trees, from the selected one on or back, and round. It is
// a command, as a tree may be large.
func (m *Model) seek(what string, forward bool, fits func(*defs.Node) bool) tea.Cmd {
	m.searches++
	number, from, ctx := m.searches, m.selected, m.ctx
	servers := append([]*server(nil), m.servers...)
	start := 0
	for i, s := range servers {
		if s == from.server {
			start = i
		}
	}
	return func() tea.Msg {
		// The server where the cursor is comes first and last: from the cursor on, and up to it.
		step := 1
		if !forward {
			step = len(servers) - 1
		}
		for i := range len(servers) + 1 {
			if ctx.Err() != nil || len(servers) == 0 {
				break
			}
			s := servers[(start+i*step)%len(servers)]
			if path, ok := s.seek(from, forward, i == 0, i == len(servers), fits); ok {
				return found{number, what, s.id, path, true}
			}
		}
		return found{number: number, what: what}
	}
}

// seek finds the first node that fits: after (or before) the cursor if first, anywhere otherwise, where last means that the
// rest was looked at before.
func (s *server) seek(from selection, forward, first, last bool, fits func(*defs.Node) bool) (path string, ok bool) {
	defer s.hold()()
	d := s.definition()
	if d == nil {
		return "", false
	}
	var cursor, hit *defs.Node
	if (first || last) && from.line.path != "" {
		cursor = d.Find(from.line.path)
	}
	passed := cursor == nil // the cursor, or there is none
	for n := range d.All() {
		if n == cursor {
			passed = true
			if first && !forward {
				break
			}
			continue
		}
		if forward && first && !passed || !fits(n) {
			continue
		}
		hit = n
		if forward {
			break
		}
	}
	if first && !forward && cursor == nil {
		hit = nil // the cursor is on the server's own line: nothing is before
	}
	if hit == nil && last && cursor != nil && fits(cursor) {
		hit = cursor
	}
	if hit == nil {
		return "", false
	}
	return hit.Path(), true
}

// seekAborted goes to the next aborted task, or the one before.
func (m *Model) seekAborted(forward bool) tea.Cmd {
	return m.seek("aborted task", forward, func(n *defs.Node) bool {
		return n.State() == defs.Aborted && (n.IsSubmittable() || len(n.Children()) == 0)
	})
}

// seekText goes to the next node that has what was searched for in its name.
func (m *Model) seekText(forward bool) tea.Cmd {
	if m.find == "" {
		m.say(nil, "nothing was searched for yet: press /", true)
		return nil
	}
	text := lowered(m.find)
	return m.seek(m.find, forward, func(n *defs.Node) bool { return named(n, text) })
}

func lowered(text string) string {
	b := []byte(text)
	for i := range b {
		b[i] = lower(b[i])
	}
	return string(b)
}

// foundNode goes where a search ended, unless another has begun since.
func (m *Model) foundNode(f found) {
	s := m.serverOf(f.id)
	switch {
	case f.number != m.searches:
		return
	case !f.ok || s == nil:
		m.say(nil, "no "+f.what+" found", true)
		return
	}
	m.goTo(s, f.path)
}

// goTo unfolds what is above a node and puts the cursor on it.
func (m *Model) goTo(s *server, path string) {
	if !s.lock.TryLock() {
		m.say(s, "the tree is being brought up to date; press the key once more", true)
		return
	}
	defer s.lock.Unlock()
	d := s.definition()
	if d == nil {
		return
	}
	n := d.Find(path)
	if n == nil {
		return
	}
	s.reveal(n)
	// refresh lists the rows that are now open, and follows the selection.
	m.selected = selection{server: s, row: row{node: n, kind: rowNode}, line: line{server: s, path: path}}
	m.centre = true
}

// prompt is a line that asks for a search or a filter.
type prompt struct {
	input
	filter bool
	before string // the filter that was
}

func (m *Model) askFind() { m.prompt = &prompt{} }

func (m *Model) askFilter() {
	before := ""
	if m.filter != nil {
		before = m.filter.text
	}
	m.prompt = &prompt{input: typed(before), filter: true, before: before}
}

func (m *Model) setFilter(text string) {
	m.filter = parseFilter(text)
	m.generation++
}

func (m *Model) promptKey(k tea.KeyPressMsg) tea.Cmd {
	p := m.prompt
	switch k.String() {
	case "esc":
		m.prompt = nil
		if p.filter {
			m.setFilter(p.before)
		}
		return nil
	case "enter":
		m.prompt = nil
		if p.filter {
			m.setFilter(p.String())
			return nil
		}
		if p.String() != "" {
			m.find = p.String()
		}
		return m.seekText(true)
	}
	if p.key(k) && p.filter {
		m.setFilter(p.String())
	}
	return nil
}
