package text

import "github.com/ecflow-go/ecflow/defs"

// What style State tells beside the definition: generated variables, and how
// expressions evaluate. The limit that an inlimit means is not told: the
// original knows it only where it has just counted tokens, inside a server.

func (w *writer) generated(n *defs.Node) {
	for _, v := range n.Generated() {
		w.put("# ")
		w.variable(v)
		w.end()
	}
}

func (w *writer) evaluation(n *defs.Node, e *defs.Expression) {
	if e.Free {
		w.put("# (free)\n")
	}
	w.b = n.AppendEvaluation(w.b, e)
}
