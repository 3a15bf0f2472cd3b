package runs

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// While a thousand jobs are made and started, another job's commands are answered; the log of the test says how soon.
func TestBurst(t *testing.T) {
	for _, make := range []func(*testing.T) *place{originalPlace, ourPlace} {
		p := make(t)
		var tasks strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&tasks, "task t%d\n", i)
			p.write(fmt.Sprintf("run/f/t%d.ecf", i), "%include <head.h>\n"+strings.Repeat("echo work\n", 20))
		}
		p.write("head.h", strings.Repeat("export A=%ECF_NAME% B=%ECF_PASS%\n", 30))
		p.write("run/go.ecf", "true\n")
		p.play("suite run\n" + preamble + "edit ECF_JOB_CMD true\ntask go\nlabel l ''\nfamily f\ntrigger go == active\n" + tasks.String() + "endfamily\nendsuite\n")
		c := p.child("/run/go", "", "1")
		begun := time.Now()
		p.send(&wire.InitCmd{TaskCmd: c})
		var took []time.Duration
		for last := time.Now().Add(2 * time.Minute); ; {
			at := time.Now()
			require.Equal(t, "api 0", shown(p.send(&wire.LabelCmd{TaskCmd: c, Name: "l", Label: "working"})))
			took = append(took, time.Since(at))
			if len(took)%20 == 0 && p.state("/run/f/t999") == "submitted" || at.After(last) {
				break
			}
		}
		all := time.Since(begun)
		require.Equal(t, "submitted", p.state("/run/f/t999"))
		slices.Sort(took)
		t.Logf("%s: all submitted after %v; %d labels meanwhile: median %v, p99 %v, longest %v", p.name, all.Round(time.Millisecond), len(took),
			took[len(took)/2].Round(10*time.Microsecond), took[len(took)*99/100].Round(10*time.Microsecond), took[len(took)-1].Round(10*time.Microsecond))
	}
}
