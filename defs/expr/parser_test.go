package expr

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
)

func TestParse_groupsAsTheOriginal(t *testing.T) {
	for text, want := range map[string]string{
		"a == complete or b == complete and c == complete":     "(a == complete) or ((b == complete) and (c == complete))",
		"a == complete and b == complete or c == complete":     "((a == complete) and (b == complete)) or (c == complete)",
		"a == complete and (b == complete) or c == complete":   "(a == complete) and ((b == complete) or (c == complete))",
		"a == complete or b == complete or c == complete":      "(a == complete) or ((b == complete) or (c == complete))",
		"a:x and b:x and c:x":                                  "(a:x and b:x) and c:x",
		"!a == complete":                                       "!(a == complete)",
		"not (a:x) and b:x":                                    "not a:x and b:x",
		"~ a:x == 1":                                           "~(a:x == 1)",
		"a:x == not b:y":                                       "a:x == not b:y",
		"1 + 2 * 3 == 9":                                       "((1 + 2) * 3) == 9",
		"1 - (2 - 3) < 4":                                      "(1 - (2 - 3)) < 4",
		"1 == 1 == 0":                                          "(1 == 1) == 0",
		"a:x eq set AND b:y ne clear && c:z lt 1 || d:u":       "(((a:x == set) and (b:y != clear)) and (c:z < 1)) or d:u",
		" a\t==  complete ":                                    "a == complete",
		"/<flag>late and ../a <flag> zombie":                   "/<flag>late and ../a<flag>zombie",
		"cal::date_to_julian( :x:y ) == 1":                     "",
		"cal::date_to_julian( a:y ) ge cal::julian_to_date(5)": "cal::date_to_julian(a:y) >= cal::julian_to_date(5)",
		"a == suspended":                                       "a == suspended",
		"7 == complete":                                        "7 == complete",
		"20200101T000060 > 1":                                  "20200101T000100 > 1",
		"a:x and&& b:y":                                        "a:x and b:y",
	} {
		e, err := Parse(text)
		if want == "" {
			require.Error(t, err, text)
			continue
		}
		require.NoError(t, err, text)
		require.Equal(t, want, e.String())
	}
}

func TestParse_refusesWithTheOriginalsWords(t *testing.T) {
	for text, want := range map[string]string{
		"bad":                "Parsing failed\nlength = 18446744073709551615\nstopped at: \": bad\"\n",
		"a:x + 1 x":          "Parsing failed\nlength = 18446744073709551615\nstopped at: \": x\"\n",
		"":                   "",
		"-5":                 "AstTop: Abstract syntax tree creation failed",
		"a:x == -5":          "AstEqual: has no right part",
		"not -1":             "AstNot: Does not have root",
		"4000000000 == 1+0":  "bad lexical cast: source type value could not be interpreted as target",
		"20200230T000000 >1": "Detected invalid number of days for instant value: 20200230T000000",
	} {
		_, err := Parse(text)
		require.Error(t, err, text)
		require.ErrorIs(t, err, fault.Parse)
		require.Equal(t, fault.Parse, fault.KindOf(err))
		var e *Error
		require.True(t, errors.As(err, &e))
		require.Equal(t, want, e.Reason, text)
	}
}

func TestError_showsWhereReadingStopped(t *testing.T) {
	_, err := Parse("a == complete and (b = complete)")
	require.EqualError(t, err, "Failed to parse expression 'a == complete and (b = complete)'.  Parsing failed\n"+
		"    a == complete and (b = complete)\n"+
		"                         ^ not understood from here on")
	_, err = Parse("a == complete and")
	require.ErrorContains(t, err, "\n                     ^ the expression ends too early")
	_, err = Parse("a ==\x01 \xff" + strings.Repeat("y", 1000))
	require.NotContains(t, err.(*Error).Caret(), "\x01")
}

func TestParse_endsEarlyOnMonsters(t *testing.T) {
	start := time.Now()
	for _, text := range []string{
		strings.Repeat("(", 10_000) + "a == complete" + strings.Repeat(")", 10_000),
		strings.Repeat("(", 10_000) + "1" + strings.Repeat(")", 10_000),
		strings.Repeat("(", 5_000_000),
		"a:x == " + strings.Repeat("-", 10_000) + "1",
		strings.Repeat("not (", 10_000),
		strings.Repeat("a == complete and ", 500_000) + "b == complete",
		strings.Repeat("a == complete or ", 500_000) + "b == complete",
		"1 == " + strings.Repeat("1 + ", 500_000) + "1",
		strings.Repeat("x", 10_000_000),
		strings.Repeat("../", 3_000_000) + "a",
		strings.Repeat("((a:x) ", 1_000_000),
		strings.Repeat("!", 1_000_000),
		"a == complete\x00",
	} {
		_, err := Parse(text)
		require.Error(t, err)
		_ = err.(*Error).Caret()
	}
	require.Less(t, time.Since(start), 20*time.Second)
}

