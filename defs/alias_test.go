package defs

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAddAlias_startsAsItsTaskDid(t *testing.T) {
	task, err := NewTask("t")
	require.NoError(t, err)
	require.NoError(t, task.AddMeter(Meter{Name: "m", Min: 1, Max: 9, Value: 5}))
	require.NoError(t, task.AddEvent(Event{Name: "e", Number: NoNumber, Value: true}))
	require.NoError(t, task.AddLabel(Label{Name: "l", Value: "a", New: "b"}))
	alias, err := task.AddAlias("")
	require.NoError(t, err)
	require.Equal(t, "alias0", alias.Name())
	require.Equal(t, []Meter{{Name: "m", Min: 1, Max: 9, Value: 1}}, alias.Meters())
	require.Equal(t, []Event{{Name: "e", Number: NoNumber}}, alias.Events())
	require.Equal(t, []Label{{Name: "l", Value: "a"}}, alias.Labels())
	require.Equal(t, 1, task.AliasNo())
	read, err := task.AddAlias("read")
	require.NoError(t, err)
	require.Empty(t, read.Meters())
}

func TestAddAlias_ofTheSameName(t *testing.T) {
	task, err := NewTask("t")
	require.NoError(t, err)
	var first *Node
	for i := range 2 * manyChildren {
		for range 2 {
			alias, err := task.AddAlias("a" + itoa(int64(i)))
			require.NoError(t, err)
			if first == nil {
				first = alias
			}
		}
	}
	require.Same(t, first, task.Child("a0"))
	require.NoError(t, task.RemoveChild(first))
	second := task.Child("a0")
	require.NotNil(t, second)
	require.NotSame(t, first, second)
	require.NoError(t, task.RemoveChild(second))
	require.Nil(t, task.Child("a0"))
}

func TestCopy_forgetsHowLongNodesRan(t *testing.T) {
	d := New()
	s, err := d.AddSuite("s")
	require.NoError(t, err)
	task, err := s.AddTask("t")
	require.NoError(t, err)
	task.SetRuntime(time.Minute)
	require.Zero(t, s.Copy().Child("t").Runtime())
	require.Zero(t, d.Copy().Find("/s/t").Runtime())
	require.Equal(t, time.Minute, d.Clone().Find("/s/t").Runtime())
	require.True(t, d.Equal(d.Copy()))
}

func TestHistory_keepsTheLatest(t *testing.T) {
	d := New()
	for i := range 15 {
		d.AddHistory("/s", itoa(int64(i)))
	}
	require.Len(t, d.History("/s"), 10)
	require.Equal(t, "14", d.History("/s")[9])
}
