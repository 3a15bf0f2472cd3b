package watch

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestIsOurs(t *testing.T) {
	table := "User      handle  suites\nroot           1  s  notyet  \n               2  \n1              3  s  \n"
	require.True(t, isOurs(table, 1, []string{"notyet", "s"}))
	require.True(t, isOurs(table, 3, []string{"s"}), "of a user called 1")
	require.False(t, isOurs(table, 1, []string{"s"}))
	require.False(t, isOurs(table, 2, []string{"s"}))
	require.False(t, isOurs(table, 4, []string{"s"}))
	require.False(t, isOurs("", 1, []string{"s"}))
}

func FuzzIsOurs(f *testing.F) {
	f.Add("User      handle  suites\nroot           1  s  notyet  \n", 1, "s")
	f.Fuzz(func(t *testing.T, table string, handle int, suite string) {
		isOurs(table, handle, []string{suite})
		if len(strings.Fields(suite)) == 1 && strings.Fields(suite)[0] == suite {
			require.True(t, isOurs(fmt.Sprintf("%s\n x %d %s \n", table, handle, suite), handle, []string{suite}))
		}
	})
}

func FuzzScope(f *testing.F) {
	f.Add("/s/f", "/s/f/../..")
	f.Add("/", "//")
	f.Fuzz(func(t *testing.T, a, b string) {
		paths, suites, err := scope([]string{a, b}, nil)
		if err != nil {
			return
		}
		require.NotEmpty(t, paths)
		for _, p := range paths {
			require.True(t, strings.HasPrefix(p, "/"))
			require.False(t, suites == nil && p != "/" || suites != nil && p == "/")
		}
	})
}
