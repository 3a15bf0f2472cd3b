package delta_test

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/golden"
)

// counts are what the recorded conversations hold of a version: incremental
// syncs of a client that knows the state before, the nodes they change, full
// definitions of the same change numbers that the result is compared with.
// original counts the syncs after which the client of 5.19.0 holds the same,
// to the byte; some of those of 5.13.8 it cannot read.
type counts struct{ deltas, changes, compared, original int }

var replayed = map[string]counts{
	"5.9.2":  {77, 151, 4, 91},
	"5.13.8": {81, 159, 4, 91},
	"5.19.0": {82, 162, 5, 98},
}

func TestApply_followsRecordedSyncs(t *testing.T) {
	for _, version := range golden.Versions() {
		t.Run(version, func(t *testing.T) {
			exchanges, err := golden.Load(version)
			require.NoError(t, err)
			var got counts
			trees := map[uint32]*defs.Defs{} // by handle
			for i, x := range exchanges {
				where := fmt.Sprintf("exchange %d, %s", i+1, x.Via)
				if x.Raw() {
					continue
				}
				request, err := wire.DecodeRequest(x.Request)
				require.NoError(t, err, where)
				asked, ok := request.(*wire.CSyncCmd)
				if !ok {
					continue
				}
				reply, err := wire.DecodeReply(x.Reply)
				require.NoError(t, err, where)
				sync, ok := reply.(*wire.SSyncCmd)
				if !ok {
					continue
				}
				have := trees[asked.ClientHandle]
				follows := have != nil && have.StateChangeNo() == int(asked.ClientStateChangeNo) &&
					have.ModifyChangeNo() == int(asked.ClientModifyChangeNo)
				full := sync.ServerDefs
				if full == "" && sync.FullDefs {
					full = sync.Defs
				}
				if full != "" {
					now, err := text.ParseString(full, text.Options{})
					require.NoError(t, err, where)
					if have != nil && have.StateChangeNo() == now.StateChangeNo() && have.ModifyChangeNo() == now.ModifyChangeNo() {
						require.Empty(t, differing(have, now), where)
						got.compared++
					}
					trees[asked.ClientHandle] = now
					if asked.ClientHandle == 0 {
						got.original += sameAsOriginal(t, version, i+1, now)
					}
					continue
				}
				if !follows {
					continue
				}
				changed, err := delta.Apply(have, &sync.IncrementalChanges)
				require.NoError(t, err, where)
				require.Len(t, changed, len(sync.IncrementalChanges.CompoundMementos), where)
				require.Equal(t, int(sync.IncrementalChanges.ServerStateChangeNo), have.StateChangeNo())
				got.deltas++
				got.changes += len(changed)
				again, err := text.Parse(text.Append(nil, have, text.Net), text.Options{})
				require.NoError(t, err, where)
				require.Empty(t, differing(have, again), where)
				if asked.ClientHandle == 0 {
					got.original += sameAsOriginal(t, version, i+1, have)
				}
			}
			require.Equal(t, replayed[version], got)
		})
	}
}

//go:embed testdata/original_client.txt
var originalClient string

// sameAsOriginal compares with what the original client holds, and gives 1 if it is known.
func sameAsOriginal(t *testing.T, version string, exchange int, d *defs.Defs) int {
	t.Helper()
	_, after, found := strings.Cut(originalClient, fmt.Sprintf("\n%s %d ", version, exchange))
	if !found {
		return 0
	}
	want, _, _ := strings.Cut(after, "\n")
	sum := sha256.Sum256(text.Append(nil, d, text.Migrate))
	require.Equal(t, want, hex.EncodeToString(sum[:8]), "exchange %d", exchange)
	return 1
}

// differing are the lines of NET text that only one of two definitions has.
func differing(a, b *defs.Defs) (lines []string) {
	n := map[string]int{}
	for _, line := range strings.Split(string(text.Append(nil, a, text.Net)), "\n") {
		n[line]++
	}
	for _, line := range strings.Split(string(text.Append(nil, b, text.Net)), "\n") {
		n[line]--
	}
	for line, k := range n {
		if k != 0 && !strings.HasPrefix(line, "defs_state") && !strings.HasPrefix(line, "history") {
			lines = append(lines, fmt.Sprintf("%+d %s", -k, line))
		}
	}
	return lines
}
