package model

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// slotArg is a TimeSlot in front of the arguments, or an hour and a minute; next is the position after it.
func slotArg(a *Args) (t defs.TimeSlot, next int, err error) {
	if slot := arg[*defs.TimeSlot](a, 0); slot != nil {
		return *slot, 1, nil
	}
	t, err = defs.NewTimeSlot(a.Int(0), a.Int(1))
	return t, 2, err
}

// lateWords are the keywords of Late().
const lateWords = "Late(submitted='00:20',active='15:00',complete='+30:00')"

// newLate reads the keywords of Late().
//
// source: libs/pyext ExportNodeAttr.cpp.
func newLate(a *Args) (any, error) {
	if len(a.List(0)) > 0 {
		return nil, argf("late_init: Late only expects keyword arguments, i.e. %s", lateWords)
	}
	l := new(defs.LateAttr)
	for words := a.List(1); len(words) > 1; words = words[2:] {
		name, value := words[0].S, words[1]
		if name != "submitted" && name != "active" && name != "complete" {
			return nil, argf("extract_late_keyword_arguments: keyword argument expected to be one of [submitted | active | complete]")
		}
		if value.Kind != String {
			return nil, argf("extract_late_keyword_arguments: keyword argument value expected to be a string, ie %s", lateWords)
		}
		slot, relative, err := defs.ParseTime(value.S)
		if err != nil {
			return nil, err
		}
		switch name {
		case "submitted":
			l.Submitted = slot
		case "active":
			l.Active = slot
		case "complete":
			l.Complete, l.CompleteRelative = slot, relative
		}
	}
	return l, nil
}

func lateClass() Class {
	type late = defs.LateAttr
	set := func(signature string, put func(l *late, t defs.TimeSlot, relative bool)) Form {
		return Form{signature, on(func(l *late, a *Args) (any, error) {
			t, next, err := slotArg(a)
			if err == nil {
				put(l, t, a.Bool(next))
			}
			return nil, err
		})}
	}
	read := func(f func(l *late) defs.TimeSlot) Form {
		return Form{"() -> TimeSlot", on(func(l *late, _ *Args) (any, error) { s := f(l); return &s, nil })}
	}
	submitted := func(l *late, t defs.TimeSlot, _ bool) { l.Submitted = t }
	active := func(l *late, t defs.TimeSlot, _ bool) { l.Active = t }
	complete := func(l *late, t defs.TimeSlot, relative bool) { l.Complete, l.CompleteRelative = t, relative }
	return Class{Name: "Late", Type: (*late)(nil),
		Doc: "Marks a node that is submitted too long, not active by a time of day, or not complete in time.\n\n" +
			"Times are 'hh:mm', from 00:00 to 23:59. A node has one late attribute at most.\n\n" +
			">>> late = ecflow.Late(submitted='00:20', active='15:00', complete='+10:00')\n>>> str(late)\n'late -s +00:20 -a 15:00 -c +10:00'\n" +
			">>> late.active(20, 10)\n>>> str(late.active())\n'20:10'\n\n" +
			"source: libs/attribute LateAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Say by keywords what is late.\n\n" +
				"submitted: how long the node may be submitted. active: by what time of day it has to be active.\n" +
				"complete: by what time of day it has to be complete, with '+' how long it may be active.\n\n" +
				"RuntimeError for other keywords, for values that are no times, and for arguments without keyword.", Forms: []Form{
				create("() -> Late", newLate),
				create("(*args: object, **kwargs: object) -> Late", newLate),
			}},
			{Name: "submitted", Doc: "How long the node may be submitted; with arguments, set it.", Forms: []Form{
				set("(time: TimeSlot, /) -> None", submitted), set("(hour: int, minute: int, /) -> None", submitted),
				read(func(l *late) defs.TimeSlot { return l.Submitted }),
			}},
			{Name: "active", Doc: "By what time of day the node has to be active; with arguments, set it.", Forms: []Form{
				set("(hour: int, minute: int, /) -> None", active), set("(time: TimeSlot, /) -> None", active),
				read(func(l *late) defs.TimeSlot { return l.Active }),
			}},
			{Name: "complete", Doc: "By when the node has to be complete; with arguments, set it.\n\n" +
				"relative: the time counts from when the node became active.", Forms: []Form{
				set("(hour: int, minute: int, relative: bool, /) -> None", complete), set("(time: TimeSlot, relative: bool, /) -> None", complete),
				read(func(l *late) defs.TimeSlot { return l.Complete }),
			}},
			getter("complete_is_relative", "bool", "True if complete counts from when the node became active.", func(l *late) any { return l.CompleteRelative }),
			getter("is_late", "bool", "True if the node is late.", func(l *late) any { return l.Late }),
		}, traits[late]{text: texted[late], equal: same[late], clone: copied[late]}.members("Late"))}
}

func autocancelClass() Class {
	type cancel = defs.AutoCancel
	atTime := func(a *Args) (any, error) {
		t, next, err := slotArg(a)
		c := defs.NewAutoCancel(t, a.Bool(next))
		return &c, err
	}
	return Class{Name: "Autocancel", Type: (*cancel)(nil),
		Doc: "Deletes a node some time after it is complete.\n\n" +
			">>> str(ecflow.Autocancel(1, 10, True)), str(ecflow.Autocancel(3))\n('autocancel +01:10', 'autocancel 3')\n\n" +
			"source: libs/attribute AutoCancelAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Delete at a time, or after so many days.\n\n" +
				"relative: the time counts from when the node became complete; otherwise it is a time of day.\n\n" +
				"IndexError for negative numbers.", Forms: []Form{
				create("(hour: int, minute: int, relative: bool, /) -> Autocancel", atTime),
				create("(days: int, /) -> Autocancel", func(a *Args) (any, error) {
					c, err := defs.NewAutoCancelDays(a.Int(0))
					return &c, err
				}),
				create("(time: TimeSlot, relative: bool, /) -> Autocancel", atTime),
			}},
			getter("time", "TimeSlot", "The time; days are told in hours.", func(c *cancel) any { return copied(&c.Time) }),
			getter("relative", "bool", "True if the time counts from when the node became complete.", func(c *cancel) any { return c.Relative }),
			getter("days", "bool", "True if days were given.", func(c *cancel) any { return c.Days }),
		}, traits[cancel]{text: texted[cancel], equal: same[cancel], less: func(a, b *cancel) bool { return a.Time.Compare(b.Time) < 0 },
			clone: copied[cancel]}.members("Autocancel"))}
}

