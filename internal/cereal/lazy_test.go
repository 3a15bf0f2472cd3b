package cereal_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/cereal"
)

type leaf struct {
	Text string `cereal:"text"`
}

type twig struct {
	Leaves []leaf `cereal:"leaves"`
	Number int    `cereal:"number"`
}

type branch struct {
	Twigs []twig `cereal:"twigs"`
	Leaf  leaf   `cereal:"leaf"`
}

// Types are looked into when they are first met, be it by many at once.
func TestRegistry_firstUseByMany(t *testing.T) {
	for range 20 {
		registry := cereal.NewRegistry([]any{branch{}})
		value := branch{Twigs: []twig{{Leaves: []leaf{{"a"}, {"b"}}, Number: 7}}, Leaf: leaf{"c"}}
		data, err := cereal.NewRegistry([]any{branch{}}).Encode("key", &value)
		require.NoError(t, err)
		var all sync.WaitGroup
		for n := range 8 {
			all.Go(func() {
				if n%2 == 0 {
					out, err := registry.Encode("key", &value)
					if err != nil || string(out) != string(data) {
						t.Errorf("%s, %v", out, err)
					}
					return
				}
				var read branch
				if err := registry.Decode(data, &read); err != nil || read.Twigs[0].Leaves[1].Text != "b" || read.Leaf.Text != "c" {
					t.Errorf("%v, %v", read, err)
				}
			})
		}
		all.Wait()
	}
}
