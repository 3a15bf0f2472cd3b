package model

import "github.com/ecflow-go/ecflow/defs"

func attributeClasses() []Class {
	return strict([]Class{
		eventClass(), meterClass(), labelClass(), limitClass(), inLimitClass(), queueClass(), genericClass(), verifyClass(),
		lateClass(), autocancelClass(), autoarchiveClass(), autorestoreClass(), defstatusClass(), flagClass(), zombieAttrClass(),
		avisoClass(), mirrorClass(),
	})
}

func eventClass() Class {
	type event = defs.Event
	return Class{Name: "Event", Type: (*event)(nil),
		Doc: "A mark that a task sets while it runs, for others to wait for.\n\n" +
			"It has a number, a name, or both; texts that begin with a digit and are numbers count as numbers.\n\n" +
			">>> str(ecflow.Event(1))\n'event 1 '\n" +
			">>> str(ecflow.Event('done', True))\n'event done set'\n" +
			">>> ecflow.Event(2, 'half').name_or_number()\n'half'\n\n" +
			"source: libs/attribute NodeAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make an event of a number, a name, or both.\n\n" +
				"name: letters, digits, underscores, and dots but at the beginning.\n" +
				"initial_state: its value after begin and requeue.\n\n" +
				"RuntimeError for other names, and when there is neither name nor number.", Forms: []Form{
				create("(number: int, name: str = '', initial_state: bool = False) -> Event", func(a *Args) (any, error) {
					e, err := defs.NewNumberedEvent(a.Int(0), a.Str(1), a.Bool(2))
					return &e, err
				}),
				create("(name: str = '', initial_state: bool = False) -> Event", func(a *Args) (any, error) {
					e, err := defs.NewEvent(a.Str(0), a.Bool(1))
					return &e, err
				}),
			}},
			getter("name", "str", "The name, '' for an event that has a number only.", func(e *event) any { return e.Name }),
			getter("number", "int", "The number, 2147483647 for an event that has a name only.", func(e *event) any { return e.Number }),
			getter("name_or_number", "str", "The name, or the number in text when there is no name.", func(e *event) any { return e.NameOrNumber() }),
			getter("value", "bool", "True while the event is set.", func(e *event) any { return e.Value }),
			getter("initial_value", "bool", "The value that begin and requeue give it.", func(e *event) any { return e.Initial }),
			getter("empty", "bool", "True for the event that stands for none, as a find that found nothing gives.",
				func(e *event) any { return e.Name == "" && !e.HasNumber() }),
		}, traits[event]{text: texted[event], equal: same[event], less: func(a, b *event) bool { return a.Less(*b) }, clone: copied[event]}.members("Event"))}
}

func meterClass() Class {
	type meter = defs.Meter
	return Class{Name: "Meter", Type: (*meter)(nil),
		Doc: "A number that a task moves between two bounds while it runs.\n\n" +
			">>> m = ecflow.Meter('progress', 0, 100, 90)\n>>> str(m)\n'meter progress 0 100 90'\n>>> m.value()\n0\n\n" +
			"source: libs/attribute NodeAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make a meter, whose value is min.\n\n" +
				"color_change: from where on viewers show it in another colour; max unless given.\n\n" +
				"RuntimeError for a name that cannot be one; IndexError unless min <= color_change <= max.", Forms: []Form{
				create("(name: str, min: int, max: int = 2147483647, color_change: int = 2147483647) -> Meter", func(a *Args) (any, error) {
					m, err := defs.NewMeter(a.Str(0), a.Int(1), a.IntOr(2, defs.NoNumber), a.IntOr(3, defs.NoNumber))
					return &m, err
				}),
			}},
			getter("name", "str", "The name.", func(m *meter) any { return m.Name }),
			getter("min", "int", "The lowest value, which begin and requeue give it.", func(m *meter) any { return m.Min }),
			getter("max", "int", "The highest value.", func(m *meter) any { return m.Max }),
			getter("value", "int", "The current value.", func(m *meter) any { return m.Value }),
			getter("color_change", "int", "From where on viewers show it in another colour.", func(m *meter) any { return m.ColorChange }),
			getter("empty", "bool", "True for the meter that stands for none, as a find that found nothing gives.",
				func(m *meter) any { return m.Name == "" }),
		}, traits[meter]{text: texted[meter], equal: same[meter], less: func(a, b *meter) bool { return a.Name < b.Name }, clone: copied[meter]}.members("Meter"))}
}