func TestParse_takesWhatIsOnlyLarge(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("(", 900) + "a == complete" + strings.Repeat(")", 900),
		strings.Repeat("(a:x and ", 450) + "(1) == 1" + strings.Repeat(")", 450),
		strings.Repeat("a == complete and ", 40_000) + "b == complete",
		strings.Repeat("a == complete or ", 40_000) + "b == complete",
		"/a" + strings.Repeat("/b", 100_000) + " == complete",
	} {
		e, err := Parse(text)
		require.NoError(t, err)
		require.NotPanics(t, func() { e.Eval(baseTree()) })
	}
}

func TestParseParts_joinFromTheLeft(t *testing.T) {
	e, _, err := ParseParts([]Part{{Text: "a == complete or b:x"}, {Text: "c:x or a == complete"}, {Text: "d:x", Or: true}})
	require.NoError(t, err)
	require.Equal(t, "(((a == complete) or b:x) and (c:x or (a == complete))) or d:x", e.String())
	require.Equal(t, "a == complete or b:x AND c:x or a == complete OR d:x", e.Source())
	require.Len(t, e.Refs(), 4)
	for i, r := range e.Refs() {
		require.Equal(t, i, r.Index)
	}
	e, at, err := ParseParts([]Part{{Text: "a:x"}, {Text: "a b"}, {Text: "c:x"}})
	require.Error(t, err)
	require.Equal(t, 1, at)
	require.Equal(t, "a:x", e.String())
	require.Equal(t, "a:x AND a b AND c:x", e.Source())
	e, at, err = ParseParts([]Part{{Text: "a b"}, {Text: "a:x"}})
	require.Error(t, err)
	require.Zero(t, at)
	require.Nil(t, e)
	_, _, err = ParseParts(nil)
	require.Error(t, err)
}

func TestParse_sharesEqualTexts(t *testing.T) {
	one, err := Parse("shared == complete")
	require.NoError(t, err)
	two, err := Parse("shared == " + strings.ToLower("COMPLETE"))
	require.NoError(t, err)
	require.Same(t, one, two)
	for i := range 20_000 { // the memory of texts stays small
		_, err := Parse(strings.Repeat("n", 400) + strings.Repeat("m", i%100) + " == complete")
		require.NoError(t, err)
	}
	require.LessOrEqual(t, known.bytes, cacheBytes+cachedBytes)
}

func TestRefs_areListedOnce(t *testing.T) {
	var text strings.Builder
	for range 3 {
		for i := range 40 {
			text.WriteString("a" + strings.Repeat("b", i) + ":x == 1 and ")
		}
	}
	e, err := Parse(text.String() + ":x and ./a == active and ./a<flag>late")
	require.NoError(t, err)
	require.Len(t, e.Refs(), 43)
	require.Equal(t, ":x", e.Refs()[40].String())
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"a == complete", "(a:x + 1 % 3) >= :y and not ../b<flag>late", "cal::date_to_julian(a:x) eq 1", "a == -1", "20200101T000000 < 1", "a = b"} {
		f.Add(text)
	}
	for i, g := range readGolden(f) {
		if i%100 == 0 {
			f.Add(g.Expression)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text)
		if err != nil {
			_ = err.Error()
			return
		}
		tr := baseTree()
		holds := e.Eval(tr)
		require.Equal(t, holds, e.WhyText(tr, true) == "")
		require.Equal(t, holds, e.Explain(tr).Holds)
		_ = Check(e, "trigger", tr, tr.at, tr)
		if chained(e.Root()) || strings.ContainsAny(text, "%@#'\"\\&|^;,?[]{}$`=") || !ascii(text) {
			return // cannot be printed so as to be read again
		}
		again, err := Parse(e.String())
		require.NoError(t, err, e.String())
		require.Equal(t, e.String(), again.String())
	})
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

// chained reports whether there is a comparison within a comparison.
func chained(n Node) bool {
	switch n := n.(type) {
	case *Not:
		return chained(n.Operand)
	case *Binary:
		if l, ok := n.Left.(*Binary); ok && n.Op >= Equal && !l.Op.arithmetic() {
			return true
		}
		return chained(n.Left) || chained(n.Right)
	}
	return false
}
