package defs

import "strings"

// Substitution puts values in place of variables, as the scripts and commands of a node have them.
type Substitution struct {
	Node      *Node
	Micro     byte              // marks variables, see [Node.Micro]
	User      map[string]string // goes before all others; empty values do not count
	Generated []Variable        // in place of those of the same names that the node itself generates
}

// mostSubstitutions is how many values the original puts in before it gives up on variables that contain each other.
const mostSubstitutions = 1001

// mostSubstituted bounds the length of a text whose variables contain each other.
const mostSubstituted = 64 << 20

// Substitute is [Substitution.Expand] for a node.
func (n *Node) Substitute(text string, user map[string]string, micro byte) (string, bool) {
	return Substitution{Node: n, Micro: micro, User: user}.Expand(text)
}

// Substitute puts values of the definition's own variables in place of %NAME%, up to the first name that has none.
//
// source: libs/node ServerState.cpp, variableSubstitution.
func (d *Defs) Substitute(text string) string {
	micro := byte('%')
	if m, _ := d.Variable("ECF_MICRO"); m != "" {
		micro = m[0]
	}
	text, _ = substituteAll(text, micro, d.Variable)
	return text
}

// Expand puts values in place of %NAME% and %NAME:default%, and one micro in
// place of two. Values may have variables themselves. It is false when a name
// without default has no value, or there is no end of values within values; the
// text then has what could be done before that.
//
// source: libs/node Node.cpp, variable_substitution.
func (s Substitution) Expand(text string) (string, bool) {
	if strings.IndexByte(text, s.Micro) < 0 {
		return text, true
	}
	return substituteAll(text, s.Micro, s.value)
}

func substituteAll(text string, micro byte, valueOf func(inner string) (string, bool)) (string, bool) {
	doubled := false
	at, count := 0, 0
	for {
		first := strings.IndexByte(text[at:], micro)
		if first < 0 {
			break
		}
		first += at
		second := strings.IndexByte(text[first+1:], micro)
		if second < 0 {
			break
		}
		second += first + 1
		at = 0
		if second == first+1 {
			at, doubled = second+1, true
			continue
		}
		value, ok := valueOf(text[first+1 : second])
		if !ok {
			return text, false
		}
		text = text[:first] + value + text[second+1:]
		if count++; count > mostSubstitutions || len(text) > mostSubstituted {
			return text, false
		}
	}
	if doubled {
		text = halve(text, micro)
	}
	return text, true
}

// ownVariables are names that a task's own values go before the user's for.
var ownVariables = [...]string{"ECF_HOST", "ECF_PORT", "ECF_TRYNO", "ECF_NAME", "ECF_PASS"}

// value is what takes the place of what stands between two micros.
func (s *Substitution) value(inner string) (string, bool) {
	if value := s.User[inner]; value != "" {
		return value, true
	}
	own := false
	if strings.HasPrefix(inner, "ECF_") {
		for _, name := range ownVariables {
			own = own || strings.Contains(inner, name)
		}
	}
	name, fallback, hasFallback := strings.Cut(inner, ":")
	if !hasFallback {
		if own {
			if value, ok := s.generated(inner); ok {
				return value, true
			}
		}
		return s.Inherited(inner)
	}
	if s.Node.kind == KindAlias {
		if value, ok := s.Inherited(inner); ok {
			return value, true
		}
	}
	if value := s.User[name]; value != "" {
		return value, true
	}
	if own {
		if value, ok := s.generated(name); ok {
			return value, true
		}
	}
	if value, ok := s.Inherited(name); ok {
		return value, true
	}
	return fallback, true
}

// Inherited is [Node.InheritedVariable] with the generated variables of the substitution.
func (s Substitution) Inherited(name string) (string, bool) {
	value, given := lookup(s.Generated, name)
	if !given {
		return s.Node.InheritedVariable(name)
	}
	n := s.Node
	if own, ok := lookup(n.vars, name); ok {
		return own, true
	}
	if r := n.Repeat(); r != nil && r.Name() == name {
		return r.ValueString(), true
	}
	return value, true
}

// generated finds a generated variable, the substitution's own first.
func (s *Substitution) generated(name string) (string, bool) {
	if value, ok := lookup(s.Generated, name); ok {
		return value, true
	}
	return s.Node.inheritedGenerated(name)
}

// halve puts one micro in place of each two.
func halve(text string, micro byte) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		b.WriteByte(text[i])
		if text[i] == micro && i+1 < len(text) && text[i+1] == micro {
			i++
		}
	}
	return b.String()
}
