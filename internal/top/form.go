package top

import (
	"context"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// serverForm asks for a server to be added.
type serverForm struct {
	fields [4]input // in the order of formNames
	tls    bool
	at     int // a field, the tick box or the button
	err    string
	of     *server // the server that is changed; nil: one is added
}

var formNames = [...]string{"Host", "Port", "User", "Name"}

var formHints = [...]string{"", "", "empty: ECF_USER, or you", "empty: host and port"}

const (
	fieldHost = iota
	fieldPort
	fieldUser
	fieldName
	fieldTLS
	fieldAdd
	fieldCount
)

func newServerForm() dialog {
	f := &serverForm{}
	f.fields[fieldPort] = typed("3141")
	return f
}

// changeServerForm asks for changes of a server of the list.
func changeServerForm(s *server) dialog {
	is := s.worker.server
	return &serverForm{of: s, tls: is.SSL, fields: [...]input{typed(is.Host), typed(is.Port), typed(is.User), typed(is.Name)}}
}

func (f *serverForm) paste(text string) {
	if f.at < len(f.fields) {
		f.fields[f.at].insert(strings.TrimSpace(text))
	}
}

func (f *serverForm) press(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		m.dialog = nil
	case "tab", "down":
		f.at = (f.at + 1) % fieldCount
	case "shift+tab", "up":
		f.at = (f.at + fieldCount - 1) % fieldCount
	case "enter":
		if f.at == fieldTLS {
			f.at = fieldAdd
			return nil
		}
		if f.at < fieldAdd-1 && f.fields[fieldHost].String() == "" {
			f.at++
			return nil
		}
		f.add(m)
	case "space":
		switch f.at {
		case fieldTLS:
			f.tls = !f.tls
		case fieldAdd:
			f.add(m)
		}
	default:
		if f.at < len(f.fields) {
			f.fields[f.at].key(k)
			f.err = ""
		}
	}
	return nil
}

func (f *serverForm) add(m *Model) {
	s := Server{Name: f.fields[fieldName].String(), Host: f.fields[fieldHost].String(), Port: f.fields[fieldPort].String(),
		User: f.fields[fieldUser].String(), SSL: f.tls}
	if err := s.Check(); err != nil {
		f.err = short(err)
		return
	}
	for _, other := range m.servers {
		if o := other.worker.server; other != f.of && o.Host == s.Host && o.Port == s.Port && o.User == s.User {
			f.err = s.Address() + " is in the list already"
			return
		}
	}
	m.dialog = nil
	added := m.addServer(s)
	if f.of == nil {
		m.say(added, "added", false)
	} else {
		at := slices.Index(m.servers, f.of)
		m.removeServer(f.of)
		m.servers = slices.Insert(m.servers[:len(m.servers)-1], at, added)
		m.say(added, "changed", false)
	}
	m.save()
	m.selected = selection{server: added, row: row{kind: rowServer}, line: line{server: added}}
}

// save keeps the list of servers.
func (m *Model) save() {
	if m.options.Save == nil {
		return
	}
	if err := m.options.Save(m.list()); err != nil {
		m.say(nil, err.Error(), true)
	}
}

func (f *serverForm) draw(m *Model, width int) (string, []string, string) {
	wide := min(width, 46) - 8
	var lines []string
	for i := range f.fields {
		value := f.fields[i].draw(wide-2, f.at == i)
		if f.fields[i].String() == "" && f.at != i {
			value = dim.draw(fit(formHints[i], wide-2))
		}
		lines = append(lines, f.mark(m, i)+fit(formNames[i], 5)+" "+value)
	}
	tick := "[ ]"
	if f.tls {
		tick = "[x]"
	}
	button := "[ Add ]"
	if f.of != nil {
		button = "[ Change ]"
	}
	if f.at == fieldAdd {
		button = reverse.draw(button)
	}
	lines = append(lines, f.mark(m, fieldTLS)+tick+" TLS "+m.signs.lock, "", f.mark(m, fieldAdd)+button)
	if f.err != "" {
		lines = append(lines, "", red.draw(f.err))
	}
	if f.of != nil {
		return "change a server", lines, "tab next   space tick   enter change   esc cancel"
	}
	return "add a server", lines, "tab next   space tick   enter add   esc cancel"
}

func (f *serverForm) mark(m *Model, field int) string {
	if f.at == field {
		return m.signs.cursor + " "
	}
	return "  "
}

func removeServerDialog(t target) dialog {
	return &confirmDialog{title: "remove", question: "Remove " + t.String() + " from this list? The server itself goes on.", yes: func(m *Model) tea.Cmd {
		m.removeServer(t.server)
		m.selected = selection{}
		m.say(t.server, "removed from the list", false)
		m.save()
		return nil
	}}
}

func deleteNode(ctx context.Context, s Service, path string) error { return s.Delete(ctx, false, path) }
