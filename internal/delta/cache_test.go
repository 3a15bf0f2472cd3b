package delta_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/delta"
)

func TestCache_makesOnce(t *testing.T) {
	var c delta.Cache
	var made atomic.Int32
	reply := func() ([]byte, error) { made.Add(1); return []byte("reply"), nil }
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			for state := range 10 {
				got, err := c.Get(delta.Numbers{State: 100 + state/10}, reply)
				if err != nil || string(got) != "reply" {
					t.Errorf("%q %v", got, err)
				}
			}
		})
	}
	all.Wait()
	require.EqualValues(t, 1, made.Load())
	_, _ = c.Get(delta.Numbers{State: 101}, reply)
	_, _ = c.Get(delta.Numbers{State: 101, Modify: 1}, reply)
	require.EqualValues(t, 3, made.Load())
	c.Drop()
	_, _ = c.Get(delta.Numbers{State: 101, Modify: 1}, reply)
	require.EqualValues(t, 4, made.Load())
}

func TestCache_keepsNoFailure(t *testing.T) {
	var c delta.Cache
	bad := errors.New("bad")
	_, err := c.Get(delta.Numbers{}, func() ([]byte, error) { return nil, bad })
	require.ErrorIs(t, err, bad)
	require.Panics(t, func() { _, _ = c.Get(delta.Numbers{}, func() ([]byte, error) { panic("broken") }) })
	_, err = c.Get(delta.Numbers{}, func() ([]byte, error) { return nil, nil })
	require.Error(t, err, "who waited for what broke is told")
	got, err := c.Get(delta.Numbers{}, func() ([]byte, error) { return []byte("good"), nil })
	require.NoError(t, err)
	require.Equal(t, "good", string(got))
}
