package main

import (
	"strings"

	"github.com/ecflow-go/ecflow/internal/command"
)

// roff writes a manual page in the language of man(7).
type roff struct{ strings.Builder }

// escape keeps characters that mean something to roff. Hyphens become minus signs: options are
// to be copied from the page.
var escape = strings.NewReplacer(`\`, `\e`, "-", `\-`)

// newPage begins a page.
func newPage(name, section, title string) *roff {
	r := &roff{}
	r.macro(`.\" ` + notice)
	r.macro(".TH " + strings.ToUpper(escape.Replace(name)) + " " + section + ` "" "ecflow\-go" "ecFlow"`)
	r.section("NAME")
	r.text(name + " - " + title)
	return r
}

// synopsis writes the shapes of command lines.
func (r *roff) synopsis(shapes ...string) {
	r.section("SYNOPSIS")
	r.macro(".nf")
	for _, shape := range shapes {
		r.text(shape)
	}
	r.macro(".fi")
}

func (r *roff) macro(line string) { r.WriteString(line + "\n") }

func (r *roff) section(title string)    { r.macro(".SH " + escape.Replace(title)) }
func (r *roff) subsection(title string) { r.macro(".SS " + escape.Replace(title)) }

// text writes one line of text as it stands in the source of the page.
func (r *roff) text(line string) {
	line = escape.Replace(line)
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		line = `\&` + line
	}
	r.macro(line)
}

// lines writes lines that are to stay as they are.
func (r *roff) lines(lines ...string) {
	r.macro(".PP")
	r.macro(".RS 4")
	r.macro(".nf")
	for _, line := range lines {
		r.text(line)
	}
	r.macro(".fi")
	r.macro(".RE")
}

// paragraphs writes text as [command.Help] has it: an empty line between paragraphs, lines
// that begin with a blank as they are.
func (r *roff) paragraphs(text string) {
	var fixed []string
	flush := func() {
		if len(fixed) > 0 {
			r.lines(fixed...)
			fixed = nil
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, " ") {
			fixed = append(fixed, line)
			continue
		}
		flush()
		if line != "" {
			r.macro(".PP")
			r.text(line)
		}
	}
	flush()
}

// item is a word, in bold, and what follows it, with its explanation below.
func (r *roff) item(word, rest, text string) {
	r.macro(".TP")
	r.macro(`\fB` + escape.Replace(word) + `\fR` + escape.Replace(rest))
	r.text(text)
}

func (r *roff) examples(list []command.HelpExample) {
	r.macro(".PP")
	r.text("Examples:")
	r.lines(command.ExampleLines(list)...)
}
