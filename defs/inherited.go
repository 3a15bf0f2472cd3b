package defs

import "strings"

// UserVariable finds a user variable of the node or of the nearest above that
// has one of that name, and at last a variable of the definition.
//
// source: libs/node NodeFind.cpp.
func (n *Node) UserVariable(name string) (string, bool) {
	top := n
	for ; n != nil; n = n.parent {
		if value, ok := lookup(n.vars, name); ok {
			return value, true
		}
		top = n
	}
	return top.serverVariable(name)
}

// serverVariable finds a variable of the definition of a root; empty ones do not count.
func (n *Node) serverVariable(name string) (string, bool) {
	if n.suite == nil || n.suite.defs == nil {
		return "", false
	}
	value, _ := n.suite.defs.Variable(name)
	return value, value != ""
}

// InheritedVariable finds the value that a script sees: on the node and then on
// each above it a user variable, the repeat, a generated variable; at last a variable of the definition.
func (n *Node) InheritedVariable(name string) (string, bool) {
	top := n
	for ; n != nil; n = n.parent {
		if value, ok := lookup(n.vars, name); ok {
			return value, true
		}
		if r := n.Repeat(); r != nil && r.Name() == name {
			return r.ValueString(), true
		}
		if value, ok := n.GeneratedVariable(name); ok {
			return value, true
		}
		top = n
	}
	return top.serverVariable(name)
}

// inheritedGenerated finds a generated variable of the node or those above, and at last one of the definition.
func (n *Node) inheritedGenerated(name string) (string, bool) {
	top := n
	for ; n != nil; n = n.parent {
		if value, ok := n.GeneratedVariable(name); ok {
			return value, true
		}
		top = n
	}
	return top.serverVariable(name)
}

// Micro is the character that marks variables in scripts of the node, '%' unless ECF_MICRO says otherwise.
func (n *Node) Micro() byte {
	if m, _ := n.UserVariable("ECF_MICRO"); len(m) == 1 {
		return m[0]
	}
	return '%'
}

// mostSubstitutions is where the original gives up on variables that contain each other.
const mostSubstitutions = 1000

// Substitute puts values in place of %NAME% and %NAME:default%, and one micro
// in place of two. It is false when a name without default has no value; the
// text then has what could be done before that. Values of user go first.
//
// source: libs/node Node.cpp, variable_substitution.
func (n *Node) Substitute(text string, user map[string]string, micro byte) (string, bool) {
	return substituteAll(text, micro, func(inner string) (string, bool) { return n.substitute(inner, user) })
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

// mostSubstituted bounds the length of a text whose variables contain each other.
const mostSubstituted = 64 << 20

// ownVariables are names that a task's own values go before the user's for.
var ownVariables = [...]string{"ECF_HOST", "ECF_PORT", "ECF_TRYNO", "ECF_NAME", "ECF_PASS"}

// substitute gives the value for what stands between two micros.
func (n *Node) substitute(inner string, user map[string]string) (string, bool) {
	if value, ok := user[inner]; ok {
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
			if value, ok := n.inheritedGenerated(inner); ok {
				return value, true
			}
		}
		return n.InheritedVariable(inner)
	}
	if n.kind == KindAlias {
		if value, ok := n.InheritedVariable(inner); ok {
			return value, true
		}
	}
	if value, ok := user[name]; ok {
		return value, true
	}
	if own {
		if value, ok := n.inheritedGenerated(name); ok {
			return value, true
		}
	}
	if value, ok := n.InheritedVariable(name); ok {
		return value, true
	}
	return fallback, true
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
