package text

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// oneCase is what the original made of a text: see testdata/README.md.
type oneCase struct {
	File, Name, Text, Error string
	Load                    string // of definitions to check
	DEFS, STATE, MIGRATE    string
}

// cases reads what testdata/expect.py recorded.
func cases(t testing.TB) []oneCase {
	t.Helper()
	return recorded(t, "testdata/5.19.0.jsonl.gz")
}

func recorded(t testing.TB, path string) []oneCase {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	require.NoError(t, err)
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<22)
	var all []oneCase
	for lines.Scan() {
		var c oneCase
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		all = append(all, c)
	}
	require.NoError(t, lines.Err())
	require.Greater(t, len(all), 300)
	return all
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// byCheck tells errors that the original finds after parsing, in expressions and references.
func byCheck(msg string) bool {
	return strings.HasPrefix(msg, "Failed to parse ") || strings.HasPrefix(msg, "Error: autorestore") || strings.HasPrefix(msg, "Error: Expression node tree references failed")
}

func TestParse_bad(t *testing.T) {
	for _, c := range cases(t) {
		if c.Error == "" || byCheck(c.Error) {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			_, err := ParseString(c.Text, Options{})
			require.Error(t, err)
			require.Equal(t, firstLine(c.Error), firstLine(err.Error()))
			var all *Errors
			require.ErrorAs(t, err, &all)
			require.Contains(t, c.Error, " around line number ", "found while parsing")
		})
	}
}

func TestParse_goodPrintedInEveryStyle(t *testing.T) {
	for _, c := range cases(t) {
		if c.Error != "" || c.DEFS == "" {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			tree, err := ParseString(c.Text, Options{Host: "ecfhost"})
			require.NoError(t, err)
			require.Equal(t, c.DEFS, string(Append(nil, tree, Defs)))
			require.Equal(t, c.MIGRATE, string(Append(nil, tree, Migrate)))
			require.Equal(t, strings.Replace(c.MIGRATE, "defs_state MIGRATE", "defs_state NET", 1), string(Append(nil, tree, Net)))
		})
	}
}

func TestPrint_state(t *testing.T) {
	for _, c := range cases(t) {
		if c.STATE == "" {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			tree, err := ParseString(c.Text, Options{Host: "ecfhost"})
			require.NoError(t, err)
			require.Equal(t, c.STATE, string(Append(nil, tree, State)))
		})
	}
}

func TestPrint_againGivesTheSame(t *testing.T) {
	for _, c := range cases(t) {
		if c.MIGRATE == "" {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			for _, text := range []string{c.DEFS, c.MIGRATE} {
				tree, err := ParseString(text, Options{})
				if err != nil {
					continue // a label or variable whose quotes the original does not read back either
				}
				style := tree2style(text)
				once := Append(nil, tree, style)
				tree, err = ParseString(string(once), Options{})
				require.NoError(t, err)
				require.Equal(t, string(once), string(Append(nil, tree, style)))
			}
		})
	}
}

func tree2style(text string) Style {
	if strings.Contains(text, "defs_state MIGRATE") {
		return Migrate
	}
	return Defs
}

// Statements put together at random, some of them damaged: see testdata/mixed.py.
func TestParse_mixed(t *testing.T) {
	for _, c := range recorded(t, "testdata/mixed.5.19.0.jsonl.gz") {
		if c.Error != "" && !strings.Contains(c.Error, " around line number ") {
			continue // found by the check after parsing
		}
		tree, err := ParseString(c.Text, Options{Host: "ecfhost"})
		if c.Error != "" {
			require.Error(t, err, c.Text)
			require.Equal(t, firstLine(c.Error), firstLine(err.Error()), c.Text)
			continue
		}
		require.NoError(t, err, c.Text)
		require.Equal(t, c.DEFS, string(Append(nil, tree, Defs)), c.Text)
		require.Equal(t, c.MIGRATE, string(Append(nil, tree, Migrate)), c.Text)
		if c.STATE != "" {
			require.Equal(t, c.STATE, string(Append(nil, tree, State)), c.Text)
		}
	}
}
