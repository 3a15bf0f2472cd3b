package carry

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

type shape interface{ area() int }

type square struct{ side int }

func (s *square) area() int { return s.side * s.side }

type tree struct {
	name     string
	parent   *tree
	children []*tree
	index    map[string]*tree
	shape    shape
	cache    any `carry:"-"`
	when     time.Time
	pair     [2]int32
	on       bool
}

func init() { Register((*square)(nil)) }

func sample() *tree {
	root := &tree{name: "root", when: time.Unix(5, 6).UTC(), pair: [2]int32{7, 8}, on: true, cache: func() {}}
	for _, name := range []string{"a", "b"} {
		c := &tree{name: name, parent: root, shape: &square{3}}
		root.children = append(root.children, c)
	}
	root.index = map[string]*tree{"b": root.children[1]}
	return root
}

func TestSaveRestore_keepsTheGraph(t *testing.T) {
	root := sample()
	saved, err := Save(&root)
	require.NoError(t, err)
	var back *tree
	require.NoError(t, Restore(string(saved), &back))
	require.Equal(t, "root", back.name)
	require.Same(t, back, back.children[0].parent)
	require.Same(t, back.children[1], back.index["b"])
	require.Equal(t, 9, back.children[0].shape.area())
	require.True(t, back.when.Equal(root.when))
	require.Equal(t, root.pair, back.pair)
	require.True(t, back.on)
	require.Nil(t, back.cache)
	require.Nil(t, back.children[0].children)
}

func TestSave_refusesWhatItCannot(t *testing.T) {
	f := struct{ f func() }{func() {}}
	_, err := Save(&f)
	require.ErrorContains(t, err, "func()")
	var any any = 3.5
	_, err = Save(&any)
	require.ErrorContains(t, err, "float64")
}

func FuzzRestore(f *testing.F) {
	root := sample()
	saved, err := Save(&root)
	require.NoError(f, err)
	f.Add(string(saved))
	f.Fuzz(func(t *testing.T, in string) {
		var back *tree
		_ = Restore(in, &back) // an error, or something; never a crash
	})
}
