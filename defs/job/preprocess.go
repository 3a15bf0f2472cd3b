package job

import (
	"fmt"
	"strings"
)

// The words of a script's directives, each after the micro at the start of a line.
const (
	wordNopp        = "nopp"
	wordComment     = "comment"
	wordManual      = "manual"
	wordEnd         = "end"
	wordMicro       = "ecfmicro"
	wordInclude     = "include "
	wordIncludeNopp = "includenopp "
	wordIncludeOnce = "includeonce "
)

// preprocessor is the first pass over a script: it puts include files in place.
type preprocessor struct {
	*expansion
	context               string // who it is for, for errors
	micro                 string
	nopp, comment, manual bool
	included              map[string]int // how often
	once                  map[string]bool
}

// preprocess fills the expansion's lines.
func (e *expansion) preprocess(context string, text []string) error {
	p := preprocessor{expansion: e, context: context, micro: e.micro}
	e.lines, e.size = make([]string, 0, len(text)), 0
	return p.all(text)
}

// failf is an error with the context before it.
func (p *preprocessor) failf(format string, args ...any) error {
	return failf("%s: Failed preprocessing : %s:%s : path/cmd(%s)\n: %s", p.context, strings.ToUpper(p.node.Kind().String()),
		p.node.Path(), p.script.PathOrCommand, fmt.Sprintf(format, args...))
}

// all goes through the lines of the script, or of an include file.
func (p *preprocessor) all(text []string) error {
	within := p.manual || p.comment
	for _, line := range text {
		if p.size += len(line) + 1; p.size > mostJob {
			return p.failf("the job is larger than %d MB", mostJob>>20)
		}
		p.lines = append(p.lines, line)
		if err := p.line(line); err != nil {
			return err
		}
	}
	switch {
	case p.nopp:
		return p.failf("Unterminated nopp, matching 'end' is missing")
	case p.comment && !within:
		return p.failf("Unterminated comment, matching 'end' is missing")
	case p.manual && !within:
		return p.failf("Unterminated manual, matching 'end' is missing")
	}
	return nil
}

// line looks at the line that was added last.
func (p *preprocessor) line(line string) error {
	switch at := strings.Index(line, p.micro); {
	case at < 0:
		return nil
	case at > 0:
		if p.nopp || p.comment || p.manual {
			return nil
		}
		if n := countMicro(line, p.micro); n%2 != 0 {
			return p.failf("Mismatched ecfmicro(%s) count(%d)  at : %s", p.micro, n, line)
		}
		return nil
	}
	word := line[len(p.micro):]
	switch {
	case strings.HasPrefix(word, wordManual):
		return p.open(&p.manual, line)
	case strings.HasPrefix(word, wordComment):
		return p.open(&p.comment, line)
	case strings.HasPrefix(word, wordNopp):
		if p.nopp {
			return p.failf("Embedded nopp not supported : '%s'", line)
		}
		p.nopp = true
		return nil
	case strings.HasPrefix(word, wordEnd):
		return p.end(line)
	case p.nopp:
		return nil
	}
	// From here on the original takes the micro to be one byte, whatever it is.
	switch word = line[1:]; {
	case strings.HasPrefix(word, wordMicro):
		micro, why := readMicro(line, p.script.PathOrCommand)
		if why != "" {
			return p.failf("%s", why)
		}
		p.micro = micro
		return nil
	case strings.HasPrefix(word, "ecf_micro"):
		return p.failf("Replace with 'ecf_micro' with 'ecfmicro' at line: '%s'", line)
	}
	name, found := token(line, 1)
	if !found {
		if countMicro(line, p.micro)%2 != 0 {
			return p.failf(" unrecognised pre-processing directive at: '%s'", line)
		}
		return nil
	}
	return p.directive(line, name)
}

// open begins a manual or a comment.
func (p *preprocessor) open(what *bool, line string) error {
	if p.comment || p.manual {
		return p.failf("Embedded comments/manuals not supported : '%s'", line)
	}
	*what = true
	return nil
}

// end ends what began last, more or less: a comment or manual before a nopp.
func (p *preprocessor) end(line string) error {
	for _, what := range [...]*bool{&p.comment, &p.manual, &p.nopp} {
		if *what {
			*what = false
			return nil
		}
	}
	return p.failf("%send found with no matching %%comment | %%manual | %%nopp  : '%s'", p.micro, line)
}

// directive obeys a line that may be an include; name is its second word.
func (p *preprocessor) directive(line, name string) error {
	word := line[1:]
	nopp, once := strings.HasPrefix(word, wordIncludeNopp), strings.HasPrefix(word, wordIncludeOnce)
	if !nopp && !once && !strings.HasPrefix(word, wordInclude) {
		if strings.HasPrefix(word, "include") {
			return p.failf(", unrecognised or miss-spelled include at: '%s'", line)
		}
		return nil
	}
	path, err := p.includePath(name, line)
	if err != nil {
		return err
	}
	p.lines = p.lines[:len(p.lines)-1]
	p.size -= len(line) + 1
	if once {
		if p.once[path] {
			return nil
		}
		if p.once == nil {
			p.once = map[string]bool{}
		}
		p.once[path] = true
	}
	if p.included == nil {
		p.included = map[string]int{}
	}
	if p.included[path]++; p.included[path] > mostIncludes {
		return p.failf(" Recursive include of file %s for %s", path, p.script.PathOrCommand)
	}
	text, why := p.readInclude(path)
	if why != "" {
		return p.failf("%s", why)
	}
	if nopp {
		text = append(append([]string{p.micro + wordNopp}, text...), p.micro+wordEnd)
	}
	return p.all(text)
}

// mostIncludes is how often a script may include one file.
const mostIncludes = 102

// token is the word at an index of a line.
func token(line string, index int) (string, bool) {
	for word := range strings.FieldsFuncSeq(line, func(r rune) bool { return r == ' ' || r == '\t' }) {
		if index == 0 {
			return word, true
		}
		index--
	}
	return "", false
}

// readMicro is the new micro that a line asks for; why is why not.
func readMicro(line, file string) (micro, why string) {
	micro, found := token(line, 1)
	if !found {
		return "", "ecfmicro does not have a replacement character, in " + file
	}
	if len(micro) > 2 {
		return "", "Expected ecfmicro replacement to be a single character, but found '" + micro + "' " + itoa(len(micro)) +
			" in file : " + file
	}
	return micro, ""
}

// countMicro counts micros; when their number is odd, only those before the last '#'.
func countMicro(line, micro string) int {
	if line != "" && line[0] == '#' {
		return 0
	}
	n := strings.Count(line, micro[:1])
	if comment := strings.LastIndexByte(line, '#'); n%2 != 0 && comment > 0 {
		n = strings.Count(line[:comment], micro[:1])
	}
	return n
}
