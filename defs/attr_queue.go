package defs

import (
	"slices"
	"strconv"
	"strings"
)

// QueueAttr hands out steps to whoever asks next, and keeps the state of each.
type QueueAttr struct {
	Name   string
	Steps  []string
	States []NState
	Index  int // the next step to hand out
}

// noStep is what a queue that has run out hands out.
const noStep = "<NULL>"

// NewQueueAttr checks the name; there must be a step at least.
//
// source: libs/attribute QueueAttr.cpp.
func NewQueueAttr(name string, steps []string) (QueueAttr, error) {
	if err := checkName("QueueAttr::QueueAttr: Invalid queue name : ", name); err != nil {
		return QueueAttr{}, err
	}
	if len(steps) == 0 {
		return QueueAttr{}, argf("QueueAttr::QueueAttr: No queue items specified")
	}
	states := make([]NState, len(steps))
	for i := range states {
		states[i] = Queued
	}
	return QueueAttr{Name: name, Steps: slices.Clone(steps), States: states}, nil
}

// Value is the current step, "<NULL>" past the end.
func (q *QueueAttr) Value() string {
	if q.Index >= 0 && q.Index < len(q.Steps) {
		return q.Steps[q.Index]
	}
	return noStep
}

// IndexOrValue is the current step as a number, or else its index.
func (q *QueueAttr) IndexOrValue() int {
	if q.Index >= 0 && q.Index < len(q.Steps) {
		return intOr(q.Steps[q.Index], q.Index)
	}
	return q.Index
}

// State is the state of a step.
func (q *QueueAttr) State(step string) (NState, error) {
	i := slices.Index(q.Steps, step)
	if i < 0 || i >= len(q.States) {
		return Unknown, missingf("QueueAttr::state: could not find step %s", step)
	}
	return q.States[i], nil
}

// Requeue starts from the first step again.
func (q *QueueAttr) Requeue() {
	q.Index = 0
	for i := range q.States {
		q.States[i] = Queued
	}
}

// Active hands out the next step, "<NULL>" when none is left.
func (q *QueueAttr) Active() string {
	step := q.Value()
	if q.Index >= 0 && q.Index < len(q.Steps) {
		if q.Index < len(q.States) {
			q.States[q.Index] = Active
		}
		q.Index++
	}
	return step
}

// Finish sets a step's state: Complete or Aborted.
func (q *QueueAttr) Finish(step string, state NState) error {
	i := slices.Index(q.Steps, step)
	if i < 0 || i >= len(q.States) {
		return missingf("QueueAttr::%s: Could not find %s in queue %s", state, step, q.Name)
	}
	q.States[i] = state
	return nil
}

// CountAborted is how many steps are aborted, in text; empty for none.
func (q *QueueAttr) CountAborted() string {
	n := 0
	for _, s := range q.States {
		if s == Aborted {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Rewind goes back to the first step that is queued or aborted.
func (q *QueueAttr) Rewind() {
	if i := slices.IndexFunc(q.States, func(s NState) bool { return s == Queued || s == Aborted }); i >= 0 {
		q.Index = i
	}
}

// Clone is an independent copy.
func (q *QueueAttr) Clone() QueueAttr {
	return QueueAttr{Name: q.Name, Steps: slices.Clone(q.Steps), States: slices.Clone(q.States), Index: q.Index}
}

// Equal compares everything.
func (q *QueueAttr) Equal(o *QueueAttr) bool {
	return q.Name == o.Name && q.Index == o.Index && slices.Equal(q.Steps, o.Steps) && slices.Equal(q.States, o.States)
}

// String is the attribute as a definition has it.
func (q *QueueAttr) String() string {
	return strings.Join(append([]string{"queue " + q.Name}, q.Steps...), " ")
}
