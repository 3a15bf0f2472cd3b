package top

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
)

// What a server sends never reaches the terminal as it is.
func FuzzPlain(f *testing.F) {
	for _, seed := range []string{"", "a", "a\tb\x1b[31mred\x1b[0m", "\x1b]0;title\a", "\x9b2J", "\xff\xfe", "e\u0301 \u202e rtl 漢字 🔒", "a\r\nb\n"} {
		f.Add(seed, 7)
	}
	f.Fuzz(func(t *testing.T, text string, width int) {
		lines := append(plainLines(text), plain(text))
		for _, l := range lines {
			for _, r := range l {
				require.False(t, unicode.IsControl(r), "%q of %q", l, text)
			}
			width = min(max(width, 0), 200)
			require.LessOrEqual(t, ansi.StringWidth(fit(l, width)), width, "%q", l)
		}
	})
}

// A filter of any words fits without a panic, and none fits all.
func FuzzFilter(f *testing.F) {
	for _, seed := range []string{"", "aborted", "+late", "+", "a b /c", "complete COMPLETE x", "+nosuch", "\xff /"} {
		f.Add(seed)
	}
	n, err := defs.NewTask("task")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text string) {
		filter := parseFilter(text)
		if strings.TrimSpace(text) == "" {
			require.Nil(t, filter)
		}
		if filter != nil {
			filter.fits(n)
		}
	})
}
