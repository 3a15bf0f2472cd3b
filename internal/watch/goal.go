package watch

import (
	"path"
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/expr"
	"github.com/ecflow-go/ecflow/fault"
)

// States is a set of node states; suspended is one of them, beside the state that a suspended node has.
type States uint8

// ParseStates reads names of states with commas between.
//
// Errors: fault.Argument for what is no state.
func ParseStates(list string) (States, error) {
	var s States
	for word := range strings.SplitSeq(list, ",") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		one, ok := defs.ParseDState(word)
		if !ok {
			return 0, &fault.Error{Kind: fault.Argument, Msg: "there is no state " + word,
				Hint: "states are complete, aborted, active, submitted, queued, unknown and suspended"}
		}
		s |= 1 << one
	}
	return s, nil
}

// Has reports whether a state is in the set.
func (s States) Has(one defs.DState) bool { return s&(1<<one) != 0 }

// Names reports whether the state of that name is in the set.
func (s States) Names(name string) bool {
	one, ok := defs.ParseDState(name)
	return ok && s.Has(one)
}

// hold reports whether a node is in one of the states.
func (s States) hold(n *defs.Node) bool {
	return s.Has(defs.DState(n.State())) || s.Has(defs.DSuspended) && n.Suspended()
}

// String is what ParseStates reads.
func (s States) String() string {
	var names []string
	for one := defs.DUnknown; one <= defs.DSuspended; one++ {
		if s.Has(one) {
			names = append(names, one.String())
		}
	}
	return strings.Join(names, ",")
}

// Goal is what is waited for: that nodes are in a state, or an expression holds as seen from them, or both.
type Goal struct {
	Paths  []string   // absolute; none: Expr is seen from nowhere, and States and FailOn are of no meaning
	States States     // one of which each node must be in; 0: any
	Expr   *expr.Expr // that must hold; nil: none
	Any    bool       // one node is enough
	FailOn States     // in which a node cannot be expected to get there
	Await  bool       // nodes, and what Expr names, need not be there yet
}

// Verdict is how far a goal is. At most one of Reached and Failed is true.
type Verdict struct {
	Reached bool
	Failed  bool     // a node is in a state of FailOn; with Any: all are
	Again   bool     // Failed were true, but the server may try again by itself what has aborted
	Facts   []string // about the nodes that decided, or are still to come: "/s/f is active"
	Missing []string // nodes and attributes that are not there
}

// Judge asks a definition.
//
// Errors: fault.NotFound if something is missing, unless the goal awaits it.
func (g *Goal) Judge(d *defs.Defs) (Verdict, error) {
	var v Verdict
	if len(g.Paths) == 0 {
		v.Reached = g.holds(d, nil, &v)
		return v, v.missing(g)
	}
	var reached, failed, again, waiting []string
	for _, p := range g.Paths {
		n := d.Find(path.Clean(p))
		if n == nil {
			v.Missing = append(v.Missing, p)
			waiting = append(waiting, p+" is not there")
			continue
		}
		fact := p + " is " + describe(n)
		switch {
		case (g.States == 0 || g.States.hold(n)) && g.holds(d, n, &v):
			reached = append(reached, fact)
		case g.FailOn.hold(n) && triesAgain(n):
			again = append(again, fact)
		case g.FailOn.hold(n):
			failed = append(failed, fact)
		default:
			waiting = append(waiting, fact)
		}
	}
	if err := v.missing(g); err != nil {
		return v, err
	}
	switch all := len(g.Paths); {
	case len(reached) == all, g.Any && len(reached) > 0:
		v.Reached, v.Facts = true, append(reached, v.Facts...)
	case len(failed) == all, !g.Any && len(failed) > 0:
		v.Failed, v.Facts = true, failed
	default:
		v.Again = !g.Any && len(again) > 0 || len(again)+len(failed) == all
		v.Facts = slices.Concat(failed, again, waiting, v.Facts)
	}
	return v, nil
}

// triesAgain reports whether the server may submit again by itself all tasks for which the node is aborted. Those that
// somebody has set aborted before they ran wait for something else.
func triesAgain(n *defs.Node) bool {
	if n.State() != defs.Aborted || n.Suspended() || n.Defs().ServerState() != defs.Running {
		return false
	}
	found := false
	for below := range n.All() {
		if below.State() != defs.Aborted || below.Kind() != defs.KindTask {
			continue
		}
		if below.TryNo() == 0 || !below.MayTryAgain() {
			return false
		}
		found = true
	}
	return found
}

// describe is a node's state in words.
func describe(n *defs.Node) string {
	text := n.State().String()
	if n.State() == defs.Aborted && n.AbortReason() != "" {
		text += " (" + n.AbortReason() + ")"
	}
	if n.Suspended() {
		text += ", suspended"
	}
	return text
}

// holds asks the expression as seen from a node, or from nowhere if that is nil; any suite is as good then.
func (g *Goal) holds(d *defs.Defs, n *defs.Node, v *Verdict) bool {
	if g.Expr == nil {
		return true
	}
	if n == nil {
		n = anywhere(d)
	}
	view := n.Viewpoint()
	for _, r := range g.Expr.Refs() {
		if !isThere(view, r) && !slices.Contains(v.Missing, r.String()) {
			v.Missing = append(v.Missing, r.String())
		}
	}
	holds := len(v.Missing) == 0 && g.Expr.Eval(view)
	if text := "the expression does not hold"; !holds && !slices.Contains(v.Facts, text) {
		v.Facts = append(v.Facts, text)
		for line := range strings.Lines(g.Expr.Explain(view).String()) {
			v.Facts = append(v.Facts, strings.TrimRight(line, "\n"))
		}
	}
	return holds
}

// anywhere is a node to see a definition from.
func anywhere(d *defs.Defs) *defs.Node {
	if suites := d.Suites(); len(suites) > 0 {
		return suites[0]
	}
	return defs.NewNodeUnchecked(defs.KindSuite, "none")
}

func isThere(view expr.Explainer, r *expr.Ref) bool {
	if r.Kind == expr.FlagRef && r.Path == "/" {
		return true
	}
	target := view.Target(r)
	return target.Found && (r.Kind == expr.NodeRef || r.Kind == expr.FlagRef || target.Kind != "")
}

// missing makes an error of what is missing.
func (v *Verdict) missing(g *Goal) error {
	if len(v.Missing) == 0 || g.Await {
		return nil
	}
	is := " is not on the server"
	if len(v.Missing) > 1 {
		is = " are not on the server"
	}
	return &fault.Error{Kind: fault.NotFound, Path: v.Missing[0], Msg: strings.Join(v.Missing, ", ") + is}
}
