package delta

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/golden"
)

// retell tells of the tree what a recorded change told, which has been applied; nil for what cannot be told again.
func retell(d *defs.Defs, c *wire.CompoundMemento) *wire.CompoundMemento {
	n := d.Find(c.AbsNodePath)
	if n == nil {
		return nil
	}
	t := telling{n: n, clear: c.ClearAttributes}
	done := false
	for _, m := range c.Vec {
		switch m := m.(type) {
		case *wire.ChildrenMemento, *wire.AliasChildrenMemento:
			t.tellChildren()
		case *wire.OrderMemento:
			t.add(&wire.OrderMemento{Order: names(n.Children())})
		case *wire.AliasNumberMemento:
			t.add(&wire.AliasNumberMemento{AliasNo: uint32(n.AliasNo())})
		case *wire.SubmittableMemento:
			t.add(&wire.SubmittableMemento{JobsPassword: n.Password(), RemoteID: n.ProcessID(), AbortReason: n.AbortReason(), TryNo: n.TryNo()})
		case *wire.NodeStateMemento:
			t.add(&wire.NodeStateMemento{State: wire.NodeStateChange{State: wire.NState(n.State()), Since: wireDuration(n.StateSince())}})
		case *wire.NodeDefStatusDeltaMemento:
			t.add(&wire.NodeDefStatusDeltaMemento{State: wire.DState(n.DefStatus())})
		case *wire.SuspendedMemento:
			t.add(&wire.SuspendedMemento{Suspended: n.Suspended()})
		case *wire.SuiteCalendarMemento:
			calendar := n.Calendar()
			t.add(&wire.SuiteCalendarMemento{Calendar: wireCalendar(&calendar)})
		case *wire.FlagMemento:
			if !t.clear {
				t.flag()
			}
		default:
			switch {
			case t.clear && !done:
				done = true
				t.all()
			case !t.clear:
				retellOne(&t, m, &done)
			}
		}
	}
	if t.clear && !done {
		t.all()
	}
	return &wire.CompoundMemento{AbsNodePath: n.Path(), ClearAttributes: t.clear, Vec: t.vec}
}

func retellOne(t *telling, m wire.Memento, variables *bool) {
	n := t.n
	switch m := m.(type) {
	case *wire.NodeEventMemento:
		e, _ := n.Event(event(&m.Event).NameOrNumber())
		t.event(&e)
	case *wire.NodeMeterMemento:
		e, _ := n.Meter(m.Meter.Name)
		t.meter(&e)
	case *wire.NodeLabelMemento:
		e, _ := n.Label(m.Label.Name)
		t.label(&e)
	case *wire.NodeLimitMemento:
		t.limit(n.Limit(m.Limit.Name))
	case *wire.NodeTriggerMemento:
		t.trigger()
	case *wire.NodeCompleteMemento:
		t.complete()
	case *wire.NodeVerifyMemento:
		t.verifies()
	case *wire.NodeLateMemento:
		t.late()
	case *wire.NodeRepeatIndexMemento:
		t.add(&wire.NodeRepeatIndexMemento{IndexOrValue: int(n.Repeat().IndexOrValue())})
	case *wire.NodeQueueIndexMemento:
		q := n.Queue(m.Name)
		t.add(&wire.NodeQueueIndexMemento{Index: q.Index, Name: q.Name, States: wireStates(q.States)})
	case *wire.NodeVariableMemento:
		if !*variables {
			*variables = true
			t.variables()
		}
	case *wire.NodeTimeMemento:
		want, _ := timeAttr(&m.Attr)
		every(n.Times(), only(t.time, func(have *defs.TimeAttr) bool { return have.SameStructure(want) }))
	case *wire.NodeTodayMemento:
		want, _ := todayAttr(&m.Attr)
		every(n.Todays(), only(t.today, func(have *defs.TodayAttr) bool { return have.SameStructure(want) }))
	case *wire.NodeDayMemento:
		want, _ := dayAttr(&m.Attr)
		every(n.Days(), only(t.day, func(have *defs.DayAttr) bool { return have.SameStructure(want) }))
	case *wire.NodeDateMemento:
		want := dateAttr(&m.Attr)
		every(n.Dates(), only(t.date, func(have *defs.DateAttr) bool { return have.SameStructure(want) }))
	case *wire.NodeCronMemento:
		want, _ := cronAttr(&m.Attr)
		every(n.Crons(), only(t.cron, func(have *defs.CronAttr) bool { return have.SameStructure(&want) }))
	}
}

// only tells what is meant.
func only[T any](tell func(*T), meant func(*T) bool) func(*T) {
	return func(item *T) {
		if meant(item) {
			tell(item)
		}
	}
}

func encoded(t *testing.T, c *wire.CompoundMemento) string {
	t.Helper()
	b, err := wire.EncodeReply(&wire.SSyncCmd{IncrementalChanges: wire.DefsDelta{CompoundMementos: []*wire.CompoundMemento{c}}})
	require.NoError(t, err)
	return string(b)
}

// What the original server told is told by us in the same words and order.
func TestTelling_asTheOriginal(t *testing.T) {
	exchanges, err := golden.Load("5.19.0")
	require.NoError(t, err)
	trees := map[uint32]*defs.Defs{}
	told, kinds := 0, map[string]int{}
	for i, x := range exchanges {
		if x.Raw() {
			continue
		}
		request, err := wire.DecodeRequest(x.Request)
		require.NoError(t, err)
		asked, ok := request.(*wire.CSyncCmd)
		if !ok {
			continue
		}
		reply, err := wire.DecodeReply(x.Reply)
		require.NoError(t, err)
		sync, ok := reply.(*wire.SSyncCmd)
		if !ok {
			continue
		}
		full := sync.ServerDefs
		if full == "" && sync.FullDefs {
			full = sync.Defs
		}
		have := trees[asked.ClientHandle]
		if full != "" {
			trees[asked.ClientHandle], err = text.ParseString(full, text.Options{})
			require.NoError(t, err)
			continue
		}
		if have == nil || have.StateChangeNo() != int(asked.ClientStateChangeNo) || have.ModifyChangeNo() != int(asked.ClientModifyChangeNo) {
			continue
		}
		_, err = Apply(have, &sync.IncrementalChanges)
		require.NoError(t, err)
		for _, c := range sync.IncrementalChanges.CompoundMementos {
			again := retell(have, c)
			if again == nil {
				continue
			}
			require.Equal(t, encoded(t, c), encoded(t, again), "exchange %d", i+1)
			told++
			for _, m := range c.Vec {
				kinds[fmt.Sprintf("%T", m)]++
			}
		}
	}
	t.Log(told, kinds)
	require.Greater(t, told, 100)
}
