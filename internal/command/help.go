package command

import (
	"slices"
	"strings"
)

// Help is what one command-line option tells about itself.
//
// Texts are made when they are asked for, so that programs that show none pay nothing.
type Help struct {
	Name      string // the option without its dashes
	Kind      string // task, user or option: the middle column of the original's lists
	Summary   string // one line, without a full stop
	Shapes    []string
	Text      string // paragraphs with an empty line between them; lines that begin with a blank stay as they are
	Arguments []HelpArgument
	Examples  []HelpExample
	Exit      string // what the exit code means, where that needs more than the common rule
	Since     string // first version of the original that has the option; "" for all of 5.9 and later
}

// HelpArgument is one argument of an option.
type HelpArgument struct{ Name, Shape, Text string }

// HelpExample is a line for a shell and what it does.
type HelpExample struct{ Line, Text string }

// Kinds of options, as the original's lists name them.
const (
	KindTask   = "task"
	KindUser   = "user"
	KindOption = "option"
)

// HelpNames are all options of the command line, sorted, without dashes; of some kinds only
// if any are named.
func HelpNames(kinds ...string) []string {
	var names []string
	for i := range options {
		if name := options[i].Name; len(kinds) == 0 || slices.Contains(kinds, kindOf(name)) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// kindOf puts help, version and remove among the user commands, as the original does.
func kindOf(name string) string {
	row, known := Lookup(name)
	switch {
	case known && row.Class == Child:
		return KindTask
	case known || name == "help" || name == "version" || name == "remove":
		return KindUser
	}
	return KindOption
}

// HelpFor is the help of an option, named without its dashes.
func HelpFor(name string) (Help, bool) {
	for _, family := range helpFamilies {
		h := family(name)
		if h.Shapes == nil {
			continue
		}
		h.Name, h.Kind = name, kindOf(name)
		if row, known := Lookup(name); known {
			h.Summary = row.Summary
			if row.Detail != "" {
				h.Text = row.Detail + "\n\n" + h.Text
			}
		}
		return h, true
	}
	return Help{}, false
}

// helpFamilies give the help of the options they know, and the zero value for others.
var helpFamilies = [...]func(string) Help{
	helpTask, helpServer, helpServerFiles, helpNode, helpRun, helpAlter, helpTree, helpSync, helpAttribute, helpZombie, helpHandle, helpGlobal,
}

// ExitCodes says what the exit code means.
func (h Help) ExitCodes() string {
	rule := "0 when the server did what it was asked; 1 when it refused, no server answered, or the command line makes no sense."
	switch {
	case strings.HasPrefix(h.Exit, "0"):
		return h.Exit
	case h.Kind == KindOption || h.Name == "remove":
		return "That of the command it goes with."
	case h.Kind == KindTask:
		rule = "0 when the server has taken the message; 1 when it was refused, could not be delivered in time, or the command line makes no sense."
	}
	return strings.TrimSpace(rule + " " + h.Exit)
}

// ExampleLines are examples as a shell may read them: what a line does stands behind it, or
// before it if the line is long.
func ExampleLines(examples []HelpExample) []string {
	const long = 66
	wide := 0
	for _, e := range examples {
		if len(e.Line) <= long && e.Text != "" {
			wide = max(wide, len(e.Line))
		}
	}
	var lines []string
	for _, e := range examples {
		switch {
		case e.Text == "":
			lines = append(lines, e.Line)
		case len(e.Line) > long:
			lines = append(lines, "# "+e.Text, e.Line)
		default:
			lines = append(lines, e.Line+strings.Repeat(" ", wide-len(e.Line))+"  # "+e.Text)
		}
	}
	return lines
}

// Sentence makes one of a summary, which is written without its large letter and full stop.
func Sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// Remark is [Sentence], but a word of the command line at the beginning, before a colon or comma,
// stays as it is.
func Remark(s string) string {
	word, rest := s, ""
	if end := strings.IndexFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' }); end >= 0 {
		word, rest = s[:end], s[end:]
	}
	if word == "" || strings.Contains(word, "_") || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, ",") {
		return s + "."
	}
	return Sentence(s)
}
