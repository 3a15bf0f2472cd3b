package defs_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
)

// A tracked definition passes over suites in which nothing can have become free. It has to submit what one that is not
// tracked submits, and a look that stops now and then what one submits that does not.
func TestResolve_passingOver(t *testing.T) {
	const source = `suite a
limit l 1
family f
task t1
task t2
trigger t1 == complete
task t3
trigger /b/t == complete
task t4
inlimit /c:l
task t5
inlimit /c:l
endfamily
endsuite
suite b
task t
trigger /a/f/t2 == complete or /a/f/t2 == aborted
task u
trigger ../a/f:V == 1
task w
time 00:03
endsuite
suite c
limit l 1
task x
trigger /:GO == 1
edit V 1
endsuite
`
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 1))
		now := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
		var trees [2]*defs.Defs
		for i := range trees {
			d, err := text.ParseString(source, text.Options{})
			require.NoError(t, err)
			d.SetHost(&defs.Host{Now: func() time.Time { return now }})
			trees[i] = d
		}
		trees[1].Track()
		trees[1].SetHost(&defs.Host{Now: func() time.Time { return now }})
		both := func(change func(*defs.Defs)) {
			for _, d := range trees {
				change(d)
			}
		}
		both(func(d *defs.Defs) { d.Begin(now) })
		for step := range 60 {
			var found [2][]string
			for i, d := range trees {
				for l := new(defs.Look); !l.Resolve(d, func(n *defs.Node) bool {
					found[i] = append(found[i], n.Path())
					n.Become(defs.Submitted)
					return i == 0 || random.IntN(2) == 0
				}); {
				}
			}
			require.Equal(t, found[0], found[1], "seed %d step %d", seed, step)
			require.Equal(t, string(states(trees[0])), string(states(trees[1])), "seed %d step %d", seed, step)
			path := []string{"/a/f/t1", "/a/f/t2", "/a/f/t4", "/a/f/t5", "/b/t", "/b/w", "/c/x", "/a/f"}[random.IntN(8)]
			switch random.IntN(7) {
			case 0:
				both(func(d *defs.Defs) { d.Find(path).Become(defs.Complete) })
			case 1:
				both(func(d *defs.Defs) { d.Find(path).Become(defs.Aborted) })
			case 2:
				both(func(d *defs.Defs) { require.NoError(t, d.Find(path).Requeue()) })
			case 3:
				value := []string{"0", "1"}[random.IntN(2)]
				both(func(d *defs.Defs) { d.Find("/a/f").AddVariable(defs.Variable{Name: "V", Value: value}) })
			case 4:
				value := []string{"0", "1"}[random.IntN(2)]
				both(func(d *defs.Defs) { d.AddVariable(defs.Variable{Name: "GO", Value: value}) })
			case 5:
				now = now.Add(time.Minute)
				both(func(d *defs.Defs) { d.UpdateCalendars(now) })
			case 6:
				both(func(d *defs.Defs) {
					n := d.Find("/a/f/t3")
					n.DeleteTrigger()
					require.NoError(t, n.AddTrigger("/c/x == complete"))
				})
			}
		}
	}
}

// states is the text of a definition without its numbers of changes.
func states(d *defs.Defs) []byte {
	c := d.Copy()
	c.SetChangeNos(0, 0)
	return text.Append(nil, c, text.Migrate)
}
