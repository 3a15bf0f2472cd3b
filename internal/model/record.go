package model

import (
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
)

// Definitions as dicts: see to_dict() and from_dict().

// add appends a field unless its value says nothing.
func (r *Record) add(name string, value any) {
	switch v := value.(type) {
	case nil:
		return
	case string:
		if v == "" {
			return
		}
	case bool:
		if !v {
			return
		}
	case []any:
		if len(v) == 0 {
			return
		}
	case []string:
		if len(v) == 0 {
			return
		}
	case Record:
		if len(v) == 0 {
			return
		}
	}
	*r = append(*r, Field{name, value})
}

func nodeRecord(n *defs.Node) Record {
	r := Record{{"type", n.Kind().String()}, {"name", n.Name()}}
	if n.State() != defs.Unknown {
		r.add("state", n.State().String())
	}
	r.add("suspended", n.Suspended())
	if n.DefStatus() != defs.DQueued {
		r.add("defstatus", n.DefStatus().String())
	}
	r.add("variables", variableRecord(n.Variables()))
	r.add("events", records(n.Events(), func(e *defs.Event) Record {
		var r Record
		if e.HasNumber() {
			r.add("number", e.Number)
		}
		r.add("name", e.Name)
		r.add("value", e.Value)
		r.add("initial_value", e.Initial)
		return r
	}))
	r.add("meters", records(n.Meters(), func(m *defs.Meter) Record {
		return Record{{"name", m.Name}, {"min", m.Min}, {"max", m.Max}, {"color_change", m.ColorChange}, {"value", m.Value}}
	}))
	r.add("labels", records(n.Labels(), func(l *defs.Label) Record {
		r := Record{{"name", l.Name}, {"value", l.Value}}
		r.add("new_value", l.New)
		return r
	}))
	r.add("limits", records(n.Limits(), func(l **defs.Limit) Record {
		r := Record{{"name", (*l).Name}, {"limit", (*l).Max}}
		if (*l).Value != 0 {
			r.add("value", (*l).Value)
		}
		r.add("paths", append([]string(nil), (*l).Paths...))
		return r
	}))
	r.add("trigger", expressionRecord(n.Trigger()))
	r.add("complete", expressionRecord(n.Complete()))
	r.add("attributes", otherLines(n))
	r.add("children", childRecords(n.Children()))
	return r
}

func childRecords(nodes []*defs.Node) []any {
	out := make([]any, len(nodes))
	for i, n := range nodes {
		out[i] = nodeRecord(n)
	}
	return out
}

func records[T any](items []T, f func(*T) Record) []any {
	out := make([]any, len(items))
	for i := range items {
		out[i] = f(&items[i])
	}
	return out
}

func variableRecord(vars []defs.Variable) Record {
	var r Record
	for _, v := range vars {
		r = append(r, Field{v.Name, v.Value})
	}
	return r
}

// expressionRecord is a text, or a list of texts with -a or -o in front of those that have them.
func expressionRecord(e *defs.Expression) any {
	if e == nil {
		return nil
	}
	if len(e.Parts) == 1 {
		return e.Parts[0].Text
	}
	parts := make([]string, len(e.Parts))
	for i, p := range e.Parts {
		parts[i] = [...]string{defs.PartFirst: "", defs.PartAnd: "-a ", defs.PartOr: "-o "}[p.Type] + p.Text
	}
	return parts
}

// otherLines are the attributes that have no form of their own, as a definition has them.
func otherLines(n *defs.Node) []string {
	var lines []string
	put := func(s fmt.Stringer) { lines = append(lines, strings.TrimSpace(s.String())) }
	if c := n.Clock(); c != nil {
		put(c)
	}
	if c := n.EndClock(); c != nil {
		put(c)
	}
	if r := n.Repeat(); r != nil {
		put(r)
	}
	stringers(put, n.InLimits())
	if !n.HasRare() {
		return lines
	}
	if l := n.Late(); l != nil {
		put(l)
	}
	stringers(put, n.Times())
	stringers(put, n.Todays())
	stringers(put, n.Dates())
	stringers(put, n.Days())
	for i := range n.Crons() {
		put(&n.Crons()[i])
	}
	if a := n.AutoCancel(); a != nil {
		put(a)
	}
	if a := n.AutoArchive(); a != nil {
		put(a)
	}
	if a := n.AutoRestore(); a != nil {
		put(a)
	}
	stringers(put, n.Zombies())
	stringers(put, n.Verifies())
	for i := range n.Queues() {
		put(&n.Queues()[i])
	}
	stringers(put, n.Generics())
	return append(lines, remoteLines(n)...)
}

func stringers[T fmt.Stringer](put func(fmt.Stringer), items []T) {
	for _, s := range items {
		put(s)
	}
}

func defsRecord(d *tree) Record {
	r := Record{{"type", "defs"}}
	if d.State() != defs.Unknown {
		r.add("state", d.State().String())
	}
	r.add("variables", variableRecord(d.UserVariables()))
	r.add("externs", append([]string(nil), d.Externs()...))
	r.add("suites", childRecords(d.Suites()))
	return r
}

// remoteLines are the Aviso and mirror attributes, whose text only package text knows.
func remoteLines(n *defs.Node) []string {
	if len(n.Avisos())+len(n.Mirrors()) == 0 {
		return nil
	}
	probe := defs.NewNodeUnchecked(defs.KindTask, "t")
	for _, a := range n.Avisos() {
		_ = probe.AddAviso(a)
	}
	for _, m := range n.Mirrors() {
		_ = probe.AddMirror(m)
	}
	lines := strings.Split(strings.TrimSpace(string(text.AppendNode(nil, probe, text.Defs))), "\n")[1:]
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return lines
}
