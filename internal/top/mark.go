package top

import "github.com/ecflow-go/ecflow/defs"

// The screen keeps with each node, in its mark, whether it is unfolded, and how many tasks
// are below: two bits and three numbers of 20.
const (
	markOpen       = 1 << 0 // children are shown
	markAttributes = 1 << 1 // attributes are shown
	markFolds      = markOpen | markAttributes

	countBits = 20
	countMax  = 1<<countBits - 1
)

// tally is how many tasks are at or below a node. Numbers stop at countMax.
type tally struct{ all, complete, aborted uint32 }

func (t *tally) add(o tally) {
	t.all = min(t.all+o.all, countMax)
	t.complete = min(t.complete+o.complete, countMax)
	t.aborted = min(t.aborted+o.aborted, countMax)
}

func tallyOf(mark uint64) tally {
	part := func(n int) uint32 { return uint32(mark>>(2+n*countBits)) & countMax }
	return tally{part(0), part(1), part(2)}
}

func (t tally) mark() uint64 {
	return uint64(t.all)<<2 | uint64(t.complete)<<(2+countBits) | uint64(t.aborted)<<(2+2*countBits)
}

// totals are the tasks of a server by what is seen as their state.
type totals [defs.DSuspended + 1]int

// countTasks counts the tasks below every node and notes them in the marks.
func countTasks(d *defs.Defs) (t totals) {
	for _, s := range d.Suites() {
		countBelow(s, &t)
	}
	return t
}

func countBelow(n *defs.Node, t *totals) tally {
	var sum tally
	if n.Kind() == defs.KindTask {
		sum.all = 1
		switch n.State() {
		case defs.Complete:
			sum.complete = 1
		case defs.Aborted:
			sum.aborted = 1
		}
		t[n.DState()]++
	} else {
		for _, c := range n.Children() {
			sum.add(countBelow(c, t))
		}
	}
	if n.Kind() != defs.KindAlias {
		if mark := n.Mark()&markFolds | sum.mark(); mark != n.Mark() {
			n.SetMark(mark)
		}
	}
	return sum
}

// setFold changes what is unfolded of a node.
func setFold(n *defs.Node, fold uint8) { n.SetMark(n.Mark()&^markFolds | uint64(fold)) }
