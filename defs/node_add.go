package defs

import (
	"slices"
	"time"
)

// Adding attributes: each method refuses what the original refuses, in its words.
//
// source: libs/node NodeAdd.cpp, MiscAttrs.cpp, InLimitMgr.cpp.

// AddVariable adds a variable, or changes the value of the one of that name.
func (n *Node) AddVariable(v Variable) {
	n.vars = setVariable(n.vars, v)
	n.note(AspectAttributes)
}

// changed notes that an attribute was added, unless that failed.
func (n *Node) changed(err error) error {
	if err == nil {
		n.note(AspectAttributes)
	}
	return err
}

// AddMeter adds a meter.
func (n *Node) AddMeter(m Meter) error { return n.changed(n.addMeter(m)) }

func (n *Node) addMeter(m Meter) error {
	if n.meterAt(m.Name) >= 0 {
		return argf("Add Meter failed: Duplicate Meter of name '%s' already exists for node %s", m.Name, n.debugPath())
	}
	a := n.have()
	a.meters = append(a.meters, m)
	return nil
}

// AddEvent adds an event.
func (n *Node) AddEvent(e Event) error { return n.changed(n.addEvent(e)) }

func (n *Node) addEvent(e Event) error {
	if slices.ContainsFunc(n.some().events, e.Same) {
		return argf("Add Event failed: Duplicate Event of name '%s' already exists for node %s", e.NameOrNumber(), n.debugPath())
	}
	a := n.have()
	a.events = append(a.events, e)
	return nil
}

// AddLabel adds a label.
func (n *Node) AddLabel(l Label) error { return n.changed(n.addLabel(l)) }

func (n *Node) addLabel(l Label) error {
	if n.labelAt(l.Name) >= 0 {
		return argf("Add Label failed: Duplicate label of name '%s' already exists for node %s", l.Name, n.debugPath())
	}
	a := n.have()
	a.labels = append(a.labels, l)
	return nil
}

// AddLimit adds a limit, which then belongs to the node.
func (n *Node) AddLimit(l *Limit) error {
	if n.Limit(l.Name) != nil {
		return argf("Add Limit failed: Duplicate Limit of name '%s' already exists for node %s", l.Name, n.debugPath())
	}
	a := n.have()
	a.limits = append(a.limits, l)
	n.note(AspectAttributes)
	return nil
}

// AddInLimit adds an inlimit.
func (n *Node) AddInLimit(l InLimit) error { return n.changed(n.addInLimit(l)) }

func (n *Node) addInLimit(l InLimit) error {
	for _, have := range n.some().inlimits {
		if have.Name == l.Name && have.Path == l.Path {
			return argf("Add InLimit failed: already exists at %s", n.debugPath())
		}
	}
	a := n.have()
	a.inlimits = append(a.inlimits, l)
	return nil
}

// AddTrigger adds a trigger of one part.
func (n *Node) AddTrigger(text string) error { return n.SetTrigger(NewExpression(text)) }

// AddComplete adds a complete expression of one part.
func (n *Node) AddComplete(text string) error { return n.SetComplete(NewExpression(text)) }

// SetTrigger adds a trigger to a node that has none.
func (n *Node) SetTrigger(e Expression) error {
	if n.Trigger() != nil {
		return argf("Node::add_trigger_expression. A Node(%s can only have one trigger to add large triggers use multiple calls to Node::add_part_trigger( PartExpression('t1 == complete') )", n.Path())
	}
	if n.kind == KindSuite {
		return argf("Cannot add trigger on a suite")
	}
	n.have().trigger = &e
	n.note(AspectAttributes)
	return nil
}

// SetComplete adds a complete expression to a node that has none.
func (n *Node) SetComplete(e Expression) error {
	if n.Complete() != nil {
		return argf("Node::add_complete_expression. A Node(%s can only have one complete expression to add large complete expressions use multiple calls to Node::add_part_complete( PartExpression('t1 == complete') )", n.Path())
	}
	if n.kind == KindSuite {
		return argf("Cannot add complete trigger on a suite")
	}
	n.have().complete = &e
	n.note(AspectAttributes)
	return nil
}

// AddPartTrigger adds a part to the trigger, which is made if there is none.
func (n *Node) AddPartTrigger(p PartExpression) error {
	if n.kind == KindSuite {
		return argf("Cannot add trigger on a suite")
	}
	return n.addPart(p, n.Trigger(), func(e *Expression) { n.have().trigger = e })
}

