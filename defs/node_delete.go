package defs

import (
	"slices"
	"strings"
)

// Deleting attributes: an empty name deletes all of a kind; a name that is not
// there is an error, in the original's words.
//
// source: libs/node NodeDelete.cpp.

// remove deletes the first item that is, or reports that there was none.
func remove[T any](items *[]T, is func(*T) bool) bool {
	for i := range *items {
		if is(&(*items)[i]) {
			if len(*items) == 1 {
				*items = nil
			} else {
				*items = slices.Delete(*items, i, i+1)
			}
			return true
		}
	}
	return false
}

// cut deletes the item called name, or all of them for an empty name.
func cut[T any](n *Node, items *[]T, name string, is func(*T) bool, complaint string) error {
	if name == "" {
		*items = nil
	} else if !remove(items, is) {
		return missingf("%s%s", complaint, name)
	}
	n.note(AspectAttributes)
	return nil
}

// DeleteVariable deletes a user variable.
func (n *Node) DeleteVariable(name string) error {
	return cut(n, &n.vars, name, func(v *Variable) bool { return v.Name == name }, "Node::deleteVariable: Cannot find 'user' variable of name ")
}

// DeleteEvent deletes an event, by its name or else its number.
func (n *Node) DeleteEvent(name string) error {
	return cut(n, &n.have().events, name, func(e *Event) bool { return e.NameOrNumber() == name }, "Node::deleteEvent: Cannot find event: ")
}

// DeleteMeter deletes a meter.
func (n *Node) DeleteMeter(name string) error {
	return cut(n, &n.have().meters, name, func(m *Meter) bool { return m.Name == name }, "Node::deleteMeter: Cannot find meter: ")
}

// DeleteLabel deletes a label.
func (n *Node) DeleteLabel(name string) error {
	return cut(n, &n.have().labels, name, func(l *Label) bool { return l.Name == name }, "Node::deleteLabel: Cannot find label: ")
}

// DeleteLimit deletes a limit.
func (n *Node) DeleteLimit(name string) error {
	return cut(n, &n.have().limits, name, func(l **Limit) bool { return (*l).Name == name }, "Node::deleteLimit: Cannot find limit: ")
}

// DeleteLimitPath takes a path out of those that use a limit.
func (n *Node) DeleteLimitPath(name, path string) error {
	switch {
	case name == "":
		return argf("Node::delete_limit_path: the limit name must be provided")
	case path == "":
		return argf("Node::delete_limit_path: the limit path must be provided")
	}
	l := n.Limit(name)
	if l == nil {
		return missingf("Node::delete_limit_path: Cannot find limit: %s", name)
	}
	if i, found := slices.BinarySearch(l.Paths, path); found {
		l.Paths = slices.Delete(l.Paths, i, i+1)
		n.noteLimit(l)
	}
	return nil
}

// DeleteInLimit deletes an inlimit, given as its name or as path:name.
func (n *Node) DeleteInLimit(name string) error {
	path, limit, found := strings.Cut(name, ":")
	if !found {
		path, limit = "", name
	}
	is := func(l *InLimit) bool { return l.Name == limit && (path == "" || l.Path == path) }
	return cut(n, &n.have().inlimits, name, is, "InLimitMgr::deleteInlimit: Cannot find inlimit: ")
}

// DeleteTime deletes a time attribute given as text.
func (n *Node) DeleteTime(text string) error {
	var series TimeSeries
	if text != "" {
		var err error
		if series, err = ParseTimeSeries(text); err != nil {
			return err
		}
	}
	return n.deleteTime(text == "", series)
}

// DeleteTimeAttr deletes the time attribute of the same structure.
func (n *Node) DeleteTimeAttr(t TimeAttr) error { return n.deleteTime(false, t.Series) }

func (n *Node) deleteTime(all bool, series TimeSeries) error {
	m := n.haveMore()
	if all {
		m.times = nil
	} else if !remove(&m.times, func(t *TimeAttr) bool { return t.Series.SameStructure(series) }) {
		return missingf("Node::delete_time: Cannot find time attribute: ")
	}
	n.note(AspectAttributes)
	return nil
}

// DeleteToday deletes a today attribute given as text.
func (n *Node) DeleteToday(text string) error {
	if text == "" {
		n.haveMore().todays = nil
		n.note(AspectAttributes)
		return nil
	}
	series, err := ParseTimeSeries(text)
	if err != nil {
		return err
	}
	return n.DeleteTodayAttr(NewTodayAttr(series))
}

// DeleteTodayAttr deletes the today attribute of the same structure.
func (n *Node) DeleteTodayAttr(t TodayAttr) error {
	return cut(n, &n.haveMore().todays, t.String(), func(o *TodayAttr) bool { return o.SameStructure(t) }, "Node::delete_today: Cannot find today attribute: ")
}

// DeleteDate deletes a date given as text.
func (n *Node) DeleteDate(text string) error {
	if text == "" {
		n.haveMore().dates = nil
		n.note(AspectAttributes)
		return nil
	}
	d, err := ParseDateAttr(text)
	if err != nil {
		return err
	}
	return n.DeleteDateAttr(d)
}

// DeleteDateAttr deletes the date of the same structure.
func (n *Node) DeleteDateAttr(d DateAttr) error {
	return cut(n, &n.haveMore().dates, d.String(), func(o *DateAttr) bool { return o.SameStructure(d) }, "Node::delete_date: Cannot find date attribute: ")
}

