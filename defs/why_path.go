package defs

import "strings"

// WhyNot says, one reason a line, why the node at a path does not run: the state of the server, then [Node.Why] for each
// node from the suite down to it. For an empty path it goes down from the suites, and below a node only if nothing
// holds the node itself. It is empty if nothing is in the way.
//
// Errors: fault.NotFound.
//
// source: libs/base WhyCmd.cpp; libs/node Node.cpp, NodeContainer.cpp, Defs.cpp, why.
func (d *Defs) WhyNot(path string) (string, error) {
	reasons, stopped := d.why()
	if path == "" {
		for _, s := range d.suites {
			if !stopped {
				reasons = s.whyBelow(reasons)
			}
		}
		return strings.Join(reasons, "\n"), nil
	}
	n := d.Find(path)
	if n == nil {
		return "", missingf("WhyCmd: The node path parameter '%s' cannot be found.", path)
	}
	return strings.Join(n.whyAbove(reasons), "\n"), nil
}

// why is what holds all nodes, and whether nothing else is told then.
func (d *Defs) why() (reasons []string, stopped bool) {
	switch {
	case d.server.state != Running:
		return []string{"The server is *not* RUNNING."}, true
	case d.state != Queued && d.state != Aborted:
		return []string{"The definition state(" + d.state.String() + ") is not queued or aborted."}, false
	}
	return nil, false
}

// whyAbove appends the reasons of the nodes above, from the suite on, and of the node.
func (n *Node) whyAbove(reasons []string) []string {
	if n.parent != nil {
		reasons = n.parent.whyAbove(reasons)
	}
	return append(reasons, n.Why()...)
}

func (n *Node) whyBelow(reasons []string) []string {
	own := n.Why()
	if reasons = append(reasons, own...); len(own) > 0 || !n.IsContainer() {
		return reasons
	}
	for _, c := range n.children {
		reasons = c.whyBelow(reasons)
	}
	return reasons
}
