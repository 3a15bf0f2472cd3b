package terminal

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"unicode/utf8"
)

// Colour is one of the terminal's own colours, as the number of its escape sequence; 0 is none.
type Colour int

// The colours.
const (
	Plain   Colour = 0
	Dim     Colour = 2
	Red     Colour = 31
	Green   Colour = 32
	Yellow  Colour = 33
	Blue    Colour = 34
	Magenta Colour = 35
	Cyan    Colour = 36
)

// Span is a text of one colour.
type Span struct {
	Text   string
	Colour Colour
}

// Coloured reports whether colours may be written, where isTerminal is one of the Terminal's own: on a terminal that
// knows them, unless NO_COLOR is set.
func (t *Terminal) Coloured(isTerminal bool) bool {
	return isTerminal && t.Getenv("NO_COLOR") == "" && t.Getenv("TERM") != "dumb"
}

// UTF8 reports whether the terminal can be expected to show more than ASCII.
func (t *Terminal) UTF8() bool {
	if runtime.GOOS == "windows" {
		return true // which has no such variables
	}
	for _, name := range [...]string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := t.Getenv(name); value != "" {
			upper := strings.ToUpper(value)
			return strings.Contains(upper, "UTF-8") || strings.Contains(upper, "UTF8")
		}
	}
	return false
}

// Status is a line at the bottom of a terminal that is written over again and again. If Err is no terminal nothing
// is ever written. What else is written meanwhile goes through [Status.Over].
type Status struct {
	t     *Terminal
	on    bool
	shown string // what stands there now
}

// NewStatus makes the line; it is not shown yet.
func (t *Terminal) NewStatus() *Status {
	return &Status{t: t, on: t.ErrIsTerminal && t.Getenv("TERM") != "dumb"}
}

// Width is how many columns the line may have.
func (s *Status) Width() int {
	if s.t.Width != nil {
		if width := s.t.Width(); width > 1 {
			return width - 1 // the last column would wrap on some
		}
	}
	return 79
}

// Show writes the line over what was shown, cut to the width.
func (s *Status) Show(spans ...Span) {
	if !s.on {
		return
	}
	if text := Paint(spans, s.Width(), s.t.Coloured(true)); text != s.shown {
		fmt.Fprint(s.t.Err, "\r\x1b[K", text)
		s.shown = text
	}
}

// Hide takes the line away.
func (s *Status) Hide() {
	if s.shown != "" {
		fmt.Fprint(s.t.Err, "\r\x1b[K")
		s.shown = ""
	}
}

// Over is a writer of whole lines, for what else is written to the terminal: they take the place of the line, which
// is to be shown again below them.
func (s *Status) Over(w io.Writer) io.Writer { return over{s, w} }

type over struct {
	status *Status
	w      io.Writer
}

func (o over) Write(p []byte) (int, error) {
	if len(p) > 0 {
		o.status.Hide()
	}
	return o.w.Write(p)
}

// Paint is a text of spans, cut to so many characters; 0: not cut.
func Paint(spans []Span, width int, coloured bool) string {
	var b strings.Builder
	for _, s := range spans {
		text := s.Text
		if width > 0 {
			text = cut(text, &width)
		}
		if coloured && s.Colour != Plain && text != "" {
			fmt.Fprintf(&b, "\x1b[%dm%s\x1b[0m", s.Colour, text)
		} else {
			b.WriteString(text)
		}
		if width < 0 {
			break
		}
	}
	return b.String()
}

// cut takes as many characters as there is room for; -1 is left when there is none.
func cut(text string, left *int) string {
	n := utf8.RuneCountInString(text)
	if n < *left {
		*left -= n
		return text
	}
	room := *left
	*left = -1
	for i := range text {
		if room == 0 {
			return text[:i]
		}
		room--
	}
	return text
}