// DeleteDay deletes a day given as text.
func (n *Node) DeleteDay(text string) error {
	if text == "" {
		n.haveMore().days = nil
		n.note(AspectAttributes)
		return nil
	}
	d, err := ParseDayAttr(text)
	if err != nil {
		return err
	}
	return n.DeleteDayAttr(d)
}

// DeleteDayAttr deletes the day of the same structure.
func (n *Node) DeleteDayAttr(d DayAttr) error {
	return cut(n, &n.haveMore().days, d.String(), func(o *DayAttr) bool { return o.SameStructure(d) }, "Node::delete_day: Cannot find day attribute: ")
}

// DeleteCrons deletes all crons.
func (n *Node) DeleteCrons() { n.haveMore().crons = nil; n.note(AspectAttributes) }

// DeleteCron deletes the cron of the same structure.
func (n *Node) DeleteCron(c *CronAttr) error {
	return cut(n, &n.haveMore().crons, c.String(), func(o *CronAttr) bool { return o.SameStructure(c) }, "Node::delete_cron: Cannot find cron attribute: ")
}

// DeleteQueue deletes a queue; a queue that is not there is an error only where there are none of the rarer attributes.
func (n *Node) DeleteQueue(name string) error {
	if !n.hasMisc() {
		return missingf("Node::delete_queue: Cannot find queue: %s", name)
	}
	_ = cut(n, &n.haveMore().queues, name, func(q *QueueAttr) bool { return q.Name == name }, "")
	return nil
}

// DeleteGeneric deletes a generic attribute, as DeleteQueue.
func (n *Node) DeleteGeneric(name string) error {
	if !n.hasMisc() {
		return missingf("Node::delete_generic : Cannot find generic: %s", name)
	}
	_ = cut(n, &n.haveMore().generics, name, func(g *GenericAttr) bool { return g.Name == name }, "")
	return nil
}

// hasMisc reports whether the node has, or had, one of the attributes that the original keeps in one place.
func (n *Node) hasMisc() bool { return n.rare().misc }

// dropMisc forgets that there were such attributes when none is left, as deleting zombies does.
func (n *Node) dropMisc() {
	m := n.haveMore()
	m.misc = len(m.zombies)+len(m.verifies)+len(m.queues)+len(m.generics) > 0
}

// DeleteZombie deletes the zombie attribute of a type given by name.
func (n *Node) DeleteZombie(name string) error {
	if !n.hasMisc() {
		return nil
	}
	if name == "" {
		n.haveMore().zombies = nil
		n.dropMisc()
		n.note(AspectAttributes)
		return nil
	}
	t, ok := ParseZombieType(name)
	if !ok {
		return argf("MiscAttrs::deleteZombie failed: Expected one of [ ecf | path | user ] or empty string but found %s", name)
	}
	n.DeleteZombieType(t)
	return nil
}

// DeleteZombieType deletes the zombie attribute of a type, if there is one.
func (n *Node) DeleteZombieType(t ZombieType) {
	if remove(&n.haveMore().zombies, func(z *ZombieAttr) bool { return z.Type == t }) {
		n.dropMisc()
		n.note(AspectAttributes)
	}
}

// DeleteAviso deletes an Aviso attribute.
func (n *Node) DeleteAviso(name string) error {
	return cut(n, &n.haveMore().avisos, name, func(a *AvisoAttr) bool { return a.Name == name }, "Node::deleteAviso: Cannot find aviso: ")
}

// DeleteMirror deletes a mirror attribute.
func (n *Node) DeleteMirror(name string) error {
	return cut(n, &n.haveMore().mirrors, name, func(a *MirrorAttr) bool { return a.Name == name }, "Node::deleteMirror: Cannot find mirror: ")
}

// DeleteTrigger deletes the trigger, if there is one.
func (n *Node) DeleteTrigger() {
	if n.Trigger() != nil {
		n.have().trigger = nil
		n.note(AspectAttributes)
	}
}

// DeleteComplete deletes the complete expression, if there is one.
func (n *Node) DeleteComplete() {
	if n.Complete() != nil {
		n.have().complete = nil
		n.note(AspectAttributes)
	}
}

// DeleteRepeat deletes the repeat, if there is one.
func (n *Node) DeleteRepeat() {
	if n.Repeat() != nil {
		n.have().repeat = nil
		n.note(AspectAttributes)
	}
}

// DeleteLate deletes the late attribute, if there is one.
func (n *Node) DeleteLate() { n.haveMore().late = nil; n.note(AspectAttributes) }

// DeleteAutoCancel deletes the autocancel, if there is one.
func (n *Node) DeleteAutoCancel() { n.haveMore().cancel = nil; n.note(AspectAttributes) }

// DeleteAutoArchive deletes the autoarchive, if there is one.
func (n *Node) DeleteAutoArchive() { n.haveMore().archive = nil; n.note(AspectAttributes) }

// DeleteAutoRestore deletes the autorestore, if there is one.
func (n *Node) DeleteAutoRestore() { n.haveMore().restore = nil; n.note(AspectAttributes) }

// ClearAttributes drops what a sync sends anew when attributes were added or
// deleted: all but the autocancel, autoarchive, autorestore and a suite's clock.
//
// source: libs/node NodeMemento.cpp.
func (n *Node) ClearAttributes() {
	n.vars = nil
	if a := n.attrs; a != nil {
		old := n.rare()
		n.attrs = nil
		if old.cancel != nil || old.archive != nil || old.restore != nil {
			*n.haveMore() = moreAttributes{cancel: old.cancel, archive: old.archive, restore: old.restore}
		}
	}
	n.note(AspectAttributes)
}
