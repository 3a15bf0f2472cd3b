package text

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// expression reads: trigger [-a|-o] EXPRESSION [# free], over several lines
// when they end in a backslash.
//
// source: libs/node/parser TriggerParser.cpp.
func (p *parser) expression(k keyword, add func(*defs.Node, defs.PartExpression) error) error {
	if len(p.words) < 2 {
		return want(1, "an expression", "Invalid "+k.String()+" "+p.stmt)
	}
	part := defs.PartExpression{Type: defs.PartFirst}
	first := 2
	switch p.words[1] {
	case "-a":
		part.Type = defs.PartAnd
	case "-o":
		part.Type = defs.PartOr
	default:
		first = 1
	}
	free, stmt := false, p.stmt
	if p.continued() {
		part.Text = p.continuation(first)
	} else {
		end := p.comment(first)
		part.Text = p.join(first, end)
		free = p.freed(first, 3)
	}
	if part.Text == "" {
		return want(first, "an expression", "Invalid trigger "+stmt)
	}
	node := p.top()
	if err := add(node, part); err != nil {
		return at(first, err)
	}
	if free && k == kwTrigger {
		node.Trigger().Free = true
	} else if free {
		node.Complete().Free = true
	}
	return nil
}

// freed tells whether the comment says that the attribute is free. Words are
// counted from the expression, as the original does.
func (p *parser) freed(first, from int) bool {
	if p.style == Defs {
		return false
	}
	for i := from + first - 1; i < len(p.words); i++ {
		if p.words[i] != "#" {
			continue
		}
		for _, w := range p.words[i+1:] {
			if w == "free" {
				return true
			}
		}
		return false
	}
	return false
}

// continued tells whether the next line belongs to this one.
func (p *parser) continued() bool {
	return len(p.words) > 0 && strings.HasSuffix(p.words[len(p.words)-1], `\`)
}

// continuation collects the words of this line and those that follow, up to a comment.
func (p *parser) continuation(first int) string {
	var words []string
	for more := true; more; {
		words = append(words, p.words[min(first, len(p.words)):]...)
		first = 0
		more = p.continued() && p.advance()
	}
	var b strings.Builder
	for i, w := range words {
		if w = strings.TrimSuffix(w, `\`); w == "" {
			continue
		}
		if w[0] == '#' {
			break
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}
