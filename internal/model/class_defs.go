package model

import (
	"slices"
	"strconv"
	"unsafe"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
)

type tree = defs.Defs

func defsClasses() []Class {
	return strict([]Class{{Name: "Defs", Type: (*tree)(nil),
		Members: slices.Concat(defsMaking(), defsAdding(), defsReading(), defsFinding(), defsRunning(), defsJobs(), defsFiles(), entering(), defsOurs()),
		Doc: "A definition: suites, and what a server knows beside them.\n\n" +
			">>> defs = ecflow.Defs(ecflow.Suite('s', ecflow.Family('f', ecflow.Task('t'))))\n>>> len(defs), 's' in defs, defs.s.f.t.get_abs_node_path()\n(1, True, '/s/f/t')\n" +
			">>> print(defs, end='')\n#5.19.0\nsuite s\n  family f\n    task t\n  endfamily\nendsuite\n# enddef\n\n" +
			"Suites, and variables of users and the server, are attributes of the Python object as well: defs.s, defs.ECF_HOME.\n\n" +
			"source: libs/node Defs.hpp, libs/pyext ExportDefs.cpp."}})
}

func defsMaking() []Member {
	return []Member{
		{Name: "__init__", Long: true, Doc: "Make an empty definition, read one from a file, or make one of what add() takes.\n\n" +
			"ParseError, a RuntimeError, tells all mistakes of a file with line and column; CheckError of expressions that refer to what is\n" +
			"not there. Warnings are printed.",
			Forms: []Form{
				create("() -> Defs", func(*Args) (any, error) { return newDefs(), nil }),
				create("(filename: str, /) -> Defs", readDefs),
				create("(*args: object, **kwargs: object) -> Defs", func(a *Args) (any, error) {
					d := newDefs()
					return orNil(d, addToDefs(d, a.List(0), a.At(1)))
				}),
			}},
		{Name: "__str__", Pure: true, Long: true, Doc: "The whole text, in the style of PrintStyle.",
			Forms: get("() -> str", func(d *tree) any { return textOf(text.Append(nil, d, currentStyle())) })},
		{Name: "__repr__", Pure: true, Ours: true, Doc: "What it is: how many suites, and the first of their names.", Forms: get("() -> str", func(d *tree) any { return defsRepr(d) })},
		{Name: "__eq__", Pure: true, Long: true, Doc: "Equal in states, variables and suites, in order; externs and edit history do not count.",
			Forms: one("(other: Defs, /) -> bool", func(d *tree, a *Args) (any, error) { return d.Equal(arg[*tree](a, 0)), nil })},
		{Name: "__copy__", Pure: true, Long: true, Doc: "An independent copy, without externs and edit history.", Forms: get("() -> Defs", func(d *tree) any { return d.Copy() })},
		{Name: "__deepcopy__", Pure: true, Long: true, Ours: true, Doc: "An independent copy of everything, externs and edit history too.",
			Forms: one("(memo: ignored = None, /) -> Defs", func(d *tree, _ *Args) (any, error) { return d.Clone(), nil })},
		{Name: "__len__", Pure: true, Doc: "How many suites there are.", Forms: get("() -> int", func(d *tree) any { return len(d.Suites()) })},
		{Name: "__contains__", Pure: true, Doc: "Whether there is a suite of that name.",
			Forms: one("(name: str, /) -> bool", func(d *tree, a *Args) (any, error) { return d.Suite(a.Str(0)) != nil, nil })},
		{Name: "__iter__", Pure: true, Doc: "The suites, in order.", Forms: get("() -> Iterator[Suite]", func(d *tree) any { return d.Suites() })},
		{Name: "__getattr__", Pure: true, Doc: "The suite of a name, or the definition's variable.\n\nAttributeError, which is a RuntimeError too, when there is none.",
			Forms: one("(name: str, /) -> object", func(d *tree, a *Args) (any, error) { return defsAttribute(d, a.Str(0)) })},
	}
}

func defsAttribute(d *tree, name string) (any, error) {
	if s := d.Suite(name); s != nil {
		return s, nil
	}
	if value, ok := d.Variable(name); ok {
		return defs.Variable{Name: name, Value: value}, nil
	}
	return nil, noAttribute("ExportDefs::defs_getattr : function of name '%s' does not exist *OR* suite or defs variable", name)
}

