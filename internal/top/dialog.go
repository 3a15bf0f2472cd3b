package top

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// dialog lies over the screen and takes all keys.
type dialog interface {
	press(m *Model, k tea.KeyPressMsg) tea.Cmd
	// draw gives title, lines and a line of keys, none wider than width unless they are to be cut.
	draw(m *Model, width int) (title string, lines []string, keys string)
}

// confirmDialog asks a question.
type confirmDialog struct {
	title, question string
	yes             func(m *Model) tea.Cmd
}

func (d *confirmDialog) press(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "y", "Y":
		m.dialog = nil
		return d.yes(m)
	case "n", "N", "esc", "q":
		m.dialog = nil
	}
	return nil
}

func (d *confirmDialog) draw(_ *Model, width int) (string, []string, string) {
	return d.title, wrap(d.question, width), "y yes   n no"
}

// menuDialog offers a choice, by letter or with the cursor.
type menuDialog struct {
	title string
	items []menuItem
	at    int
}

type menuItem struct {
	key, name string
	do        func(m *Model) tea.Cmd
}

func (d *menuDialog) press(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		m.dialog = nil
	case "up":
		d.at = (d.at + len(d.items) - 1) % len(d.items)
	case "down":
		d.at = (d.at + 1) % len(d.items)
	case "enter":
		m.dialog = nil
		return d.items[d.at].do(m)
	default:
		if i := slices.IndexFunc(d.items, func(i menuItem) bool { return i.key == k.String() }); i >= 0 {
			m.dialog = nil
			return d.items[i].do(m)
		}
	}
	return nil
}

func (d *menuDialog) draw(_ *Model, width int) (string, []string, string) {
	var lines []string
	for i, item := range d.items {
		text := " " + item.key + "  " + item.name
		if i == d.at {
			text = reverse.draw(fit(text, max(28, min(width, ansi.StringWidth(d.title)))))
		}
		lines = append(lines, text)
	}
	return d.title, lines, "letter or enter   esc cancel"
}

// typedDialog asks for a word to be typed before something that cannot be undone.
type typedDialog struct {
	title, question, word string
	input                 input
	yes                   func(m *Model) tea.Cmd
}

func deleteForm(t target) dialog {
	word := t.path[strings.LastIndexByte(t.path, '/')+1:]
	if len(t.marked) > 0 {
		word = "delete " + t.String()
	}
	return &typedDialog{title: "delete", word: word,
		question: "Delete " + t.names() + " and all below from the server? This cannot be undone. Type: " + word,
		yes: func(m *Model) tea.Cmd {
			m.command(t, "delete", deleteNode)
			return nil
		}}
}

func (d *typedDialog) paste(text string) { d.input.insert(text) }

func (d *typedDialog) press(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		m.dialog = nil
	case "enter":
		if d.input.String() == d.word {
			m.dialog = nil
			return d.yes(m)
		}
	default:
		d.input.key(k)
	}
	return nil
}

func (d *typedDialog) draw(_ *Model, width int) (string, []string, string) {
	keys := "esc cancel"
	if d.input.String() == d.word {
		keys = "enter delete   esc cancel"
	}
	return d.title, append(wrap(d.question, width), "", "> "+d.input.draw(min(width, 40)-2, true)), keys
}

// helpDialog lists the keys.
type helpDialog struct{ top int }

func (d *helpDialog) press(m *Model, k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "up", "k":
		d.top--
	case "down", "j":
		d.top++
	case "pgup":
		d.top -= m.height / 2
	case "pgdown", "space":
		d.top += m.height / 2
	default:
		m.dialog = nil
	}
	return nil
}

func (d *helpDialog) draw(m *Model, width int) (string, []string, string) {
	var lines []string
	group := ""
	for _, b := range m.bindings {
		if b.group != group {
			group = b.group
			if len(lines) > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, bold.draw(group))
		}
		lines = append(lines, "  "+fit(strings.Join(b.keys, " "), 15)+b.help)
	}
	lines = append(lines, "", bold.draw("In a panel (tab goes there)"),
		"  up down pgup pgdown g G  scroll; left right  sideways",
		"  / search, n N next and before")
	room := max(1, m.height-6)
	d.top = max(0, min(d.top, len(lines)-room))
	return "keys", lines[d.top:min(len(lines), d.top+room)], "up down scroll   any other key closes"
}

// wrap breaks a text into lines.
func wrap(text string, width int) []string {
	return strings.Split(ansi.Wrap(plain(text), max(10, width), ""), "\n")
}
