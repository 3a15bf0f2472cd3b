package text

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

// Whatever the pieces give is what reading in one go gives.
func requireSame(t *testing.T, src string) (inPieces bool) {
	t.Helper()
	var warned, warnedWhole []string
	p, ok := parseSuites(src, Options{Warn: func(m string) { warned = append(warned, m) }}, 1)
	if !ok {
		require.Empty(t, warned)
		return false
	}
	whole, err := ParseString(src, Options{Warn: func(m string) { warnedWhole = append(warnedWhole, m) }})
	require.NoError(t, err, src)
	print := Printer{Style: Migrate, History: true}
	require.Equal(t, string(print.Append(nil, whole)), string(print.Append(nil, p.tree)), src)
	require.Equal(t, warnedWhole, warned)
	require.Equal(t, whole.Revision(), p.tree.Revision())
	return true
}

func TestParseSuites_asInOneGo(t *testing.T) {
	var good, bad []string
	for _, file := range []string{"testdata/5.19.0.jsonl.gz", "testdata/mixed.5.19.0.jsonl.gz"} {
		for _, c := range recorded(t, file) {
			requireSame(t, c.Text)
			if c.Error == "" && strings.Count(c.Text, "suite ") == 1 {
				good = append(good, c.Text)
			} else {
				bad = append(bad, c.Text)
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	together := 0
	for range 600 {
		var b strings.Builder
		b.WriteString([]string{"", "", "extern a\n", "defs_state MIGRATE\n", "# hello\n"}[r.IntN(5)])
		for i := range 2 + r.IntN(5) {
			one := good[r.IntN(len(good))]
			if r.IntN(40) == 0 {
				one = bad[r.IntN(len(bad))]
			}
			name := strings.Index(one, "suite ")
			if name < 0 {
				continue
			}
			fmt.Fprintf(&b, "%ssuite x%d", one[:name], i)
			if rest := one[name+len("suite "):]; strings.ContainsAny(rest, " \n;") {
				b.WriteString(rest[strings.IndexAny(rest, " \n;"):])
			}
			b.WriteString([]string{"\nendsuite\n", "\nendsuite\n", "\nendsuite\n", "\n", "endsuite # x\n"}[r.IntN(5)])
		}
		b.WriteString([]string{"", "history /x1 \bMSG:[a]\n", "extern b\n", "edit A 'b'\n", "# enddef\n", "foo\n"}[r.IntN(6)])
		if requireSame(t, b.String()) {
			together++
		}
	}
	require.Greater(t, together, 30)
}

func TestParseSuites_whatNeedsTheWholeText(t *testing.T) {
	const rest = "\nendsuite\nsuite b\nendsuite\nsuite c\nendsuite\n"
	for _, src := range []string{
		"suite a" + rest[len("\nendsuite"):],                              // not ended
		"suite a\ntask t\ntrigger t == \\\nsuite x == complete" + rest,    // goes on in the next line
		"suite a\nendsuite\nextern x\nsuite b\nendsuite\nsuite c\n",       // between
		"suite a" + rest + "suite b\nendsuite\n",                          // twice
		"suite a\nfoo" + rest,                                             // wrong
		"suite a" + rest + "defs_state MIGRATE\nsuite d\nnix\nendsuite\n", // other style
	} {
		_, ok := parseSuites(src, Options{}, 1)
		require.False(t, ok, src)
	}
	p, ok := parseSuites("extern e\n suite a"+rest+"history /a \bMSG:[x;y]\n", Options{}, 1)
	require.False(t, ok && len(p.tree.History("/a")) == 0)
}

func TestParse_mistakesOfLargeTextsInOrder(t *testing.T) {
	src := largeDefinition(30)
	require.Greater(t, len(src), largeText)
	_, err := ParseOwned(append(src, "suite s29\nfoo\nsuite x\n"...), Options{})
	var all *Errors
	require.ErrorAs(t, err, &all)
	require.Equal(t, "Add Suite failed: A Suite of name 's29' already exists", all.List[0].Msg)
	require.Equal(t, strings.Count(string(src), "\n")+1, all.List[0].Line)
}

// What loading said, see defs/testdata/README.md.
func TestParse_checkedAsTheOriginal(t *testing.T) {
	for _, c := range recorded(t, "../testdata/check.5.19.0.jsonl.gz") {
		warned := ""
		_, err := ParseString(c.Text, Options{Check: true, Warn: func(msg string) { warned += msg }})
		if err == nil {
			require.Equal(t, c.Load, warned)
			continue
		}
		require.ErrorIs(t, err, fault.Check)
		var f *fault.Error
		require.True(t, errors.As(err, &f))
		require.Equal(t, c.Load, f.Msg)
	}
}

func TestAppend_sideBySideIsTheSame(t *testing.T) {
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "suite s%d\n  edit A '%s'\n  family f\n    task t\n      label l \"x\"\n  endfamily\nendsuite\n", i, strings.Repeat("v", i%7*1000))
	}
	d, err := ParseString(b.String(), Options{})
	require.NoError(t, err)
	for _, style := range []Style{Defs, Migrate, Net, State} {
		usual := runtime.GOMAXPROCS(1)
		alone := string(Append(nil, d, style))
		runtime.GOMAXPROCS(4)
		together := string(Append(nil, d, style))
		runtime.GOMAXPROCS(usual)
		require.Greater(t, len(alone), enoughToShare)
		require.Equal(t, alone, together)
	}
}
