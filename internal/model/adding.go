package model

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// What add() and the constructors take: attributes, nodes, dicts of variables,
// None, and lists of all these.
//
// source: libs/pyext NodeUtil.cpp, PythonUtil.cpp, ExportDefs.cpp.

// Edit is what add() takes for several variables at once.
type Edit struct{ Variables []defs.Variable }

// addAll adds items and keywords to a node: all of them, or none when one cannot be added.
func addAll(n *defs.Node, items []Value, keywords *Value) error {
	if len(items) == 1 && items[0].Kind != List && items[0].Kind != Dict && len(keywords.L) == 0 {
		return addOne(n, &items[0])
	}
	if len(items) == 0 && len(keywords.L) == 0 {
		return nil
	}
	return n.Attempt(func() error { return addEach(n, items, keywords) })
}

// addNew is addAll for a node that nobody has yet.
func addNew(n *defs.Node, items []Value, keywords *Value) error {
	err := addEach(n, items, keywords)
	if err != nil && n.IsContainer() {
		_ = n.ReplaceChildren(nil)
	}
	return err
}

func addEach(n *defs.Node, items []Value, keywords *Value) error {
	for i := range items {
		if err := addOne(n, &items[i]); err != nil {
			return err
		}
	}
	return addVariables(n, keywords.L, "NodeUtil::add: value must be a string or int")
}

func addOne(n *defs.Node, v *Value) error {
	switch v.Kind {
	case Nil, Absent:
		return nil
	case Pair:
		n.AddVariable(defs.Variable{Name: v.L[0].S, Value: v.L[1].S})
		return nil
	case List:
		for i := range v.L {
			if err := addOne(n, &v.L[i]); err != nil {
				return err
			}
		}
		return nil
	case Dict:
		return addVariables(n, v.L, "PythonUtil::dict_to_str_vec: value not convertible to string or integer")
	case Object:
		return addObject(n, v.O)
	}
	return unknown("ExportNode::add : Unknown type ", v)
}

// unknown is the error about what cannot be added; what it is stands below the original's line.
func unknown(line string, v *Value) error {
	return argf("%s\n%s cannot be added", line, v.typeName())
}

// addVariables adds names and values in turn.
func addVariables(n *defs.Node, entries []Value, complaint string) error {
	vars, err := variables(entries, complaint)
	for _, v := range vars {
		n.AddVariable(v)
	}
	return err
}

// variables makes variables of names and values in turn: all, or none with an error.
func variables(entries []Value, complaint string) ([]defs.Variable, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	vars := make([]defs.Variable, 0, len(entries)/2)
	for ; len(entries) > 1; entries = entries[2:] {
		if entries[0].Kind != String {
			return nil, argf("PythonUtil::dict_to_str_vec: key not convertible to string")
		}
		text, ok := entries[1].text()
		if !ok {
			return nil, argf("%s\nthe value of %s is %s", complaint, entries[0].S, entries[1].typeName())
		}
		v, err := defs.NewVariable(entries[0].S, text)
		if err != nil {
			return nil, err
		}
		vars = append(vars, v)
	}
	return vars, nil
}

// text is a str or int as the text of a variable.
func (v *Value) text() (string, bool) {
	switch v.Kind {
	case String:
		return v.S, true
	case Int, Bool:
		return strconv.FormatInt(v.I, 10), true
	}
	return "", false
}

// addObject adds a copy of an attribute, or a node itself.
func addObject(n *defs.Node, o any) error {
	switch o := o.(type) {
	case *defs.Node:
		if !n.IsContainer() {
			return argf("ExportNode::add() : Can only add a child to Suite or Family")
		}
		adopt(n, o)
		return nil
	case *Edit:
		for _, v := range o.Variables {
			n.AddVariable(v)
		}
		return nil
	case *defs.Event:
		return n.AddEvent(*o)
	case *defs.Meter:
		return n.AddMeter(*o)
	case *defs.Label:
		return n.AddLabel(*o)
	case *Trigger:
		return addParts(o.Parts, n.Trigger(), n.AddPartTrigger, n.SetTrigger)
	case *Complete:
		return addParts(o.Parts, n.Complete(), n.AddPartComplete, n.SetComplete)
	case *defs.Limit:
		return n.AddLimit(o.Clone())
	case *defs.InLimit:
		return n.AddInLimit(*o)
	case *Defstatus:
		n.SetDefStatus(o.State)
		return nil
	case defs.Repeat:
		return n.SetRepeat(o.Clone())
	}
	return addRare(n, o)
}

