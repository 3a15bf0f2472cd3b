package model

import (
	"github.com/ecflow-go/ecflow/defs"
)

const addDoc = "What can be added: attributes (Variable, Edit, Event, Meter, Label, Trigger, Complete, Limit, InLimit, Time, Today, Date, Day, Cron, Late,\n" +
	"ZombieAttr, Autocancel, Autoarchive, Autorestore, Verify, Defstatus, AvisoAttr, MirrorAttr, the classes of repeats), to a suite also a\n" +
	"Clock, to suites and families also Family and Task; dicts of variables; lists of all these; None, which is nothing. Keywords are variables."

// nodeAdding are the members that add anything, and variables.
func nodeAdding() []Member {
	return []Member{
		{Name: "add", Doc: "Add attributes and nodes, and return the node itself.\n\n" + addDoc + "\n\n" +
			">>> s = ecflow.Suite('s')\n>>> s.add(ecflow.Family('f', ecflow.Task('t')), {'A': 1}, B='x') is s\nTrue\n>>> s.A.value(), s.B.value(), s.f.t.get_abs_node_path()\n('1', 'x', '/s/f/t')\n\n" +
			"A node whose name is taken or that has a parent is passed over in silence, as in the original; add_family() and add_task() raise.\n" +
			"RuntimeError for what cannot be added, in front of the attribute's own reasons; then nothing of all is added, where the original keeps what\n" +
			"came before.\n\nsource: libs/pyext NodeUtil.cpp.",
			Forms: one("(*args: object, **kwargs: object) -> Self", func(n *defs.Node, a *Args) (any, error) { return nil, addAll(n, a.List(0), a.At(1)) })},
		{Name: "__add__", Doc: "As add() with one argument: it changes the node, and gives the node itself.\n\n" +
			">>> f = ecflow.Family('f')\n>>> f + ecflow.Task('a') + ecflow.Task('b') is f, len(f)\n(True, 2)", Forms: operator()},
		{Name: "__iadd__", Doc: "As add() with one argument.\n\n>>> t = ecflow.Task('t')\n>>> t += [ecflow.Event('e'), {'A': 1}]\n>>> str(t)\n\"  task t\\n    edit A '1'\\n    event e\\n\"",
			Forms: operator()},
		{Name: "__rshift__", Doc: "Add a node, which waits for the one before it to be complete.\n\n" +
			">>> f = ecflow.Family('f')\n>>> f >> ecflow.Task('a') >> ecflow.Task('b') is f\nTrue\n>>> str(f.b.get_trigger())\n'a == complete'\n\n" +
			"Nodes that are complete by default are not waited for. RuntimeError for what is no node, and on tasks.",
			Forms: shift("rshift", after)},
		{Name: "__lshift__", Doc: "Add a node, which the one before it waits for.\n\n" +
			">>> f = ecflow.Family('f')\n>>> f << ecflow.Task('a') << ecflow.Task('b') is f\nTrue\n>>> str(f.a.get_trigger())\n'b == complete'\n\n" +
			"RuntimeError for what is no node, and on tasks.",
			Forms: shift("lshift", before)},
		{Name: "add_variable", Doc: "Add variables, or change their values.\n\n" +
			">>> t = ecflow.Task('t')\n>>> t.add_variable('A', 1).add_variable({'B': 'x'}).add_variable(ecflow.Edit(C=2)) is t\nTrue\n>>> [v.name() for v in t.variables]\n['A', 'B', 'C']\n\n" +
			"name: letters, digits, underscores, and dots but at the beginning. RuntimeError otherwise. variables: as add().",
			Forms: []Form{
				{"(name: str, value: str, /) -> Self", on(addVariable)},
				{"(name: str, value: int, /) -> Self", on(addVariable)},
				{"(variable: Variable, /) -> Self", on(addArgument)},
				{"(edit: Edit, /) -> Self", on(addArgument)},
				{"(variables: object, /) -> Self", on(addArgument)},
			}},
	}
}

func addVariable(n *defs.Node, a *Args) (any, error) {
	text, _ := a.At(1).text()
	v, err := defs.NewVariable(a.Str(0), text)
	if err == nil {
		n.AddVariable(v)
	}
	return nil, err
}

// addArgument adds what the first argument is.
func addArgument(n *defs.Node, a *Args) (any, error) { return nil, addAll(n, a.V[:1], &absent) }

func operator() []Form { return one("(item: object, /) -> Self", addArgument) }

// shift is >> or <<; join makes one node wait for the other, given the node before the one that was added.
func shift(name string, join func(previous, added *defs.Node) error) []Form {
	return one("(node: object, /) -> Self", func(n *defs.Node, a *Args) (any, error) {
		if !n.IsContainer() {
			return nil, argf("ExportNode::do_%s() : Can only add a child to Suite or Family", name)
		}
		child, ok := a.At(0).O.(*defs.Node)
		if !ok {
			return nil, argf("ExportNode::do_%s() : Argument must be a node_ptr", name)
		}
		previous := waitedFor(n)
		adopt(n, child)
		if child.Parent() != n || previous == nil || previous == child {
			return nil, nil
		}
		return nil, join(previous, child)
	})
}

// waitedFor is the last child that is not complete by default, or nil.
func waitedFor(n *defs.Node) *defs.Node {
	children := n.Children()
	for i := len(children) - 1; i >= 0; i-- {
		if children[i].DefStatus() != defs.DComplete {
			return children[i]
		}
	}
	return nil
}

func after(previous, added *defs.Node) error  { return waitFor(added, previous) }
func before(previous, added *defs.Node) error { return waitFor(previous, added) }

// waitFor makes a node wait for another beside it, after all that it waits for already.
func waitFor(n, other *defs.Node) error {
	part := defs.PartExpression{Text: other.Name() + " == complete"}
	if n.Trigger() != nil {
		part.Type = defs.PartAnd
	}
	return n.AddPartTrigger(part)
}
