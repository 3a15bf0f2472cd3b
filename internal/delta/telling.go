package delta

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// telling collects what a client is told of one node.
type telling struct {
	n        *defs.Node
	vec      []wire.Memento
	children bool // all children are told anew
	clear    bool // all attributes are told anew
	verified bool // all verifies are told
}

func (c *telling) add(m wire.Memento) { c.vec = append(c.vec, m) }

// tell adds what a change comes to; changes come in the order of aspects.
func (c *telling) tell(change defs.Change) {
	n, a := c.n, change.Aspect()
	switch a {
	case defs.AspectClock:
		if clock := n.Clock(); clock != nil {
			c.add(&wire.SuiteClockMemento{ClockAttr: wireClock(clock)})
		}
	case defs.AspectBegun:
		c.add(&wire.SuiteBeginDeltaMemento{Begun: n.Begun()})
	case defs.AspectChildren:
		c.tellChildren()
	case defs.AspectOrder:
		if !c.children {
			c.add(&wire.OrderMemento{Order: names(n.Children())})
		}
	case defs.AspectAliasNo:
		c.add(&wire.AliasNumberMemento{AliasNo: uint32(n.AliasNo())})
	case defs.AspectJob:
		c.add(&wire.SubmittableMemento{JobsPassword: n.Password(), RemoteID: n.ProcessID(), AbortReason: n.AbortReason(), TryNo: n.TryNo()})
	case defs.AspectState:
		c.add(&wire.NodeStateMemento{State: wire.NodeStateChange{State: wire.NState(n.State()), Since: wireDuration(n.StateSince())}})
	case defs.AspectDefStatus:
		c.add(&wire.NodeDefStatusDeltaMemento{State: wire.DState(n.DefStatus())})
	case defs.AspectSuspended:
		c.add(&wire.SuspendedMemento{Suspended: n.Suspended()})
	case defs.AspectAttributes:
		c.clear = true
		c.all()
	case defs.AspectFlag:
		if !c.clear {
			c.flag()
		}
	default:
		if !c.clear {
			c.attribute(a, change.Index())
		}
	}
}

func (c *telling) tellChildren() {
	c.children = true
	if c.n.IsContainer() {
		c.add(&wire.ChildrenMemento{Children: wireChildren(c.n)})
	} else {
		c.add(&wire.AliasChildrenMemento{Children: wireAliases(c.n)})
	}
}

func (c *telling) flag() { c.add(&wire.FlagMemento{Flag: wire.Flag{Mask: uint32(c.n.Flag())}}) }

// attribute tells one attribute that has changed, if it is there.
func (c *telling) attribute(a defs.Aspect, at int) {
	n := c.n
	switch a {
	case defs.AspectEvent:
		one(n.Events(), at, c.event)
	case defs.AspectMeter:
		one(n.Meters(), at, c.meter)
	case defs.AspectLabel:
		one(n.Labels(), at, c.label)
	case defs.AspectAviso:
		one(n.Avisos(), at, c.aviso)
	case defs.AspectMirror:
		one(n.Mirrors(), at, c.mirror)
	case defs.AspectToday:
		one(n.Todays(), at, c.today)
	case defs.AspectTime:
		one(n.Times(), at, c.time)
	case defs.AspectDay:
		one(n.Days(), at, c.day)
	case defs.AspectDate:
		one(n.Dates(), at, c.date)
	case defs.AspectCron:
		one(n.Crons(), at, c.cron)
	case defs.AspectQueue:
		one(n.Queues(), at, func(q *defs.QueueAttr) {
			c.add(&wire.NodeQueueIndexMemento{Index: q.Index, Name: q.Name, States: wireStates(q.States)})
		})
	case defs.AspectVerify:
		c.verifies()
	case defs.AspectTrigger:
		c.trigger()
	case defs.AspectComplete:
		c.complete()
	case defs.AspectRepeat:
		if r := n.Repeat(); r != nil {
			c.add(&wire.NodeRepeatIndexMemento{IndexOrValue: int(r.IndexOrValue())})
		}
	case defs.AspectLimit:
		if limits := n.Limits(); at < len(limits) {
			c.limit(limits[at])
		}
	case defs.AspectVariables:
		c.variables()
	case defs.AspectLate:
		c.late()
	default:
	}
}

