package delta

import (
	"fmt"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Apply makes the server's changes in the tree, and takes over the change
// numbers. changed are the paths that the server named, in its order, "/" for
// the definition itself; a path may come twice.
//
// When the changes do not fit the tree, nothing of it is changed; the error,
// of kind fault.Check, then means that the tree has to be got anew by a full
// sync.
//
// source: libs/node DefsDelta.cpp, Memento.hpp.
func Apply(d *defs.Defs, delta *wire.DefsDelta) (changed []string, err error) {
	if d == nil || delta == nil {
		return nil, misfit("there is no definition to change")
	}
	undo := d.Keep(len(delta.CompoundMementos))
	changed = make([]string, 0, len(delta.CompoundMementos))
	for _, c := range delta.CompoundMementos {
		if c == nil {
			continue
		}
		if err := compound(d, undo, c); err != nil {
			undo.Back()
			return nil, refuse(c.AbsNodePath, err)
		}
		changed = append(changed, c.AbsNodePath)
	}
	d.SetChangeNos(int(delta.ServerStateChangeNo), int(delta.ServerModifyChangeNo))
	return changed, nil
}

// refuse makes any error one that asks for a full sync.
func refuse(path string, err error) error {
	if fault.KindOf(err) == fault.Check {
		return fmt.Errorf("%s: %w", path, err)
	}
	return &fault.Error{Kind: fault.Check, Path: path, Msg: "the server's changes do not fit", Hint: "sync in full", Err: err}
}

func compound(d *defs.Defs, undo *defs.Undo, c *wire.CompoundMemento) error {
	if c.AbsNodePath == "/" {
		for _, m := range c.Vec {
			if err := onDefs(d, m); err != nil {
				return err
			}
		}
		return nil
	}
	n := d.Find(c.AbsNodePath)
	if n == nil {
		return misfit("there is no node %s", c.AbsNodePath)
	}
	undo.Node(n, c.ClearAttributes)
	if c.ClearAttributes {
		n.ClearAttributes()
	}
	for _, m := range c.Vec {
		if v, ok := m.(*wire.NodeVariableMemento); ok && v != nil {
			undo.Variables(n)
			n.AddVariable(defs.Variable(v.Variable))
			continue
		}
		done, err := onState(n, m)
		if !done {
			undo.Node(n, true)
			done, err = onAttribute(n, m)
		}
		if !done && err == nil {
			done, err = onTime(n, m, c.ClearAttributes)
		}
		if !done && err == nil {
			err = misfit("%T of node %s", m, c.AbsNodePath)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// onDefs changes the definition itself.
func onDefs(d *defs.Defs, m wire.Memento) error {
	switch m := m.(type) {
	case *wire.StateMemento:
		s, err := nstate(m.State)
		if err != nil {
			return err
		}
		d.SetState(s)
	case *wire.ServerStateMemento:
		s, err := serverState(m.State)
		if err != nil {
			return err
		}
		d.SetServerState(s)
	case *wire.ServerVariableMemento:
		d.SetUserVariables(variables(m.Variables))
	case *wire.OrderMemento:
		d.ReorderSuites(m.Order)
	case *wire.FlagMemento:
		d.SetFlag(defs.Flag(m.Flag.Mask))
	default:
		return misfit("%T of the definition", m)
	}
	return nil
}

// onState changes what a node is in: state, flag, job, calendar. It is done
// for mementos of other kinds by [onAttribute] and [onTime].
func onState(n *defs.Node, m wire.Memento) (done bool, err error) {
	switch m := m.(type) {
	case *wire.NodeStateMemento:
		s, err := nstate(m.State.State)
		if err != nil {
			return true, err
		}
		since, err := duration(m.State.Since)
		if err != nil {
			return true, err
		}
		n.PutState(s, since)
	case *wire.NodeDefStatusDeltaMemento:
		s, err := dstate(m.State)
		if err != nil {
			return true, err
		}
		n.SetDefStatus(s)
	case *wire.SuspendedMemento:
		n.SetSuspended(m.Suspended)
	case *wire.FlagMemento:
		n.SetFlag(defs.Flag(m.Flag.Mask))
	case *wire.SubmittableMemento:
		if !n.IsSubmittable() {
			return false, nil
		}
		n.SetJob(m.JobsPassword, m.RemoteID, m.AbortReason, m.TryNo)
	case *wire.AliasNumberMemento:
		if n.Kind() != defs.KindTask {
			return false, nil
		}
		n.SetAliasNo(int(m.AliasNo))
	default:
		if n.Kind() == defs.KindSuite {
			return onSuite(n, m)
		}
		return false, nil
	}
	return true, nil
}

func onSuite(n *defs.Node, m wire.Memento) (done bool, err error) {
	switch m := m.(type) {
	case *wire.SuiteClockMemento:
		c := clock(&m.ClockAttr)
		return true, n.SetClock(&c)
	case *wire.SuiteBeginDeltaMemento:
		n.SetBegun(m.Begun)
	case *wire.SuiteCalendarMemento:
		c, err := calendar(&m.Calendar)
		if err != nil {
			return true, err
		}
		n.SetCalendar(c)
	default:
		return false, nil
	}
	return true, nil
}

// onAttribute changes children and attributes other than those of time.
func onAttribute(n *defs.Node, m wire.Memento) (done bool, err error) {
	switch m := m.(type) {
	case *wire.OrderMemento:
		n.ReorderChildren(m.Order)
	case *wire.ChildrenMemento:
		if !n.IsContainer() {
			return false, nil
		}
		err = putChildren(n, m.Children)
	case *wire.AliasChildrenMemento:
		if n.Kind() != defs.KindTask {
			return false, nil
		}
		err = putAliases(n, m.Children)
	case *wire.NodeEventMemento:
		err = n.PutEvent(event(&m.Event))
	case *wire.NodeMeterMemento:
		err = n.PutMeter(meter(&m.Meter))
	case *wire.NodeLabelMemento:
		n.PutLabel(label(&m.Label))
	case *wire.NodeTriggerMemento:
		err = n.PutTrigger(expression(&m.Expression))
	case *wire.NodeCompleteMemento:
		err = n.PutComplete(expression(&m.Expression))
	case *wire.NodeRepeatMemento:
		err = putRepeat(n, &m.Repeat)
	case *wire.NodeRepeatIndexMemento:
		err = n.WithRepeat(func(r defs.Repeat) error { r.Set(int64(m.IndexOrValue)); return nil })
	case *wire.NodeLimitMemento:
		err = n.PutLimit(limit(&m.Limit))
	case *wire.NodeInLimitMemento:
		err = n.AddInLimit(inLimit(&m.InLimit))
	default:
		return onRare(n, m)
	}
	return true, err
}

func putRepeat(n *defs.Node, w *wire.Repeat) error {
	if w.Kind == nil {
		return nil
	}
	r, err := repeat(w)
	if err != nil {
		return err
	}
	return n.PutRepeat(r)
}

func onRare(n *defs.Node, m wire.Memento) (done bool, err error) {
	var c collect
	switch m := m.(type) {
	case *wire.NodeAvisoMemento:
		c.add(n.PutAviso(aviso(&m.Aviso)))
	case *wire.NodeMirrorMemento:
		c.add(n.PutMirror(mirror(&m.Mirror)))
	case *wire.NodeZombieMemento:
		c.add(n.PutZombie(zombie(&m.Attr)))
	case *wire.NodeVerifyMemento:
		var verifies []defs.VerifyAttr
		each(&c, m.Verifies, verify, func(v defs.VerifyAttr) error { verifies = append(verifies, v); return nil })
		n.SetVerifies(verifies)
	case *wire.NodeQueueMemento:
		each(&c, []wire.QueueAttr{m.Queue}, queue, n.AddQueue)
	case *wire.NodeGenericMemento:
		c.add(n.AddGeneric(generic(&m.Generic)))
	case *wire.NodeQueueIndexMemento:
		c.add(putQueueIndex(n, m))
	default:
		return false, nil
	}
	return true, c.err
}

func putQueueIndex(n *defs.Node, m *wire.NodeQueueIndexMemento) error {
	states, err := queueStates(m.States)
	if err != nil {
		return err
	}
	return n.WithQueue(m.Name, func(q *defs.QueueAttr) error {
		if len(states) != len(q.Steps) {
			return misfit("queue %s of %d steps and %d states", m.Name, len(q.Steps), len(states))
		}
		q.Index, q.States = m.Index, states
		return nil
	})
}

// onTime changes attributes of time. They have no names: after all were cleared
// each memento is one of its own, otherwise it means the one of the same structure.
func onTime(n *defs.Node, m wire.Memento, cleared bool) (done bool, err error) {
	var c collect
	switch m := m.(type) {
	case *wire.NodeLateMemento:
		each(&c, []wire.LateAttr{m.Late}, late, n.PutLate)
	case *wire.NodeTodayMemento:
		each(&c, []wire.TodayAttr{m.Attr}, todayAttr, either(cleared, n.AddToday, n.PutToday))
	case *wire.NodeTimeMemento:
		each(&c, []wire.TimeAttr{m.Attr}, timeAttr, either(cleared, n.AddTime, n.PutTime))
	case *wire.NodeDayMemento:
		each(&c, []wire.DayAttr{m.Attr}, dayAttr, either(cleared, n.AddDay, n.PutDay))
	case *wire.NodeDateMemento:
		each(&c, []wire.DateAttr{m.Attr}, plain(dateAttr), either(cleared, n.AddDate, n.PutDate))
	case *wire.NodeCronMemento:
		each(&c, []wire.CronAttr{m.Attr}, cronAttr, either(cleared, n.AddCron, n.PutCron))
	default:
		return false, nil
	}
	return true, c.err
}

func either[T any](first bool, a, b func(T) error) func(T) error {
	if first {
		return a
	}
	return b
}
