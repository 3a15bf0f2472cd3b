package model

import (
	"fmt"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// nodeReading are the members that tell the node's state, and what it has one of.
func nodeReading() []Member {
	return []Member{
		getter("get_dstate", "DState", "The state as people see it: suspended goes before all others.", func(n *defs.Node) any { return int(n.DState()) }),
		getter("get_defstatus", "DState", "The state that the node takes at begin and requeue.", func(n *defs.Node) any { return int(n.DefStatus()) }),
		getter("is_suspended", "bool", "Whether the node itself is suspended.", func(n *defs.Node) any { return n.Suspended() }),
		getter("get_flag", "Flag", "The node's marks: its own, not a copy.", func(n *defs.Node) any { return n.StateMarks() }),
		{Name: "get_state_change_time", Pure: true, Doc: "When the node came into its state, by the clock of its suite; 'not-a-date-time' before that begins.\n\n" +
			"format: 'iso_extended' (2030-01-31T10:30:00), 'iso' (20300131T103000), or anything else (2030-Jan-31 10:30:00).",
			Forms: one("(format: str = 'iso_extended') -> str", func(n *defs.Node, a *Args) (any, error) { return changeTime(n, a.StrOr(0, "iso_extended")), nil })},
		getter("get_trigger", "Optional[Expression]", "The trigger: the node's own, not a copy. None if there is none.", func(n *defs.Node) any { return n.Trigger() }),
		getter("get_complete", "Optional[Expression]", "The complete expression: the node's own, not a copy. None if there is none.",
			func(n *defs.Node) any { return n.Complete() }),
		getter("evaluate_trigger", "bool", "Whether the trigger holds now. False without a trigger.", func(n *defs.Node) any { return n.EvaluateTrigger() }),
		getter("evaluate_complete", "bool", "Whether the complete expression holds now. False without one.", func(n *defs.Node) any { return n.EvaluateComplete() }),
		getter("get_repeat", "Repeat", "The repeat: the node's own, not a copy; an empty one, see empty(), if there is none.", func(n *defs.Node) any { return wrapRepeat(n) }),
		getter("get_late", "Optional[Late]", "The late attribute: the node's own, not a copy. None if there is none.", func(n *defs.Node) any { return n.Late() }),
		getter("get_autocancel", "Optional[Autocancel]", "A copy of the autocancel; None if there is none.", func(n *defs.Node) any { return copyOrNil(n.AutoCancel()) }),
		getter("get_autoarchive", "Optional[Autoarchive]", "A copy of the autoarchive; None if there is none.", func(n *defs.Node) any { return copyOrNil(n.AutoArchive()) }),
		getter("get_autorestore", "Optional[Autorestore]", "A copy of the autorestore; None if there is none.", func(n *defs.Node) any { return copyOrNil(n.AutoRestore()) }),
		getter("has_time_dependencies", "bool", "Whether a task here or below has a time, today, date, day, cron or Aviso attribute; those of suites and families do not count.",
			func(n *defs.Node) any { return n.HasTimes() }),
		{Name: "update_generated_variables", Doc: "Bring the generated variables up to date; here they always are, the method is the original's.",
			Forms: one("() -> None", func(*defs.Node, *Args) (any, error) { return nil, nil })},
		{Name: "get_generated_variables", Pure: true, Doc: "The variables that the node makes by itself.\n\n" +
			">>> [v.name() for v in ecflow.Family('f').get_generated_variables()]\n['FAMILY', 'FAMILY1', 'ECF_DIRNAME', 'ECF_BASENAME']\n\n" +
			"With a VariableList they are appended to it, and nothing is returned.",
			Forms: []Form{
				{"() -> List[Variable]", on(func(n *defs.Node, _ *Args) (any, error) { return n.Generated(), nil })},
				{"(variables: VariableList, /) -> Extends[Variable]", on(func(n *defs.Node, _ *Args) (any, error) { return n.Generated(), nil })},
			}},
	}
}

// copyOrNil is a copy of a value, or nil.
func copyOrNil[T any](v *T) any {
	if v == nil {
		return nil
	}
	return copied(v)
}

// changeTime is when the node came into its state.
//
// source: libs/node Node.cpp, state_change_time; the formats are those of Boost.
func changeTime(n *defs.Node, format string) string {
	s := n.Suite()
	if s == nil {
		return "not-a-date-time"
	}
	c := s.Calendar()
	if !c.Begun() {
		return "not-a-date-time"
	}
	at := c.Init.Add(n.StateSince())
	layout := "2006-Jan-02 15:04:05"
	switch format {
	case "iso_extended":
		layout = "2006-01-02T15:04:05"
	case "iso":
		layout = "20060102T150405"
	}
	text := at.Format(layout)
	if rest := at.Nanosecond() / int(time.Microsecond); rest != 0 {
		text += fmt.Sprintf(".%06d", rest)
	}
	return text
}

// each makes a list of copies.
func each[T any](items []T) []any {
	out := make([]any, len(items))
	for i := range items {
		out[i] = copied(&items[i])
	}
	return out
}

// places makes a list of the items themselves.
func places[T any](items []T) []any {
	out := make([]any, len(items))
	for i := range items {
		out[i] = &items[i]
	}
	return out
}

// nodeAttributes are the properties that list attributes.
func nodeAttributes() []Member {
	list := func(name, item, what string, f func(n *defs.Node) []any) Member {
		return property(name, "List["+item+"]", "The "+what+", in order.", func(n *defs.Node) any { return f(n) })
	}
	return []Member{
		property("variables", "VariableList", "The user's variables, in order.\n\n>>> [str(v) for v in ecflow.Task('t', A=1).variables]\n[\"edit A '1'\"]",
			func(n *defs.Node) any { return n.Variables() }),
		list("events", "Event", "events", func(n *defs.Node) []any { return each(n.Events()) }),
		list("meters", "Meter", "meters", func(n *defs.Node) []any { return each(n.Meters()) }),
		list("labels", "Label", "labels", func(n *defs.Node) []any { return each(n.Labels()) }),
		list("limits", "Limit", "limits: the node's own, not copies", func(n *defs.Node) []any {
			out := make([]any, len(n.Limits()))
			for i, l := range n.Limits() {
				out[i] = l
			}
			return out
		}),
		list("inlimits", "InLimit", "inlimits", func(n *defs.Node) []any { return each(n.InLimits()) }),
		list("times", "Time", "times", func(n *defs.Node) []any { return each(n.Times()) }),
		list("todays", "Today", "todays", func(n *defs.Node) []any { return each(n.Todays()) }),
		list("dates", "Date", "dates", func(n *defs.Node) []any { return each(n.Dates()) }),
		list("days", "Day", "days", func(n *defs.Node) []any { return each(n.Days()) }),
		list("crons", "Cron", "crons: the node's own, not copies", func(n *defs.Node) []any { return places(n.Crons()) }),
		list("verifies", "Verify", "verify attributes", func(n *defs.Node) []any { return each(n.Verifies()) }),
		list("zombies", "ZombieAttr", "zombie attributes", func(n *defs.Node) []any { return each(n.Zombies()) }),
		list("queues", "Queue", "queues", func(n *defs.Node) []any {
			out := make([]any, len(n.Queues()))
			for i := range n.Queues() {
				q := n.Queues()[i].Clone()
				out[i] = &q
			}
			return out
		}),
		list("generics", "Generic", "generic attributes", func(n *defs.Node) []any { return each(n.Generics()) }),
		list("avisos", "AvisoAttr", "Aviso attributes: one at most", func(n *defs.Node) []any { return each(n.Avisos()) }),
		list("mirrors", "MirrorAttr", "mirror attributes: one at most", func(n *defs.Node) []any { return each(n.Mirrors()) }),
	}
}

// nodeChanging are the members that change what is there.
func nodeChanging() []Member {
	change := func(name, what string, f func(n *defs.Node, text string) error) Member {
		return Member{Name: name, Doc: "Put another " + what + " in place of the one there is, if any.\n\n" +
			"RuntimeError if the text cannot be parsed, or names nodes and attributes that are not there; the old one stays.",
			Forms: one("(expression: str, /) -> None", func(n *defs.Node, a *Args) (any, error) { return nil, f(n, a.Str(0)) })}
	}
	return []Member{
		change("change_trigger", "trigger", (*defs.Node).ChangeTrigger),
		change("change_complete", "complete expression", (*defs.Node).ChangeComplete),
		{Name: "sort_attributes", Doc: "Sort attributes by name, case not counting.\n\n" + sortDoc,
			Forms: sortForms(func(n *defs.Node, k defs.AttrKind, recursive bool, except []string) {
				n.SortAttributes(k, recursive, except)
			}, strings.ToLower)},
		{Name: "replace_on_server", Pure: true, Long: true, Apart: true, Doc: "Put the node in place of the one of the same path on a server; nodes above are made as needed.\n\n" +
			"suspend_node_first: suspend the node there before. force: even if it has tasks that run.\n" +
			"Without client, host and port: the server that the environment names.\n\n" +
			"RuntimeError if the node is of no definition, and for all that a client can meet.\n\nsource: libs/pyext ExportNode.cpp.",
			Forms: replaceForms()},
	}
}

const sortDoc = "attribute_type: 'event', 'meter', 'label', 'limit', 'variable' or 'all'; RuntimeError for others.\n" +
	"recursive: also below. no_sort: paths of nodes that stay as they are; those below them do not.\n\n" +
	">>> t = ecflow.Task('t', B=1, A=2)\n>>> t.sort_attributes('variable')\n>>> [v.name() for v in t.variables]\n['A', 'B']"

// sortForms are the overloads of sort_attributes(); lower is what is done to names of kinds.
func sortForms[T any](sort func(self T, k defs.AttrKind, recursive bool, except []string), lower func(string) string) []Form {
	run := func(self T, a *Args, k defs.AttrKind) (any, error) {
		except, err := a.strs(2)
		if err == nil {
			sort(self, k, a.BoolOr(1, true), except)
		}
		return nil, err
	}
	return []Form{
		{"(attribute_type: str, recursive: bool = True, no_sort: list = []) -> None", on(func(self T, a *Args) (any, error) {
			name := lower(a.Str(0))
			k, ok := defs.ParseAttrKind(name)
			if !ok {
				return nil, argf("sort_attributes: the attribute %s is not valid", name)
			}
			return run(self, a, k)
		})},
		{"(attribute_type: AttrType, recursive: bool = True, no_sort: list = []) -> None", on(func(self T, a *Args) (any, error) {
			k, err := enum(a, 0, "AttrType", int(defs.AttrEvent), int(defs.AttrAll))
			if err != nil {
				return nil, err
			}
			return run(self, a, defs.AttrKind(k))
		})},
	}
}
