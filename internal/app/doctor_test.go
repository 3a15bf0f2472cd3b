package app_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDoctor_colours(t *testing.T) {
	env := []string{"ECF_HOST=localhost", "ECF_PORT=1"}
	r := runAt(t, true, "", env, "doctor")
	require.Equal(t, 1, r.code)
	require.Contains(t, r.out, "\x1b[31mproblem")
	require.Contains(t, r.out, "\x1b[32mok")
	require.NotContains(t, runAt(t, true, "", append(env, "NO_COLOR=1"), "doctor").out, "\x1b")
	plain := run(t, "", env, "doctor")
	require.NotContains(t, plain.out, "\x1b")
	require.Empty(t, plain.errout)
	for line := range strings.Lines(plain.out) {
		require.Regexp(t, `^(ok     |warning|problem|skipped|       )  .{11}  \S`, line)
	}
}

func TestDoctor_usage(t *testing.T) {
	for _, args := range [][]string{{"--timeout", "0s"}, {"--output", "xml"}, {"[x:1"}, {"a", "b"}} {
		require.Equal(t, 2, run(t, "", nil, append([]string{"doctor"}, args...)...).code, args)
	}
}
