package model

import (
	"fmt"
	"strings"
)

// Param is one parameter of a signature.
type Param struct {
	Name    string
	Type    string // as written
	Default string // as written; "" : required
	Named   bool   // may be given by keyword
	Rest    bool   // *args
	Keys    bool   // **kwargs
}

// Signature is a signature taken apart.
type Signature struct {
	Params  []Param
	Returns string
}

// ParseSignature takes a signature apart; it panics on one that is malformed,
// since signatures are this package's own.
func ParseSignature(s string) Signature {
	end := strings.LastIndex(s, ") -> ")
	if !strings.HasPrefix(s, "(") || end < 0 {
		panic("model: malformed signature " + s)
	}
	out := Signature{Returns: s[end+len(") -> "):]}
	for _, piece := range splitTop(s[1:end]) {
		if piece == "/" {
			for i := range out.Params {
				out.Params[i].Named = false
			}
			continue
		}
		name, typ, ok := strings.Cut(piece, ": ")
		if !ok {
			panic(fmt.Sprintf("model: parameter %q of %s has no type", piece, s))
		}
		p := Param{Name: name, Type: typ, Named: true}
		if t, d, ok := strings.Cut(typ, " = "); ok {
			p.Type, p.Default = t, d
		}
		switch {
		case strings.HasPrefix(name, "**"):
			p.Name, p.Keys, p.Named = name[2:], true, false
		case strings.HasPrefix(name, "*"):
			p.Name, p.Rest, p.Named = name[1:], true, false
		}
		out.Params = append(out.Params, p)
	}
	return out
}

// splitTop splits at commas outside of brackets and quotes.
func splitTop(s string) []string {
	var out []string
	depth, from, quoted := 0, 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\'':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '(':
			depth++
		case c == ']' || c == ')':
			depth--
		case c == ',' && depth == 0:
			out = append(out, strings.TrimSpace(s[from:i]))
			from = i + 1
		}
	}
	if last := strings.TrimSpace(s[from:]); last != "" {
		out = append(out, last)
	}
	return out
}
