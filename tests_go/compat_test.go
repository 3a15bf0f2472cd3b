package tests_go

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/command"
)

// docs/compat.md says of every Client method where it stands: those of the
// command table are done, the others come with the definition tree.
func TestCompat_namesEveryMethod(t *testing.T) {
	text, err := os.ReadFile("../docs/compat.md")
	require.NoError(t, err)
	rows := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\| ([^|]*) \\|").FindAllStringSubmatch(string(text), -1) {
		rows[m[1]] = strings.TrimSpace(m[2])
	}
	require.Len(t, rows, 108, "as many as the original's three versions have together")
	for _, m := range command.Methods() {
		if m.Ours {
			require.Contains(t, string(text), "`"+m.Py+"`")
			continue
		}
		require.Containsf(t, []string{"done", "partly"}, rows[m.Py], "%s is in the table", m.Py)
		delete(rows, m.Py)
	}
	for name, state := range rows {
		require.Equal(t, "comes with the definition tree", state, name)
	}
}