func defsAdding() []Member {
	item := func(d *tree, a *Args) (any, error) { return nil, addToDefs(d, a.V[:1], &absent) }
	variable := func(d *tree, a *Args) (any, error) {
		text, _ := a.At(1).text()
		v, err := defs.NewVariable(a.Str(0), text)
		if err == nil {
			d.AddVariable(v)
		}
		return nil, err
	}
	return []Member{
		{Name: "add", Doc: "Add suites and variables, and return the definition itself.\n\n" +
			"args: Suite, Variable, Edit, dicts of variables, lists of all these; None is nothing. Keywords are variables.\n\n" +
			">>> defs = ecflow.Defs()\n>>> defs.add(ecflow.Suite('s1'), [ecflow.Suite('s2')], ECF_HOME='/tmp') is defs\nTrue\n>>> [s.name() for s in defs]\n['s1', 's2']\n\n" +
			"A suite of another definition is copied; add_suite() refuses it. RuntimeError for what cannot be added, and when the name of a suite\n" +
			"is taken; then nothing of all is added.\n\n" +
			"source: libs/pyext ExportDefs.cpp; 5.19.0 copies every suite, the versions before it none.",
			Forms: one("(*args: object, **kwargs: object) -> Self", func(d *tree, a *Args) (any, error) { return nil, addToDefs(d, a.List(0), a.At(1)) })},
		{Name: "__add__", Doc: "As add() with one argument: it changes the definition, and gives the definition itself.", Forms: one("(item: object, /) -> Self", item)},
		{Name: "__iadd__", Doc: "As add() with one argument.\n\n>>> defs = ecflow.Defs()\n>>> defs += [ecflow.Suite('a'), ecflow.Suite('b')]\n>>> len(defs)\n2",
			Forms: one("(item: object, /) -> Self", item)},
		{Name: "add_suite", Doc: "Add a suite, last, and return it.\n\n>>> defs = ecflow.Defs()\n>>> s = defs.add_suite('s')\n>>> s.get_defs() is defs\nTrue\n\n" +
			"RuntimeError if the name is taken or cannot be one, and if another definition has the suite: remove() it there first.",
			Forms: []Form{
				{"(suite: Suite, /) -> Suite", on(func(d *tree, a *Args) (any, error) { return a.Node(0), d.Add(a.Node(0), -1) })},
				{"(name: str, /) -> Suite", on(func(d *tree, a *Args) (any, error) { return orNil(d.AddSuite(a.Str(0))) })},
			}},
		{Name: "add_variable", Doc: "Add variables for all suites, or change their values. Returns the definition itself. RuntimeError for names that cannot be one.",
			Forms: []Form{
				{"(name: str, value: str, /) -> Self", on(variable)}, {"(name: str, value: int, /) -> Self", on(variable)},
				{"(variable: Variable, /) -> Self", on(item)}, {"(variables: dict, /) -> Self", on(item)},
			}},
		{Name: "delete_variable", Doc: "Delete the user's variable of that name, if there is one; '' deletes all.",
			Forms: one("(name: str, /) -> None", func(d *tree, a *Args) (any, error) { d.DeleteVariable(a.Str(0)); return nil, nil })},
		{Name: "add_extern", Doc: "Declare that a path, perhaps with a name after a colon, is of another definition: check() does not look for it.\n\n" +
			">>> defs = ecflow.Defs()\n>>> defs.add_extern('/other/task:event')\n>>> defs.externs\n{'/other/task:event'}\n\nRuntimeError for ''.",
			Forms: one("(path: str, /) -> None", func(d *tree, a *Args) (any, error) { return nil, d.AddExtern(a.Str(0)) })},
		{Name: "auto_add_externs", Long: true, Doc: "Declare as externs all that expressions and inlimits refer to though it is not there; first forget those there are if asked to.",
			Forms: one("(remove_existing: bool, /) -> None", func(d *tree, a *Args) (any, error) { return nil, d.AutoAddExterns(a.Bool(0)) })},
		{Name: "sort_attributes", Long: true, Doc: "Sort the definition's variables by name, case not counting, and when recursive the attributes of all nodes.\n\n" +
			"attribute_type: 'event', 'meter', 'label', 'limit', 'variable' or 'all'; RuntimeError for others.\nno_sort: paths of nodes that stay as they are; those below them do not.",
			Forms: sortForms(func(d *tree, k defs.AttrKind, recursive bool, except []string) {
				d.SortAttributes(k, recursive, except)
			}, func(name string) string { return name })},
	}
}

