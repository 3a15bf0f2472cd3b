package job

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
)

// recorded is a case of testdata/record.py with what the original made of it. @ROOT@ stands for the directory.
type recorded struct {
	Seed    int
	Defs    string
	Files   map[string]string
	Server  map[string]string
	Dir     string
	Path    string
	Verbose bool

	Error string
	Out   string
	Jobs  map[string][2]string
	State string
}

func readCases(t testing.TB, file string) []recorded {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", file))
	require.NoError(t, err)
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		in, err = gzip.NewReader(f)
		require.NoError(t, err)
	}
	var cases []recorded
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var c recorded
		require.NoError(t, json.Unmarshal(lines.Bytes(), &c))
		cases = append(cases, c)
	}
	require.NoError(t, lines.Err())
	require.NotEmpty(t, cases)
	return cases
}

// sandbox is a directory as record.py makes it, and the working directory.
type sandbox struct{ root string }

func newSandbox(t *testing.T, files map[string]string) sandbox {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	s := sandbox{root}
	t.Chdir(root)
	require.NoError(t, os.Mkdir("home", 0o777))
	require.NoError(t, os.Mkdir("files", 0o777))
	for path, text := range files {
		path = s.here(path)
		if os.MkdirAll(filepath.Dir(path), 0o777) == nil {
			_ = os.WriteFile(path, []byte(s.here(text)), 0o666) // as in record.py, what does not fit is left out
		}
	}
	return s
}

func (s sandbox) here(text string) string { return strings.ReplaceAll(text, "@ROOT@", s.root) }

const password = "PaSsWoRd" // of all jobs; @PASS@ in what was recorded

func (s sandbox) anywhere(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, s.root, "@ROOT@"), password, "@PASS@")
}

// files are all files, with permissions and content.
func (s sandbox) files(t *testing.T) map[string][2]string {
	t.Helper()
	found := map[string][2]string{}
	require.NoError(t, filepath.WalkDir(s.root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		found[s.anywhere(path)] = [2]string{octal(info.Mode().Perm()), s.anywhere(string(content))}
		return err
	}))
	return found
}

func octal(mode fs.FileMode) string { return strconv.FormatUint(uint64(mode), 8) }

var (
	// The original tells whatever error the system had last.
	staleError = regexp.MustCompile(`(?m)\([A-Z][a-zA-Z ]+\)( : include file cache size| $)|ECF_JOB  \([A-Z][a-z ]+\)`)
	volatile   = regexp.MustCompile(`(?m)^(calendar |#|.*# server).*\n`)
)

// run does with the case what record.py does with the original.
func (c recorded) run(t *testing.T) (got recorded) {
	s := newSandbox(t, c.Files)
	d, err := text.ParseString(s.here(c.Defs), text.Options{})
	require.NoError(t, err)
	for name, value := range c.Server {
		d.AddVariable(defs.Variable{Name: name, Value: s.here(value)})
	}
	before := s.files(t)
	var out bytes.Buffer
	ctrl := Ctrl{Dir: s.here(c.Dir), NodePath: c.Path, Verbose: c.Verbose, Out: &out}
	ctrl.Now = func() time.Time { return time.Date(2026, 11, 24, 12, 30, 0, 0, time.UTC) }
	ctrl.password = func() string { return password }
	Check(ctx, d, &ctrl)
	got = c
	got.Error, got.Out, got.Jobs = s.anywhere(ctrl.Wrong), out.String(), s.files(t)
	for path := range before {
		delete(got.Jobs, path)
	}
	var state bytes.Buffer
	require.NoError(t, text.Print(&state, d, text.Migrate))
	got.State = s.anywhere(string(volatile.ReplaceAll(state.Bytes(), nil)))
	return got
}

func (c recorded) normal() recorded {
	c.Error = strings.ReplaceAll(c.Error, blot, "@PASS@")
	c.Error = staleError.ReplaceAllString(c.Error, "(?)$1")
	return c
}

func TestGolden_randomScripts(t *testing.T) {
	for _, c := range readCases(t, "5.19.0.jsonl.gz") {
		t.Run("", func(t *testing.T) {
			want, got := c.normal(), c.run(t).normal()
			require.Equal(t, want.Error, got.Error, "seed %d", c.Seed)
			require.Equal(t, want.Out, got.Out, "seed %d", c.Seed)
			require.Equal(t, want.Jobs, got.Jobs, "seed %d", c.Seed)
			require.Equal(t, want.State, got.State, "seed %d", c.Seed)
		})
	}
}
