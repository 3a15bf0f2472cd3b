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
	w.b = append(append(append(w.b, "edit "...), v.Name...), " '"...)
	w.escaped(v.Value)
	w.put("'")
}

func (w *writer) expression(n *defs.Node, e *defs.Expression, keyword string) {
	for _, part := range e.Parts {
		w.line(keyword)
		switch part.Type {
		case defs.PartAnd:
			w.put(" -a ")
		case defs.PartOr:
			w.put(" -o ")
		default:
			w.put(" ")
		}
		w.put(part.Text)
		if w.style != Defs && part.Type == defs.PartFirst && e.Free {
			w.put(" # free")
		}
		w.end()
	}
	if w.style == State {
		w.evaluation(n, e)
	}
}

func (w *writer) inlimit(l defs.InLimit) {
	w.line("inlimit ")
	if l.ThisNodeOnly {
		w.put("-n ")
	}
	if l.SubmissionOnly {
		w.put("-s ")
	}
	if l.Path != "" {
		w.put(l.Path)
		w.put(":")
	}
	w.put(l.Name)
	if l.Tokens != 1 {
		w.put(" ")
		w.number(l.Tokens)
	}
	if w.style != Defs && l.Incremented {
		w.put(" # incremented:1")
	}
	w.end()
}

func (w *writer) label(l defs.Label) {
	w.indent(w.depth)
	w.b = append(append(append(w.b, "label "...), l.Name...), ` "`...)
	w.escaped(l.Value)
	w.put(`"`)
	if w.style != Defs && l.New != "" {
		w.put(` # "`)
		w.escaped(l.New)
		w.put(`"`)
	}
	w.end()
}

func (w *writer) meter(m defs.Meter) {
	w.indent(w.depth)
	b := append(append(append(w.b, "meter "...), m.Name...), ' ')
	b = append(strconv.AppendInt(b, int64(m.Min), 10), ' ')
	b = append(strconv.AppendInt(b, int64(m.Max), 10), ' ')
	w.b = strconv.AppendInt(b, int64(m.ColorChange), 10)
	if w.style != Defs && m.Value != m.Min {
		w.put(" # ")
		w.number(m.Value)
	}
	w.end()
}

func (w *writer) event(e defs.Event) {
	w.line("event ")
	if e.HasNumber() {
		w.number(e.Number)
		w.put(" ")
	}
	w.put(e.Name)
	if e.Initial {
		w.put(" set")
	}
	if w.style != Defs && e.Initial != e.Value {
		if e.Value {
			w.put(" # set")
		} else {
			w.put(" # clear")
		}
	}
	w.end()
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
