package dual

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// TestSteps takes the steps of testdata/steps, written by hand: each file is one contest, and its steps
// have to show the same.
func TestSteps(t *testing.T) {
	paths, err := filepath.Glob("testdata/steps/*.txtar")
	require.NoError(t, err)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			files := reads{}
			for _, file := range archive.Files {
				files[file.Name] = string(file.Data)
			}
			both := begin(t, files)
			for i, line := range strings.Split(string(archive.Comment), "\n") {
				if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
					continue
				}
				_, err := step(line).request(&both.sides[0].mail)
				require.NoError(t, err, "%s:%d: %s", path, i+1, line)
				found, _ := both.take(step(line))
				for _, f := range found {
					t.Errorf("%s:%d: %s\n  %s\n%s", path, i+1, f.step, f.part, f.text)
				}
			}
		})
	}
}
