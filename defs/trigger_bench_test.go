package defs_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
)

// BenchmarkEvaluateTrigger asks the triggers of 100,000 tasks, each waiting for the task before it and a meter.
func BenchmarkEvaluateTrigger(b *testing.B) {
	tree := defs.New()
	var tasks []*defs.Node
	for s := range 100 {
		suite, err := tree.AddSuite(fmt.Sprint("s", s))
		require.NoError(b, err)
		for f := range 10 {
			family, err := suite.AddFamily(fmt.Sprint("f", f))
			require.NoError(b, err)
			for t := range 100 {
				task, err := family.AddTask(fmt.Sprint("t", t))
				require.NoError(b, err)
				meter, err := defs.NewMeter("m", 0, 100, 100)
				require.NoError(b, err)
				require.NoError(b, task.AddMeter(meter))
				require.NoError(b, task.AddTrigger(fmt.Sprintf("t%d == unknown and ../f%d/t%d:m <= 20", max(t-1, 0), f, t)))
				tasks = append(tasks, task)
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, task := range tasks {
			if !task.EvaluateTrigger() {
				b.Fatal("must hold")
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(tasks)), "ns/trigger")
}