func autoarchiveClass() Class {
	type archive = defs.AutoArchive
	atTime := func(a *Args) (any, error) {
		t, next, err := slotArg(a)
		c := defs.NewAutoArchive(t, a.Bool(next), a.Bool(next+1))
		return &c, err
	}
	return Class{Name: "Autoarchive", Type: (*archive)(nil),
		Doc: "Moves a family's or suite's children to a file some time after it is complete, to save memory.\n\n" +
			">>> str(ecflow.Autoarchive(1, 10, True, False)), str(ecflow.Autoarchive(3, True))\n('autoarchive +01:10', 'autoarchive 3 -i')\n\n" +
			"source: libs/attribute AutoArchiveAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Archive at a time, or after so many days.\n\n" +
				"relative: the time counts from when the node became complete; otherwise it is a time of day.\n" +
				"idle: also when it is queued or aborted, and nothing below it runs.\n\n" +
				"IndexError for negative numbers.", Forms: []Form{
				create("(hour: int, minute: int, relative: bool, idle: bool, /) -> Autoarchive", atTime),
				create("(days: int, idle: bool, /) -> Autoarchive", func(a *Args) (any, error) {
					c, err := defs.NewAutoArchiveDays(a.Int(0), a.Bool(1))
					return &c, err
				}),
				create("(time: TimeSlot, relative: bool, idle: bool, /) -> Autoarchive", atTime),
			}},
			getter("time", "TimeSlot", "The time; days are told in hours.", func(c *archive) any { return copied(&c.Time) }),
			getter("relative", "bool", "True if the time counts from when the node became complete.", func(c *archive) any { return c.Relative }),
			getter("days", "bool", "True if days were given.", func(c *archive) any { return c.Days }),
			getter("idle", "bool", "True if queued and aborted nodes are archived, too.", func(c *archive) any { return c.Idle }),
		}, traits[archive]{text: texted[archive], equal: same[archive], less: func(a, b *archive) bool { return a.Time.Compare(b.Time) < 0 },
			clone: copied[archive]}.members("Autoarchive"))}
}

func autorestoreClass() Class {
	type restore = defs.AutoRestore
	return Class{Name: "Autorestore", Type: (*restore)(nil),
		Doc: "Brings archived nodes back as soon as its node is complete.\n\n" +
			">>> str(ecflow.Autorestore(['../f1', '/s/f2']))\n'autorestore ../f1 /s/f2'\n\n" +
			"source: libs/node AutoRestoreAttr.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Name the nodes by absolute or relative paths. TypeError for paths that are no texts.", Forms: []Form{
				create("() -> Autorestore", func(*Args) (any, error) { return &restore{}, nil }), // 5.9.2 has it
				create("(paths: list, /) -> Autorestore", func(a *Args) (any, error) {
					paths, err := a.strs(0)
					return &restore{Paths: paths}, err
				}),
			}},
			getter("nodes_to_restore", "List[str]", "The paths, in order.", func(r *restore) any { return append([]string{}, r.Paths...) }),
		}, traits[restore]{text: texted[restore], equal: func(a, b *restore) bool { return a.Equal(*b) }, clone: copied[restore]}.members("Autorestore"))}
}

// Defstatus is what Node.add() takes for the default state.
type Defstatus struct{ State defs.DState }

func defstatusClass() Class {
	return Class{Name: "Defstatus", Type: (*Defstatus)(nil),
		Doc: "The state that a node takes when its suite begins or it is requeued, as an argument of add().\n\n" +
			">>> ecflow.Defstatus('complete').state()\necflow.DState.complete\n" +
			">>> t = ecflow.Task('t', ecflow.Defstatus(ecflow.DState.suspended))\n\n" +
			"source: libs/pyext NodeUtil.cpp.",
		Members: with([]Member{
			{Name: "__init__", Doc: "Hold a state, or the one of a name. RuntimeError if there is none of that name.", Forms: []Form{
				create("(state: DState, /) -> Defstatus", func(a *Args) (any, error) {
					s, err := enum(a, 0, "DState", int(defs.DUnknown), int(defs.DSuspended))
					return &Defstatus{defs.DState(s)}, err
				}),
				create("(name: str, /) -> Defstatus", func(a *Args) (any, error) {
					s, ok := defs.ParseDState(a.Str(0))
					if !ok {
						return nil, argf("DState::toState: Can change string to a DState :%s\nStates: %s", a.Str(0), strings.Join(dstateNames(), ", "))
					}
					return &Defstatus{s}, nil
				}),
			}},
			getter("state", "DState", "The state.", func(d *Defstatus) any { return int(d.State) }),
		}, traits[Defstatus]{text: func(d *Defstatus) string { return d.State.String() }}.members("Defstatus"))}
}

func dstateNames() (names []string) {
	for s := defs.DUnknown; s <= defs.DSuspended; s++ {
		names = append(names, s.String())
	}
	return names
}
