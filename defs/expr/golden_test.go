package expr

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// golden is a line of testdata/golden.jsonl.gz; see testdata/README.md.
type golden struct {
	Expression string `json:"e"`
	Check      string `json:"c"` // text of Defs.check()
	Holds      bool   `json:"v"` // evaluate_trigger()
	Why        string `json:"w"` // the sentence of WhyCmd about the trigger
	Aborted    int    `json:"a"` // the original's process ended: 1 evaluating, 2 before that
}

func readGolden(t testing.TB) (all []golden) {
	file, err := os.Open("testdata/golden.jsonl.gz")
	require.NoError(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	require.NoError(t, err)
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var g golden
		require.NoError(t, json.Unmarshal(lines.Bytes(), &g))
		all = append(all, g)
	}
	require.NoError(t, lines.Err())
	return all
}

func TestGolden_agreesWithTheOriginal(t *testing.T) {
	tr := baseTree()
	all := readGolden(t)
	require.Greater(t, len(all), 5000)
	wrong := 0
	fail := func(g golden, what string, want, got any) {
		if wrong++; wrong <= 20 {
			t.Errorf("%q: %s\nwant %q\n got %q", g.Expression, what, want, got)
		}
	}
	for _, g := range all {
		if g.Aborted == 2 {
			continue
		}
		e, err := Parse(g.Expression)
		check := ""
		if err != nil {
			check = "Failed to parse trigger " + g.Expression + "\n at TASK:/s/f/t because " + err.(*Error).Reason + "\n\n"
		} else {
			check = Check(e, "trigger", tr, tr.at, tr)
		}
		if strings.TrimRight(check, "\n") != strings.TrimRight(g.Check, "\n") {
			fail(g, "check", g.Check, check)
		}
		if err != nil || g.Aborted != 0 {
			continue
		}
		if got := e.Eval(tr); got != g.Holds {
			fail(g, "evaluation", g.Holds, got)
		} else if why := e.WhyText(tr, false); why != g.Why {
			fail(g, "why", g.Why, why)
		}
	}
	t.Logf("%d expressions, %d disagreements", len(all), wrong)
}
