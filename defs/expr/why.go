package expr

import "strconv"

// Target is what a reference refers to.
type Target struct {
	Found bool   // whether the node is there; for a ParentRef: whether a node that has the name is
	Path  string // its absolute path
	// Kind is what the attribute is: "event", "meter", "user-variable", "repeat", "gen-variable", "limit", "queue";
	// empty if there is none of the name.
	Kind string
}

// Explainer is an [Env] that also says what was found.
type Explainer interface {
	Env
	Target(r *Ref) Target
}

// WhyText says in the original's words why the expression does not hold:
// "expression ((b(aborted) == complete) and true) is false". It is empty if the
// expression holds. With html nodes are links, and what is false is marked.
//
// source: libs/node ExprAst.cpp.
func (e *Expr) WhyText(x Explainer, html bool) string {
	if e.Eval(x) {
		return ""
	}
	w := whyWriter{Explainer: x, html: html, b: append([]byte(nil), "expression "...)}
	w.node(e.root)
	return string(append(w.b, " is false"...))
}

type whyWriter struct {
	Explainer
	html bool
	b    []byte
}

func (w *whyWriter) text(s string) { w.b = append(w.b, s...) }

func (w *whyWriter) number(n int32) { w.b = strconv.AppendInt(w.b, int64(n), 10) }

func (w *whyWriter) mark(s string) {
	if w.html {
		w.text(s)
	}
}

func (w *whyWriter) state(s State) {
	w.mark("<state>")
	w.text(s.String())
	w.mark("</state>")
}

func (w *whyWriter) node(n Node) {
	switch n := n.(type) {
	case *Binary:
		w.binary(n)
	case *Not:
		if holds(n, w) {
			w.text("true")
			return
		}
		w.mark("<false>")
		w.text("not ")
		w.node(n.Operand)
		w.mark("</false>")
	case *Integer:
		w.number(n.Value)
	case *Instant:
		w.text(n.Text)
	case *StateValue:
		w.state(n.State)
	case *EventValue:
		w.text(n.String())
	case *Function:
		w.text(n.name()[len("cal::"):] + "( arg:")
		w.node(n.Argument)
		w.text(") = ")
		w.number(value(n, w))
	case *Ref:
		w.ref(n)
	}
}

func (w *whyWriter) binary(n *Binary) {
	if n.Op.arithmetic() {
		w.node(n.Left)
		w.text(operators[n.Op].why)
		w.node(n.Right)
		return
	}
	if holds(n, w) {
		w.text("true")
		return
	}
	w.mark("<false>")
	w.text("(")
	w.node(n.Left)
	w.text(operators[n.Op].why)
	w.node(n.Right)
	w.text(")")
	w.mark("</false>")
}

func (w *whyWriter) ref(r *Ref) {
	switch r.Kind {
	case NodeRef:
		w.nodeRef(r)
	case FlagRef:
		w.flagRef(r)
	default:
		w.attribute(r)
	}
}

func (w *whyWriter) link(to, shown string) { w.text(`<a href="` + to + `">` + shown + `</a>`) }

func (w *whyWriter) nodeRef(r *Ref) {
	t := w.Target(r)
	switch {
	case w.html && t.Found:
		w.link(t.Path, r.Path)
	case w.html:
		w.link(r.Path, r.Path)
	default:
		w.text(r.Path)
	}
	if !t.Found {
		w.text("?")
	}
	w.text("(")
	w.state(w.State(r))
	w.text(")")
}

func (w *whyWriter) flagRef(r *Ref) {
	if holds(r, w) {
		w.text("true")
		return
	}
	t := w.Target(r)
	if w.html {
		kind := "[flag:" + r.Name + "]"
		to := kind + r.Path
		if t.Found {
			to = kind + t.Path
		}
		w.link(to, kind+r.Path)
	} else {
		w.text(r.Path)
		if !t.Found {
			w.text("(?)")
		}
		w.text("<flag>" + r.Name)
	}
	if t.Found {
		w.text("(0)") // a flag that is set would be "true"
	} else {
		w.text("(?)")
	}
}

// attribute explains path:name and :name.
func (w *whyWriter) attribute(r *Ref) {
	t := w.Target(r)
	kind := t.Kind
	if kind == "" {
		kind = "variable-not-found"
	}
	if w.html {
		shown := "[" + kind + "]" + r.Path + ":" + r.Name
		to := shown
		if t.Found {
			to = "[" + kind + "]" + t.Path + ":" + r.Name
		}
		w.link(to, shown)
		if !t.Found {
			w.text("(?)")
		}
		w.text("(")
	} else {
		w.text(r.Path)
		if !t.Found {
			w.text("(?)")
		}
		w.text(":" + r.Name + "(type:" + kind + " value:")
	}
	w.number(w.Value(r))
	w.text(")")
}
