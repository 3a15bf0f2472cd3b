package cli

import (
	"strings"

	"github.com/ecflow-go/ecflow/internal/command"
)

// option is the page of one option.
func (p *page) option(h command.Help) {
	p.title(h.Name)
	p.body(h)
	if h.Kind != command.KindOption {
		p.lines("")
		p.environment(h.Kind, false)
	} else {
		p.lines("")
	}
}

// body is what an option's own page and the page of all have in common.
func (p *page) body(h command.Help) {
	p.wrap("", "", command.Sentence(h.Summary))
	if h.Text != "" {
		p.lines("")
		p.paragraphs(h.Text)
	}
	if h.Since != "" {
		p.lines("")
		p.wrap("", "", "Needs a server from "+h.Since+".")
	}
	p.lines("", "Usage:", "")
	for _, shape := range h.Shapes {
		p.lines("    " + shape)
	}
	p.arguments("Argument(s):", h.Arguments)
	p.examples(h.Examples)
	p.lines("", "Exit code:", "")
	p.wrap("    ", "    ", h.ExitCodes())
}

// item is the page of one item of definition files.
func (p *page) item(d command.HelpItem) {
	p.title(d.Name)
	p.wrap("", "", command.Sentence(d.Summary))
	if d.Text != "" {
		p.lines("")
		p.paragraphs(d.Text)
	}
	p.lines("", "Syntax", "")
	for _, shape := range d.Shapes {
		p.lines("  " + shape)
	}
	if len(d.Arguments) > 0 {
		p.lines("", "Parameters", "")
		for _, a := range d.Arguments {
			p.lines("  " + a.Name)
			p.wrap("      ", "      ", command.Remark(a.Text))
		}
	}
	p.lines("", "Examples", "")
	for _, line := range d.Examples {
		p.lines("  " + line)
	}
	p.lines("")
}

func (p *page) arguments(title string, list []command.HelpArgument) {
	if len(list) == 0 {
		return
	}
	p.lines("", title)
	for _, a := range list {
		p.lines("")
		p.wrap("    ", "        ", a.Name+": "+a.Shape)
		p.wrap("        # ", "        # ", command.Remark(a.Text))
	}
}

func (p *page) examples(list []command.HelpExample) {
	p.lines("", "Examples:", "")
	for _, line := range command.ExampleLines(list) {
		p.lines("    " + line)
	}
}

// environment lists the variables that commands of a kind read: the main ones, or all.
func (p *page) environment(kind string, all bool) {
	p.wrap("", "", "The environment, for all commands:")
	p.lines("")
	more := p.variables(command.EnvironmentForAll(), all)
	p.lines("")
	p.wrap("", "", "For those with a star there are options or arguments, which count more.")
	if kind == command.KindTask {
		p.lines("")
		p.wrap("", "", "The environment, for commands of jobs; jobs have these from the server:")
		p.lines("")
		p.variables(command.EnvironmentForTasks(), all)
	}
	if more {
		p.lines("")
		p.wrap("", "", "--help=environment tells of further ones.")
	}
}

func (p *page) variables(list []command.HelpVariable, all bool) (more bool) {
	for _, v := range list {
		if !all && !v.Main {
			more = true
			continue
		}
		p.lines("  " + v.Name + " " + v.Shape + " [" + v.Need + "]")
		p.wrap("    ", "    ", command.Remark(v.Text))
	}
	return more
}

// nearest is the topic that differs least from a word, "" if none is near.
func nearest(word string) string {
	best, near := len(word)/3+1, ""
	for _, name := range append(command.HelpNames(), command.HelpItemNames()...) {
		if d := distance(strings.ToLower(word), strings.ToLower(name), best); d <= best && (near == "" || d < best) {
			best, near = d, name
		}
	}
	return near
}

// distance is how many letters must be added, dropped or exchanged to make b of a; more than
// most are not counted to the end.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
