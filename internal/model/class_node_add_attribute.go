package model

import "github.com/ecflow-go/ecflow/defs"

// method is a member that returns the node itself, made of forms.
func method(name, doc string, forms ...Form) Member {
	return Member{Name: name, Doc: doc, Forms: forms}
}

// self is a form that changes a node and returns it.
func self(signature string, f func(n *defs.Node, a *Args) error) Form {
	return Form{signature, on(func(n *defs.Node, a *Args) (any, error) { return nil, f(n, a) })}
}

// whole is a form that adds what the one argument is, as add() does.
func whole(signature string) Form { return Form{signature, on(addArgument)} }

// then goes on with a value unless there is an error.
func then[T any](v T, err error, f func(T) error) error {
	if err != nil {
		return err
	}
	return f(v)
}

const returnsNode = " Returns the node itself."

// nodeAddingAttributes are the members that add the attributes that most nodes have.
func nodeAddingAttributes() []Member {
	return []Member{
		method("add_event", "Add an event, by number, name, or both."+returnsNode+"\n\n"+
			">>> t = ecflow.Task('t').add_event(1).add_event('done').add_event(2, 'half')\n>>> [e.name_or_number() for e in t.events]\n['1', 'done', 'half']\n\n"+
			"RuntimeError if there is one of that name or number.",
			whole("(event: Event, /) -> Self"),
			self("(number: int, /) -> Self", addNumberedEvent),
			self("(name: str, /) -> Self", func(n *defs.Node, a *Args) error {
				e, err := defs.NewEvent(a.Str(0), false)
				return then(e, err, n.AddEvent)
			}),
			self("(number: int, name: str, /) -> Self", addNumberedEvent)),
		method("add_meter", "Add a meter."+returnsNode+" RuntimeError if there is one of that name; IndexError unless min <= color_change <= max.",
			whole("(meter: Meter, /) -> Self"),
			self("(name: str, min: int, max: int, color_change: int, /) -> Self", addMeter),
			self("(name: str, min: int, max: int, /) -> Self", addMeter)),
		method("add_label", "Add a label."+returnsNode+" RuntimeError if there is one of that name.",
			self("(name: str, value: str, /) -> Self", func(n *defs.Node, a *Args) error {
				l, err := defs.NewLabel(a.Str(0), a.Str(1))
				return then(l, err, n.AddLabel)
			}),
			whole("(label: Label, /) -> Self")),
		method("add_limit", "Add a limit."+returnsNode+" RuntimeError if there is one of that name.",
			self("(name: str, limit: int, /) -> Self", func(n *defs.Node, a *Args) error {
				l, err := defs.NewLimit(a.Str(0), a.Int(1))
				return then(l, err, n.AddLimit)
			}),
			whole("(limit: Limit, /) -> Self")),
		method("add_inlimit", "Make the node take tokens of a limit."+returnsNode+"\n\n"+
			"path_to_node_containing_limit: '' is the nearest node above that has one of that name.\n"+
			"limit_this_node_only: the node takes tokens once, not each task below it.\n\n"+
			">>> str(ecflow.Task('t').add_inlimit('disk', '/s', 2))\n'  task t\\n    inlimit /s:disk 2\\n'",
			self("(limit_name: str, path_to_node_containing_limit: str = '', tokens: int = 1, limit_this_node_only: bool = False) -> Self",
				func(n *defs.Node, a *Args) error {
					l, err := defs.NewInLimit(a.Str(0), a.Str(1), a.IntOr(2, 1), a.Bool(3), false)
					return then(l, err, n.AddInLimit)
				}),
			whole("(inlimit: InLimit, /) -> Self")),
		method("add_trigger", "Give the node a trigger: what it waits for."+returnsNode+" RuntimeError on suites, and if it has one.\n\n"+
			"Mistakes in the text are told by Defs.check(), not here.\n\n>>> str(ecflow.Task('t').add_trigger('a == complete and b:done').get_trigger())\n'a == complete and b:done'",
			expressionForms((*defs.Node).SetTrigger)...),
		method("add_complete", "Give the node a complete expression: it is complete as soon as that holds, without running."+returnsNode+
			" RuntimeError on suites, and if it has one.", expressionForms((*defs.Node).SetComplete)...),
		method("add_part_trigger", "Add a part to the trigger: the first without and_expr, those after it with True for AND or False for OR."+returnsNode+"\n\n"+
			">>> t = ecflow.Task('t').add_part_trigger('a == complete').add_part_trigger('b == complete', True)\n>>> str(t.get_trigger())\n'a == complete AND b == complete'",
			partForms((*defs.Node).AddPartTrigger)...),
		method("add_part_complete", "Add a part to the complete expression, as add_part_trigger().", partForms((*defs.Node).AddPartComplete)...),
		method("add_repeat", "Make the node run again for each of a row of values."+returnsNode+" RuntimeError if it has a repeat or a cron.",
			whole("(repeat: RepeatDate, /) -> Self"), whole("(repeat: RepeatDateTime, /) -> Self"), whole("(repeat: RepeatDateList, /) -> Self"),
			whole("(repeat: RepeatDateTimeList, /) -> Self"), whole("(repeat: RepeatInteger, /) -> Self"), whole("(repeat: RepeatString, /) -> Self"),
			whole("(repeat: RepeatEnumerated, /) -> Self"), whole("(repeat: RepeatDay, /) -> Self")),
		method("add_defstatus", "Set the state that the node takes at begin and requeue."+returnsNode,
			self("(state: DState, /) -> Self", func(n *defs.Node, a *Args) error {
				s, err := enum(a, 0, "DState", int(defs.DUnknown), int(defs.DSuspended))
				if err == nil {
					n.SetDefStatus(defs.DState(s))
				}
				return err
			}),
			whole("(defstatus: Defstatus, /) -> Self")),
	}
}

func addNumberedEvent(n *defs.Node, a *Args) error {
	e, err := defs.NewNumberedEvent(a.Int(0), a.Str(1), false)
	return then(e, err, n.AddEvent)
}

func addMeter(n *defs.Node, a *Args) error {
	m, err := defs.NewMeter(a.Str(0), a.Int(1), a.Int(2), a.IntOr(3, a.Int(2)))
	return then(m, err, n.AddMeter)
}

func expressionForms(set func(n *defs.Node, e defs.Expression) error) []Form {
	return []Form{
		self("(expression: str, /) -> Self", func(n *defs.Node, a *Args) error { return set(n, defs.NewExpression(a.Str(0))) }),
		self("(expression: Expression, /) -> Self", func(n *defs.Node, a *Args) error { return set(n, *arg[*defs.Expression](a, 0).Clone()) }),
	}
}

func partForms(add func(n *defs.Node, p defs.PartExpression) error) []Form {
	text := func(n *defs.Node, a *Args) error { return add(n, partOf(a)) }
	return []Form{
		self("(part: PartExpression, /) -> Self", func(n *defs.Node, a *Args) error { return add(n, value[defs.PartExpression](a, 0)) }),
		self("(expression: str, /) -> Self", text),
		self("(expression: str, and_expr: bool, /) -> Self", text),
	}
}
