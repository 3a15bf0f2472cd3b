package defs

import "strings"

// Why says, one reason a line, why the node at a path does not run: the state of the server, then for each node from
// the suite down to it whether it is suspended or already beyond waiting, limits that are full, times, dates, and
// triggers that do not hold. For an empty path it goes down from the suites, and below a node only if nothing holds the
// node itself. It is empty if nothing is in the way.
//
// Errors: fault.NotFound.
//
// source: libs/base WhyCmd.cpp; libs/node Node.cpp, NodeContainer.cpp, Defs.cpp, why.
func (d *Defs) Why(path string) (string, error) {
	w := why{}
	if path == "" {
		if !w.server(d) {
			for _, s := range d.suites {
				w.downwards(s)
			}
		}
		return w.text(), nil
	}
	n := d.Find(path)
	if n == nil {
		return "", missingf("WhyCmd: The node path parameter '%s' cannot be found.", path)
	}
	w.server(d)
	w.upwards(n)
	return w.text(), nil
}

// why collects reasons.
type why struct{ reasons []string }

func (w *why) text() string { return strings.Join(w.reasons, "\n") }

func (w *why) add(reason string) { w.reasons = append(w.reasons, reason) }

// server reports whether the server holds all nodes.
func (w *why) server(d *Defs) bool {
	if d.server.state != Running {
		w.add("The server is *not* RUNNING.")
		return true
	}
	if d.state != Queued && d.state != Aborted {
		w.add("The definition state(" + d.state.String() + ") is not queued or aborted.")
	}
	return false
}

// upwards is the reasons of the nodes above, from the suite on, and of the node.
func (w *why) upwards(n *Node) {
	if n.parent != nil {
		w.upwards(n.parent)
	}
	w.node(n)
}

func (w *why) downwards(n *Node) {
	if w.node(n) || !n.IsContainer() {
		return
	}
	for _, c := range n.children {
		w.downwards(c)
	}
}

// node reports whether there is a reason at the node itself.
func (w *why) node(n *Node) bool {
	before := len(w.reasons)
	if n.suspend {
		w.add(n.debugPath() + " is suspended")
	} else if n.state != Queued && n.state != Aborted {
		w.add(n.debugPath() + " (" + n.state.String() + ") is not queued or aborted")
		if n.kind == KindTask {
			return false // as the original, which goes on to what is beside
		}
	}
	w.limits(n)
	prefix := n.debugType() + " " + n.Path() + "(" + n.state.String() + ") "
	if m := n.rare(); m != &noMoreAttributes {
		w.times(n, m, prefix)
	}
	if complete := n.Complete(); complete == nil || !complete.Free && !n.EvaluateComplete() {
		if reason := n.WhyTrigger(false); reason != "" {
			w.add(prefix + reason)
		}
	}
	return len(w.reasons) > before
}

// limits is which limits of the node's inlimits are full; none as long as all that count have room.
//
// source: libs/node InLimitMgr.cpp, inLimit, why.
func (w *why) limits(n *Node) {
	held := false
	for _, l := range n.InLimits() {
		if l.ThisNodeOnly && l.Incremented {
			continue
		}
		limit := n.LimitOf(l)
		held = held || limit != nil && !limit.Free(l.Tokens)
	}
	if !held {
		return
	}
	for _, l := range n.InLimits() {
		limit := n.LimitOf(l)
		if limit == nil || limit.Free(l.Tokens) {
			continue
		}
		reason := "limit "
		if l.Path != "" {
			reason += l.Path + ":"
		}
		reason += limit.Name + " is full("
		for i, path := range limit.Paths {
			if i == 4 {
				reason += "..."
				break
			}
			reason += path + ","
		}
		w.add(reason + ")")
	}
}