func defsReading() []Member {
	return []Member{
		property("suites", "Iterator[Suite]", "The suites, in order.", func(d *tree) any { return d.Suites() }),
		property("externs", "Set[str]", "The paths that are of other definitions.", func(d *tree) any { return slices.Clone(d.Externs()) }),
		property("user_variables", "VariableList", "The variables that users have added.", func(d *tree) any { return d.UserVariables() }),
		property("server_variables", "VariableList", "The variables of the server, or those it would have.", func(d *tree) any { return d.ServerVariables() }),
		getter("get_state", "State", "The state of all suites together.", func(d *tree) any { return int(d.State()) }),
		getter("get_server_state", "SState", "The state of the server.", func(d *tree) any { return int(d.ServerState()) }),
		getter("has_time_dependencies", "bool", "Whether any task has a time, today, date, day, cron or Aviso attribute.",
			func(d *tree) any { return slices.ContainsFunc(d.Suites(), (*defs.Node).HasTimes) }),
		{Name: "get_all_nodes", Pure: true, Doc: "All nodes, depth first.", Forms: get("() -> NodeVec", func(d *tree) any { return slices.Collect(d.All()) })},
		{Name: "get_all_tasks", Pure: true, Doc: "All tasks, depth first.", Forms: get("() -> TaskVec", func(d *tree) any {
			var tasks []*defs.Node
			for n := range d.All() {
				if n.Kind() == defs.KindTask {
					tasks = append(tasks, n)
				}
			}
			return tasks
		})},
	}
}

// kindNamed is the kind of a name, whose case does not count.
func kindNamed(name string, kinds ...defs.Kind) (defs.Kind, bool) {
	for _, k := range kinds {
		if foldEqual(name, k.String()) {
			return k, true
		}
	}
	return 0, false
}

func defsFinding() []Member {
	return []Member{
		{Name: "find_suite", Pure: true, Doc: "The suite of that name, or None.",
			Forms: one("(name: str, /) -> Optional[Suite]", func(d *tree, a *Args) (any, error) { return d.Suite(a.Str(0)), nil })},
		{Name: "find_abs_node", Pure: true, Doc: "The node at an absolute path, or None.\n\n" +
			">>> defs = ecflow.Defs(ecflow.Suite('s', ecflow.Task('t')))\n>>> defs.find_abs_node('/s/t') is defs.s.t, defs.find_abs_node('/s/x')\n(True, None)",
			Forms: one("(path: str, /) -> Optional[Node]", func(d *tree, a *Args) (any, error) { return d.Find(a.Str(0)), nil })},
		{Name: "find_node", Pure: true, Doc: "The node at an absolute path if it is of a kind, or None.\n\n" +
			"type: 'suite', 'family', 'task' or 'alias'; RuntimeError for others if there is such a node.",
			Forms: one("(type: str, path: str, /) -> Optional[Node]", func(d *tree, a *Args) (any, error) {
				n := d.Find(a.Str(1))
				if n == nil {
					return nil, nil
				}
				k, ok := kindNamed(a.Str(0), defs.KindTask, defs.KindFamily, defs.KindSuite, defs.KindAlias)
				if !ok {
					return nil, argf("Defs::find_node: Node of type can't be found %s", a.Str(0))
				}
				if n.Kind() != k {
					return nil, nil
				}
				return n, nil
			})},
		{Name: "find_node_path", Pure: true, Doc: "The path of the first suite, family or task of a name, depth first; '' when there is none.\n\n" +
			">>> ecflow.Defs(ecflow.Suite('s', ecflow.Task('t'))).find_node_path('task', 't')\n'/s/t'",
			Forms: one("(type: str, name: str, /) -> str", func(d *tree, a *Args) (any, error) {
				k, ok := kindNamed(a.Str(0), defs.KindTask, defs.KindFamily, defs.KindSuite)
				if !ok {
					return "", nil
				}
				return d.PathOf(k, a.Str(1)), nil
			})},
	}
}

func foldEqual(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if a[i]|0x20 != b[i]|0x20 {
			return false
		}
	}
	return true
}

// defsRepr is repr() of a definition.
func defsRepr(d *tree) string {
	const most = 3
	out := "<ecflow.Defs of " + counted(len(d.Suites()), "suite")
	for i, s := range d.Suites() {
		if i == most {
			out += ", ..."
			break
		}
		out += [...]string{": ", ", "}[min(i, 1)] + s.Name()
	}
	return out + ">"
}

// nodeRepr is repr() of a node.
func nodeRepr(class string, n *defs.Node) string {
	out := "<ecflow." + class + " " + n.Path() + " (" + n.DState().String() + ")"
	if below := len(n.Children()); below > 0 {
		out += " with " + counted(below, "node")
	}
	return out + ">"
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}

// textOf is bytes that nobody will change any more, as a text.
func textOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
