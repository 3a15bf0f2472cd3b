package defs

import (
	"slices"
	"time"
)

// Attributes as a server tells of them when they have changed or are new: the
// Put methods take the values as they are, states included.
//
// source: libs/node NodeMemento.cpp, MiscAttrs.cpp.

// put replaces the item that is, or appends the new one.
func put[T any](n *Node, items []T, item T, is func(*T) bool) []T {
	n.note(AspectAttributes)
	for i := range items {
		if is(&items[i]) {
			items[i] = item
			return items
		}
	}
	return append(items, item)
}

// putAlike is put for items without names; it refuses to choose among several that are alike.
func putAlike[T any](n *Node, items []T, item T, is func(*T) bool) ([]T, error) {
	alike := 0
	for i := range items {
		if is(&items[i]) {
			alike++
		}
	}
	if alike > 1 {
		return items, argf("several attributes of %s are alike", n.debugPath())
	}
	return put(n, items, item, is), nil
}

// PutState sets state and time; a change of state sets the runtime too, by the suite's calendar as the tree has it.
//
// source: libs/node Node.cpp, setStateOnly.
func (n *Node) PutState(s NState, since time.Duration) {
	if suite := n.Suite(); suite != nil && n.state != s {
		if n.ran = max(suite.suite.calendar.Duration-n.since, 0); s == Queued {
			n.ran = 0
		}
	}
	n.SetStateSince(s, since)
}

// PutEvent sets the value of the event of that name, or else number, or adds the event.
func (n *Node) PutEvent(e Event) error {
	if i := n.eventAt(e.NameOrNumber()); i >= 0 {
		n.attrs.events[i].Value = e.Value
		n.noteAt(AspectEvent, i)
		return nil
	}
	return n.AddEvent(e)
}

// PutMeter sets the value of the meter of that name, or adds the meter.
func (n *Node) PutMeter(m Meter) error {
	if i := n.meterAt(m.Name); i >= 0 {
		n.attrs.meters[i].Value = m.Value
		n.noteAt(AspectMeter, i)
		return nil
	}
	return n.AddMeter(m)
}

// PutLabel replaces the label of that name, or adds it.
func (n *Node) PutLabel(l Label) {
	a := n.have()
	a.labels = put(n, a.labels, l, func(have *Label) bool { return have.Name == l.Name })
}

// PutLimit sets maximum, value and paths of the limit of that name, or adds the limit.
func (n *Node) PutLimit(l *Limit) error {
	if have := n.Limit(l.Name); have != nil {
		have.Max, have.Value, have.Paths = l.Max, l.Value, slices.Clone(l.Paths)
		n.noteLimit(have)
		return nil
	}
	return n.AddLimit(l)
}

// PutTrigger sets whether the trigger there is free, or adds the trigger.
func (n *Node) PutTrigger(e Expression) error {
	if n.Trigger() != nil {
		n.SetTriggerFree(e.Free)
		return nil
	}
	return n.SetTrigger(e)
}

// PutComplete sets whether the complete expression there is free, or adds the expression.
func (n *Node) PutComplete(e Expression) error {
	if n.Complete() != nil {
		n.SetCompleteFree(e.Free)
		return nil
	}
	return n.SetComplete(e)
}

// PutRepeat lets the repeat there stand where r stands, or adds r, also beside a cron.
func (n *Node) PutRepeat(r Repeat) error {
	if have := n.Repeat(); have != nil {
		have.Set(r.IndexOrValue())
		n.note(AspectRepeat)
		return nil
	}
	if r.Name() == "" {
		return checkName("Variable::set_name: ", "")
	}
	n.have().repeat = r
	n.note(AspectAttributes)
	return nil
}

// PutLate sets whether the node is late, or adds the attribute.
func (n *Node) PutLate(l LateAttr) error {
	if have := n.Late(); have != nil {
		have.Late = l.Late
		n.note(AspectLate)
		return nil
	}
	return n.SetLate(l)
}