func labelClass() Class {
	type label = defs.Label
	return Class{Name: "Label", Type: (*label)(nil),
		Doc: "A text for people to read, which a task may replace while it runs.\n\n" +
			">>> l = ecflow.Label('info', 'not started')\n>>> l.value(), l.new_value()\n('not started', '')\n\n" +
			"source: libs/attribute NodeAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make a label. The text may have several lines. RuntimeError for a name that cannot be one.", Forms: []Form{
				create("(name: str, value: str, /) -> Label", func(a *Args) (any, error) {
					l, err := defs.NewLabel(a.Str(0), a.Str(1))
					return &l, err
				}),
			}},
			getter("name", "str", "The name.", func(l *label) any { return l.Name }),
			getter("value", "str", "The text of the definition.", func(l *label) any { return l.Value }),
			getter("new_value", "str", "The text that a task or user has put in its place, '' until then.", func(l *label) any { return l.New }),
			getter("empty", "bool", "True for the label that stands for none, as a find that found nothing gives.",
				func(l *label) any { return l.Name == "" }),
		}, traits[label]{
			text:  texted[label],
			equal: same[label], less: func(a, b *label) bool { return a.Name < b.Name }, clone: copied[label],
		}.members("Label"))}
}

func limitClass() Class {
	type limit = defs.Limit
	change := func(f func(l *limit, tokens int, path string)) []Form {
		return one("(tokens: int, path: str, /) -> None", func(l *limit, a *Args) (any, error) {
			f(l, a.Int(0), a.Str(1))
			return nil, nil
		})
	}
	return Class{Name: "Limit", Type: (*limit)(nil),
		Doc: "A number of tokens, which nodes with an inlimit take while they are active.\n\n" +
			"What a node gives (find_limit(), limits) is the node's own limit, not a copy.\n\n" +
			">>> l = ecflow.Limit('disk', 10)\n>>> l.increment(2, '/s/t')\n>>> l.value(), l.limit(), l.node_paths()\n(2, 10, ['/s/t'])\n\n" +
			"source: libs/node Limit.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make a limit of so many tokens. RuntimeError for a name that cannot be one.", Forms: []Form{
				create("(name: str, limit: int, /) -> Limit", func(a *Args) (any, error) { return orNil(defs.NewLimit(a.Str(0), a.Int(1))) }),
			}},
			getter("name", "str", "The name.", func(l *limit) any { return l.Name }),
			getter("value", "int", "How many tokens are taken.", func(l *limit) any { return l.Value }),
			getter("limit", "int", "How many tokens there are.", func(l *limit) any { return l.Max }),
			{Name: "increment", Doc: "Take tokens for the node of a path, once for each path. Nothing bounds them.", Forms: change((*limit).Increment)},
			{Name: "decrement", Doc: "Give tokens of a path back, if it had any; never below 0.", Forms: change((*limit).Decrement)},
			getter("node_paths", "List[str]", "The paths of the nodes that have tokens, sorted.", func(l *limit) any { return append([]string{}, l.Paths...) }),
		}, traits[limit]{text: (*limit).String, equal: (*limit).Equal, less: func(a, b *limit) bool { return a.Name < b.Name }, clone: (*limit).Clone}.members("Limit"))}
}

// orNil keeps a nil pointer from becoming a value that is not nil.
func orNil[T any](v *T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return v, nil
}

func inLimitClass() Class {
	type inLimit = defs.InLimit
	form := func(signature string) Form {
		return create(signature, func(a *Args) (any, error) {
			l, err := defs.NewInLimit(a.Str(0), a.Str(1), a.IntOr(2, 1), a.Bool(3), a.Bool(4))
			return &l, err
		})
	}
	return Class{Name: "InLimit", Type: (*inLimit)(nil),
		Doc: "Says that a node takes tokens of a limit while it is active, and waits until it can.\n\n" +
			">>> str(ecflow.InLimit('disk', '/s/limits', 2))\n'inlimit /s/limits:disk 2'\n\n" +
			"source: libs/node InLimit.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Name a limit.\n\n" +
				"path: the node that has it; '' is the nearest node above that has one of that name.\n" +
				"this_node_only: the node takes tokens once, not each task below it (-n).\n" +
				"submission_only: tokens are given back as soon as the task is active (-s).\n\n" +
				"RuntimeError for a name that cannot be one, and if both are set.", Forms: []Form{
				create("() -> InLimit", func(*Args) (any, error) { return &inLimit{Tokens: 1}, nil }),
				form("(name: str, /) -> InLimit"),
				form("(name: str, path: str, /) -> InLimit"),
				form("(name: str, path: str, tokens: int, /) -> InLimit"),
				form("(name: str, path: str, tokens: int, this_node_only: bool, /) -> InLimit"),
				form("(name: str, path: str, tokens: int, this_node_only: bool, submission_only: bool, /) -> InLimit"),
			}},
			getter("name", "str", "The name of the limit.", func(l *inLimit) any { return l.Name }),
			getter("path_to_node", "str", "The path of the node that has the limit, '' for the nearest.", func(l *inLimit) any { return l.Path }),
			getter("tokens", "int", "How many tokens are taken.", func(l *inLimit) any { return l.Tokens }),
			getter("limit_this_node_only", "bool", "True if the node takes tokens once, whatever runs below it.", func(l *inLimit) any { return l.ThisNodeOnly }),
			getter("limit_submission", "bool", "True if tokens are held during submission only.", func(l *inLimit) any { return l.SubmissionOnly }),
		}, traits[inLimit]{text: texted[inLimit], equal: same[inLimit], less: func(a, b *inLimit) bool { return a.Name < b.Name }, clone: copied[inLimit]}.members("InLimit"))}
}

