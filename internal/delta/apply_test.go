package delta_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
)

const small = "#5.19.0\ndefs_state NET state_change:3 modify_change:1\nsuite s # begun:1\n  edit V '1'\n  limit l 3\n" +
	"  family f\n    task t\n      trigger 1==1\n      event e\n      queue q a b\n    task u\n  endfamily\nendsuite\nsuite r\nendsuite\n"

func TestApply_misfitChangesNothing(t *testing.T) {
	d, err := text.ParseString(small, text.Options{})
	require.NoError(t, err)
	before := string(text.Append(nil, d, text.Net))
	revision := d.Revision()
	task := &wire.Task{}
	task.Name = "new"
	good := []*wire.CompoundMemento{
		{AbsNodePath: "/", Vec: []wire.Memento{&wire.ServerStateMemento{State: wire.ServerHalted}, &wire.OrderMemento{Order: []string{"r", "s"}}}},
		{AbsNodePath: "/s", Vec: []wire.Memento{
			&wire.NodeVariableMemento{Variable: wire.Variable{Name: "V", Value: "2"}},
			&wire.NodeLimitMemento{Limit: wire.Limit{Name: "l", Limit: 3, Value: 1, Paths: []string{"/s/f/t"}}},
			&wire.SuiteBeginDeltaMemento{},
		}},
		{AbsNodePath: "/s/f/t", Vec: []wire.Memento{
			&wire.NodeStateMemento{State: wire.NodeStateChange{State: wire.StateActive, Since: wire.Duration{Text: "00:00:05"}}},
			&wire.NodeTriggerMemento{Expression: wire.Expression{Free: true}},
			&wire.NodeEventMemento{Event: wire.Event{Name: "e", Number: wire.NoEventNumber, Value: true}},
			&wire.NodeQueueIndexMemento{Name: "q", Index: 1, States: []wire.NState{wire.StateActive, wire.StateQueued}},
		}},
		{AbsNodePath: "/s/f/u", ClearAttributes: true},
		{AbsNodePath: "/s/f", Vec: []wire.Memento{&wire.OrderMemento{Order: []string{"u", "t"}}}},
		{AbsNodePath: "/s/f", Vec: []wire.Memento{&wire.ChildrenMemento{Children: []wire.TreeNode{task}}}},
	}
	bad := map[string]*wire.CompoundMemento{
		"no such node":        {AbsNodePath: "/s/f/t"}, // gone with the children before
		"not of this kind":    {AbsNodePath: "/s", Vec: []wire.Memento{&wire.AliasNumberMemento{}}},
		"not of a node":       {AbsNodePath: "/s", Vec: []wire.Memento{&wire.ServerStateMemento{}}},
		"not of a definition": {AbsNodePath: "/", Vec: []wire.Memento{&wire.SuspendedMemento{}}},
		"no duration":         {AbsNodePath: "/s", Vec: []wire.Memento{&wire.NodeStateMemento{State: wire.NodeStateChange{Since: wire.Duration{Text: "x"}}}}},
		"no state":            {AbsNodePath: "/s", Vec: []wire.Memento{&wire.NodeStateMemento{State: wire.NodeStateChange{State: 99}}}},
		"twice the same":      {AbsNodePath: "/s/f", Vec: []wire.Memento{&wire.ChildrenMemento{Children: []wire.TreeNode{task, task}}}},
		"no queue":            {AbsNodePath: "/s", Vec: []wire.Memento{&wire.NodeQueueIndexMemento{Name: "q"}}},
		"nothing":             {AbsNodePath: "/s", Vec: []wire.Memento{nil}},
		"no child":            {AbsNodePath: "/s", Vec: []wire.Memento{&wire.ChildrenMemento{Children: []wire.TreeNode{nil}}}},
		"time on a suite":     {AbsNodePath: "/s", Vec: []wire.Memento{&wire.NodeTimeMemento{}}},
	}
	for name, c := range bad {
		changed, err := delta.Apply(d, &wire.DefsDelta{ServerStateChangeNo: 9, CompoundMementos: append(good[:len(good):len(good)], c)})
		require.ErrorIs(t, err, fault.Check, name)
		require.Empty(t, changed, name)
		require.Equal(t, before, string(text.Append(nil, d, text.Net)), name)
		require.Equal(t, revision, d.Revision(), name)
		for n := range d.All() {
			require.Same(t, n, d.Find(n.Path()), name)
		}
	}
	changed, err := delta.Apply(d, &wire.DefsDelta{ServerStateChangeNo: 9, ServerModifyChangeNo: 2, CompoundMementos: good})
	require.NoError(t, err)
	require.Equal(t, []string{"/", "/s", "/s/f/t", "/s/f/u", "/s/f", "/s/f"}, changed)
	require.Equal(t, 9, d.StateChangeNo())
	require.Equal(t, 2, d.ModifyChangeNo())
	require.Nil(t, d.Find("/s/f/t"))
	require.NotNil(t, d.Find("/s/f/new"))
	require.Equal(t, "r", d.Suites()[0].Name())
	require.Greater(t, d.Revision(), revision)
}

// Attributes without names that are alike are kept apart after all were cleared; otherwise nobody knows which is meant.
func TestApply_attributesThatAreAlike(t *testing.T) {
	d, err := text.ParseString("defs_state NET\nsuite s\ntask t\nday monday\ncron 10:00\nendsuite\n", text.Options{})
	require.NoError(t, err)
	day := &wire.NodeDayMemento{Attr: wire.DayAttr{Day: 1}}
	cron := &wire.NodeCronMemento{Attr: wire.CronAttr{Series: wire.TimeSeries{Start: wire.TimeSlot{Hour: 10}, IsValid: true}}}
	apply := func(clear bool, mementos ...wire.Memento) error {
		_, err := delta.Apply(d, &wire.DefsDelta{CompoundMementos: []*wire.CompoundMemento{{AbsNodePath: "/s/t", ClearAttributes: clear, Vec: mementos}}})
		return err
	}
	n := d.Find("/s/t")
	require.NoError(t, apply(false, day, cron), "one is there, and meant")
	require.Len(t, n.Days(), 1)
	require.Len(t, n.Crons(), 1)
	require.NoError(t, apply(true, day, day, cron, cron))
	require.Len(t, n.Days(), 2)
	require.Len(t, n.Crons(), 2)
	require.ErrorIs(t, apply(false, day), fault.Check)
	require.ErrorIs(t, apply(false, cron), fault.Check)
}
