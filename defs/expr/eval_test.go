package expr

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func mustParse(t testing.TB, text string) *Expr {
	e, err := Parse(text)
	require.NoError(t, err)
	return e
}

func TestEval_knownAnswers(t *testing.T) {
	tr := baseTree()
	for text, want := range map[string]bool{
		"a == complete":                true,
		"b == aborted and c == active": true,
		"zz == unknown":                true,
		"./nope:x == 0":                true,
		"a:ev and not a:2":             true,
		"a:m / 0 == 0":                 true,
		"a:m % 0 == 0":                 true,
		"a:m % 5 == 2":                 true,
		"0 - 7 / 2 eq 0 - 3":           true, // (0 - 7) / 2 is -3
		":YMD + 2 == 20200301":         true,
		":YMD - 28 == 20200131":        true,
		"2 + :YMD == 20200230":         true, // only what is on the left counts in days
		":BIG + 1 < 0":                 true,
		":BIG + 2 / (0 - 1) == :BIG":   true,
		"a:TXT == 0":                   true,
		"cal::date_to_julian(a:D) + 1 == cal::date_to_julian(20200229)": true,
		"cal::date_to_julian(a:H) == cal::date_to_julian(a:D)":          true,
		"cal::julian_to_date(a:J) == 20200228":                          true,
		"c<flag>late and not a<flag>late":                               true,
		"/<flag>late":                                                   false,
		"1 - 1":                                                         true, // a sum by itself
		"0":                                                             false,
		"20200101T000000 == 1577836800":                                 true,
		"g/y:I == 4":                                                    true,
	} {
		require.Equal(t, want, mustParse(t, text).Eval(tr), text)
	}
}

func TestEval_doesNotAllocate(t *testing.T) {
	e, env := mustParse(t, "a == complete and (b:m + 3 >= 20 or not :X) and c<flag>late"), constant{}
	require.Zero(t, testing.AllocsPerRun(100, func() { e.Eval(env) }))
}

// constant is an Env where everything is the same.
type constant struct{}

func (constant) State(*Ref) State           { return Complete }
func (constant) Value(*Ref) int32           { return 17 }
func (constant) Plus(_ *Ref, n int32) int32 { return 17 + n }
func (constant) Flag(*Ref) bool             { return true }

func TestWhyText_marksUpHTML(t *testing.T) {
	tr := baseTree()
	e := mustParse(t, "b == complete and not a:ev or zz == active or a:nope < 0 or a<flag>late")
	require.Equal(t, `expression <false>(<false>(<false>(<a href="/s/f/b">b</a>(<state>aborted</state>) == <state>complete</state>)</false>`+
		` and <false>not <a href="[event]/s/f/a:ev">[event]a:ev</a>(1)</false>)</false> or <false>(<false>(<a href="zz">zz</a>?(<state>unknown</state>) == `+
		`<state>active</state>)</false> or <false>(<false>(<a href="[variable-not-found]/s/f/a:nope">[variable-not-found]a:nope</a>(0) lt 0)</false> or `+
		`<a href="[flag:late]/s/f/a">[flag:late]a</a>(0))</false>)</false>)</false> is false`, e.WhyText(tr, true))
	require.Empty(t, mustParse(t, "a == complete").WhyText(tr, false))
}

func TestExplain_saysWhatHoldsItBack(t *testing.T) {
	tr := baseTree()
	e := mustParse(t, "b == complete and c == active and not (a:ev or zz:x == 1) and a:m > :NUM and a:q == 1 and c<flag>zombie and :no and 1")
	require.Equal(t, `no: all of these must hold
  no: b == complete (b is aborted)
  yes: c == active (c is active)
  no: this must not hold
    yes: one of these must hold
      yes: a:ev (event a:ev is set)
      no: zz:x == 1 (there is no node zz, which counts as 0)
  yes: a:m > :NUM (meter a:m is 42; variable :NUM is 7)
  no: a:q == 1 (queue a:q is 0)
  no: c<flag>zombie (c<flag>zombie is not set)
  no: :no (no node from here upwards has no, which counts as 0)
  yes: 1`, e.Explain(tr).String())
}

func TestResolve_findsAsTheOriginal(t *testing.T) {
	tr := baseTree()
	tr.externs = map[string]bool{"/x/y": true, "/x/y:ev": true, "ext": true, "e/f": true}
	for path, want := range map[string]string{
		"a": "/s/f/a", "t": "/s/f/t", "./a": "/s/f/a", "/s": "/s", "/s/f//a": "/s/f/a", "../f/a": "/s/f/a",
		"../../s/f": "/s/f", "../../../s": "", "g/h/z": "/s/f/g/h/z", "../f": "/s/f", "": "", "/": "", "..": "", "/s/g": "", "/s/f/a/b": "",
		"ext": "", "/x/y": "",
	} {
		n, problem := Resolve(tr, tr.at, path, "")
		if want == "" {
			require.Nil(t, n, path)
			require.Equal(t, tr.externs[path], problem == "", "%s: %s", path, problem)
			continue
		}
		require.NotNil(t, n, "%s: %s", path, problem)
		require.Equal(t, want, n.path())
		require.Empty(t, problem)
	}
	_, problem := Resolve(tr, tr.suite, "a", "")
	require.Equal(t, "Parent empty. Could not find referenced node\n", problem)
	require.Empty(t, Check(mustParse(t, "/x/y:ev or e/f == complete or ext == complete"), "complete", tr, tr.at, tr))
	require.Contains(t, Check(mustParse(t, "/x/y:no"), "complete", tr, tr.at, tr), "for 'complete /x/y:no' at TASK:/s/f/t\n : Could not find")
}

func TestNumber_isZeroForWhatIsNone(t *testing.T) {
	for text, want := range map[string]int32{"": 0, "12": 12, "-3": -3, "+3": 3, "1x": 0, " 1": 0, "2147483648": 0, "08": 8, "1_0": 0} {
		require.Equal(t, want, Number(text), text)
	}
}

func TestCalendar_countsDays(t *testing.T) {
	for day := DateToJulian(14000101); day < DateToJulian(25000101); day += 13 {
		require.Equal(t, day, DateToJulian(JulianToDate(day)))
	}
	require.EqualValues(t, 20000301, AddDays(20000228, 2))
	require.EqualValues(t, 2458908, DateToJulian(20200228))
}
