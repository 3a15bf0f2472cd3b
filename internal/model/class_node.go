package model

import (
	"slices"

	"github.com/ecflow-go/ecflow/defs"
)

func nodeClasses() []Class {
	return strict([]Class{
		{Name: "Node", Virtual: true, Members: slices.Concat(
			nodeNames(), nodeAdding(), nodeAddingAttributes(), nodeAddingRare(), nodeReading(), nodeAttributes(), nodeFinding(), nodeDeleting(), nodeChanging(), nodeOurs()),
			Doc: "What suites, families, tasks and aliases have in common.\n\n" +
				"A node has a name, attributes, a state, and but for a suite a parent. Its children, variables, events, meters and limits are\n" +
				"attributes of the Python object as well:\n\n" +
				">>> s = ecflow.Suite('s', ecflow.Family('f', ecflow.Task('t', ecflow.Event('e'), COLOUR='red')))\n" +
				">>> s.f.t.COLOUR.value(), s.f.t.e.name()\n('red', 'e')\n\n" +
				"Methods win: a task called 'name' is found by find_node('name').\n\n" +
				"source: libs/node Node.hpp, libs/pyext ExportNode.cpp."},
		{Name: "NodeContainer", Base: "Node", Virtual: true, Members: containerMembers(),
			Doc: "What suites and families have in common: they hold families and tasks.\n\nsource: libs/node NodeContainer.hpp."},
		{Name: "Submittable", Base: "Node", Virtual: true, Members: submittableMembers(),
			Doc: "What tasks and aliases have in common: they run a job.\n\nsource: libs/node Submittable.hpp."},
		{Name: "Suite", Base: "NodeContainer", Members: suiteMembers(),
			Doc: "A suite: the top of a tree of families and tasks, with a clock of its own.\n\n" +
				">>> s = ecflow.Suite('s', ecflow.Task('t1'), ecflow.Task('t2'), ECF_HOME='/tmp')\n>>> len(s), 't1' in s, [n.name() for n in s]\n(2, True, ['t1', 't2'])\n\n" +
				"source: libs/node Suite.hpp."},
		{Name: "Family", Base: "NodeContainer", Members: familyMembers(),
			Doc: "A family: families and tasks that belong together.\n\n" +
				">>> f = ecflow.Family('f')\n>>> with f as f:\n...     t = f.add_task('t')\n>>> t.get_abs_node_path()\n'/f/t'\n\n" +
				"source: libs/node Family.hpp."},
		{Name: "Task", Base: "Submittable", Members: taskMembers(),
			Doc: "A task: what has a script, from which its job is made.\n\n" +
				">>> t = ecflow.Task('t', ecflow.Trigger('a == complete'), ecflow.Label('info', ''), YMD=20300101)\n>>> print(t, end='')\n" +
				"  task t\n    trigger a == complete\n    edit YMD '20300101'\n    label info \"\"\n\n" +
				"source: libs/node Task.hpp."},
		{Name: "Alias", Base: "Submittable", Virtual: true, Members: treeMembers("Alias", false),
			Doc: "A copy of a task, with a script and variables that a user has changed. It runs beside the suite: nothing waits for it.\n\n" +
				"source: libs/node Alias.hpp."},
	})
}

func nodeNames() []Member {
	return []Member{
		{Name: "name", Pure: true, Cache: NameCache, Doc: "The node's own name.",
			Forms: get("() -> str", func(n *defs.Node) any { return n.Name() })},
		{Name: "get_state", Pure: true, Cache: StateCache, Doc: "The node's state; a node that is suspended also has one, see get_dstate().",
			Forms: get("() -> State", func(n *defs.Node) any { return int(n.State()) })},
		{Name: "get_abs_node_path", Pure: true, Cache: PathCache,
			Doc:   "The absolute path: '/suite/family/task'. That of a node of no suite begins at the topmost node above it.",
			Forms: get("() -> str", func(n *defs.Node) any { return n.Path() })},
		getter("get_parent", "Optional[Node]", "The node above; None for a suite, and for a node that has not been added.",
			func(n *defs.Node) any { return n.Parent() }),
		getter("get_defs", "Optional[Defs]", "The definition that the node belongs to, or None.", func(n *defs.Node) any { return n.Defs() }),
		{Name: "get_all_nodes", Pure: true, Doc: "The node and all below it, depth first.\n\n" +
			">>> s = ecflow.Suite('s', ecflow.Family('f', ecflow.Task('t')))\n>>> [n.name() for n in s.get_all_nodes()]\n['s', 'f', 't']",
			Forms: get("() -> NodeVec", func(n *defs.Node) any { return slices.Collect(n.All()) })},
		{Name: "remove", Doc: "Take the node out of its parent, or a suite out of its definition. It keeps all below it, and may be added elsewhere.\n\n" +
			">>> f = ecflow.Family('f')\n>>> t = f.add_task('t')\n>>> t.remove() is t, len(f), t.get_parent()\n(True, 0, None)",
			Forms: one("() -> Self", func(n *defs.Node, _ *Args) (any, error) { return nil, n.Remove() })},
		{Name: "__lt__", Pure: true, Doc: "The order of names.",
			Forms: one("(other: Node, /) -> bool", func(n *defs.Node, a *Args) (any, error) { return n.Name() < a.Node(0).Name(), nil })},
		{Name: "__getattr__", Pure: true, Doc: "What has a name below the node: a child, a variable, a generated variable, an event, a meter or a limit, in this order.\n\n" +
			"AttributeError, which is a RuntimeError too, when there is none.",
			Forms: one("(name: str, /) -> object", func(n *defs.Node, a *Args) (any, error) { return nodeAttribute(n, a.Str(0)) })},
	}
}

// nodeAttribute finds what has a name at a node.
//
// source: libs/pyext ExportNode.cpp.
func nodeAttribute(n *defs.Node, name string) (any, error) {
	if c := n.Child(name); c != nil {
		return c, nil
	}
	if value, ok := n.Variable(name); ok {
		return defs.Variable{Name: name, Value: value}, nil
	}
	if value, ok := n.GeneratedVariable(name); ok {
		return defs.Variable{Name: name, Value: value}, nil
	}
	if e, ok := n.Event(name); ok {
		return &e, nil
	}
	if m, ok := n.Meter(name); ok {
		return &m, nil
	}
	if l := n.Limit(name); l != nil {
		return l, nil
	}
	return nil, noAttribute("ExportNode::node_getattr: function of name '%s' does not exist *OR* child node, variable, meter, event or limit on node %s",
		name, n.Path())
}
