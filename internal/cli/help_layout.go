package cli

import (
	"strings"
	"unicode/utf8"
)

// page collects the lines of a help text.
type page struct {
	strings.Builder
	width  int    // longest line of prose
	indent string // before every line
}

// lineWidth is how wide prose is written: never wider than is good to read, and at the
// original's habit of 80 columns and more where no terminal says otherwise.
func lineWidth(terminal int) int {
	if terminal <= 0 {
		return 96
	}
	return min(max(terminal-1, 40), 96)
}

// lines writes lines as they are.
func (p *page) lines(lines ...string) {
	for _, line := range lines {
		if line != "" {
			p.WriteString(p.indent)
			p.WriteString(line)
		}
		p.WriteByte('\n')
	}
}

// title begins a page of its own.
func (p *page) title(name string) {
	p.lines("", name, strings.Repeat("-", len(name)), "")
}

// wrap writes words in lines that are not too long; first stands before the first line, next
// before those after it.
func (p *page) wrap(first, next, text string) {
	line, begin := first, true
	for word := range strings.FieldsSeq(text) {
		switch {
		case begin:
			line += word
		case utf8.RuneCountInString(p.indent+line+" "+word) > p.width:
			p.lines(line)
			line = next + word
		default:
			line += " " + word
		}
		begin = false
	}
	p.lines(strings.TrimRight(line, " "))
}

// paragraphs writes text whose paragraphs have empty lines between them; lines that begin with a
// blank stay as they are.
func (p *page) paragraphs(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" || line[0] == ' ' {
			p.lines(strings.TrimRight(line, " "))
		} else {
			p.wrap("", "", line)
		}
	}
}

// table writes names in columns. Every name is followed by blanks, as in the original.
func (p *page) table(columns int, names []string) {
	wide := longest(names) + 1
	for len(names) > 0 {
		n := min(columns, len(names))
		line := "   "
		for _, name := range names[:n] {
			line += pad(name, wide)
		}
		p.lines(line)
		names = names[n:]
	}
}

func longest(names []string) int {
	wide := 0
	for _, name := range names {
		wide = max(wide, len(name))
	}
	return wide
}

func pad(text string, wide int) string { return text + strings.Repeat(" ", max(0, wide-len(text))) }
