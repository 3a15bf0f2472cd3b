package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

func tree(t *testing.T, src string) *defs.Defs {
	t.Helper()
	d, err := ParseString(src, Options{})
	require.NoError(t, err)
	return d
}

func TestCheckpoint_thereAndBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.check")
	d := tree(t, "extern /x\nedit U 'v'\nsuite s\n edit A 'b'\n task t\n  trigger 1==1\n")
	d.AddHistory("/s", "MSG:[now] --begin")
	require.NoError(t, SaveCheckpoint(path, d))
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(Printer{Style: Migrate, History: true}.Append(nil, d)), string(src))
	require.NotContains(t, string(src), "extern")
	require.Contains(t, string(src), "history /s \bMSG:[now] --begin")

	other := tree(t, "extern /gone\nedit MINE 'x'\nsuite old\n")
	old, revision := other.Suites()[0], other.Revision()
	require.NoError(t, RestoreCheckpoint(path, other, Options{}))
	require.Nil(t, old.Defs())
	require.Greater(t, other.Revision(), revision)
	require.Empty(t, other.Externs())
	require.Len(t, other.Suites(), 1)
	require.Same(t, other, other.Suite("s").Defs())
	require.Equal(t, []defs.Variable{{Name: "MINE", Value: "x"}, {Name: "U", Value: "v"}}, other.UserVariables())
	require.Equal(t, []string{"MSG:[now] --begin"}, other.History("/s"))
	require.NoError(t, RestoreCheckpoint("", other, Options{}))
	require.Len(t, other.Suites(), 1)
}

// The messages are those of 5.19.0.
func TestRestore_aMistakeChangesNothing(t *testing.T) {
	dir := t.TempDir()
	for text, first := range map[string]string{
		"suite a\n foo\n": "Defs::defs_restore_from_checkpt: # Unexpected keyword foo found whilst parsing suite /a",
		"suite a\n task t\n  trigger nix == complete\n": "Defs::defs_restore_from_checkpt: Error: Expression node tree references failed " +
			"for 'trigger nix == complete' at TASK:/a/t",
		"missing": "Defs::defs_restore_from_checkpt: DefsStructureParser::DefsStructureParser: Unable to open file! ",
	} {
		path := filepath.Join(dir, "bad")
		if text == "missing" {
			path = filepath.Join(dir, "missing")
			first += path
		} else {
			require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		}
		d := tree(t, "extern x\nsuite old\n")
		before := d.Revision()
		err := RestoreCheckpoint(path, d, Options{})
		require.Error(t, err)
		require.Equal(t, first, firstLine(message(err)))
		require.Equal(t, before, d.Revision())
		require.NotNil(t, d.Suite("old"))
	}
	err := Restore("", defs.New(), Options{})
	require.ErrorIs(t, err, fault.Parse)
	err = Restore("suite s\nfoo\n", defs.New(), Options{})
	require.Equal(t, "Defs::restore_from_string: # Unexpected keyword foo found whilst parsing suite /s", firstLine(message(err)))
}

func TestLoad_mistakes(t *testing.T) {
	_, err := Load("", Options{})
	require.Equal(t, "Defs::restore: the filename string is empty", message(err))
	_, err = Load(filepath.Join(t.TempDir(), "nix"), Options{})
	require.ErrorIs(t, err, fault.NotFound)
	require.Contains(t, message(err), "DefsStructureParser::DefsStructureParser: Unable to open file! ")
	_, err = Load(t.TempDir(), Options{})
	require.ErrorContains(t, err, "Is a directory")
	huge := filepath.Join(t.TempDir(), "huge")
	require.NoError(t, os.WriteFile(huge, nil, 0o600))
	require.NoError(t, os.Truncate(huge, longestFile+1))
	_, err = Load(huge, Options{})
	require.ErrorContains(t, err, "File too large")
	empty := filepath.Join(t.TempDir(), "empty")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	d, err := Load(empty, Options{})
	require.NoError(t, err)
	require.Empty(t, d.Suites())
}

// The messages are those of 5.19.0.
func TestSave_mistakes(t *testing.T) {
	d, dir := defs.New(), t.TempDir()
	for path, why := range map[string]string{"/nix/a": "No such file or directory", dir: "Is a directory", "": "No such file or directory"} {
		require.Equal(t, "save_as_defs failed: Could not create file '"+path+"' ("+why+")\n", message(Save(path, d, Defs)))
		require.Equal(t, "Defs::write_to_file: path("+path+") failed:  Logical error on i/o operation, errno:"+why, message(SaveCheckpoint(path, d)))
	}
	require.Empty(t, left(t, dir))
}

func left(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestSave_takesThePlaceOfAFileAtOnce(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "a.def"), filepath.Join(dir, "link")
	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("old", 1000)), 0o640))
	require.NoError(t, os.Symlink(path, link))
	open, err := os.Open(path)
	require.NoError(t, err)
	defer open.Close()
	require.NoError(t, Save(link, tree(t, "suite s\n"), Defs))
	old := make([]byte, 3)
	_, err = open.Read(old)
	require.NoError(t, err)
	require.Equal(t, "old", string(old), "who reads the old one goes on reading it")
	src, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "#5.19.0\nsuite s\nendsuite\n# enddef\n", string(src))
	info, err := os.Lstat(path)
	require.NoError(t, err)
	require.EqualValues(t, 0o640, info.Mode())
	require.Equal(t, []string{"a.def", "link"}, left(t, dir))
	require.NoError(t, Save("/dev/null", tree(t, "suite s\n"), Defs))
}