func queueClass() Class {
	type queue = defs.QueueAttr
	return Class{Name: "Queue", Type: (*queue)(nil),
		Doc: "Steps that are handed out one by one to whoever asks next, with the state of each.\n\n" +
			">>> q = ecflow.Queue('q', ['001', '002'])\n>>> str(q), q.value(), q.index()\n('queue q 001 002', '001', 0)\n\n" +
			"source: libs/attribute QueueAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make a queue of steps. RuntimeError for a name that cannot be one, and without steps; TypeError for steps that are no texts.", Forms: []Form{
				create("() -> Queue", func(*Args) (any, error) { return &queue{}, nil }),
				create("(name: str, steps: list, /) -> Queue", func(a *Args) (any, error) {
					return named(a, func(name string, steps []string) (any, error) {
						q, err := defs.NewQueueAttr(name, steps)
						return &q, err
					})
				}),
			}},
			getter("name", "str", "The name.", func(q *queue) any { return q.Name }),
			getter("value", "str", "The step that is next, '<NULL>' when none is left.", func(q *queue) any { return q.Value() }),
			getter("index", "int", "The position of the step that is next, from 0.", func(q *queue) any { return q.Index }),
			getter("empty", "bool", "True for the queue that stands for none, as a find that found nothing gives.",
				func(q *queue) any { return q.Name == "" }),
		}, traits[queue]{text: (*queue).String, equal: (*queue).Equal, less: func(a, b *queue) bool { return a.Name < b.Name },
			clone: func(q *queue) *queue { c := q.Clone(); return &c }}.members("Queue"))}
}

// named takes a name and a list of texts.
func named(a *Args, make func(name string, items []string) (any, error)) (any, error) {
	items, err := a.strs(1)
	if err != nil {
		return nil, err
	}
	return make(a.Str(0), items)
}

func genericClass() Class {
	type generic = defs.GenericAttr
	return Class{Name: "Generic", Type: (*generic)(nil),
		Doc: "A name with values that ecFlow keeps and does not interpret.\n\n" +
			">>> g = ecflow.Generic('colour', ['red', 'green'])\n>>> str(g), list(g.values)\n('generic colour red green', ['red', 'green'])\n\n" +
			"source: libs/attribute GenericAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Make a name with values. RuntimeError for a name that cannot be one; TypeError for values that are no texts.", Forms: []Form{
				create("() -> Generic", func(*Args) (any, error) { return &generic{}, nil }),
				create("(name: str, values: list, /) -> Generic", func(a *Args) (any, error) {
					return named(a, func(name string, values []string) (any, error) {
						g, err := defs.NewGenericAttr(name, values)
						return &g, err
					})
				}),
			}},
			getter("name", "str", "The name.", func(g *generic) any { return g.Name }),
			getter("empty", "bool", "True for the generic that stands for none, as a find that found nothing gives.",
				func(g *generic) any { return g.Name == "" }),
			property("values", "List[str]", "The values, in order.", func(g *generic) any { return append([]string{}, g.Values...) }),
		}, traits[generic]{
			text:  texted[generic],
			equal: func(a, b *generic) bool { return a.Equal(*b) }, less: func(a, b *generic) bool { return a.Name < b.Name }, clone: copied[generic],
		}.members("Generic"))}
}

func verifyClass() Class {
	type verify = defs.VerifyAttr
	return Class{Name: "Verify", Type: (*verify)(nil),
		Doc: "Counts how often a node reaches a state, for tests of definitions.\n\n" +
			">>> str(ecflow.Verify(ecflow.State.complete, 2))\n'verify complete:2'\n\n" +
			"source: libs/attribute VerifyAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Expect a state so many times.", Forms: []Form{
				create("(state: State, expected: int, /) -> Verify", func(a *Args) (any, error) {
					s, err := enum(a, 0, "State", int(defs.Unknown), int(defs.Active))
					return &verify{State: defs.NState(s), Expected: a.Int(1)}, err
				}),
			}},
		}, traits[verify]{text: texted[verify], equal: func(a, b *verify) bool { return a.Equal(*b) }, clone: copied[verify]}.members("Verify"))}
}

// enum is a value of an enumeration, which must be one of it.
func enum(a *Args, i int, name string, first, last int) (int, error) {
	n := a.Int(i)
	if n < first || n > last {
		return 0, argf("%d is no value of %s", n, name)
	}
	return n, nil
}
