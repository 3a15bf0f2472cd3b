package text

import (
	"strconv"

	"github.com/ecflow-go/ecflow/defs"
)

// attributes appends the attributes of a node, in the original's order.
//
// source: libs/node/formatter DefsWriter.hpp.
func (w *writer) attributes(n *defs.Node) {
	stateful := w.style != Defs
	if s := n.DefStatus(); s != defs.DQueued {
		w.line("defstatus ")
		w.put(s.String())
		w.end()
	}
	rare := n.HasRare()
	if l := n.Late(); rare && l != nil {
		w.line(l.String())
		if stateful && l.Late {
			w.put(" # late")
		}
		w.end()
	}
	if e := n.Complete(); e != nil {
		w.expression(n, e, "complete")
	}
	if e := n.Trigger(); e != nil {
		w.expression(n, e, "trigger")
	}
	if r := n.Repeat(); r != nil {
		w.indent(w.depth)
		if w.b = r.Append(w.b); stateful {
			w.repeatState(r)
		}
		w.end()
	}
	for _, v := range n.Variables() {
		w.indent(w.depth)
		w.variable(v)
		w.end()
	}
	if w.style == State {
		w.generated(n)
	}
	for _, l := range n.Limits() {
		w.line("limit ")
		w.put(l.Name)
		w.put(" ")
		w.number(l.Max)
		if stateful && l.Value != 0 {
			w.put(" # ")
			w.number(l.Value)
			for _, path := range l.Paths {
				w.put(" ")
				w.put(path)
			}
		}
		w.end()
	}
	for _, l := range n.InLimits() {
		w.inlimit(l)
	}
	for _, l := range n.Labels() {
		w.label(l)
	}
	for _, m := range n.Meters() {
		w.meter(m)
	}
	for _, e := range n.Events() {
		w.event(e)
	}
	if rare {
		w.times(n)
		w.rare(n)
	}
}

// line begins a line with s.
func (w *writer) line(s string) {
	w.indent(w.depth)
	w.put(s)
}

func (w *writer) variable(v defs.Variable) {
	b := append(append(append(w.b, "edit "...), v.Name...), " '"...)
	w.b = append(appendEscaped(b, v.Value), '\'')
}

func (w *writer) expression(n *defs.Node, e *defs.Expression, keyword string) {
	for _, part := range e.Parts {
		w.indent(w.depth)
		b := append(w.b, keyword...)
		switch part.Type {
		case defs.PartAnd:
			b = append(b, " -a "...)
		case defs.PartOr:
			b = append(b, " -o "...)
		default:
			b = append(b, ' ')
		}
		b = append(b, part.Text...)
		if w.style != Defs && part.Type == defs.PartFirst && e.Free {
			b = append(b, " # free"...)
		}
		w.b = append(b, '\n')
	}
	if w.style == State {
		w.evaluation(n, e)
	}
}

func (w *writer) inlimit(l defs.InLimit) {
	w.indent(w.depth)
	b := append(w.b, "inlimit "...)
	if l.ThisNodeOnly {
		b = append(b, "-n "...)
	}
	if l.SubmissionOnly {
		b = append(b, "-s "...)
	}
	if l.Path != "" {
		b = append(append(b, l.Path...), ':')
	}
	b = append(b, l.Name...)
	if l.Tokens != 1 {
		b = strconv.AppendInt(append(b, ' '), int64(l.Tokens), 10)
	}
	if w.style != Defs && l.Incremented {
		b = append(b, " # incremented:1"...)
	}
	w.b = append(b, '\n')
}

func (w *writer) label(l defs.Label) {
	w.indent(w.depth)
	b := append(append(append(w.b, "label "...), l.Name...), ` "`...)
	b = append(appendEscaped(b, l.Value), '"')
	if w.style != Defs && l.New != "" {
		b = append(b, ` # "`...)
		b = append(appendEscaped(b, l.New), '"')
	}
	w.b = append(b, '\n')
}

func (w *writer) meter(m defs.Meter) {
	w.indent(w.depth)
	b := append(append(append(w.b, "meter "...), m.Name...), ' ')
	b = append(strconv.AppendInt(b, int64(m.Min), 10), ' ')
	b = append(strconv.AppendInt(b, int64(m.Max), 10), ' ')
	b = strconv.AppendInt(b, int64(m.ColorChange), 10)
	if w.style != Defs && m.Value != m.Min {
		b = strconv.AppendInt(append(b, " # "...), int64(m.Value), 10)
	}
	w.b = append(b, '\n')
}

func (w *writer) event(e defs.Event) {
	w.indent(w.depth)
	b := append(w.b, "event "...)
	if e.HasNumber() {
		b = append(strconv.AppendInt(b, int64(e.Number), 10), ' ')
	}
	b = append(b, e.Name...)
	if e.Initial {
		b = append(b, " set"...)
	}
	if w.style != Defs && e.Initial != e.Value {
		if e.Value {
			b = append(b, " # set"...)
		} else {
			b = append(b, " # clear"...)
		}
	}
	w.b = append(b, '\n')
}

func (w *writer) times(n *defs.Node) {
	stateful := w.style != Defs
	for _, t := range n.Times() {
		w.line("time ")
		if w.b = t.Series.Append(w.b); stateful {
			w.seriesState(t.Series, t.Free)
		}
		w.end()
	}
	for _, t := range n.Todays() {
		w.line("today ")
		if w.b = t.Series.Append(w.b); stateful {
			w.seriesState(t.Series, t.Free)
		}
		w.end()
	}
	for _, d := range n.Dates() {
		w.line(d.String())
		if stateful && d.Free {
			w.put(" # free")
		}
		w.end()
	}
	for _, d := range n.Days() {
		w.line(d.String())
		if stateful {
			w.put(" #")
			if d.Free {
				w.put(" free")
			}
			if d.Expired {
				w.put(" expired")
			}
			w.put(" date:")
			w.put(d.Date.String())
		}
		w.end()
	}
	for i := range n.Crons() {
		c := &n.Crons()[i]
		w.indent(w.depth)
		if w.b = c.Append(w.b); stateful {
			w.seriesState(c.Series, c.Free)
		}
		w.end()
	}
}
