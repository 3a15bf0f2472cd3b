package model

import (
	"slices"

	"github.com/ecflow-go/ecflow/defs"
)

// What the original does not have.

const dictDoc = "type, name, and what differs from a new node: state, suspended, defstatus, variables, events, meters, labels, limits, trigger,\n" +
	"complete, attributes (the others, as lines of a definition), children."

func nodeOurs() []Member {
	return []Member{
		{Name: "walk", Pure: true, Ours: true, Doc: "Go through the node and all below it, depth first, aliases too.\n\n" +
			">>> s = ecflow.Suite('s', ecflow.Family('f', ecflow.Task('t')))\n>>> [n.get_abs_node_path() for n in s.walk()]\n['/s', '/s/f', '/s/f/t']\n\n" +
			"What is added or removed meanwhile does not count.",
			Forms: get("() -> Iterator[Node]", func(n *defs.Node) any { return slices.Collect(n.All()) })},
		{Name: "to_dict", Pure: true, Long: true, Ours: true, Doc: "The node and all below it as a dict of texts, numbers, lists and dicts, fit for JSON.\n\n" +
			">>> ecflow.Task('t', ecflow.Trigger('a == complete'), A=1).to_dict()\n{'type': 'task', 'name': 't', 'variables': {'A': '1'}, 'trigger': 'a == complete'}\n\n" + dictDoc,
			Forms: get("() -> dict", func(n *defs.Node) any { return nodeRecord(n) })},
		{Name: "from_dict", Kind: Static, Long: true, Ours: true, Doc: "Make a node of what to_dict() gives.\n\n" +
			">>> t = ecflow.Task('t', ecflow.Meter('m', 0, 10), A=1)\n>>> ecflow.Node.from_dict(t.to_dict()) == t\nTrue\n\n" +
			"ArgumentError, a RuntimeError, for what is no such dict.",
			Forms: []Form{{"(data: dict, /) -> Node", func(_ any, a *Args) (any, error) { return orNil(nodeOfRecord(a.At(0))) }}}},
		{Name: "_repr_html_", Pure: true, Long: true, Ours: true, Doc: "The node and those below it with their states, for notebooks. Large trees are shown in part.",
			Forms: get("() -> str", func(n *defs.Node) any { return nodesHTML([]*defs.Node{n}) })},
	}
}

func defsOurs() []Member {
	return []Member{
		{Name: "walk", Pure: true, Ours: true, Doc: "Go through all nodes, depth first, aliases too.\n\n" +
			">>> [n.name() for n in ecflow.Defs(ecflow.Suite('s', ecflow.Task('t'))).walk()]\n['s', 't']\n\nWhat is added or removed meanwhile does not count.",
			Forms: get("() -> Iterator[Node]", func(d *tree) any { return slices.Collect(d.All()) })},
		{Name: "to_dict", Pure: true, Long: true, Ours: true, Doc: "The definition as a dict of texts, numbers, lists and dicts, fit for JSON.\n\n" +
			">>> ecflow.Defs(ecflow.Suite('s')).to_dict()\n{'type': 'defs', 'suites': [{'type': 'suite', 'name': 's'}]}\n\n" +
			"variables: those of users. externs: paths. suites: as Node.to_dict() tells them.",
			Forms: get("() -> dict", func(d *tree) any { return defsRecord(d) })},
		{Name: "from_dict", Kind: Static, Long: true, Ours: true, Doc: "Make a definition of what to_dict() gives.\n\n" +
			">>> defs = ecflow.Defs(ecflow.Suite('s', ecflow.Task('t')), A=1)\n>>> ecflow.Defs.from_dict(defs.to_dict()) == defs\nTrue\n\nArgumentError, a RuntimeError, for what is no such dict.",
			Forms: []Form{{"(data: dict, /) -> Defs", func(_ any, a *Args) (any, error) { return orNil(defsOfRecord(a.At(0))) }}}},
		{Name: "_repr_html_", Pure: true, Long: true, Ours: true, Doc: "The suites and nodes with their states, for notebooks. Large trees are shown in part.",
			Forms: get("() -> str", func(d *tree) any { return nodesHTML(d.Suites()) })},
	}
}
