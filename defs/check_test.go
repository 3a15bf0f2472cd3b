package defs_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs/text"
)

// What the original said about definitions put together at random, see testdata/README.md.
func TestCheck_asTheOriginal(t *testing.T) {
	recorded(t, "testdata/check.5.19.0.jsonl.gz", func(line []byte) {
		var row struct {
			Text, Check, Again string
			Externs            []string
		}
		require.NoError(t, json.Unmarshal(line, &row))
		tree, err := text.ParseString("defs_state MIGRATE\n"+row.Text, text.Options{})
		require.NoError(t, err)
		for range 2 {
			require.Equal(t, row.Check, tree.CheckText(), row.Text)
		}
		require.NoError(t, tree.AutoAddExterns(true))
		if len(row.Externs)+len(tree.Externs()) > 0 {
			require.Equal(t, row.Externs, tree.Externs(), row.Text)
		}
		if !forgets.MatchString(row.Check) {
			require.Equal(t, row.Again, tree.CheckText(), row.Text)
		}
	})
}

// forgets tells of a mistake in a later part of an expression: the original reports it once, then never again.
var forgets = regexp.MustCompile("Failed to parse (trigger|complete) -[ao] ")

// recorded goes through the lines of a compressed file.
func recorded(t *testing.T, path string, each func(line []byte)) {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<22)
	n := 0
	for ; lines.Scan(); n++ {
		each(lines.Bytes())
	}
	require.NoError(t, lines.Err())
	require.NotZero(t, n)
}

// BenchmarkCheck checks 100,000 tasks in 100 suites, each with a trigger and an inlimit: again and again, and just read.
func BenchmarkCheck(b *testing.B) {
	var src []byte
	for s := range 100 {
		src = fmt.Appendf(src, "suite s%d\n limit lim 10\n", s)
		for f := range 10 {
			src = fmt.Appendf(src, "family f%d\n", f)
			for t := range 100 {
				src = fmt.Appendf(src, "task t%d\n trigger t%d == complete\n inlimit lim\n event e\n", t, max(0, t-1))
			}
			src = append(src, "endfamily\n"...)
		}
		src = append(src, "endsuite\n"...)
	}
	b.Run("again", func(b *testing.B) {
		tree, err := text.Parse(src, text.Options{})
		require.NoError(b, err)
		b.ReportAllocs()
		for b.Loop() {
			if tree.CheckText() != "" {
				b.Fatal("all is well")
			}
		}
	})
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			tree, err := text.Parse(src, text.Options{})
			require.NoError(b, err)
			b.StartTimer()
			if tree.CheckText() != "" {
				b.Fatal("all is well")
			}
		}
	})
}

func TestCheck_notesThatANodeHasGone(t *testing.T) {
	tree, err := text.ParseString("suite s\n task a\n task b\n  trigger a == complete\n", text.Options{Check: true})
	require.NoError(t, err)
	require.Empty(t, tree.CheckText())
	suite := tree.Suites()[0]
	require.NoError(t, suite.Child("a").Remove())
	require.Contains(t, tree.CheckText(), "Could not find node 'a'")
	_, err = suite.AddTask("a")
	require.NoError(t, err)
	require.Empty(t, tree.CheckText())
	suite.Child("b").DeleteTrigger()
	require.NoError(t, suite.Child("b").AddTrigger("nix == complete"))
	require.Contains(t, tree.CheckText(), "Could not find node 'nix'")
}
