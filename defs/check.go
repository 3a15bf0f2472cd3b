package defs

import (
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/internal/parallel"
)

// Check looks for what is wrong with the definition as a whole: expressions that cannot be read or refer to what
// is not there, inlimits without their limit, autorestores of what cannot be restored. What is declared as an extern
// is as good as there. The texts are the original's; aliases are not looked at, as there.
//
// errors keep a definition from being loaded, warnings do not.
//
// source: libs/node Defs.cpp, Node.cpp, NodeContainer.cpp, check.
func (d *Defs) Check() (errors, warnings string) {
	reports := d.checkSuites()
	for i := range reports {
		errors += reports[i].errors.String()
		warnings += reports[i].warnings.String()
	}
	return errors, warnings
}

// manySuites is from how many suites on they are checked side by side.
const manySuites = 4

// checkSuites checks all suites; the reports are in the order of the suites.
// Checking changes nothing but what expressions remember, which many may do at once.
func (d *Defs) checkSuites() []report {
	reports := make([]report, len(d.suites))
	check := func(i int) { d.suites[i].check(&reports[i], wholeTree{d}) }
	if len(d.suites) >= manySuites {
		parallel.Do(len(d.suites), check)
		return reports
	}
	for i := range d.suites {
		check(i)
	}
	return reports
}

// CheckText is errors and warnings in one text, as the method check() of the original's Python module gives it;
// empty if all is well.
func (d *Defs) CheckText() string {
	errors, warnings := d.Check()
	if errors == "" {
		return warnings
	}
	return errors + "\n" + warnings
}

// Check is [Defs.Check] for the node and what is below it.
func (n *Node) Check() (errors, warnings string) {
	var r report
	n.check(&r, wholeTree{n.Defs()})
	return r.errors.String(), r.warnings.String()
}

// CheckBeside gives the errors of [Node.Check] but for one of the nodes below, with what is below that: it was checked in
// the definition that it comes from.
func (n *Node) CheckBeside(come *Node) (errors string) {
	r := report{beside: come}
	n.check(&r, wholeTree{n.Defs()})
	return r.errors.String()
}

// report collects what a check finds.
type report struct {
	errors, warnings strings.Builder
	beside           *Node // is not looked at
}

func (n *Node) check(r *report, t wholeTree) {
	if n == r.beside {
		return
	}
	if a := n.attrs; a != nil {
		if a.complete != nil {
			r.errors.WriteString(n.checkExpression("complete", a.complete, t))
		}
		if a.trigger != nil {
			r.errors.WriteString(n.checkExpression("trigger", a.trigger, t))
		}
		for i := range a.inlimits {
			n.checkInLimit(r, &a.inlimits[i], t)
		}
		if a.more != nil && a.more.restore != nil {
			n.checkRestore(r, a.more.restore, t)
		}
	}
	if n.IsContainer() {
		for _, c := range n.children {
			c.check(r, t)
		}
	}
}

// checkInLimit warns of an inlimit whose limit is not there, or is smaller than what it takes.
//
// source: libs/node InLimitMgr.cpp, find_limit.
func (n *Node) checkInLimit(r *report, l *InLimit, t wholeTree) {
	if l.Path == "" {
		if n.LimitUp(l.Name) == nil && !t.Extern(l.Name, "") {
			r.warn(n, l, ", which cannot be found on the parent nodes\n")
		}
		return // the original looks at the tokens of those with a path only
	}
	holder := t.resolve(n, l.Path, l.Name)
	if holder == nil {
		if !t.Extern(l.Path, l.Name) {
			r.warn(n, l, ", which cannot be found\n")
		}
		return
	}
	limit := holder.Limit(l.Name)
	if limit == nil {
		if !t.Extern(l.Path, l.Name) {
			r.warn(n, l, " :The referenced "+holder.debugType()+" '"+holder.Path()+"' does not define the limit "+l.Name+"\n\n")
		}
		return
	}
	if l.Tokens > limit.Max {
		r.warn(n, l, " reference\n with value '"+strconv.Itoa(l.Tokens)+"' which exceeds '"+strconv.Itoa(limit.Max)+"' defined on the Limit\n")
	}
}

// warn notes what is wrong with an inlimit of n.
func (r *report) warn(n *Node, l *InLimit, problem string) {
	r.warnings.WriteString("Warning: " + n.debugType() + " " + n.Path() + " has a " + l.String() + problem)
}

// checkRestore notes which nodes an autorestore cannot restore, or would restore twice.
//
// source: libs/node AutoRestoreAttr.cpp, check.
func (n *Node) checkRestore(r *report, a *AutoRestore, t wholeTree) {
	seen := map[*Node]bool{}
	for _, path := range a.Paths {
		node := t.resolve(n, path, "")
		if node == nil {
			if !t.Extern(path, "") {
				r.errors.WriteString("Error: autorestore on node " + n.debugType() + " references a path '" + path + "' which cannot be found\n")
			}
			continue
		}
		if !node.IsContainer() {
			r.errors.WriteString("Error: autorestore on node " + n.debugType() + " references a node '" + path +
				"' which is a task. restore only works with suites or family nodes")
			node = nil // tasks are all alike to the original
		}
		if seen[node] {
			r.errors.WriteString("Error: autorestore on node " + n.debugType() + ", duplicate references to node '" + path + "'")
		}
		seen[node] = true
	}
}

// debugType is what messages call the kind of the node.
func (n *Node) debugType() string { return strings.ToUpper(n.kind.String()) }
