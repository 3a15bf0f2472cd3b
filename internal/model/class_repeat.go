package model

import "github.com/ecflow-go/ecflow/defs"

// Repeat is what the class of that name holds: the repeat of a node, itself and
// not a copy, or none at all.
type Repeat struct {
	of   defs.Repeat
	node *defs.Node // nil: of no node
}

// wrapRepeat is the repeat of a node, empty if it has none.
func wrapRepeat(n *defs.Node) *Repeat { return &Repeat{n.Repeat(), n} }

// repeatOf is a copy of the repeat that is an argument, of whatever class; nil for what is none.
func repeatOf(a *Args, i int) defs.Repeat {
	switch r := a.At(i).O.(type) {
	case *Repeat:
		if r.of != nil {
			return r.of.Clone()
		}
	case defs.Repeat:
		return r.Clone()
	}
	return nil
}

// increment makes one step, through the node while it has this repeat.
func (r *Repeat) increment() error {
	switch {
	case r.of == nil:
	case r.node != nil && r.node.Repeat() == r.of:
		return r.node.WithRepeat(func(of defs.Repeat) error {
			of.Increment()
			return nil
		})
	default:
		r.of.Increment()
	}
	return nil
}

// currentValue is a number for repeats of days and numbers, a text for the others.
func currentValue(r defs.Repeat) any {
	switch r.(type) {
	case nil:
		return nil
	case *defs.RepeatDate, *defs.RepeatDateList, *defs.RepeatInteger, *defs.RepeatDay:
		return r.Value()
	}
	return r.CurrentValue()
}

// repeatText is the text that str() gives: a whole line.
func repeatText(r defs.Repeat) string { return "  " + r.String() + "\n" }

// concrete makes a class of one kind of repeat from its constructors and the doc of what it counts.
func concrete[T any, P interface {
	*T
	defs.Repeat
}](name, doc, value, unit string, step, bare bool, init Member) Class {
	of := func(v *T) defs.Repeat { return P(v) }
	members := []Member{init}
	if !bare {
		members = append(members,
			getter("name", "str", "The name, by which expressions and scripts know the value.", func(v *T) any { return of(v).Name() }),
			getter("start", "int", "The first value"+unit, func(v *T) any { return of(v).Start() }),
			getter("end", "int", "The last value"+unit, func(v *T) any { return of(v).End() }))
	}
	if step {
		members = append(members, getter("step", "int", "What is added each time; 1 for lists.", func(v *T) any { return of(v).Step() }))
	}
	members = append(members,
		getter("current_index", "int", "How many steps have been made; for a RepeatDay its number of days.", func(v *T) any { return of(v).CurrentIndex() }),
		getter("current_value", value, "The current value.", func(v *T) any { return currentValue(of(v)) }))
	return Class{Name: name, Type: (*T)(nil), Doc: doc, Members: with(members, traits[T]{
		text:  func(v *T) string { return repeatText(of(v)) },
		equal: func(a, b *T) bool { return of(a).Equal(of(b)) },
		clone: func(v *T) *T { return of(v).Clone().(P) },
	}.members(name))}
}

