package defs

import "slices"

// Changing the values of attributes, as alter and child commands do.
//
// source: libs/node NodeChange.cpp.

// ChangeVariable changes the value of a user variable that is there.
func (n *Node) ChangeVariable(name, value string) error {
	i := variableAt(n.vars, name)
	if i < 0 {
		return missingf("Node::changeVariable: Could not find variable %s", name)
	}
	n.vars[i].Value = value
	n.note(AspectVariables)
	return nil
}

// SetVariables replaces all user variables.
func (n *Node) SetVariables(vars []Variable) {
	n.vars = append([]Variable(nil), vars...)
	n.note(AspectAttributes)
}

// ChangeEvent sets or clears an event, found by name or by number as text.
func (n *Node) ChangeEvent(name string, value bool) error {
	i := n.eventAt(name)
	if i < 0 {
		return missingf("Node::changeEvent: Could not find event %s", name)
	}
	n.attrs.events[i].Value = value
	n.noteAt(AspectEvent, i)
	return nil
}

// ChangeMeter sets a meter to a value within its range.
func (n *Node) ChangeMeter(name string, value int) error {
	i := n.meterAt(name)
	if i < 0 {
		return missingf("Node::changeMeter: Could not find meter %s", name)
	}
	m, err := n.attrs.meters[i].With(value)
	if err != nil {
		return err
	}
	n.attrs.meters[i] = m
	n.noteAt(AspectMeter, i)
	return nil
}

// ChangeLabel sets the new value of a label.
func (n *Node) ChangeLabel(name, value string) error {
	i := n.labelAt(name)
	if i < 0 {
		return missingf("Node::changeLabel: Could not find label %s", name)
	}
	n.attrs.labels[i].New = value
	n.noteAt(AspectLabel, i)
	return nil
}

// ChangeLimitMax sets how many tokens a limit has.
func (n *Node) ChangeLimitMax(name string, maximum int) error {
	l := n.Limit(name)
	if l == nil {
		return missingf("Node::changeLimitMax: Could not find limit %s", name)
	}
	l.Max = maximum
	n.noteLimit(l)
	return nil
}

// ChangeLimitValue sets how many tokens of a limit are in use.
func (n *Node) ChangeLimitValue(name string, value int) error {
	l := n.Limit(name)
	if l == nil {
		return missingf("Node::changeLimitValue: Could not find limit %s", name)
	}
	l.SetValue(value)
	n.noteLimit(l)
	return nil
}

// ChangeRepeat sets the repeat to a value given as text.
func (n *Node) ChangeRepeat(value string) error {
	r := n.Repeat()
	if r == nil {
		return missingf("Node::changeRepeat: Could not find repeat on %s", n.Path())
	}
	return n.WithRepeat(func(r Repeat) error { return r.Change(value) })
}

// WithRepeat lets f change the repeat, if there is one.
func (n *Node) WithRepeat(f func(Repeat) error) error {
	r := n.Repeat()
	if r == nil {
		return nil
	}
	if err := f(r); err != nil {
		return err
	}
	n.note(AspectRepeat)
	return nil
}

// ChangeDefStatus sets the default state by its name.
func (n *Node) ChangeDefStatus(name string) error {
	s, ok := ParseDState(name)
	if !ok {
		return argf("Node::changeDefstatus expected a state but found %s", name)
	}
	n.SetDefStatus(s)
	return nil
}

// ChangeLate puts a late attribute in place of the one there is, if any.
func (n *Node) ChangeLate(l LateAttr) { n.haveMore().late = &l; n.note(AspectAttributes) }

// ChangeTrigger puts a trigger of one part in place of the one there is, if any. The text is read and checked before.
func (n *Node) ChangeTrigger(text string) error {
	if err := n.readable("trigger", "Node::changeTrigger:", text); err != nil {
		return err
	}
	if n.kind == KindSuite {
		return argf("Cannot add trigger on a suite")
	}
	e := NewExpression(text)
	n.have().trigger = &e
	n.note(AspectAttributes)
	return nil
}

// ChangeComplete puts a complete expression of one part in place of the one there is, if any. The text is read and
// checked before.
func (n *Node) ChangeComplete(text string) error {
	if err := n.readable("complete", "Node::changeComplete:", text); err != nil {
		return err
	}
	if n.kind == KindSuite {
		return argf("Cannot add complete trigger on a suite")
	}
	e := NewExpression(text)
	n.have().complete = &e
	n.note(AspectAttributes)
	return nil
}

// SetTriggerFree sets the trigger free, or not; nothing happens without one.
func (n *Node) SetTriggerFree(free bool) { n.setFree(n.Trigger(), free, AspectTrigger) }

// SetCompleteFree sets the complete expression free, or not; nothing happens without one.
func (n *Node) SetCompleteFree(free bool) { n.setFree(n.Complete(), free, AspectComplete) }

func (n *Node) setFree(e *Expression, free bool, a Aspect) {
	if e != nil && e.Free != free {
		e.Free = free
		n.note(a)
	}
}

// WithQueue lets f change a queue, found by name; an error of f says that it has not.
func (n *Node) WithQueue(name string, f func(*QueueAttr) error) error {
	q := n.Queue(name)
	if q == nil {
		return missingf("Node::queue: Could not find queue %s", name)
	}
	if err := f(q); err != nil {
		return err
	}
	n.noteAt(AspectQueue, slices.IndexFunc(n.Queues(), func(have QueueAttr) bool { return have.Name == name }))
	return nil
}
