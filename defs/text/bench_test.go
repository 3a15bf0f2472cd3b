package text

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// largeDefinition has 100 suites of 10 families of 100 tasks: 101,100 nodes,
// each with a variable, and tasks with a trigger, meter, event, label and
// inlimit. benchmarks/text.py makes the same text.
func largeDefinition(suites int) []byte {
	var b []byte
	for s := range suites {
		b = append(b, "suite s"...)
		b = strconv.AppendInt(b, int64(s), 10)
		b = append(b, "\n  edit SUITE_VAR '/path/of/some/length/that/users/have'\n  limit lim 10\n"...)
		for f := range 10 {
			b = append(b, "  family f"...)
			b = strconv.AppendInt(b, int64(f), 10)
			b = append(b, "\n    edit FAMILY_VAR '/path/of/some/length/that/users/have'\n"...)
			for t := range 100 {
				b = append(b, "    task t"...)
				b = strconv.AppendInt(b, int64(t), 10)
				b = append(b, "\n      trigger t"...)
				b = strconv.AppendInt(b, int64(max(t-1, 0)), 10)
				b = append(b, " == complete\n      edit VAR 'value of a variable'\n      inlimit lim\n      label info \"some text\"\n      meter step 0 100 100\n      event done\n"...)
			}
			b = append(b, "  endfamily\n"...)
		}
		b = append(b, "endsuite\n"...)
	}
	return b
}

func TestParse_large(t *testing.T) {
	tree, err := Parse(largeDefinition(10), Options{})
	require.NoError(t, err)
	n := 0
	for range tree.All() {
		n++
	}
	require.Equal(t, 10*(1+10+1000), n)
	require.Equal(t, "#"+Version+"\n"+string(largeDefinition(10))+"# enddef\n", string(Append(nil, tree, Defs)))
}

// benchSuites is how many suites the benchmarks take: 100, or what benchmarks/text.py asks for.
func benchSuites(b *testing.B) int {
	if asked := os.Getenv("ECFLOW_BENCH_SUITES"); asked != "" {
		n, err := strconv.Atoi(asked)
		require.NoError(b, err)
		return n
	}
	return 100
}

func BenchmarkParse(b *testing.B) {
	src := largeDefinition(benchSuites(b))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseOwned(src, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	tree, err := Parse(largeDefinition(benchSuites(b)), Options{})
	require.NoError(b, err)
	for _, style := range []Style{Defs, Migrate} {
		b.Run(style.String(), func(b *testing.B) {
			out := Append(nil, tree, style)
			b.SetBytes(int64(len(out)))
			b.ReportAllocs()
			for b.Loop() {
				Append(nil, tree, style)
			}
		})
	}
}

// BenchmarkLoad is what the constructor of a definition from a file does: read, parse, check.
func BenchmarkLoad(b *testing.B) {
	path := filepath.Join(b.TempDir(), "large.def")
	require.NoError(b, os.WriteFile(path, largeDefinition(benchSuites(b)), 0o600))
	b.ReportAllocs()
	for b.Loop() {
		src, err := os.ReadFile(path)
		require.NoError(b, err)
		_, err = ParseOwned(src, Options{Check: true, EaseGC: true})
		require.NoError(b, err)
	}
}

// BenchmarkCheck is a check, after one that has read all expressions.
func BenchmarkCheck(b *testing.B) {
	tree, err := Parse(largeDefinition(benchSuites(b)), Options{Check: true})
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		tree.CheckText()
	}
}
