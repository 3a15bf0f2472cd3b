package model

import (
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// parts is what Trigger and Complete hold: an expression on its way to a node.
// Unlike that of a node its first part may have AND or OR, to be added to what the node has.
type parts struct{ Parts []defs.PartExpression }

// Trigger and Complete are what Node.add() takes for the two expressions.
type (
	Trigger  struct{ parts }
	Complete struct{ parts }
)

// text joins the parts with AND and OR.
func (p *parts) text() string {
	var b strings.Builder
	for _, part := range p.Parts {
		switch part.Type {
		case defs.PartAnd:
			b.WriteString(" AND ")
		case defs.PartOr:
			b.WriteString(" OR ")
		case defs.PartFirst:
		}
		b.WriteString(part.Text)
	}
	return b.String()
}

// partOf makes a part of a text and perhaps a bool: true for AND, false for OR.
func partOf(a *Args) defs.PartExpression {
	p := defs.PartExpression{Text: a.Str(0)}
	if a.At(1).Kind != Absent {
		p.Type = defs.PartOr
		if a.Bool(1) {
			p.Type = defs.PartAnd
		}
	}
	return p
}

// partsOf makes parts of a list of texts and nodes, joined with AND. A text that
// could be a name, and a node, stand for "== complete".
//
// source: libs/pyext Trigger.cpp.
func partsOf(items []Value) (out []defs.PartExpression, err error) {
	for _, item := range items {
		text := item.S
		node, isNode := item.O.(*defs.Node)
		switch {
		case item.Kind == String:
			if defs.ValidName(text) {
				text += " == complete"
			}
		case isNode && node.Parent() != nil:
			text = node.Path() + " == complete"
		case isNode:
			text = node.Name() + " == complete"
		default:
			return nil, argf("Trigger: Expects string, or list(strings or nodes)")
		}
		part := defs.PartExpression{Text: text}
		if len(out) > 0 {
			part.Type = defs.PartAnd
		}
		out = append(out, part)
	}
	return out, nil
}

// wrapper makes the class Trigger or Complete; made wraps parts, of unwraps them.
func wrapper[T any](name, what, doc string, made func(parts) *T, of func(*T) *parts) Class {
	t := traits[T]{
		text:  func(v *T) string { return of(v).text() },
		equal: func(a, b *T) bool { return slices.Equal(of(a).Parts, of(b).Parts) },
	}
	single := func(a *Args) (any, error) { return made(parts{[]defs.PartExpression{partOf(a)}}), nil }
	return Class{Name: name, Type: (*T)(nil), Doc: doc, Members: with([]Member{
		{Name: "__init__", Doc: "Hold an expression for add().\n\n" +
			"and_type: True joins it to the expression that the node has with AND, False with OR.\n" +
			"items: texts and nodes, joined with AND. A text that could be a node's name, and a node, stand for\n" +
			"\"that node is complete\"; nodes without a parent are named by their own name, others by their path.\n\n" +
			"The text is parsed when it reaches a node. RuntimeError if an item is neither text nor node.",
			Forms: []Form{
				create("(expression: str, /) -> "+name, single),
				create("(part: PartExpression, /) -> "+name, func(a *Args) (any, error) {
					return made(parts{[]defs.PartExpression{value[defs.PartExpression](a, 0)}}), nil
				}),
				create("(items: list, /) -> "+name, func(a *Args) (any, error) {
					p, err := partsOf(a.List(0))
					if err != nil {
						return nil, err
					}
					return made(parts{p}), nil
				}),
				create("(expression: str, and_type: bool, /) -> "+name, single),
			}},
		getter("get_expression", "str", "The "+what+" expression as one text.", func(v *T) any { return t.text(v) }),
	}, t.members(name))}
}

func expressionClasses() []Class {
	part := traits[defs.PartExpression]{
		text:  func(p *defs.PartExpression) string { return p.Text },
		equal: same[defs.PartExpression],
	}
	whole := traits[defs.Expression]{text: (*defs.Expression).String, equal: (*defs.Expression).Equal}
	return strict([]Class{
		{Name: "PartExpression", Type: (*defs.PartExpression)(nil), Members: with([]Member{
			{Name: "__init__", Doc: "Make a part: the first without and_expr, those after it with True for AND or False for OR.", Forms: []Form{
				create("(expression: str, /) -> PartExpression", newPart),
				create("(expression: str, and_expr: bool, /) -> PartExpression", newPart),
			}},
			getter("get_expression", "str", "The text of this part alone.", func(p *defs.PartExpression) any { return p.Text }),
			getter("and_expr", "bool", "True if the part is joined to those before it with AND.",
				func(p *defs.PartExpression) any { return p.Type == defs.PartAnd }),
			getter("or_expr", "bool", "True if the part is joined to those before it with OR.",
				func(p *defs.PartExpression) any { return p.Type == defs.PartOr }),
		}, slices.DeleteFunc(part.members("PartExpression"), func(m Member) bool { return m.Name == "__str__" })),
			Doc: "A piece of a trigger or complete expression, for long ones.\n\n" +
				">>> t = ecflow.Task('t')\n" +
				">>> t += ecflow.Trigger(ecflow.PartExpression('a == complete'))\n" +
				">>> t += ecflow.Trigger(ecflow.PartExpression('b == complete', True))\n" +
				">>> str(t.get_trigger())\n'a == complete AND b == complete'\n\n" +
				"source: libs/node Expression.cpp."},
		{Name: "Expression", Type: (*defs.Expression)(nil), Members: with([]Member{
			{Name: "__init__", Doc: "Make an expression of a text, or of its first part.", Forms: []Form{
				create("(expression: str, /) -> Expression", func(a *Args) (any, error) {
					e := defs.NewExpression(a.Str(0))
					return &e, nil
				}),
				create("(part: PartExpression, /) -> Expression", func(a *Args) (any, error) {
					e := new(defs.Expression)
					return e, e.Add(value[defs.PartExpression](a, 0))
				}),
			}},
			getter("get_expression", "str", "The whole expression as one text.", func(e *defs.Expression) any { return e.String() }),
			{Name: "add", Doc: "Append a part, which must be joined with AND or OR; the first must not be. RuntimeError otherwise.",
				Forms: one("(part: PartExpression, /) -> None", func(e *defs.Expression, a *Args) (any, error) {
					return nil, e.Add(value[defs.PartExpression](a, 0))
				})},
			property("parts", "List[PartExpression]", "Copies of the parts, in order.", func(e *defs.Expression) any {
				out := make([]any, len(e.Parts))
				for i := range e.Parts {
					out[i] = copied(&e.Parts[i])
				}
				return out
			}),
		}, whole.members("Expression")),
			Doc: "A trigger or complete expression: what a node waits for, or is complete by.\n\n" +
				"An expression compares states, events, meters, variables, repeats and limits of nodes, by relative or\n" +
				"absolute path, with and, or, not, arithmetic and parentheses.\n\n" +
				">>> e = ecflow.Expression('/s/f/t == complete')\n" +
				">>> e.add(ecflow.PartExpression('t2:done', True))\n" +
				">>> str(e)\n'/s/f/t == complete AND t2:done'\n\n" +
				"source: libs/node Expression.cpp."},
		wrapper("Trigger", "trigger", "A trigger, as an argument of add().\n\n"+
			">>> str(ecflow.Trigger(['a', 'b:done']))\n'a == complete AND b:done'\n"+
			">>> t = ecflow.Task('t', ecflow.Trigger('a == complete'))\n\n"+
			"source: libs/pyext Trigger.hpp.",
			func(p parts) *Trigger { return &Trigger{p} }, func(t *Trigger) *parts { return &t.parts }),
		wrapper("Complete", "complete", "A complete expression, as an argument of add(): the node is complete as soon as it holds.\n\n"+
			">>> t = ecflow.Task('t', ecflow.Complete('a:event_name'))\n\n"+
			"source: libs/pyext Trigger.hpp.",
			func(p parts) *Complete { return &Complete{p} }, func(c *Complete) *parts { return &c.parts }),
	})
}

func newPart(a *Args) (any, error) {
	p := partOf(a)
	return &p, nil
}