// PutTime replaces the time of the same structure, or adds it. Like those below, it is an error when there are several.
func (n *Node) PutTime(t TimeAttr) error {
	if n.kind == KindSuite {
		return argf(noTimeOnSuite)
	}
	m := n.haveMore()
	var err error
	m.times, err = putAlike(n, m.times, t, func(have *TimeAttr) bool { return have.SameStructure(t) })
	return err
}

// PutToday replaces the today of the same structure, or adds it.
func (n *Node) PutToday(t TodayAttr) error {
	if n.kind == KindSuite {
		return argf(noTimeOnSuite)
	}
	m := n.haveMore()
	var err error
	m.todays, err = putAlike(n, m.todays, t, func(have *TodayAttr) bool { return have.SameStructure(t) })
	return err
}

// PutDate sets whether the date of the same structure is free, or adds the date.
func (n *Node) PutDate(d DateAttr) error {
	if n.kind == KindSuite {
		return argf(noTimeOnSuite)
	}
	m := n.haveMore()
	var err error
	m.dates, err = putAlike(n, m.dates, d, func(have *DateAttr) bool { return have.SameStructure(d) })
	return err
}

// PutDay replaces the day of the same structure, or adds it.
func (n *Node) PutDay(d DayAttr) error {
	if n.kind == KindSuite {
		return argf(noTimeOnSuite)
	}
	m := n.haveMore()
	var err error
	m.days, err = putAlike(n, m.days, d, func(have *DayAttr) bool { return have.SameStructure(d) })
	return err
}

// PutCron replaces the cron of the same structure, or adds it.
func (n *Node) PutCron(c CronAttr) error {
	crons := n.Crons()
	at := -1
	for i := range crons {
		if !crons[i].SameStructure(&c) {
			continue
		}
		if at >= 0 {
			return argf("several attributes of %s are alike", n.debugPath())
		}
		at = i
	}
	if at < 0 {
		return n.AddCron(c)
	}
	crons[at] = c
	n.note(AspectAttributes)
	return nil
}

// PutZombie puts the attribute, last, in place of the one of its type, if any.
func (n *Node) PutZombie(z ZombieAttr) error {
	remove(&n.haveMore().zombies, func(have *ZombieAttr) bool { return have.Type == z.Type })
	return n.AddZombie(z)
}

// SetVerifies replaces all verifies.
func (n *Node) SetVerifies(verifies []VerifyAttr) {
	m := n.haveMore()
	m.misc = true
	m.verifies = slices.Clone(verifies)
	n.note(AspectAttributes)
}

// PutAviso replaces the aviso of that name, or adds it.
func (n *Node) PutAviso(a AvisoAttr) error {
	if i := slices.IndexFunc(n.Avisos(), func(have AvisoAttr) bool { return have.Name == a.Name }); i >= 0 {
		n.attrs.more.avisos[i] = a
		n.note(AspectAttributes)
		return nil
	}
	return n.AddAviso(a)
}

// PutMirror replaces the mirror of that name, or adds it.
func (n *Node) PutMirror(a MirrorAttr) error {
	if i := slices.IndexFunc(n.Mirrors(), func(have MirrorAttr) bool { return have.Name == a.Name }); i >= 0 {
		n.attrs.more.mirrors[i] = a
		n.note(AspectAttributes)
		return nil
	}
	return n.AddMirror(a)
}

// ReorderSuites orders the suites as their names stand among others; nothing
// happens if a suite is not named.
func (d *Defs) ReorderSuites(names []string) {
	sorted := make([]*Node, 0, len(d.suites))
	for _, name := range names {
		if s := d.Suite(name); s != nil && !slices.Contains(sorted, s) {
			sorted = append(sorted, s)
		}
	}
	if len(sorted) == len(d.suites) {
		copy(d.suites, sorted)
		d.noteOwn(AspectOrder)
	}
}
