package golden_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/tests_go/golden"
)

// How many conversations there are, so that none gets lost unseen.
var recorded = map[string]int{"5.9.2": 682, "5.13.8": 701, "5.19.0": 714}

// rawRows is how many requests of each version are bad on purpose; their
// replies are proper ones.
const rawRows = 3

func TestEveryPayload_comesBackAsItWas(t *testing.T) {
	for _, version := range golden.Versions() {
		t.Run(version, func(t *testing.T) {
			exchanges, err := golden.Load(version)
			require.NoError(t, err)
			require.Len(t, exchanges, recorded[version])
			raw := 0
			for _, x := range exchanges {
				if x.Raw() {
					raw++
					_, err := wire.DecodeRequest(x.Request)
					require.Error(t, err, x.Via)
				} else {
					request, err := wire.DecodeRequest(x.Request)
					require.NoError(t, err, x.Via)
					payload, err := wire.EncodeRequest(request)
					require.NoError(t, err, x.Via)
					same(t, x.Via, x.Request, payload)
				}
				require.NotNil(t, x.Reply, x.Via)
				reply, err := wire.DecodeReply(x.Reply)
				require.NoError(t, err, x.Via)
				payload, err := wire.EncodeReply(reply)
				require.NoError(t, err, x.Via)
				same(t, x.Via, x.Reply, payload)
			}
			require.Equal(t, rawRows, raw)
		})
	}
}

// same compares payloads and shows, when they differ, only where.
func same(t *testing.T, via string, want, got []byte) {
	t.Helper()
	if bytes.Equal(want, got) {
		return
	}
	i := 0
	for i < len(want) && i < len(got) && want[i] == got[i] {
		i++
	}
	around := func(b []byte) string { return string(b[max(0, i-200):min(len(b), i+100)]) }
	require.FailNow(t, "payload differs", "%s\nat byte %d\nwant: %s\n\ngot: %s", via, i, around(want), around(got))
}

func TestLoad_unknownVersion(t *testing.T) {
	_, err := golden.Load("1.0.0")
	require.Error(t, err)
}
