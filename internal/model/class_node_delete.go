package model

import (
	"errors"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

// deleting is a member that deletes by name.
func deleting(name, what string, f func(n *defs.Node, name string) error, more ...Form) Member {
	forms := []Form{{"(" + map[bool]string{true: "name", false: "text"}[len(more) == 0] + ": str, /) -> None",
		on(func(n *defs.Node, a *Args) (any, error) { return nil, f(n, a.Str(0)) })}}
	return Member{Name: name, Doc: "Delete the " + what + "; '' deletes all. RuntimeError when there is none.", Forms: append(forms, more...)}
}

// dropping is a member that deletes what a node has one of.
func dropping(name, what string, f func(n *defs.Node)) Member {
	return Member{Name: name, Doc: "Delete the " + what + ", if there is one.", Forms: one("() -> None", func(n *defs.Node, _ *Args) (any, error) {
		f(n)
		return nil, nil
	})}
}

// like is a form that deletes the attribute that is like the argument.
func like[T any](class string, f func(n *defs.Node, v T) error) Form {
	return Form{"(attribute: " + class + ", /) -> None", on(func(n *defs.Node, a *Args) (any, error) { return nil, f(n, value[T](a, 0)) })}
}

// nodeDeleting are the members that delete.
//
// source: libs/node NodeDelete.cpp.
func nodeDeleting() []Member {
	return []Member{
		deleting("delete_variable", "user's variable of that name", (*defs.Node).DeleteVariable),
		deleting("delete_event", "event of that name or number", (*defs.Node).DeleteEvent),
		deleting("delete_meter", "meter of that name", (*defs.Node).DeleteMeter),
		deleting("delete_label", "label of that name", (*defs.Node).DeleteLabel),
		deleting("delete_limit", "limit of that name", (*defs.Node).DeleteLimit),
		deleting("delete_inlimit", "inlimit, given as the limit's name or as path:name", (*defs.Node).DeleteInLimit),
		deleting("delete_queue", "queue of that name", (*defs.Node).DeleteQueue),
		deleting("delete_generic", "generic attribute of that name", (*defs.Node).DeleteGeneric),
		deleting("delete_time", "time that is equal, or that the text tells", (*defs.Node).DeleteTime, like("Time", (*defs.Node).DeleteTimeAttr)),
		deleting("delete_today", "today that is equal, or that the text tells", (*defs.Node).DeleteToday, like("Today", (*defs.Node).DeleteTodayAttr)),
		deleting("delete_date", "date that is equal, or that the text 'day.month.year' tells", (*defs.Node).DeleteDate, like("Date", (*defs.Node).DeleteDateAttr)),
		deleting("delete_day", "day that is equal, or of that name", (*defs.Node).DeleteDay, like("Day", (*defs.Node).DeleteDayAttr)),
		deleting("delete_cron", "cron that is equal, or that the text tells", deleteCronText,
			like("Cron", func(n *defs.Node, c defs.CronAttr) error { return n.DeleteCron(&c) })),
		{Name: "delete_zombie", Doc: "Forget what was said of zombies of a type: 'user', 'ecf' or 'path'; '' forgets all. It is no error if nothing was said.", Forms: []Form{
			{"(name: str, /) -> None", on(func(n *defs.Node, a *Args) (any, error) { return nil, n.DeleteZombie(a.Str(0)) })},
			{"(type: ZombieType, /) -> None", on(func(n *defs.Node, a *Args) (any, error) {
				t, err := enum(a, 0, "ZombieType", int(defs.ZombieUser), int(defs.ZombiePath))
				if err == nil {
					n.DeleteZombieType(defs.ZombieType(t))
				}
				return nil, err
			})},
		}},
		dropping("delete_trigger", "trigger", (*defs.Node).DeleteTrigger),
		dropping("delete_complete", "complete expression", (*defs.Node).DeleteComplete),
		dropping("delete_repeat", "repeat", (*defs.Node).DeleteRepeat),
	}
}

// deleteCronText deletes the cron that a text tells, with or without the word cron in front.
func deleteCronText(n *defs.Node, text string) error {
	if strings.TrimSpace(text) == "" {
		n.DeleteCrons()
		return nil
	}
	c, err := cronOf(text)
	if err != nil {
		return err
	}
	return n.DeleteCron(c)
}

// cronOf reads a cron as definitions have it.
func cronOf(line string) (*defs.CronAttr, error) {
	n, err := nodeOf(defs.KindTask, "t", []string{"cron " + strings.TrimPrefix(strings.TrimSpace(line), "cron ")})
	if err != nil {
		return nil, err
	}
	if len(n.Crons()) != 1 {
		return nil, argf("Invalid cron, no time specified")
	}
	return &n.Crons()[0], nil
}

// nodeOf reads a node that has the attributes of the lines, which are statements of a definition and begin no other node.
func nodeOf(kind defs.Kind, name string, lines []string) (*defs.Node, error) {
	var b strings.Builder
	b.WriteString(kind.String() + " " + name + "\n")
	for _, line := range lines {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if strings.ContainsAny(line, "\n\r\x00") || !attributeWords[word] {
			return nil, argf("%q is no attribute of a definition", line)
		}
		b.WriteString(line + "\n")
	}
	n, err := text.ParseNode(b.String(), text.Options{})
	var bad *text.Errors
	if errors.As(err, &bad) {
		if errors.Is(bad.List[0].Cause, defs.ErrOutOfRange) {
			return nil, bad.List[0].Cause
		}
		return nil, fault.New(fault.Parse, strings.TrimRight(bad.List[0].Msg, "\n"))
	}
	return n, err
}

// attributeWords are the statements that stand for the rarer attributes.
var attributeWords = map[string]bool{
	"repeat": true, "time": true, "today": true, "date": true, "day": true, "cron": true, "late": true, "zombie": true, "verify": true,
	"queue": true, "generic": true, "aviso": true, "mirror": true, "autocancel": true, "autoarchive": true, "autorestore": true,
	"clock": true, "endclock": true, "inlimit": true,
}
