package model

import "github.com/ecflow-go/ecflow/defs"

func nodeClasses() []Class {
	return []Class{
		{Name: "Node", Doc: "A suite, family, task or alias.", Virtual: true, Members: nodeMembers()},
		{Name: "NodeContainer", Base: "Node", Doc: "A suite or a family.", Virtual: true, Members: nil},
		{Name: "Submittable", Base: "Node", Doc: "A task or an alias.", Virtual: true, Members: nil},
		{Name: "Suite", Base: "NodeContainer", Doc: "A suite: the top of a tree of families and tasks.", Members: nil},
		{Name: "Family", Base: "NodeContainer", Doc: "A family: families and tasks that belong together.", Members: nil},
		{Name: "Task", Base: "Submittable", Doc: "A task: a script that is run.", Members: []Member{
			{Name: "__init__", Doc: "Make a task.", Forms: []Form{
				create("(name: str, /, *args: object, **kwargs: object) -> Task", func(a *Args) (any, error) {
					return defs.NewTask(a.Str(0))
				}),
			}},
		}},
		{Name: "Alias", Base: "Submittable", Doc: "A copy of a task with a script of its own.", Virtual: true, Members: nil},
	}
}

func nodeMembers() []Member {
	return []Member{
		{Name: "name", Pure: true, Cache: NameCache, Doc: "The node's own name.",
			Forms: get("() -> str", func(n *defs.Node) any { return n.Name() })},
		{Name: "get_state", Pure: true, Cache: StateCache, Doc: "The node's state.",
			Forms: get("() -> State", func(n *defs.Node) any { return int(n.State()) })},
		{Name: "get_abs_node_path", Pure: true, Cache: PathCache, Doc: "The absolute path.",
			Forms: get("() -> str", func(n *defs.Node) any { return n.Path() })},
	}
}
