package simulate

import (
	"strconv"

	"github.com/ecflow-go/ecflow/defs"
)

// use is an attribute that some expression asks for.
type use struct {
	node *defs.Node
	name string
}

// usedInExpressions are the attributes that expressions ask for by path and name. Only such events are set, and such
// meters go step by step.
func usedInExpressions(d *defs.Defs) map[use]bool {
	used := map[use]bool{}
	for n := range d.All() {
		for _, e := range [...]*defs.Expression{n.Complete(), n.Trigger()} {
			n.EachAttributeReference(e, func(at *defs.Node, name string) { used[use{at, name}] = true })
		}
	}
	return used
}

// submit starts all jobs that can start, and lets each do what its task may be expected to do. After each step of it other
// jobs may start, and run to their end within.
func (s *simulation) submit() error {
	if err := s.stopped(); err != nil {
		return err
	}
	var started []*defs.Node
	s.defs.Resolve(func(task *defs.Node) bool {
		started = append(started, task)
		_ = task.Become(defs.Submitted) // its suite has begun
		task.JobActive(dummyID)
		return true
	})
	for _, task := range started {
		if err := s.job(task); err != nil {
			return err
		}
	}
	return nil
}

// dummyID is the process id of jobs that are none.
const dummyID = "_RID_"

// job does what the job of a task would.
func (s *simulation) job(task *defs.Node) error {
	// by position, as what is submitted in between may change the attributes
	for i := range task.Events() {
		e := task.Events()[i]
		if !s.used[use{task, e.Name}] && !(e.HasNumber() && s.used[use{task, strconv.Itoa(e.Number)}]) {
			continue
		}
		if err := task.ChangeEvent(e.NameOrNumber(), !e.Initial); err != nil {
			return err
		}
		if err := s.child("event "+e.NameOrNumber()+" ", task); err != nil {
			return err
		}
	}
	for i := range task.Meters() {
		m := task.Meters()[i]
		if !s.used[use{task, m.Name}] {
			if err := task.ChangeMeter(m.Name, m.Max); err != nil {
				return err
			}
			continue
		}
		for task.Meters()[i].Value < m.Max {
			if err := task.ChangeMeter(m.Name, task.Meters()[i].Value+1); err != nil {
				return err
			}
			if err := s.child("meter "+m.Name+" ", task); err != nil {
				return err
			}
		}
	}
	for n := task; n != nil; n = n.Parent() {
		if err := s.queues(task, n); err != nil {
			return err
		}
	}
	return task.JobComplete()
}

// queues works off the queues of a node.
func (s *simulation) queues(task, n *defs.Node) error {
	for i := range n.Queues() {
		name := n.Queues()[i].Name
		for range n.Queues()[i].Steps {
			var step string
			err := n.WithQueue(name, func(q *defs.QueueAttr) error {
				if step = q.Active(); step == noStep {
					return nil
				}
				return q.Finish(step, defs.Complete)
			})
			if err != nil {
				return err
			}
			if !s.used[use{n, name}] {
				continue
			}
			if err := s.child("queue "+name+" complete "+step, task); err != nil {
				return err
			}
		}
	}
	return nil
}

// noStep is what a queue that has run out hands out.
const noStep = "<NULL>"

// child logs what the job tells, and submits what that may have set free.
func (s *simulation) child(what string, task *defs.Node) error {
	s.log.write(defs.LogMsg, "chd:"+what+task.Path())
	return s.submit()
}

// verify tells which counts of a node are not as expected.
func verify(n *defs.Node) (problem string) {
	for _, v := range n.Verifies() {
		if v.Expected != v.Actual {
			problem += label(n) + " expected " + strconv.Itoa(v.Expected) + " " + v.State.String() + " but found " +
				strconv.Itoa(v.Actual) + "\n"
		}
	}
	return problem
}
