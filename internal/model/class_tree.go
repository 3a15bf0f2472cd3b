package model

import (
	"fmt"
	"slices"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// noAttribute is the error about an attribute that an object does not have.
func noAttribute(format string, args ...any) error {
	return fault.New(fault.Attribute, fmt.Sprintf(format, args...))
}

// kindOfClass is the kind of the nodes of a class.
var kindOfClass = map[string]defs.Kind{"Suite": defs.KindSuite, "Family": defs.KindFamily, "Task": defs.KindTask, "Alias": defs.KindAlias}

// treeMembers are the special methods of a class of nodes; long says that its nodes may be large.
func treeMembers(class string, long bool) []Member {
	return []Member{
		{Name: "__str__", Pure: true, Long: long, Doc: "The text as a definition has it, in the style of PrintStyle.",
			Forms: get("() -> str", func(n *defs.Node) any { return nodeText(n) })},
		{Name: "__repr__", Pure: true, Ours: true, Doc: "What it is: class, path, state, and how many nodes are directly below.",
			Forms: get("() -> str", func(n *defs.Node) any { return nodeRepr(class, n) })},
		{Name: "__eq__", Pure: true, Long: long, Doc: "Equal in names, attributes and states, all nodes below included; where the nodes stand does not count.",
			Forms: one("(other: "+class+", /) -> bool", func(n *defs.Node, a *Args) (any, error) { return n.Equal(a.Node(0)), nil })},
		{Name: "__copy__", Pure: true, Long: long, Doc: "A copy of the node and all below it, which has no parent yet.",
			Forms: get("() -> "+class, func(n *defs.Node) any { return n.Copy() })},
		{Name: "__deepcopy__", Pure: true, Long: long, Ours: true, Doc: "As __copy__: a copy shares nothing with the original.",
			Forms: one("(memo: ignored = None, /) -> "+class, func(n *defs.Node, _ *Args) (any, error) { return n.Copy(), nil })},
	}
}

// entering makes a class fit for with: nothing happens at the end.
func entering() []Member {
	return []Member{
		{Name: "__enter__", Pure: true, Doc: "with: the object itself; nothing happens at the end.", Forms: []Form{{"() -> Self", func(any, *Args) (any, error) { return nil, nil }}}},
		{Name: "__exit__", Pure: true, Doc: "The end of with: False, exceptions go on.",
			Forms: []Form{{"(type: ignored, value: ignored, traceback: ignored, /) -> bool", func(any, *Args) (any, error) { return false, nil }}}},
	}
}

// creating is the constructor of a class of nodes.
func creating(class, doc string, checked bool) Member {
	kind := kindOfClass[class]
	forms := []Form{
		create("(name: str, /, *args: object, **kwargs: object) -> "+class, func(a *Args) (any, error) {
			n, err := defs.NewNode(kind, a.Str(0))
			if err != nil {
				return nil, err
			}
			if err := addNew(n, a.List(1), a.At(2)); err != nil {
				return nil, err
			}
			return n, nil
		}),
	}
	named := "(name: str) -> " + class
	if checked {
		named = "(name: str, check: bool = True) -> " + class
	}
	forms = append(forms, create(named, func(a *Args) (any, error) {
		if !a.BoolOr(1, true) {
			return defs.NewNodeUnchecked(kind, a.Str(0)), nil
		}
		return orNil(defs.NewNode(kind, a.Str(0)))
	}))
	return Member{Name: "__init__", Doc: doc, Forms: forms}
}

const creatingDoc = "\n\nname: letters, digits, underscores, and dots but at the beginning. RuntimeError otherwise.\n" +
	"args, kwargs: what add() takes; when one of them is refused there is no node, and children are free again."

// holding are the members of what has nodes below it.
func holding() []Member {
	return []Member{
		{Name: "__len__", Pure: true, Doc: "How many nodes are directly below.", Forms: get("() -> int", func(n *defs.Node) any { return len(n.Children()) })},
	}
}

func containing() []Member {
	return []Member{{Name: "__contains__", Pure: true, Doc: "Whether a node of that name is directly below.",
		Forms: one("(name: str, /) -> bool", func(n *defs.Node, a *Args) (any, error) { return n.Child(a.Str(0)) != nil, nil })}}
}

func suiteMembers() []Member {
	clock := func(name, doc string, add func(n *defs.Node, c defs.ClockAttr, now time.Time) error) Member {
		return Member{Name: name, Doc: doc, Forms: one("(clock: Clock, /) -> Self", func(n *defs.Node, a *Args) (any, error) {
			return nil, add(n, value[defs.ClockAttr](a, 0), time.Now())
		})}
	}
	return slices.Concat([]Member{
		creating("Suite", "Make a suite."+creatingDoc, true),
		clock("add_clock", "Give the suite a clock. RuntimeError if it has one, and if it would start after the end clock.", (*defs.Node).AddClock),
		clock("add_end_clock", "Say when a simulation of the suite ends. RuntimeError if that has been said, and if it is before the clock starts.", (*defs.Node).AddEndClock),
		getter("get_clock", "Optional[Clock]", "The clock, or None.", func(n *defs.Node) any { return n.Clock() }),
		getter("get_end_clock", "Optional[Clock]", "When a simulation ends, or None.", func(n *defs.Node) any { return n.EndClock() }),
		getter("begun", "bool", "Whether the suite has begun.", func(n *defs.Node) any { return n.Begun() }),
	}, holding(), containing(), entering(), treeMembers("Suite", true))
}

// addClock gives a suite a clock, by add().
func addClock(n *defs.Node, c *defs.ClockAttr) error {
	if n.Kind() != defs.KindSuite {
		return argf("ExportNode::add() : Can only add a clock to a suite")
	}
	return n.AddClock(*c, time.Now())
}

func familyMembers() []Member {
	return slices.Concat([]Member{creating("Family", "Make a family."+creatingDoc, true)}, holding(), containing(), entering(), treeMembers("Family", true))
}

func taskMembers() []Member {
	aliases := func(n *defs.Node) any { return n.Children() }
	return slices.Concat([]Member{
		creating("Task", "Make a task."+creatingDoc, false),
		{Name: "__iter__", Pure: true, Doc: "The aliases, in order.", Forms: get("() -> Iterator[Alias]", aliases)},
		property("aliases", "List[Alias]", "The aliases, in order.", aliases),
		property("nodes", "List[Alias]", "The aliases, in order.", aliases),
	}, holding(), entering(), treeMembers("Task", false))
}

func submittableMembers() []Member {
	return []Member{
		getter("get_jobs_password", "str", "The password that the job shows the server, '' before it is submitted.", func(n *defs.Node) any { return n.Password() }),
		getter("get_process_or_remote_id", "str", "The job's process id, or its id in a queue; '' before it runs.", func(n *defs.Node) any { return n.ProcessID() }),
		getter("get_try_no", "str", "How often the job was submitted since the last requeue, as text.", func(n *defs.Node) any { return fmt.Sprint(n.TryNo()) }),
		getter("get_int_try_no", "int", "How often the job was submitted since the last requeue.", func(n *defs.Node) any { return n.TryNo() }),
		getter("get_aborted_reason", "str", "Why the job aborted, '' if it did not or did not tell.", func(n *defs.Node) any { return n.AbortReason() }),
	}
}

func containerMembers() []Member {
	children := func(n *defs.Node) any { return n.Children() }
	return []Member{
		{Name: "__iter__", Pure: true, Doc: "The nodes directly below, in order.", Forms: get("() -> Iterator[Node]", children)},
		property("nodes", "List[Node]", "The nodes directly below, in order.", children),
		{Name: "add_family", Doc: "Add a family, last, and return it. RuntimeError if the name is taken or cannot be one, and if the family has a parent.\n\n" +
			">>> s = ecflow.Suite('s')\n>>> f = s.add_family('f')\n>>> f is s.add_family(ecflow.Family('g')).get_parent().find_family('f')\nTrue",
			Forms: adding("Family", (*defs.Node).AddFamily)},
		{Name: "add_task", Doc: "Add a task, last, and return it. RuntimeError if the name is taken or cannot be one, and if the task has a parent.",
			Forms: adding("Task", (*defs.Node).AddTask)},
		{Name: "find_node", Pure: true, Doc: "The family or task of that name directly below, or None.",
			Forms: one("(name: str, /) -> Optional[Node]", func(n *defs.Node, a *Args) (any, error) { return n.Child(a.Str(0)), nil })},
		finding("find_family", "Family"), finding("find_task", "Task"),
	}
}

func adding(class string, add func(n *defs.Node, name string) (*defs.Node, error)) []Form {
	return []Form{
		{"(name: str, /) -> " + class, on(func(n *defs.Node, a *Args) (any, error) { return orNil(add(n, a.Str(0))) })},
		{"(node: " + class + ", /) -> " + class, on(func(n *defs.Node, a *Args) (any, error) { return a.Node(0), n.AddChild(a.Node(0), -1) })},
	}
}

func finding(name, class string) Member {
	return Member{Name: name, Pure: true, Doc: "The " + kindOfClass[class].String() + " of that name directly below, or None.",
		Forms: one("(name: str, /) -> Optional["+class+"]", func(n *defs.Node, a *Args) (any, error) {
			if c := n.Child(a.Str(0)); c != nil && c.Kind() == kindOfClass[class] {
				return c, nil
			}
			return nil, nil
		})}
}
