package terminal_test

import (
	"bytes"
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/internal/terminal"
)

func env(pairs ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

func TestPaint(t *testing.T) {
	spans := []terminal.Span{{Text: "ab"}, {Text: "çd", Colour: terminal.Red}, {Text: "ef"}}
	require.Equal(t, "abçdef", terminal.Paint(spans, 0, false))
	require.Equal(t, "ab\x1b[31mçd\x1b[0mef", terminal.Paint(spans, 0, true))
	for width, want := range map[int]string{1: "a", 2: "ab", 3: "abç", 4: "abçd", 5: "abçde", 6: "abçdef", 9: "abçdef"} {
		require.Equal(t, want, terminal.Paint(spans, width, false), width)
		require.True(t, utf8.ValidString(want))
	}
	require.Equal(t, "ab\x1b[31mç\x1b[0m", terminal.Paint(spans, 3, true))
}

func TestStatus(t *testing.T) {
	var out bytes.Buffer
	at := &terminal.Terminal{Out: &out, Err: &out, Env: env(), ErrIsTerminal: true, Width: func() int { return 6 }}
	s := at.NewStatus()
	lines := s.Over(&out)
	s.Hide()
	s.Show(terminal.Span{Text: "123456789"})
	s.Show(terminal.Span{Text: "123456789"})
	fmt.Fprintln(lines, "a line")
	fmt.Fprint(lines, "")
	s.Show(terminal.Span{Text: "2"})
	s.Hide()
	s.Hide()
	require.Equal(t, "\r\x1b[K12345\r\x1b[Ka line\n\r\x1b[K2\r\x1b[K", out.String())

	for _, quiet := range []*terminal.Terminal{{Out: &out, Err: &out, Env: env()}, {Out: &out, Err: &out, Env: env("TERM", "dumb"), ErrIsTerminal: true}} {
		out.Reset()
		s = quiet.NewStatus()
		s.Show(terminal.Span{Text: "x"})
		s.Hide()
		require.Empty(t, out.String())
		require.Equal(t, 79, s.Width())
	}
}

func TestTerminal_coloursAndCharacters(t *testing.T) {
	require.True(t, (&terminal.Terminal{Env: env("NO_COLOR", "")}).Coloured(true))
	require.False(t, (&terminal.Terminal{Env: env()}).Coloured(false))
	require.False(t, (&terminal.Terminal{Env: env("NO_COLOR", "1")}).Coloured(true))
	require.False(t, (&terminal.Terminal{Env: env("TERM", "dumb")}).Coloured(true))
	require.True(t, (&terminal.Terminal{Env: env("LANG", "de_DE.utf8")}).UTF8())
	require.True(t, (&terminal.Terminal{Env: env("LC_ALL", "C.UTF-8", "LANG", "C")}).UTF8())
	require.False(t, (&terminal.Terminal{Env: env("LC_ALL", "C", "LANG", "C.UTF-8")}).UTF8())
	require.False(t, (&terminal.Terminal{Env: env()}).UTF8())
}
