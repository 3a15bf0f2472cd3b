package text

import (
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// edit reads a variable: edit NAME 'value', in single, double or no quotes.
// The value ends at the last such quote of the statement, not at the next.
//
// source: libs/node/parser VariableParser.cpp.
func (p *parser) edit() error {
	node := p.top()
	if len(p.words) < 3 {
		return want(len(p.words), "edit <name> '<value>'",
			fmt.Sprintf("VariableParser::doParse: expected at least 3 tokens, found %d on line:%s", len(p.words), p.stmt))
	}
	name, value, rest, err := p.nameAndValue()
	if err != nil {
		return err
	}
	if rest = strings.TrimLeft(rest, " \t"); rest != "" && rest[0] != '#' {
		return want(3, "a comment or nothing after the value",
			"VariableParser::doParse: Invalid comment at line: "+p.stmt+" -- non-# found after value")
	}
	v := defs.Variable{Name: name, Value: value}
	switch {
	case !defs.ValidName(name) && (node == nil || p.style != Net && node.Kind() != defs.KindAlias):
		_, err := defs.NewVariable(name, "")
		return at(1, err)
	case node == nil:
		if strings.TrimRight(rest, " \t") == "# server" {
			p.tree.SetServerVariable(v)
		} else {
			p.tree.AddVariable(v)
		}
		return nil
	}
	p.build.AddVariable(node, v)
	return nil
}

// nameAndValue takes a variable apart; rest is what stands after the value.
func (p *parser) nameAndValue() (name, value, rest string, err error) {
	name, value = p.words[1], p.words[2]
	first, quote := int(p.at[2]), value[0]
	quoted := quote == '\'' || quote == '"'
	last := 0
	if quoted {
		if last = strings.LastIndexByte(p.stmt, quote); last <= first {
			return "", "", "", want(2, "a closing "+string(quote),
				"VariableParser::doParse: Mismatched quote detected (only one quote found) in line: "+p.stmt)
		}
	}
	if strings.IndexByte(name, ':') >= 0 {
		// A variable of an alias may have blanks in its name: edit NAME:some default 'value'.
		open, end := strings.IndexByte(p.stmt, '\''), strings.LastIndexByte(p.stmt, '\'')
		if open >= 0 {
			begin := int(p.at[1])
			if open <= begin || end <= open {
				return "", "", "", want(1, "edit <name> '<value>'",
					"VariableParser::doParse: Mismatched quote detected (only one quote found) in line: "+p.stmt)
			}
			return p.stmt[begin:max(begin, open-1)], p.stmt[open+1 : end], p.stmt[end+1:], nil
		}
		return name, value, p.join(3, len(p.words)), nil
	}
	if quoted {
		return name, p.stmt[first+1 : last], p.stmt[last+1:], nil
	}
	if quote == '#' {
		return "", "", "", want(2, "a value",
			"VariableParser::doParse: Expected value but found comment at line:"+p.stmt)
	}
	return name, value, p.join(3, len(p.words)), nil
}

// unquoted is s without the quotes around it: double ones, then single ones.
func unquoted(s string) string { return strip(strip(s, '"'), '\'') }

// unquotedText is the other order, which repeats and queues have.
func unquotedText(s string) string { return strip(strip(s, '\''), '"') }

func strip(s string, quote byte) string {
	if len(s) >= 2 && s[0] == quote && s[len(s)-1] == quote {
		return s[1 : len(s)-1]
	}
	return s
}

// unescaped turns each \n into a new line.
func unescaped(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	return strings.ReplaceAll(s, `\n`, "\n")
}

// label reads: label NAME "text" # "new text".
//
// source: libs/attribute NodeAttr.cpp, Label::parse.
func (p *parser) label() error {
	if len(p.words) < 3 {
		return want(len(p.words), `label <name> "<text>"`, "Label::parse: Invalid label :"+p.stmt)
	}
	l := defs.Label{Name: p.words[1]}
	if len(p.words) == 3 {
		l.Value = unescaped(unquoted(p.words[2]))
	} else {
		l.Value = unescaped(unquoted(p.join(2, p.comment(2))))
		if p.style != Defs {
			l.New = p.newLabel()
		}
	}
	if p.style != Net && !defs.ValidName(l.Name) {
		_, err := defs.NewLabel(l.Name, "")
		return at(1, err)
	}
	return at(1, p.build.AddLabel(p.top(), l))
}

// newLabel is the text in double quotes after the last hash of the statement.
func (p *parser) newLabel() string {
	hash := strings.LastIndexByte(p.stmt, '#')
	if hash <= 0 {
		return ""
	}
	tail := p.stmt[hash+1:]
	first, last := strings.IndexByte(tail, '"'), strings.LastIndexByte(tail, '"')
	if first == last {
		return ""
	}
	return unescaped(tail[first+1 : last])
}
