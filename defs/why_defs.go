package defs

import "slices"

// Why tells why a node does not run: what holds the definition, then what holds each node from the suite
// down. Without a node it tells what holds the definition, or else what holds suites and, below those that nothing holds, their nodes.
//
// source: libs/node Defs.cpp, Node.cpp, bottom_up_why, top_down_why.
func (d *Defs) Why(n *Node) []string {
	reasons, held := d.why()
	if n != nil {
		var line []*Node
		for ; n != nil; n = n.parent {
			line = append(line, n)
		}
		for _, n := range slices.Backward(line) {
			reasons = append(reasons, n.Why()...)
		}
		return reasons
	}
	if !held {
		for _, s := range d.suites {
			reasons = s.whyBelow(reasons)
		}
	}
	return reasons
}

func (d *Defs) why() (reasons []string, held bool) {
	if d.server.state != Running {
		return []string{"The server is *not* RUNNING."}, true
	}
	if d.state != Queued && d.state != Aborted {
		reasons = []string{"The definition state(" + d.state.String() + ") is not queued or aborted."}
	}
	return reasons, false
}

func (n *Node) whyBelow(reasons []string) []string {
	if own := n.Why(); len(own) > 0 {
		return append(reasons, own...)
	}
	if n.IsContainer() {
		for _, c := range n.children {
			reasons = c.whyBelow(reasons)
		}
	}
	return reasons
}
