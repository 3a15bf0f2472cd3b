package runs

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
)

// chains is a suite of tasks in which the order of each task's states is determined, and of all tasks that wait for each
// other: chains by triggers on completion, events and meters, repeats, and limits that a task at a time passes.
func chains(families, length int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("suite run\n" + preamble + "edit ECF_FILES '@HOME@/scripts'\nedit ECF_TRIES 2\nlimit many 20\n")
	for f := range families {
		fmt.Fprintf(&b, "family f%d\n", f)
		again := 1
		switch f % 5 {
		case 1:
			b.WriteString("limit one 1\ninlimit one\n")
		case 2:
			b.WriteString("repeat integer I 1 2\n")
			again = 2
		case 3:
			b.WriteString("repeat enumerated E a b\n")
			again = 2
		case 4:
			b.WriteString("inlimit /run:many\n")
		}
		for i := range length / again {
			fmt.Fprintf(&b, "task t%d\nedit ECF_SCRIPT_KIND %d\nevent e\nmeter m 0 10\nlabel l ''\n", i, random.IntN(3))
			if i > 0 && f%5 != 1 {
				fmt.Fprintf(&b, "trigger t%d == complete and t%d:e and t%d:m ge 10\n", i-1, i-1, i-1)
			}
		}
		b.WriteString("endfamily\n")
	}
	b.WriteString("family last\ntrigger /run/f0 == complete")
	for f := range families {
		fmt.Fprintf(&b, " and /run/f%d == complete", f)
	}
	b.WriteString("\ntask t0\nevent e\nmeter m 0 10\nlabel l ''\nendfamily\nendsuite\n")
	return b.String()
}

// A thousand jobs go through the same states in the same order on both servers, and all end well.
func TestThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	const families, length = 25, 40
	original, ours := both(t, func(p *place) story {
		for i := range length {
			// all in one process: a shell and a client for each command would be the whole of the work
			p.write(fmt.Sprintf("scripts/t%d.ecf", i), "%ECF_NAME% %ECF_PASS% %ECF_TRYNO%\n")
		}
		j := newJobs(p)
		begun := time.Now()
		p.play(strings.Replace(chains(families, length), "edit ECF_TRIES", "edit ECF_JOB_CMD '"+j.command+"'\nedit ECF_TRIES", 1))
		p.eventuallyIn(4*time.Minute, "/run complete", func() bool { return p.state("/run") == "complete" })
		t.Logf("%s: %d jobs in %v", p.name, j.done(), time.Since(begun).Round(time.Millisecond))
		for n := range p.client.Defs().All() {
			require.Equal(t, defs.Complete, n.State(), n.Path())
		}
		s := tell(p.log(), p.home)
		for path := range s { // families whose tasks run side by side, and what is above
			if f := 0; path == "/run" || path == "/" || func() bool {
				n, _ := fmt.Sscanf(path, "/run/f%d", &f)
				return n == 1 && f%5 == 1 && strings.Count(path, "/") == 2
			}() {
				s[path] = s[path][len(s[path])-1:]
			}
		}
		return s
	})
	if t.Failed() {
		return
	}
	require.Len(t, ours, len(original))
	for path := range original {
		require.Equal(t, original.of(path), ours.of(path), path)
	}
	require.True(t, slices.Contains(original["/run/last/t0"], "LOG: complete: /run/last/t0"))
}
