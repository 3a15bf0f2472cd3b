package model

import (
	"math"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// fields reads a dict field by field, and notes the first thing that is wrong and which fields were known.
type fields struct {
	of    string // what the dict is, for messages
	given map[string]*Value
	err   error
}

func fieldsOf(v *Value, of string) *fields {
	f := &fields{of: of, given: map[string]*Value{}}
	if v.Kind != Dict {
		f.err = argf("%s should be a dict, not %s", of, v.typeName())
		return f
	}
	for entries := v.L; len(entries) > 1; entries = entries[2:] {
		if entries[0].Kind != String {
			f.err = argf("%s: keys are texts, not %s", of, entries[0].typeName())
			return f
		}
		f.given[entries[0].S] = &entries[1]
	}
	return f
}

// take is a field of a kind; nil when it is not there, or not of that kind, which is noted.
func (f *fields) take(name, what string, kinds ...ValueKind) *Value {
	v := f.given[name]
	if v == nil || f.err != nil {
		return nil
	}
	delete(f.given, name)
	for _, k := range kinds {
		if v.Kind == k {
			return v
		}
	}
	f.err = argf("%s: %s should be %s, not %s", f.of, name, what, v.typeName())
	return nil
}

func (f *fields) text(name string) string {
	if v := f.take(name, "a str", String); v != nil {
		return v.S
	}
	return ""
}

func (f *fields) flag(name string) bool {
	v := f.take(name, "a bool", Bool, Int)
	return v != nil && v.I != 0
}

func (f *fields) number(name string, or int) int {
	v := f.take(name, "an int", Int, Bool)
	if v == nil {
		return or
	}
	if v.I < math.MinInt32 || v.I > math.MaxInt32 {
		f.err = argf("%s: %s is out of range", f.of, name)
	}
	return int(v.I)
}

func (f *fields) list(name string) []Value {
	if v := f.take(name, "a list", List); v != nil {
		return v.L
	}
	return nil
}

func (f *fields) texts(name string) []string {
	items := f.list(name)
	out := make([]string, len(items))
	for i := range items {
		if items[i].Kind != String && f.err == nil {
			f.err = argf("%s: %s should hold texts, not %s", f.of, name, items[i].typeName())
		}
		out[i] = items[i].S
	}
	return out
}

// end gives the first error: of a field, or about a field that nobody asked for.
func (f *fields) end() error {
	if f.err == nil {
		for name := range f.given {
			return argf("%s has no %q", f.of, name)
		}
	}
	return f.err
}

// each goes through a list of dicts.
func (f *fields) each(name string, add func(item *fields) error) {
	items := f.list(name)
	for i := range items {
		item := fieldsOf(&items[i], f.of+": "+name)
		err := item.err
		if err == nil {
			err = add(item)
		}
		if item.err != nil {
			err = item.err
		}
		if err == nil {
			err = item.end()
		}
		if err != nil && f.err == nil {
			f.err = err
		}
	}
}

// deepestRecord bounds how deep children may be nested.
const deepestRecord = 10000

func nodeOfRecord(v *Value) (*defs.Node, error) { return readNode(v, 0) }

func readNode(v *Value, depth int) (*defs.Node, error) {
	if depth > deepestRecord {
		return nil, argf("a node is nested too deeply")
	}
	f := fieldsOf(v, "a node")
	kind, ok := kindNamed(f.text("type"), defs.KindSuite, defs.KindFamily, defs.KindTask, defs.KindAlias)
	if f.err == nil && !ok {
		f.err = argf("a node: type should be suite, family, task or alias")
	}
	name := f.text("name")
	lines := f.texts("attributes")
	if f.err != nil {
		return nil, f.err
	}
	f.of = kind.String() + " " + name
	if _, err := defs.NewNode(kind, name); err != nil {
		return nil, err
	}
	n := defs.NewNodeUnchecked(kind, name)
	if len(lines) > 0 {
		var err error
		if n, err = nodeOf(kind, name, lines); err != nil {
			return nil, err
		}
	}
	readState(f, n)
	readAttributes(f, n)
	children := f.list("children")
	if err := f.end(); err != nil {
		return nil, err
	}
	for i := range children {
		c, err := readNode(&children[i], depth+1)
		if err == nil {
			err = n.AddChild(c, -1)
		}
		if err != nil {
			return nil, err
		}
	}
	return n, nil
}

func readState(f *fields, n *defs.Node) {
	if name := f.text("state"); name != "" {
		s, ok := defs.ParseNState(name)
		if !ok {
			f.err = argf("%s: there is no state %q", f.of, name)
		}
		n.SetState(s)
	}
	n.SetSuspended(f.flag("suspended"))
	if name := f.text("defstatus"); name != "" {
		s, ok := defs.ParseDState(name)
		if !ok {
			f.err = argf("%s: there is no state %q", f.of, name)
		}
		n.SetDefStatus(s)
	}
}

func readAttributes(f *fields, n *defs.Node) {
	f.variables("variables", func(v defs.Variable) { n.AddVariable(v) })
	f.each("events", func(i *fields) error {
		number, name, initial := i.number("number", defs.NoNumber), i.text("name"), i.flag("initial_value")
		e, err := defs.NewNumberedEvent(number, name, initial)
		if number == defs.NoNumber {
			e, err = defs.NewEvent(name, initial)
		}
		e.Value = i.flag("value")
		return then(e, err, n.AddEvent)
	})
	f.each("meters", func(i *fields) error {
		m, err := defs.NewMeter(i.text("name"), i.number("min", 0), i.number("max", defs.NoNumber), i.number("color_change", defs.NoNumber))
		if err == nil {
			m, err = m.With(i.number("value", m.Min))
		}
		return then(m, err, n.AddMeter)
	})
	f.each("labels", func(i *fields) error {
		l, err := defs.NewLabel(i.text("name"), i.text("value"))
		l.New = i.text("new_value")
		return then(l, err, n.AddLabel)
	})
	f.each("limits", func(i *fields) error {
		l, err := defs.NewLimit(i.text("name"), i.number("limit", 0))
		if err != nil {
			return err
		}
		l.Value, l.Paths = i.number("value", 0), i.texts("paths")
		if len(l.Paths) == 0 {
			l.Paths = nil
		}
		return n.AddLimit(l)
	})
	f.expression("trigger", n.SetTrigger)
	f.expression("complete", n.SetComplete)
}

func (f *fields) variables(name string, add func(defs.Variable)) {
	v := f.take(name, "a dict", Dict)
	if v == nil {
		return
	}
	vars, err := variables(v.L, f.of+": values of variables are str or int")
	if err != nil {
		f.err = err
	}
	for _, v := range vars {
		add(v)
	}
}

// expression reads a text, or a list of texts of which all but the first begin with -a or -o.
func (f *fields) expression(name string, set func(defs.Expression) error) {
	v := f.take(name, "a str or a list", String, List, Nil)
	if v == nil || v.Kind == Nil {
		return
	}
	e := defs.NewExpression(v.S)
	if v.Kind == List {
		e.Parts = nil
		for i := range v.L {
			p := defs.PartExpression{Text: v.L[i].S}
			if rest, ok := strings.CutPrefix(p.Text, "-a "); ok {
				p = defs.PartExpression{Text: rest, Type: defs.PartAnd}
			} else if rest, ok := strings.CutPrefix(p.Text, "-o "); ok {
				p = defs.PartExpression{Text: rest, Type: defs.PartOr}
			}
			if err := e.Add(p); err != nil && f.err == nil {
				f.err = err
			}
		}
	}
	if err := set(e); err != nil && f.err == nil {
		f.err = err
	}
}

func defsOfRecord(v *Value) (*tree, error) {
	f := fieldsOf(v, "a definition")
	if kind := f.text("type"); f.err == nil && kind != "defs" {
		f.err = argf("a definition: type should be defs")
	}
	d := newDefs()
	if name := f.text("state"); name != "" {
		s, ok := defs.ParseNState(name)
		if !ok {
			f.err = argf("a definition: there is no state %q", name)
		}
		d.SetState(s)
	}
	f.variables("variables", d.AddVariable)
	for _, path := range f.texts("externs") {
		if err := d.AddExtern(path); err != nil && f.err == nil {
			f.err = err
		}
	}
	suites := f.list("suites")
	if err := f.end(); err != nil {
		return nil, err
	}
	for i := range suites {
		s, err := readNode(&suites[i], 0)
		if err == nil {
			err = d.Add(s, -1)
		}
		if err != nil {
			return nil, err
		}
	}
	return d, nil
}
