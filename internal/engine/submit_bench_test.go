package engine

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// BenchmarkSubmit makes the jobs of a thousand tasks that become free at once; "held" is the longest that others wait.
func BenchmarkSubmit(b *testing.B) {
	const tasks = 1000
	home := b.TempDir()
	write := func(name, text string) {
		path := filepath.Join(home, name)
		require.NoError(b, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(b, os.WriteFile(path, []byte(text), 0o644))
	}
	write("head.h", strings.Repeat("export ECF_NAME=%ECF_NAME% ECF_PASS=%ECF_PASS%\n", 30))
	write("tail.h", strings.Repeat("wait # %ECF_TRYNO%\n", 20))
	var text strings.Builder
	fmt.Fprintf(&text, "suite s\nedit ECF_HOME '%s'\nedit ECF_INCLUDE '%s'\nedit ECF_JOB_CMD 'run %%ECF_JOB%%'\n", home, home)
	for i := range tasks {
		fmt.Fprintf(&text, "task t%d\n", i)
		write(fmt.Sprintf("s/t%d.ecf", i), "%include <head.h>\n"+strings.Repeat("echo work\n", 20)+"%include <tail.h>\n")
	}
	var longest time.Duration
	for b.Loop() {
		b.StopTimer()
		e, err := New(Options{Log: &lines{}, Host: "host", Port: "3141", Running: true})
		require.NoError(b, err)
		e.jobs = &started{}
		require.IsType(b, &wire.StcCmd{}, e.Handle(b.Context(), &wire.LoadDefsCmd{UserCmd: fred, Defs: text.String() + "endsuite\n"}, Sender{}).Reply)
		e.tree.Begin(time.Now())
		b.StartTimer()
		for done := false; !done; {
			begun := time.Now()
			done = e.resolveNow()
			longest = max(longest, time.Since(begun))
		}
		require.Equal(b, defs.Submitted, e.tree.Find("/s/t999").State())
	}
	b.ReportMetric(float64(longest.Milliseconds()), "held-ms")
}