func one[T any](items []T, at int, tell func(*T)) {
	if at < len(items) {
		tell(&items[at])
	}
}

func every[T any](items []T, tell func(*T)) {
	for i := range items {
		tell(&items[i])
	}
}

// all tells all attributes, for a node whose attributes the client drops before.
//
// source: libs/node NodeMemento.cpp, incremental_changes.
func (c *telling) all() {
	n := c.n
	every(n.Meters(), c.meter)
	every(n.Events(), c.event)
	every(n.Labels(), c.label)
	every(n.Avisos(), c.aviso)
	every(n.Mirrors(), c.mirror)
	every(n.Todays(), c.today)
	every(n.Times(), c.time)
	every(n.Days(), c.day)
	every(n.Dates(), c.date)
	every(n.Crons(), c.cron)
	if len(n.Verifies()) > 0 {
		c.verifies()
	}
	every(n.Zombies(), func(z *defs.ZombieAttr) { c.add(&wire.NodeZombieMemento{Attr: wireZombie(z)}) })
	every(n.Queues(), func(q *defs.QueueAttr) { c.add(&wire.NodeQueueMemento{Queue: wireQueue(q)}) })
	every(n.Generics(), func(g *defs.GenericAttr) { c.add(&wire.NodeGenericMemento{Generic: wireGeneric(g)}) })
	for _, l := range n.Limits() {
		c.limit(l)
	}
	c.variables()
	every(n.InLimits(), func(l *defs.InLimit) { c.add(&wire.NodeInLimitMemento{InLimit: wireInLimit(l)}) })
	c.trigger()
	c.complete()
	if r := n.Repeat(); r != nil {
		c.add(&wire.NodeRepeatMemento{Repeat: wireRepeat(r)})
	}
	c.late()
	c.flag()
}

func (c *telling) event(e *defs.Event)       { c.add(&wire.NodeEventMemento{Event: wireEvent(e)}) }
func (c *telling) meter(m *defs.Meter)       { c.add(&wire.NodeMeterMemento{Meter: wireMeter(m)}) }
func (c *telling) label(l *defs.Label)       { c.add(&wire.NodeLabelMemento{Label: wireLabel(l)}) }
func (c *telling) aviso(a *defs.AvisoAttr)   { c.add(&wire.NodeAvisoMemento{Aviso: wireAviso(c.n, a)}) }
func (c *telling) mirror(m *defs.MirrorAttr) { c.add(&wire.NodeMirrorMemento{Mirror: wireMirror(m)}) }
func (c *telling) today(t *defs.TodayAttr)   { c.add(&wire.NodeTodayMemento{Attr: wireToday(t)}) }
func (c *telling) time(t *defs.TimeAttr)     { c.add(&wire.NodeTimeMemento{Attr: wireTime(t)}) }
func (c *telling) day(d *defs.DayAttr)       { c.add(&wire.NodeDayMemento{Attr: wireDay(d)}) }
func (c *telling) date(d *defs.DateAttr)     { c.add(&wire.NodeDateMemento{Attr: wireDate(d)}) }
func (c *telling) cron(t *defs.CronAttr)     { c.add(&wire.NodeCronMemento{Attr: wireCron(t)}) }
func (c *telling) limit(l *defs.Limit)       { c.add(&wire.NodeLimitMemento{Limit: wireLimit(l)}) }

func (c *telling) verifies() {
	if !c.verified {
		c.verified = true
		c.add(&wire.NodeVerifyMemento{Verifies: wireVerifies(c.n.Verifies())})
	}
}

func (c *telling) variables() {
	for _, v := range c.n.Variables() {
		c.add(&wire.NodeVariableMemento{Variable: wire.Variable(v)})
	}
}

func (c *telling) trigger() {
	if e := c.n.Trigger(); e != nil {
		c.add(&wire.NodeTriggerMemento{Expression: wireExpression(e)})
	}
}

func (c *telling) complete() {
	if e := c.n.Complete(); e != nil {
		c.add(&wire.NodeCompleteMemento{Expression: wireExpression(e)})
	}
}

func (c *telling) late() {
	if l := c.n.Late(); l != nil {
		c.add(&wire.NodeLateMemento{Late: wireLate(l)})
	}
}
