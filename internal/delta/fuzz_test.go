package delta_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/golden"
)

// state is all that a tree holds, as text; its nodes have to be where they say.
func state(t *testing.T, d *defs.Defs) string {
	t.Helper()
	for n := range d.All() {
		require.Same(t, n, d.Find(n.Path()))
	}
	return string(text.Append(nil, d, text.Migrate))
}

// Whatever a server sends, it is applied in full, or not at all.
func FuzzApply(f *testing.F) {
	for _, version := range golden.Versions() {
		exchanges, err := golden.Load(version)
		require.NoError(f, err)
		for i, x := range exchanges {
			if reply, err := wire.DecodeReply(x.Reply); err == nil && i%5 == 0 {
				if sync, ok := reply.(*wire.SSyncCmd); ok && len(sync.IncrementalChanges.CompoundMementos) > 0 {
					f.Add(x.Reply, uint64(i))
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, payload []byte, seed uint64) {
		reply, err := wire.DecodeReply(payload)
		if err != nil {
			return
		}
		sync, ok := reply.(*wire.SSyncCmd)
		if !ok {
			return
		}
		d, err := text.ParseString(playground, text.Options{})
		require.NoError(t, err)
		shuffle(d, sync, rand.New(rand.NewPCG(seed, 2)))
		before, revision := state(t, d), d.Revision()
		if _, err := delta.Apply(d, &sync.IncrementalChanges); err != nil {
			require.Equal(t, before, state(t, d))
			require.Equal(t, revision, d.Revision())
			return
		}
		state(t, d)
	})
}

// shuffle lets some of the changes be of nodes that are there, one of which may be none at all.
func shuffle(d *defs.Defs, sync *wire.SSyncCmd, r *rand.Rand) {
	var paths []string
	for n := range d.All() {
		paths = append(paths, n.Path())
	}
	paths = append(paths, "/", "/nosuch")
	changes := sync.IncrementalChanges.CompoundMementos
	for _, c := range changes {
		if c != nil && r.IntN(3) > 0 {
			c.AbsNodePath = paths[r.IntN(len(paths))]
		}
	}
	r.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
}

const playground = "#5.19.0\ndefs_state NET state_change:3 modify_change:1\nsuite s # begun:1\nedit V '1'\nlimit l 3\n" +
	"family f\nrepeat integer N 1 5\ntask t\ntrigger 1==1\nevent e\nevent 2\nmeter m 0 100\nlabel l \"x\"\nqueue q a b\nday monday\nday monday\n" +
	"alias a0\nendalias\ntask u\ntime 10:00\ndate 1.*.*\nlate -s +00:10\nzombies ecf:fob::\nverify complete:1\nendfamily\nfamily g\nendfamily\nendsuite\nsuite r\nendsuite\n"

// Changes of n variables of as many nodes.
func BenchmarkApply(b *testing.B) {
	for _, n := range []int{1, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := defs.New()
			var changes wire.DefsDelta
			for i := range 100 {
				s, err := d.AddSuite(fmt.Sprint("s", i))
				require.NoError(b, err)
				for j := range 10 {
					f, err := s.AddFamily(fmt.Sprint("f", j))
					require.NoError(b, err)
					for k := range 100 {
						t, err := f.AddTask(fmt.Sprint("t", k))
						require.NoError(b, err)
						t.AddVariable(defs.Variable{Name: "V", Value: "1"})
						if len(changes.CompoundMementos) < n {
							changes.CompoundMementos = append(changes.CompoundMementos, &wire.CompoundMemento{AbsNodePath: t.Path(),
								Vec: []wire.Memento{&wire.NodeVariableMemento{Variable: wire.Variable{Name: "V", Value: "2"}}}})
						}
					}
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := delta.Apply(d, &changes); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
