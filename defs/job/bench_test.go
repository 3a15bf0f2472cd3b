package job

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
)

// BenchmarkCheck makes jobs of 10,000 tasks whose scripts have 50 lines, and head.h and tail.h of 20.
func BenchmarkCheck(b *testing.B) {
	d, _ := oneTask(b, "ECF_DUMMY_TASK", "")
	d.Suites()[0].AddVariable(defs.Variable{Name: "ECF_INCLUDE", Value: "/i"})
	part := strings.Repeat("export ECF_NAME=%ECF_NAME% # name\necho some work\n", 10)
	files := memory{"/i/head.h": part, "/i/tail.h": part}
	for i := range 100 {
		f, err := d.Suites()[0].AddFamily(fmt.Sprintf("f%d", i+1))
		require.NoError(b, err)
		for j := range 100 {
			task, err := f.AddTask(fmt.Sprintf("t%d", j))
			require.NoError(b, err)
			files["/h"+task.Path()+".ecf"] = "%include <head.h>\n" + strings.Repeat(part, 2) + "%include <tail.h>\n"
		}
	}
	for b.Loop() {
		require.Empty(b, (func() string { c := Ctrl{System: files}; Check(ctx, d, &c); return c.Wrong })())
	}
}
