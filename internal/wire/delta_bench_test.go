package wire_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// A sync of as many changes as there are when many variables were altered at once.
func BenchmarkDecode_changes(b *testing.B) {
	reply := &wire.SSyncCmd{}
	for i := range 10_000 {
		reply.IncrementalChanges.CompoundMementos = append(reply.IncrementalChanges.CompoundMementos, &wire.CompoundMemento{
			AbsNodePath: fmt.Sprintf("/suite/family/task%d", i),
			Vec: []wire.Memento{
				&wire.FlagMemento{Flag: wire.Flag{Mask: 256}},
				&wire.NodeVariableMemento{Variable: wire.Variable{Name: "VAR", Value: "a value"}},
			}})
	}
	payload, err := wire.EncodeReply(reply)
	require.NoError(b, err)
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := wire.DecodeReply(payload); err != nil {
			b.Fatal(err)
		}
	}
}
