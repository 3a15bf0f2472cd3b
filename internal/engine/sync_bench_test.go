package engine

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// BenchmarkSync tells a client of ten changes in a big tree, into bytes.
func BenchmarkSync(b *testing.B) {
	e := bigYard(b)
	task := e.tree.Find("/s5/now")
	before := delta.Of(e.tree)
	for i := range 10 {
		m := &wire.MeterCmd{TaskCmd: wire.TaskCmd{Path: "/s5/now", JobsPassword: task.Password()}, Name: "m", Value: i + 1}
		require.IsType(b, &wire.StcCmd{}, e.Handle(b.Context(), m, Sender{}).Reply)
	}
	for _, path := range []string{"/s1/f3/t4", "/s1/f3/t5", "/s1/f60/t4", "/s2/f3/t4", "/s7/f9/t0", "/s9/f99/t99"} {
		e.tree.Find(path).SetFlag(defs.Flag(0).With(defs.FlagMessage))
	}
	m := &wire.CSyncCmd{UserCmd: fred, API: wire.Sync, ClientStateChangeNo: uint32(before.State), ClientModifyChangeNo: uint32(before.Modify)}
	var bytes int
	for b.Loop() {
		payload, err := wire.EncodeReply(e.Handle(b.Context(), m, Sender{}).Reply)
		require.NoError(b, err)
		bytes = len(payload)
	}
	b.ReportMetric(float64(bytes), "bytes")
}