// AddPartComplete adds a part to the complete expression, which is made if there is none.
func (n *Node) AddPartComplete(p PartExpression) error {
	if n.kind == KindSuite {
		return argf("Cannot add complete trigger on a suite")
	}
	return n.addPart(p, n.Complete(), func(e *Expression) { n.have().complete = e })
}

func (n *Node) addPart(p PartExpression, e *Expression, put func(*Expression)) error {
	if e == nil {
		e = &Expression{}
	}
	if err := e.Add(p); err != nil {
		return err
	}
	put(e)
	n.note(AspectAttributes)
	return nil
}

// SetRepeat adds a repeat, which then belongs to the node.
func (n *Node) SetRepeat(r Repeat) error {
	if have := n.Repeat(); have != nil {
		return argf("Add Repeat failed: Repeat of name '%s' already exists for node %s", have.Name(), n.debugPath())
	}
	if len(n.Crons()) > 0 {
		return argf("Node::addRepeat: Node %s already has a cron. Inappropriate to add two looping structures at the same level\n", n.Path())
	}
	if r.Name() == "" {
		return checkName("Variable::set_name: ", "")
	}
	n.have().repeat = r
	n.note(AspectAttributes)
	return nil
}

const noTimeOnSuite = "Cannot add time based dependency on a suite"

// AddTime adds a time attribute.
func (n *Node) AddTime(t TimeAttr) error {
	if n.kind == KindSuite {
		return argf(noTimeOnSuite)
	}
	m := n.haveMore()
	m.times = append(m.times, t)
	n.note(AspectAttributes)
	return nil
}

// AddToday adds a today attribute.
func (n *Node) AddToday(t TodayAttr) error {
	if n.kind == KindSuite {
		return argf(noTimeOnSuite)
	}
	m := n.haveMore()
	m.todays = append(m.todays, t)
	n.note(AspectAttributes)
	return nil
}

// AddDate adds a date.
func (n *Node) AddDate(d DateAttr) error {
	if n.kind == KindSuite {
		return argf(noTimeOnSuite)
	}
	m := n.haveMore()
	m.dates = append(m.dates, d)
	n.note(AspectAttributes)
	return nil
}

// AddDay adds a day.
func (n *Node) AddDay(d DayAttr) error {
	if n.kind == KindSuite {
		return argf(noTimeOnSuite)
	}
	m := n.haveMore()
	m.days = append(m.days, d)
	n.note(AspectAttributes)
	return nil
}

// AddCron adds a cron.
func (n *Node) AddCron(c CronAttr) error {
	if c.Series.Start.IsNull() {
		return argf("Node::addCron: The cron is in-complete, no time specified")
	}
	if c.Series.HasIncrement() && n.Repeat() != nil {
		return argf("Node::addCron: Node %s already has a repeat. Inappropriate to add two looping structures at the same level\n", n.Path())
	}
	m := n.haveMore()
	m.crons = append(m.crons, c)
	n.note(AspectAttributes)
	return nil
}

// SetLate adds a late attribute.
func (n *Node) SetLate(l LateAttr) error {
	if n.Late() != nil {
		return argf("Add Late failed: A node can only have one Late attribute, see node %s", n.debugPath())
	}
	n.haveMore().late = &l
	n.note(AspectAttributes)
	return nil
}

// AddZombie adds a zombie attribute.
func (n *Node) AddZombie(z ZombieAttr) error {
	for _, have := range n.rare().zombies {
		if have.Type == z.Type {
			return argf("MiscAttrs::addZombie: Node %s already has a zombie attribute of type %s\n", n.Path(), z.Type)
		}
	}
	m := n.haveMore()
	m.misc = true
	m.zombies = append(m.zombies, z)
	n.note(AspectAttributes)
	return nil
}

// AddVerify adds a verify attribute.
func (n *Node) AddVerify(v VerifyAttr) error {
	for _, have := range n.rare().verifies {
		if have.State == v.State {
			return argf("Add Verify failed: Duplicate '%s' already exists for node %s", v, n.debugPath())
		}
	}
	m := n.haveMore()
	m.misc = true
	m.verifies = append(m.verifies, v)
	n.note(AspectAttributes)
	return nil
}

// AddQueue adds a queue.
func (n *Node) AddQueue(q QueueAttr) error {
	if n.Queue(q.Name) != nil {
		return argf("MiscAttrs::add_queue: Node %s already has a queue attribute of name %s\n", n.Path(), q.Name)
	}
	m := n.haveMore()
	m.misc = true
	m.queues = append(m.queues, q)
	n.note(AspectAttributes)
	return nil
}

