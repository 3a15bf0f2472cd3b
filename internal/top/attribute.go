package top

import (
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// The kinds of attributes, in the order shown.
const (
	attrTrigger = rowAttribute + iota
	attrComplete
	attrRepeat
	attrMeter
	attrEvent
	attrLabel
	attrQueue
	attrLimit
	attrInLimit
	attrTime
	attrToday
	attrDate
	attrDay
	attrCron
	attrLate
	attrAuto
	attrClock
	attrGeneric
	attrVariable
	attrReason
)

// appendAttributes lists the attributes of a node.
func appendAttributes(rows []row, n *defs.Node, depth uint16) []row {
	several := func(kind rowKind, count int) {
		for i := range min(count, 1<<16-1) {
			rows = append(rows, row{node: n, depth: depth, kind: kind, index: uint16(i)})
		}
	}
	one := func(kind rowKind, there bool) {
		if there {
			several(kind, 1)
		}
	}
	one(attrReason, n.AbortReason() != "")
	one(attrTrigger, n.Trigger() != nil)
	one(attrComplete, n.Complete() != nil)
	one(attrRepeat, n.Repeat() != nil)
	several(attrMeter, len(n.Meters()))
	several(attrEvent, len(n.Events()))
	several(attrLabel, len(n.Labels()))
	several(attrLimit, len(n.Limits()))
	several(attrInLimit, len(n.InLimits()))
	if n.HasRare() {
		several(attrQueue, len(n.Queues()))
		several(attrTime, len(n.Times()))
		several(attrToday, len(n.Todays()))
		several(attrDate, len(n.Dates()))
		several(attrDay, len(n.Days()))
		several(attrCron, len(n.Crons()))
		one(attrLate, n.Late() != nil)
		several(attrGeneric, len(n.Generics()))
		several(attrAuto, len(autos(n)))
	}
	one(attrClock, n.Kind() == defs.KindSuite && n.Clock() != nil)
	several(attrVariable, len(n.Variables()))
	return rows
}

// autos are the attributes of which there is one at most and that do something by themselves.
func autos(n *defs.Node) (all []string) {
	if a := n.AutoCancel(); a != nil {
		all = append(all, a.String())
	}
	if a := n.AutoArchive(); a != nil {
		all = append(all, a.String())
	}
	if a := n.AutoRestore(); a != nil {
		all = append(all, a.String())
	}
	for _, a := range n.Avisos() {
		all = append(all, "aviso "+a.Name)
	}
	for _, a := range n.Mirrors() {
		all = append(all, "mirror "+a.Name)
	}
	return all
}

// attribute is what is shown of one: its keyword, its text, and for meters and limits how full it is.
type attribute struct {
	word, text string
	full       float64 // 0 to 1; negative: no bar
	set        bool    // an event that is set, a limit that is full, a dependency that is free
}

// attributeAt gives the attribute of a row; the zero value if it has gone.
func attributeAt(n *defs.Node, kind rowKind, i int) (a attribute) {
	a = attribute{full: -1}
	switch kind {
	case attrReason:
		a.word, a.text = "reason", n.AbortReason()
	case attrTrigger:
		a.expression("trigger", n.Trigger())
	case attrComplete:
		a.expression("complete", n.Complete())
	case attrRepeat:
		if r := n.Repeat(); r != nil {
			a.word, a.text = "repeat", r.Name()+" = "+r.CurrentValue()+"  ("+strings.TrimPrefix(r.String(), "repeat ")+")"
		}
	case attrMeter:
		if m, ok := at(n.Meters(), i); ok {
			a.word, a.text = "meter", m.Name+" "+strconv.Itoa(m.Value)+"/"+strconv.Itoa(m.Max)
			a.full, a.set = share(m.Value-m.Min, m.Max-m.Min), m.Value >= m.ColorChange
		}
	case attrEvent:
		if e, ok := at(n.Events(), i); ok {
			a.word, a.text, a.set = "event", e.NameOrNumber(), e.Value
		}
	case attrLabel:
		if l, ok := at(n.Labels(), i); ok {
			a.word, a.text = "label", l.Name+": "+l.Value
			if l.New != "" {
				a.text = l.Name + ": " + l.New
			}
		}
	case attrLimit:
		if l, ok := at(n.Limits(), i); ok {
			a.word, a.text = "limit", l.Name+" "+strconv.Itoa(l.Value)+"/"+strconv.Itoa(l.Max)
			a.full, a.set = share(l.Value, l.Max), l.Value >= l.Max
		}
	case attrVariable:
		if v, ok := at(n.Variables(), i); ok {
			a.word, a.text = "", v.Name+" = "+v.Value
		}
	default:
		a.plain(n, kind, i)
	}
	return a
}

// plain is for the attributes that are shown as a definition has them.
func (a *attribute) plain(n *defs.Node, kind rowKind, i int) {
	text := ""
	switch kind {
	case attrInLimit:
		text = textAt(n.InLimits(), i, defs.InLimit.String)
	case attrQueue:
		text = textAt(n.Queues(), i, func(q defs.QueueAttr) string {
			return "queue " + q.Name + ": next " + q.Value() + ", " + strconv.Itoa(q.Index) + "/" + strconv.Itoa(len(q.Steps))
		})
	case attrTime:
		text = textAt(n.Times(), i, func(t defs.TimeAttr) string { a.set = t.Free; return "time " + t.Series.String() })
	case attrToday:
		text = textAt(n.Todays(), i, func(t defs.TodayAttr) string { a.set = t.Free; return "today " + t.Series.String() })
	case attrDate:
		text = textAt(n.Dates(), i, func(d defs.DateAttr) string { a.set = d.Free; return d.String() })
	case attrDay:
		text = textAt(n.Days(), i, func(d defs.DayAttr) string { a.set = d.Free; return d.String() })
	case attrCron:
		text = textAt(n.Crons(), i, func(c defs.CronAttr) string { a.set = c.Free; return c.String() })
	case attrLate:
		if l := n.Late(); l != nil {
			text, a.set = l.String(), l.Late
		}
	case attrGeneric:
		text = textAt(n.Generics(), i, defs.GenericAttr.String)
	case attrAuto:
		text = textAt(autos(n), i, func(s string) string { return s })
	case attrClock:
		if c := n.Clock(); c != nil {
			text = c.String()
		}
	}
	a.word, a.text, _ = strings.Cut(text, " ")
}

func (a *attribute) expression(word string, e *defs.Expression) {
	if e != nil {
		a.word, a.text, a.set = word, e.String(), e.Free
	}
}

func at[T any](items []T, i int) (item T, ok bool) {
	if i >= len(items) {
		return item, false
	}
	return items[i], true
}

func textAt[T any](items []T, i int, text func(T) string) string {
	if item, ok := at(items, i); ok {
		return text(item)
	}
	return ""
}

func share(part, whole int) float64 {
	if whole <= 0 {
		return 0
	}
	return min(1, max(0, float64(part)/float64(whole)))
}
