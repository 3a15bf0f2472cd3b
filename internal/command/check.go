package command

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/expr"
	"github.com/ecflow-go/ecflow/fault"
)

// CheckDefinition says, in the original's words, what is wrong in a definition
// and what only looks wrong: expressions that cannot be read or refer to nothing,
// autorestores of nothing; inlimits without their limit.
//
// source: libs/node Node.cpp, InLimitMgr.cpp, AutoRestoreAttr.cpp
func CheckDefinition(d *defs.Defs) (problems, warnings string) {
	var p, w strings.Builder
	for n := range d.All() {
		if n.Kind() == defs.KindAlias {
			continue
		}
		p.WriteString(n.CheckExpressions())
		for _, l := range n.InLimits() {
			w.WriteString(inLimitWarning(d, n, l))
		}
		if a := n.AutoRestore(); a != nil {
			checkRestore(&p, d, n, a.Paths)
		}
	}
	return p.String(), w.String()
}

func typeOf(n *defs.Node) string { return strings.ToUpper(n.Kind().String()) }

func inLimitWarning(d *defs.Defs, n *defs.Node, l defs.InLimit) string {
	has := typeOf(n) + " " + n.Path() + " has a " + l.String()
	if l.Path == "" {
		if n.LimitUp(l.Name) == nil && !d.FindExtern(l.Name, "") {
			return "Warning: " + has + ", which cannot be found on the parent nodes\n"
		}
		return ""
	}
	holder, _ := n.Referenced(l.Path, l.Name)
	if holder == nil {
		if d.FindExtern(l.Path, l.Name) {
			return ""
		}
		return "Warning: " + has + ", which cannot be found\n"
	}
	switch limit := holder.Limit(l.Name); {
	case limit == nil && d.FindExtern(l.Path, l.Name):
		return ""
	case limit == nil:
		return "Warning: " + has + " :The referenced " + typeOf(holder) + " '" + holder.Path() + "' does not define the limit " + l.Name + "\n\n"
	case l.Tokens > limit.Max:
		return "Warning: " + has + " reference\n with value '" + itoa(l.Tokens) + "' which exceeds '" + itoa(limit.Max) + "' defined on the Limit\n"
	}
	return ""
}

func checkRestore(problems *strings.Builder, d *defs.Defs, n *defs.Node, paths []string) {
	began := "Error: autorestore on node " + typeOf(n)
	seen := map[*defs.Node]bool{}
	for _, path := range paths {
		to, _ := n.Referenced(path, "")
		if to == nil {
			if !d.FindExtern(path, "") {
				problems.WriteString(began + " references a path '" + path + "' which cannot be found\n")
			}
			continue
		}
		if !to.IsContainer() {
			problems.WriteString(began + " references a node '" + path + "' which is a task. restore only works with suites or family nodes")
			to = nil
		}
		if seen[to] {
			problems.WriteString(began + ", duplicate references to node '" + path + "'")
		}
		seen[to] = true
	}
}

// checkExpression refuses a text that is no expression; context begins the message.
//
// source: libs/node Expression.cpp, parse
func checkExpression(context, text string) error {
	if text == "" {
		return argument("%s Failed to parse expression ''.  ", context)
	}
	_, err := expr.Parse(text)
	if err == nil {
		return nil
	}
	return &fault.Error{Kind: fault.Argument, Msg: context + " " + clip(err.Error(), longestMessage), Err: err}
}
