package main

import (
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
)

func TestHandles_staleOnesAreRefused(t *testing.T) {
	var hs table
	a := hs.add(clientHandle, "a")
	got, ok := lookup[string](&hs, clientHandle, a)
	require.True(t, ok)
	require.Equal(t, "a", got)
	_, ok = lookup[string](&hs, callHandle, a)
	require.False(t, ok, "another kind")
	_, ok = lookup[int](&hs, clientHandle, a)
	require.False(t, ok, "another type")

	_, ok = hs.remove(a)
	require.True(t, ok)
	_, ok = hs.remove(a)
	require.False(t, ok)
	b := hs.add(clientHandle, "b")
	require.Equal(t, a.index(), b.index())
	_, ok = lookup[string](&hs, clientHandle, a)
	require.False(t, ok, "the slot has another owner now")
	for _, h := range []handle{0, ^handle(0), makeHandle(clientHandle, 0, 99)} {
		_, ok = lookup[string](&hs, clientHandle, h)
		require.False(t, ok)
	}
	require.EqualValues(t, 1, hs.count())
}

func TestHandles_manyThreads(t *testing.T) {
	var hs table
	var wg sync.WaitGroup
	for range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 1000 {
				h := hs.add(callHandle, i)
				got, ok := lookup[int](&hs, callHandle, h)
				if !ok || got != i {
					t.Errorf("handle %x gave %v", h, got)
				}
				hs.remove(h)
			}
		}()
	}
	wg.Wait()
	require.Zero(t, hs.count())
}

func TestOperations_numbersAreThoseOfTheTable(t *testing.T) {
	require.Len(t, operations, len(command.Methods()))
	for i, o := range operations {
		require.Equal(t, i, operationNumber(o.name))
		_, _, known := command.LookupMethod(o.name)
		require.True(t, known, "%q is not a name that client.Do takes", o.name)
	}
	require.Nil(t, operationByNumber(-1))
	require.Nil(t, operationByNumber(len(operations)))
}

func TestShape(t *testing.T) {
	for _, c := range []struct{ in, out any }{
		{nil, nil},
		{int64(1), int64(1)},
		{[]any{}, []string{}},
		{[]any{"a", "b"}, []string{"a", "b"}},
		{record{{"n", "v"}}, []command.Pair{{Name: "n", Value: "v"}}},
		{[]any{record{{"path_to_task", "/t"}, {"other", "x"}}}, []client.Zombie{{PathToTask: "/t"}}},
	} {
		got, err := shape(c.in)
		require.NoError(t, err)
		require.Equal(t, c.out, got)
	}
	for _, wrong := range []any{[]any{int64(1)}, record{{"n", int64(1)}}, []any{record{}, "x"}} {
		_, err := shape(wrong)
		require.Error(t, err)
	}
}

func TestDetails_areJSONWhateverTheBytes(t *testing.T) {
	got := details(&fault.Error{Kind: fault.Refused, Op: "--ping", Addr: "h:1", Path: "/caf\xe9", Line: 3, Server: "no", Unsent: true})
	require.JSONEq(t, `{"kind":"refused","op":"--ping","addr":"h:1","path":"/café","line":3,"server":"no","unsent":true}`, got)
	require.JSONEq(t, `{"kind":"internal"}`, details(errors.New("x")))
}

func TestGuard_turnsAPanicIntoPoison(t *testing.T) {
	defer poison.Store(nil)
	require.NoError(t, guard(func() error { return nil }))
	err := guard(func() error { panic("first") })
	require.ErrorIs(t, err, fault.Internal)
	require.ErrorContains(t, err, "first")
	ran := false
	err = guard(func() error { ran = true; return nil })
	require.ErrorContains(t, err, "first")
	require.False(t, ran)
}
