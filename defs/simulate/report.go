package simulate

import (
	"bytes"
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// label is what the original calls a node in messages: "TASK:/s/f/t".
func label(n *defs.Node) string { return kind(n) + ":" + n.Path() }

func kind(n *defs.Node) string { return strings.ToUpper(n.Kind().String()) }

// holdsBack reports whether an expression is there and does not hold.
func completeHolds(n *defs.Node) bool {
	e := n.Complete()
	return e != nil && !(n.ComputedStateDeep() == defs.Queued && (e.Free || n.EvaluateComplete()))
}

func triggerHolds(n *defs.Node) bool {
	e := n.Trigger()
	return e != nil && !e.Free && !n.EvaluateTrigger()
}

type report struct {
	b     bytes.Buffer
	level int
}

func (r *report) line(level int, parts ...string) {
	for range level {
		r.b.WriteString("  ")
	}
	for _, p := range parts {
		r.b.WriteString(p)
	}
}

// why tells what holds a queued node.
func (r *report) why(n *defs.Node) {
	if n.State() == defs.Queued {
		for _, reason := range n.Why() {
			r.line(r.level, "Reason: ", reason, "\n")
		}
	}
}

func (r *report) missing(level int, paths []string) {
	slices.Sort(paths)
	for _, path := range slices.Compact(paths) {
		r.line(level, "'", path, "' is not defined in the expression\n")
	}
}

// flat lists all nodes that have not completed, but none below one whose expression holds it.
func flat(d *defs.Defs) []byte {
	r := &report{level: 1}
	for _, s := range d.Suites() {
		r.flatNode(s)
	}
	return r.b.Bytes()
}

func (r *report) flatNode(n *defs.Node) {
	if !n.IsContainer() {
		r.flatSelf(n)
		return
	}
	if n.State() == defs.Complete {
		return
	}
	r.level++
	if r.flatSelf(n) {
		for _, c := range n.Children() {
			r.flatNode(c)
		}
	}
	r.level--
}

func (r *report) flatSelf(n *defs.Node) (goOn bool) {
	goOn = true
	r.line(r.level, kind(n), ":", n.Name(), " state(", n.State().String(), ")")
	if n.State() != defs.Complete {
		if _, endless := n.Repeat().(*defs.RepeatDay); endless {
			r.line(0, " may **NEVER** complete due to   ", n.Repeat().String(), "\n")
		}
		r.line(0, "\n")
		r.why(n)
		if completeHolds(n) {
			goOn = false
			r.flatExpression(n, "complete ", n.Complete())
		}
		if triggerHolds(n) {
			goOn = false
			r.flatExpression(n, "trigger ", n.Trigger())
		}
	}
	r.line(0, "\n")
	return goOn
}

func (r *report) flatExpression(n *defs.Node, name string, e *defs.Expression) {
	r.line(r.level, "holding on ", strings.TrimSpace(name), " expression '", name, e.String(), "'\n")
	_, missing := n.ReferencedNodes(e)
	r.missing(r.level+1, missing)
	r.b.Write(n.AppendIndentedEvaluation(nil, e))
}

// deep follows what nodes wait for.
type deep struct {
	report
	seen  map[*defs.Node]bool
	place map[*defs.Node]int // of the nodes in the definition
}

// depth tells, node by node, what those that have not completed wait for, and what that waits for.
func depth(d *defs.Defs) []byte {
	r := &deep{report: report{level: 1}, seen: map[*defs.Node]bool{}, place: map[*defs.Node]int{}}
	for n := range d.All() {
		r.place[n] = len(r.place)
	}
	for _, s := range d.Suites() {
		r.tree(s)
	}
	return r.b.Bytes()
}

func (r *deep) tree(n *defs.Node) {
	r.follow(n, map[*defs.Node]bool{}, false)
	r.below(n)
}

func (r *deep) below(n *defs.Node) {
	if n.IsContainer() {
		for _, c := range n.Children() {
			r.tree(c)
		}
	}
}

// follow analyses one node. Those met on the way are in met.
func (r *deep) follow(n *defs.Node, met map[*defs.Node]bool, dependent bool) {
	if r.seen[n] {
		return
	}
	r.seen[n] = true
	if n.State() == defs.Complete {
		return
	}
	r.why(n)
	if completeHolds(n) {
		r.expression(n, "complete", n.Complete(), met, dependent)
		r.below(n)
	}
	if triggerHolds(n) {
		r.expression(n, "trigger", n.Trigger(), met, dependent)
		r.below(n)
	}
}

func (r *deep) expression(n *defs.Node, name string, e *defs.Expression, met map[*defs.Node]bool, dependent bool) {
	who := label(n)
	if dependent {
		who = "DEPENDENT " + who
	}
	r.line(r.level, who, " holding on ", name, " expression '", name, " ", e.String(), "'\n")
	r.b.Write(n.AppendIndentedEvaluation(nil, e))
	nodes, missing := n.ReferencedNodes(e)
	r.missing(r.level+1, missing)
	slices.SortFunc(nodes, func(a, b *defs.Node) int { return r.place[a] - r.place[b] })
	for _, to := range nodes {
		r.line(r.level+1, "EXPRESSION NODE ", label(to), " state(", to.State().String(), ")")
		if to.Trigger() != nil {
			holds := "1"
			if triggerHolds(to) {
				holds = "0"
			}
			r.line(0, " trigger(evaluation = ", holds, "))")
		}
		if r.seen[to] {
			r.line(0, " analysed ")
		}
		if met[to] {
			r.line(0, " ** ")
		}
		r.line(0, "\n")
		if met[to] {
			r.deadlock(n, to)
			continue
		}
		met[to] = true
		r.level += 2
		r.follow(to, met, true)
		r.level -= 2
	}
}

// deadlock tells when two nodes wait for each other.
func (r *deep) deadlock(n, to *defs.Node) {
	if to.Trigger() == nil {
		return
	}
	if back, _ := to.ReferencedNodes(to.Trigger()); !slices.Contains(back, n) {
		return
	}
	r.line(r.level+2, "Deadlock detected between:\n")
	r.line(r.level+3, label(n), "\n")
	r.line(r.level+3, label(to), "\n")
}
