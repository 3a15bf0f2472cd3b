package simulate_test

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs/simulate"
	"github.com/ecflow-go/ecflow/defs/text"
)

// recorded is a suite, and what the original's simulation made of it.
type recorded struct {
	Name    string            `json:"name"`
	Text    string            `json:"text"`
	Now     []string          `json:"now"`  // the computer's time when the first suite began
	Bad     string            `json:"bad"`  // refused by the parser
	Died    *int              `json:"died"` // the original's process ended
	Result  string            `json:"result"`
	Migrate string            `json:"migrate"`
	State   string            `json:"state"`
	Files   map[string]string `json:"files"`
}

func recordings(t *testing.T, path string) []recorded {
	t.Helper()
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	var in io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		in, err = gzip.NewReader(file)
		require.NoError(t, err)
	}
	var all []recorded
	for d := json.NewDecoder(in); ; {
		var r recorded
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			return all
		} else {
			require.NoError(t, err)
		}
		all = append(all, r)
	}
}

var byClocks = regexp.MustCompile(`(initLocalTime|lastTime):\S+ \S+`)

// stale is what style STATE shows of values that the original computed earlier and has not computed anew: id and password
// of a job that has ended, what a repeat that has passed its end makes, and the limits that inlimits have once found.
var stale = regexp.MustCompile(`(?m)^# edit (ECF_RID|ECF_PASS|(I|YMD|E|S|L|DT|day)(_[A-Z]+)?) .*\n| # referenced limit\(value\) .*`)

// staleDays are a suite's variables that the original computes at midnight only: after a repeat of the suite has started
// its calendar anew they still tell of the day before that.
var (
	staleDays    = regexp.MustCompile(`(?m)^# edit (ECF_DATE|YYYY|DOW|DOY|DATE|DAY|DD|MM|MONTH|ECF_CLOCK|ECF_JULIAN) .*\n`)
	repeatsSuite = regexp.MustCompile(`(?m)^  repeat `)
)

func (r recorded) unstale(s string) string {
	if repeatsSuite.MatchString(r.Text) {
		s = staleDays.ReplaceAllString(s, "")
	}
	return stale.ReplaceAllString(s, "")
}

// plain is a text without what changes from run to run.
func plain(s string) string { return byClocks.ReplaceAllString(s, "$1:now") }

// unstamped is a log without the times.
func unstamped(log string) string {
	var b strings.Builder
	b.Grow(len(log))
	for line := range strings.Lines(log) {
		kind, rest, _ := strings.Cut(line, "[")
		_, rest, _ = strings.Cut(rest, "]")
		b.WriteString(kind + rest)
	}
	return b.String()
}

// longest is the length above which a log was recorded as its hash.
const longest = 100000

// simulated runs the same suite here.
func simulated(t *testing.T, r recorded) recorded {
	t.Helper()
	tree, err := text.ParseString(r.Text, text.Options{})
	require.NoError(t, err, r.Name)
	tree.SetServerHost("ecfhost")
	dir := t.TempDir()
	opts := simulate.Default(tree)
	name := opts.Log
	for _, path := range []*string{&opts.Log, &opts.Flat, &opts.Depth} {
		*path = filepath.Join(dir, *path)
	}
	now := time.Date(2026, 11, 24, 12, 30, 5, 0, time.UTC)
	if len(r.Now) > 0 {
		now, err = time.Parse("2006-Jan-02 15:04:05", r.Now[0])
		require.NoError(t, err)
	}
	opts.Now = func() time.Time { return now }
	out := recorded{Name: r.Name, Files: map[string]string{}}
	out.Result, err = simulate.Run(context.Background(), tree, opts)
	require.NoError(t, err, r.Name)
	out.Result = plain(out.Result)
	out.Migrate = plain(string(text.Append(nil, tree, text.Migrate)))
	out.State = plain(string(text.Append(nil, tree, text.State)))
	for _, file := range []string{name, "defs.flat", "defs.depth"} {
		content, err := os.ReadFile(filepath.Join(dir, file))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		require.NoError(t, err)
		s := string(content)
		if file == name {
			s = unstamped(s)
		}
		if len(s) > longest {
			sum := sha256.Sum256([]byte(s))
			s = "sha256 " + hex.EncodeToString(sum[:])
		}
		out.Files[file] = s
	}
	return out
}

// firstDifference shows where two texts part.
func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		var a, b string
		if i < len(w) {
			a = w[i]
		}
		if i < len(g) {
			b = g[i]
		}
		if a != b {
			return "line " + strings.Join([]string{"original: " + a, "     here: " + b}, "\n")
		}
	}
	return ""
}

// marks tell which nodes had been met before.
var marks = strings.NewReplacer(" analysed ", "", " ** ", "")

// unordered are the lines of a report, whatever their order. The report of what nodes wait for follows them in the order of
// their addresses in the original, which changes from run to run, and with it what has been met before.
func unordered(report string) string {
	lines := strings.Split(marks.Replace(report), "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func TestRun_asTheOriginal(t *testing.T) {
	path := "testdata/5.19.0.jsonl.gz"
	if other := os.Getenv("SIMULATE_RECORDED"); other != "" {
		path = other
	}
	all, same, depths, depthsSame := 0, 0, 0, 0
	for _, r := range recordings(t, path) {
		if r.Bad != "" {
			continue
		}
		got := simulated(t, r)
		if r.Died != nil {
			continue // it is enough that we live
		}
		all++
		var differ []string
		check := func(what, want, got string) {
			if want != got {
				differ = append(differ, what+": "+firstDifference(want, got))
			}
		}
		log := ""
		for name := range r.Files {
			if strings.HasSuffix(name, ".log") {
				log = name
			}
		}
		check("log", r.Files[log], got.Files[log])
		check("result", r.Result, got.Result)
		check("migrate", r.Migrate, got.Migrate)
		check("state", r.unstale(r.State), r.unstale(got.State))
		check("flat", r.Files["defs.flat"], got.Files["defs.flat"])
		if want, found := r.Files["defs.depth"]; found {
			depths++
			if want == got.Files["defs.depth"] {
				depthsSame++
			} else {
				check("depth", unordered(want), unordered(got.Files["defs.depth"]))
			}
		}
		if len(differ) == 0 {
			same++
			continue
		}
		t.Errorf("%s\n%s", r.Name, strings.Join(differ, "\n"))
	}
	require.Greater(t, depthsSame*10, depths*9, "most depth reports are the same to the letter")
	t.Logf("%d of %d simulations are the same; %d of %d depth reports to the letter", same, all, depthsSame, depths)
}
