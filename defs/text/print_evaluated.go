package text

import "github.com/ecflow-go/ecflow/defs"

// What style State tells beside the definition: generated variables, the
// limits that inlimits mean, and how expressions evaluate.

func (w *writer) generated(n *defs.Node) {}

func (w *writer) referenced(n *defs.Node, l defs.InLimit) {}

func (w *writer) evaluation(n *defs.Node, e *defs.Expression, keyword string) {}
