package defs_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

// What WhyCmd of the original said of definitions put together at random, see testdata/README.md.
func TestWhyNot_asTheOriginal(t *testing.T) {
	recorded(t, "testdata/why.5.19.0.jsonl.gz", func(line []byte) {
		var row struct {
			Text string
			Why  map[string]string
		}
		require.NoError(t, json.Unmarshal(line, &row))
		tree, err := text.ParseString(row.Text, text.Options{})
		require.NoError(t, err)
		for path, expected := range row.Why {
			got, err := tree.WhyNot(path)
			require.NoError(t, err)
			require.Equal(t, expected, got, "%s of\n%s", path, row.Text)
		}
	})
}

func TestWhyNot_suitesThatHaveNotBegun(t *testing.T) {
	tree, err := text.ParseString("suite s\n task t\n  time 10:00\n  cron -d 31 -m 2 10:00\n  day monday\n  date 1.1.2020\n", text.Options{})
	require.NoError(t, err)
	tree.Suites()[0].Child("t").SetState(defs.Queued)
	for _, path := range []string{"", "/s", "/s/t"} {
		_, err := tree.WhyNot(path)
		require.NoError(t, err)
	}
	_, err = tree.WhyNot("/nix")
	require.ErrorIs(t, err, fault.NotFound)
	require.ErrorContains(t, err, "WhyCmd: The node path parameter '/nix' cannot be found.")
}