func repeatClasses() []Class {
	return strict([]Class{
		concrete[defs.RepeatDate]("RepeatDate", "Runs a node once for each of a row of days.\n\n"+
			">>> r = ecflow.RepeatDate('YMD', 20300101, 20300110, 2)\n>>> r.step(), r.current_value()\n(2, 20300101)\n\n"+repeatSource,
			"int", ", yyyymmdd.", true, false, dateInit()),
		concrete[defs.RepeatDateTime]("RepeatDateTime", "Runs a node once for each of a row of points in time.\n\n"+
			">>> r = ecflow.RepeatDateTime('DT', '20300101T000000', '20300102T000000', '12:00:00')\n>>> r.step(), r.current_value()\n(43200, '20300101T000000')\n\n"+
			repeatSource, "str", ", in seconds since 1970 (UTC).", true, false, dateTimeInit()),
		concrete[defs.RepeatDateTimeList]("RepeatDateTimeList", "Runs a node once for each of a list of points in time.\n\n"+
			">>> r = ecflow.RepeatDateTimeList('DT', ['20300101T000000', '20300105T120000'])\n>>> r.current_value()\n'20300101T000000'\n\n"+
			repeatSource, "str", ", in seconds since 1970 (UTC).", false, false, dateTimeListInit()),
		concrete[defs.RepeatDateList]("RepeatDateList", "Runs a node once for each of a list of days.\n\n"+
			">>> r = ecflow.RepeatDateList('YMD', [20300101, 20300105])\n>>> r.start(), r.end()\n(20300101, 20300105)\n\n"+repeatSource,
			"int", ", yyyymmdd.", false, false, dateListInit()),
		concrete[defs.RepeatInteger]("RepeatInteger", "Runs a node once for each of a row of numbers.\n\n"+
			">>> r = ecflow.RepeatInteger('STEP', 0, 240, 6)\n>>> r.start(), r.end(), r.step()\n(0, 240, 6)\n\n"+repeatSource,
			"int", ".", true, false, integerInit()),
		concrete[defs.RepeatEnumerated]("RepeatEnumerated", "Runs a node once for each of a list of texts; in expressions those that are numbers count as such, others by their position.\n\n"+
			">>> r = ecflow.RepeatEnumerated('COLOUR', ['red', 'green'])\n>>> r.current_value(), r.end()\n('red', 1)\n\n"+repeatSource,
			"str", ", as a position in the list.", true, false, textsInit("RepeatEnumerated", func(name string, items []string) (any, error) {
				return orNil(defs.NewRepeatEnumerated(name, items))
			}, func() any { return new(defs.RepeatEnumerated) })),
		concrete[defs.RepeatString]("RepeatString", "Runs a node once for each of a list of texts; in expressions they count by their position.\n\n"+
			">>> r = ecflow.RepeatString('COLOUR', ['red', 'green'])\n>>> r.current_value(), r.end()\n('red', 1)\n\n"+repeatSource,
			"str", ", as a position in the list.", true, false, textsInit("RepeatString", func(name string, items []string) (any, error) {
				return orNil(defs.NewRepeatString(name, items))
			}, func() any { return new(defs.RepeatString) })),
		concrete[defs.RepeatDay]("RepeatDay", "Runs a node again every so many days, for ever.\n\n"+
			">>> str(ecflow.RepeatDay(7)).strip()\n'repeat day 7'\n\n"+repeatSource, "int", "", false, true,
			Member{Name: "__init__", Doc: "Repeat every so many days.", Forms: []Form{
				create("(day: int = 1) -> RepeatDay", func(a *Args) (any, error) { return defs.NewRepeatDay(a.IntOr(0, 1)), nil }),
			}}),
		repeatClass(),
	})
}

// repeatClass is the class of the repeats that nodes give.
func repeatClass() Class {
	number := func(name, doc string, f func(r defs.Repeat) int64) Member {
		return getter(name, "int", doc, func(r *Repeat) any {
			if r.of == nil {
				return 0
			}
			return f(r.of)
		})
	}
	return Class{Name: "Repeat", Type: (*Repeat)(nil),
		Doc: "The repeat of a node, of whatever kind: the node's own, not a copy.\n\n" +
			"Dates count as yyyymmdd, points in time as seconds since 1970 (UTC), texts by their position.\n\n" +
			">>> t = ecflow.Task('t', ecflow.RepeatInteger('N', 1, 3))\n>>> r = t.get_repeat()\n>>> r.name(), r.value(), r.end()\n('N', 1, 3)\n" +
			">>> r.increment()\n>>> r.value()\n2\n\n" + repeatSource,
		Members: with([]Member{
			{Name: "__init__", Doc: "A repeat of every so many days, as RepeatDay.", Forms: []Form{
				create("(days: int, /) -> Repeat", func(a *Args) (any, error) { return &Repeat{of: defs.NewRepeatDay(a.Int(0))}, nil }),
			}},
			getter("empty", "bool", "True if the node has no repeat.", func(r *Repeat) any { return r.of == nil }),
			getter("name", "str", "The name, by which expressions and scripts know the value.", func(r *Repeat) any {
				if r.of == nil {
					return ""
				}
				return r.of.Name()
			}),
			number("start", "The first value; 0 for texts.", defs.Repeat.Start),
			number("end", "The last value; for texts the last position.", defs.Repeat.End),
			number("step", "What is added each time; 1 for lists.", defs.Repeat.Step),
			number("value", "The current value as expressions see it: kept between start and end.", defs.Repeat.LastValid),
			number("current_index", "How many steps have been made; for every so many days that number.", defs.Repeat.CurrentIndex),
			getter("current_value", "object", "The current value: an int for days and numbers, a str for points in time and texts, None if there is no repeat.",
				func(r *Repeat) any { return currentValue(r.of) }),
			{Name: "increment", Doc: "Make one step, in this process only; a server does not notice.",
				Forms: one("() -> None", func(r *Repeat, _ *Args) (any, error) { return nil, r.increment() })},
		}, traits[Repeat]{
			text: func(r *Repeat) string {
				if r.of == nil {
					return ""
				}
				return repeatText(r.of)
			},
			equal: func(a, b *Repeat) bool {
				if a.of == nil || b.of == nil {
					return a.of == b.of
				}
				return a.of.Equal(b.of)
			},
			clone: func(r *Repeat) *Repeat {
				if r.of == nil {
					return &Repeat{}
				}
				return &Repeat{of: r.of.Clone()}
			},
		}.members("Repeat"))}
}