// AddGeneric adds a generic attribute.
func (n *Node) AddGeneric(g GenericAttr) error {
	for _, have := range n.rare().generics {
		if have.Name == g.Name {
			return argf("MiscAttrs::add_generic : Node %s already has a generic attribute of name %s\n", n.Path(), g.Name)
		}
	}
	m := n.haveMore()
	m.misc = true
	m.generics = append(m.generics, g)
	n.note(AspectAttributes)
	return nil
}

// AddAviso adds an Aviso attribute.
func (n *Node) AddAviso(a AvisoAttr) error {
	if len(n.Avisos()) > 0 {
		return argf("Unable to add Aviso '%s'. Only 1 Aviso allowed per node.", a.Name)
	}
	m := n.haveMore()
	m.avisos = append(m.avisos, a)
	n.note(AspectAttributes)
	return nil
}

// AddMirror adds a mirror attribute.
func (n *Node) AddMirror(a MirrorAttr) error {
	if len(n.Mirrors()) > 0 {
		return argf("Unable to add Mirror '%s'. Only 1 Mirror allowed per node.", a.Name)
	}
	m := n.haveMore()
	m.mirrors = append(m.mirrors, a)
	n.note(AspectAttributes)
	return nil
}

// SetAutoCancel adds an autocancel; it excludes an autoarchive.
func (n *Node) SetAutoCancel(a AutoCancel) error {
	if n.AutoArchive() != nil {
		return argf("Node::addAutoCancel: Cannot add autocancel and autoarchive on the same node %s", n.debugPath())
	}
	if n.AutoCancel() != nil {
		return argf("Node::addAutoCancel: A node can only have one autocancel, see node %s", n.debugPath())
	}
	n.haveMore().cancel = &a
	n.note(AspectAttributes)
	return nil
}

// SetAutoArchive adds an autoarchive; it excludes an autocancel.
func (n *Node) SetAutoArchive(a AutoArchive) error {
	if n.AutoCancel() != nil {
		return argf("Node::add_autoarchive: Cannot add autocancel and autoarchive on the same node %s", n.debugPath())
	}
	if n.AutoArchive() != nil {
		return argf("Node::add_autoarchive: A node can only have one autoarchive, see node %s", n.debugPath())
	}
	n.haveMore().archive = &a
	n.note(AspectAttributes)
	return nil
}

// SetAutoRestore adds an autorestore.
func (n *Node) SetAutoRestore(a AutoRestore) error {
	if n.AutoRestore() != nil {
		return argf("Node::add_auto_restore: Can only have one autorestore per node %s", n.debugPath())
	}
	n.haveMore().restore = &a
	n.note(AspectAttributes)
	return nil
}

// AddClock gives a clock to a suite that has none; now is the computer's time.
func (n *Node) AddClock(c ClockAttr, now time.Time) error {
	if n.Clock() != nil {
		return argf("Add Clock failed: Suite can only have one clock %s", n.Path())
	}
	if end := n.EndClock(); end != nil && !end.Start(now).After(c.Start(now)) {
		return argf("Add Clock failed:: End time must be greater than start time %s", n.Path())
	}
	return n.SetClock(&c)
}

// AddEndClock gives an end clock to a suite that has none; now is the computer's time.
func (n *Node) AddEndClock(c ClockAttr, now time.Time) error {
	if n.EndClock() != nil {
		return argf("Add end Clock failed: Suite can only have one end clock %s", n.Path())
	}
	if start := n.Clock(); start != nil && !c.Start(now).After(start.Start(now)) {
		return argf("Add end Clock failed: End time must be greater than start time %s", n.Path())
	}
	return n.SetEndClock(&c)
}

// SetClock gives a suite a clock; nil takes it away.
func (n *Node) SetClock(c *ClockAttr) error {
	if n.suite == nil {
		return argf("only a suite can have a clock, not %s", n.debugPath())
	}
	n.wholly(func() {
		n.suite.clock = c
		n.suite.calendar.Hybrid = c != nil && c.Hybrid
		n.note(AspectClock)
	})
	return nil
}

// SetEndClock says when a simulation of a suite ends.
func (n *Node) SetEndClock(c *ClockAttr) error {
	if n.suite == nil {
		return argf("only a suite can have an end clock, not %s", n.debugPath())
	}
	if c != nil {
		end := *c
		end.End = true
		c = &end
	}
	n.suite.endClock = c
	n.note(AspectClock)
	return nil
}