func addRare(n *defs.Node, o any) error {
	switch o := o.(type) {
	case *defs.DayAttr:
		return n.AddDay(*o)
	case *defs.DateAttr:
		return n.AddDate(*o)
	case *defs.TodayAttr:
		return n.AddToday(*o)
	case *defs.TimeAttr:
		return n.AddTime(*o)
	case *defs.CronAttr:
		return n.AddCron(o.Clone())
	case *defs.LateAttr:
		return n.SetLate(*o)
	case *defs.ZombieAttr:
		return n.AddZombie(*o)
	case *defs.AutoCancel:
		return n.SetAutoCancel(*o)
	case *defs.AutoArchive:
		return n.SetAutoArchive(*o)
	case *defs.AutoRestore:
		return n.SetAutoRestore(*o)
	case *defs.VerifyAttr:
		return n.AddVerify(*o)
	case *defs.ClockAttr:
		return addClock(n, o)
	case *defs.AvisoAttr:
		return n.AddAviso(*o)
	case *defs.MirrorAttr:
		return n.AddMirror(*o)
	case *defs.QueueAttr, *defs.GenericAttr: // have methods of their own
	}
	return unknown("ExportNode::add : Unknown type ", &Value{Kind: Opaque, S: strings.TrimPrefix(fmt.Sprintf("%T", o), "*defs.")})
}

// adopt puts a node below a container if it can stand there. A name that is
// taken, a node that has a parent, and a suite are passed over in silence, as the original does.
func adopt(n, child *defs.Node) { _ = n.AddChild(child, -1) }

// addParts adds what a Trigger or Complete holds; behind parts that are there the first is joined with AND.
func addParts(parts []defs.PartExpression, have *defs.Expression, add func(defs.PartExpression) error, set func(defs.Expression) error) error {
	if have == nil {
		e := defs.Expression{}
		for _, p := range parts {
			if err := e.Add(p); err != nil {
				return err
			}
		}
		return set(e)
	}
	for _, p := range parts {
		if p.Type == defs.PartFirst {
			p.Type = defs.PartAnd
		}
		if err := add(p); err != nil {
			return err
		}
	}
	return nil
}

// addToDefs adds items and keywords to a definition: all of them, or none.
func addToDefs(d *defs.Defs, items []Value, keywords *Value) error {
	return d.Attempt(func() error {
		for i := range items {
			if err := addOneToDefs(d, &items[i]); err != nil {
				return err
			}
		}
		return addDefsVariables(d, keywords.L)
	})
}

func addOneToDefs(d *defs.Defs, v *Value) error {
	switch v.Kind {
	case Nil, Absent:
		return nil
	case Pair:
		given, err := defs.NewVariable(v.L[0].S, v.L[1].S)
		if err == nil {
			d.AddVariable(given)
		}
		return err
	case List:
		for i := range v.L {
			if err := addOneToDefs(d, &v.L[i]); err != nil {
				return err
			}
		}
		return nil
	case Dict:
		return addDefsVariables(d, v.L)
	case Object:
		switch o := v.O.(type) {
		case *Edit:
			for _, e := range o.Variables {
				d.AddVariable(e)
			}
			return nil
		case *defs.Node:
			if o.Kind() == defs.KindSuite {
				return addSuite(d, o)
			}
		}
	}
	return unknown("ExportDefs::add : Unknown type", v)
}

// addSuite adds a suite itself, or a copy when another definition has it: 5.19.0 always
// adds a copy here, those before it always the suite. The method add_suite() refuses the suite of another.
func addSuite(d *defs.Defs, s *defs.Node) error {
	if s.Defs() != nil && s.Defs() != d {
		s = s.Copy()
	}
	return d.Add(s, -1)
}

func addDefsVariables(d *defs.Defs, entries []Value) error {
	vars, err := variables(entries, "PythonUtil::dict_to_str_vec: type not convertible to string or integer")
	for _, v := range vars {
		d.AddVariable(v)
	}
	return err
}
